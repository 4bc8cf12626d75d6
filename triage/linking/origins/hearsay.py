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
# “I heard” is of what was said before whom it is from, whom or what it is about, and a sentence of its own. Before all
# else it is a sound that the reporter heard: shots, him shouting, a car.
_SOUND = (
    r"(?:scream\w*|shout\w*|yell\w*|bang\w*|(?:gun)?shots?|gunfire|shooting|noises?|sounds?|voices?|glass|engines?"
    r"|music|sirens?|alarms?|barking|knocking|thud\w*|fight\w*|argu\w+|footsteps|explosions?|fireworks?|crash\w*|cr(?:y|ies)"
    r"|crying)"
)
_THERE = (
    r"(?:walls?|doors?|windows?|ceiling|floor|garden|kitchen|bedroom|flat|next|upstairs|downstairs|outside|inside|above"
    r"|across)"
)
_JOINS = r"(?:and|but|so|or|as|when|while|then|because|cos|before|after|until)"
_STATES = (
    r"(?:is|isn'?t|was|wasn'?t|are|were|has|have|had|can|will|does|did|sells?|deals?|keeps?|lives?|gets?|got|runs?|works?"
    r"|owes?|carries|hides|stashes|drives?|used)"
)
_I = r"(?:i|we|i'?ve|we'?ve)(?: have)?(?: also| just)?"
_OF_WHAT_WAS_SAID = (
    rf"(?!\s+(?:(?:that|the|an?|some|loud|more|two|three|gun)\s+)*{_SOUND}\b)"
    rf"(?!\s+(?:from|through|off)\s+(?:(?:the|my|our|his|her|their)\s+)?{_THERE}\b)"
    r"(?=\s+(?:that|from|about|of|off|through|he'?s?|she'?s?|they(?:'?re|'?ve)?|there'?s?|rumou?rs?|it(?:'?s| is| was)"
    r"|(?:it|this) (?:off|from|through)"
    r"|(?:someone|somebody|people|others|folk|everyone|everybody|neighbou?rs) (?:say|talk|tell|mention)\w*)\b"
    rf"|\s+(?:(?!{_JOINS}\b)[\w']+\s+){{1,3}}?{_STATES}\b)"
)
_WHO = r"(?:a |my |his |her |the |one of my )?(?:\w+ ){0,2}"
_HEARSAY = re.compile(
    rf"\b(?:{_I} (?:heard?\b{_OF_WHAT_WAS_SAID}|been told|was told|were told|got told)"
    rf"|(?:what|as) {_I} heard?|(?<!\w ){_I} heard?(?=\s*(?:[.,;:!?]|\Z))"
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
