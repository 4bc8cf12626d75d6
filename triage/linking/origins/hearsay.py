"""What in a report says that it is passed on or copied: asked about the text, never about who sent it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """Why a text may be somebody else's words."""

    SAID_SO = "the reporter’s own answer"
    HEARSAY = "words of hearsay"
    COPIED = "words of a copy"


@dataclass(frozen=True)
class Sign:
    """One sign, and the words that show it."""

    flag: Flag
    words: str
    sentence: str


# The answers to “How do you know?” that say it is not the reporter's own sight.
_ANSWERS = {
    "told": "The reporter says that somebody told them.",
    "said": "The reporter says that people are saying it.",
    "passed-on": "The reporter says that they pass it on for somebody else.",
}
_WHO = r"(?:a |my |his |her |the |one of my )?(?:\w+ ){0,2}"
_HEARSAY = re.compile(
    r"\b(?:(?:i|we|i'?ve|we'?ve)(?: have)?(?: also| just)? (?:hear|heard|been told|was told|were told|got told)"
    r"|someone (?:told|said|says)|somebody (?:told|said|says)|(?:people|they|everyone|everybody|folk) (?:are |r )?"
    r"(?:saying|say|reckon|reckons|talk about)|word (?:is|has it|on the street)|rumou?rs?\b|apparently"
    r"|supposedly|allegedly|it is said|i am told|im told|i'm told|second ?hand|hearsay|gossip"
    rf"|{_WHO}(?:friend|mate|neighbou?r|cousin|sister|brother|mum|mam|dad|nan|colleague|workmate|uncle|auntie|aunt"
    r"|son|daughter|boyfriend|girlfriend)(?: of mine)? (?:told|says|said|reckons|heard|saw))\b",
    re.IGNORECASE,
)
_COPIED = re.compile(
    r"(?:\bfwd?:|\bforwarded\b|\bcopied (?:from|and pasted)|\bcopy (?:and|&) paste|\bcopying this|\bpasted\b"
    r"|\bscreenshot|\b(?:seen|saw|read|posted|shared|was) (?:this )?(?:it )?on (?:facebook|fb|snapchat|snap|instagram"
    r"|insta|whatsapp|tiktok|twitter|nextdoor)|\bplease share\b|\bpass (?:this|it) on\b|\bsend this to\b)",
    re.IGNORECASE,
)
MOST_SIGNS = 4
MOST_LOOKED_AT = 20_000  # characters


def signs_in(text: str, answers: Mapping[str, str]) -> tuple[Sign, ...]:
    """The signs of hearsay and copying in a report, the reporter's own answer first; at most four."""
    found: list[Sign] = []
    if told := _ANSWERS.get(answers.get("how", "")):
        found.append(Sign(Flag.SAID_SO, "", told))
    text = text[:MOST_LOOKED_AT].replace("’", "'")
    for flag, pattern, sentence in (
        (Flag.HEARSAY, _HEARSAY, "“{}” speaks of what somebody else said."),
        (Flag.COPIED, _COPIED, "“{}” speaks of a text that was passed round."),
    ):
        seen: set[str] = set()
        for match in pattern.finditer(text):
            words = " ".join(match.group().split())
            if words.casefold() not in seen:
                seen.add(words.casefold())
                found.append(Sign(flag, words, sentence.format(words)))
    return tuple(found[:MOST_SIGNS])
