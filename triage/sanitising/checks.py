"""Finds in a sanitised text what could tell somebody who gave it (domain.md §3); rules over words, nothing else.

On an estate run by one family the fact itself names the teller, so these are warnings to think by, not a proof.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

# A run of this many words in the original's order is somebody's wording and not a description of fact.
COPIED_WORDS = 5


class Kind(StrEnum):
    """What sort of thing points back. The text is what officers read."""

    FIRST_PERSON = "first person"
    KINSHIP = "family or neighbour"
    TENURE = "how they come to know"
    EXACT_TIME = "exact time"
    EXACT_DATE = "exact date"
    EXACT_ADDRESS = "exact address"
    QUOTE = "quoted words"
    COPIED = "the reporter's own wording"
    VEHICLE = "registration mark"
    NAMED = "named person who is not a suspect"
    DIALECT = "telling turn of phrase"
    EARLIER = "earlier report"
    CONTACT = "phone, e-mail or online name"


@dataclass(frozen=True)
class Finding:
    """Words at `start`–`end` (code points) of the sanitised text, why they are a danger, and what to write instead."""

    kind: Kind
    start: int
    end: int
    words: str
    why: str
    instead: str


@dataclass(frozen=True)
class _Rule:
    kind: Kind
    pattern: re.Pattern[str]
    why: str
    instead: str


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)


_KIN = (
    "mum|mam|mother|dad|father|son|daughter|brother|sister|nan|nana|gran|grandad|granddad|uncle|aunt|auntie|cousin|"
    "niece|nephew|husband|wife|partner|boyfriend|girlfriend|ex|kid|lad|child|children|parent|grandson|granddaughter|"
    "stepson|stepdad|stepmum|neighbour|mate|flatmate|housemate|friend|boss|landlord|family"
)
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_STREET = (
    "street|st|road|rd|avenue|ave|close|lane|drive|court|crescent|terrace|grove|place|walk|way|gardens|house|tower|"
    "point|square|row|rise|view|mews|green|park"
)

_RULES = (
    _Rule(
        Kind.KINSHIP,
        _any(
            rf"(?:my|our|me|his own|her own) (?:\w+ )?(?:{_KIN})s?", "next door to (?:me|us|my|our)", "through the wall"
        ),
        "It says who the reporter is to somebody",
        "Leave the relation out",
    ),
    _Rule(
        Kind.FIRST_PERSON,
        _any(
            r"i(?:['’](?:m|ve|d|ll))?",
            "me",
            "my",
            "mine",
            "myself",
            r"we(?:['’](?:re|ve|d|ll))?",
            "(?-i:[Uu]s)",  # in capitals it is a country
            "ours?",
            "ourselves",
        ),
        "It speaks as the reporter",
        "Write it as a fact: “A man was seen …”",
    ),
    _Rule(
        Kind.TENURE,
        _any(
            r"since (?:i|we|they|he|she) (?:moved|started|came|left)(?: in| here)?",
            r"(?:lived|worked|been) (?:here|there|next door)(?: for)?(?: \w+ (?:years?|months?))?",
            r"(?:at|from|on) (?:my|our|the reporter’s|the reporter's) (?:work|job|shift|school|shop|round)",
            r"(?:night|day|early|late) shift",
            r"(?:cleaner|carer|teacher|nurse|caretaker|postman|driver|customer|tenant|colleague|resident|neighbour|"
            r"relative|employee|worker|pupil|patient|passer-by|local|friend|family member|member of staff) "
            r"(?:who )?(?:has |had |have )?(?:saw|seen|told|said|says|reported|reports|heard|states|stated|described)",
        ),
        "It says how somebody came to know, and few people can have",
        "Leave out who saw it, where they live and where they work",
    ),
    _Rule(
        Kind.EXACT_TIME,
        re.compile(
            r"(?<![\w:.])(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\b\.?)?|(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?|"
            r"(?:half|quarter) past \w+|quarter to \w+|\d{1,2} o['’]?clock|"
            r"(?:at|after|before|by|until|till|around) \d{1,2}(?=[.,;!?)\n]|$| (?:in the|at night|every|on )\b)|"
            r"(?:at|by|around|about) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)",
            re.IGNORECASE,
        ),
        "Only somebody who was there knows the time so exactly",
        "Write the part of the day: “in the evening”",
    ),
    _Rule(
        Kind.EXACT_DATE,
        re.compile(
            rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\b(?: \d{{4}})?|"
            rf"(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?\b|"
            r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|(?:yesterday|today|last night|tonight|this morning)\b|"
            r"(?:last|next|on|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b)",
            re.IGNORECASE,
        ),
        "The day narrows down who could have seen it",
        "Write the week or the month",
    ),
    _Rule(
        Kind.EXACT_ADDRESS,
        re.compile(
            rf"(?<!\w)(?:(?:flat|number|no\.?|house|unit) ?\d+\w?\b(?:,? (?:\w+ ){{1,3}}(?:{_STREET})\b)?|"
            rf"\d+\w?,? (?:[A-Z]\w+ ){{1,3}}(?:{_STREET})\b|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}\b)",
            re.IGNORECASE,
        ),
        "It names one front door, and so its neighbours",
        "Write the street, or better the area",
    ),
    _Rule(
        Kind.VEHICLE,
        re.compile(
            r"(?<!\w)(?:[A-Za-z]{2}\d{2} ?[A-Za-z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])(?!\w)",
        ),
        "Somebody had to stand close enough to read it",
        "Give colour and make, unless the plate is seen by everybody",
    ),
    _Rule(
        Kind.QUOTE,
        re.compile(r"“[^”\n]{3,}”|\"[^\"\n]{3,}\"|‘[^’\n]{8,}’"),
        "Words somebody said are known to those who heard them",
        "Say what was meant, in your own words",
    ),
    _Rule(
        Kind.CONTACT,
        re.compile(r"(?<![\w+])(?:\+44|0)(?:[ -]?\d){9,10}(?!\d)|[\w.+-]+@[\w-]+\.[\w.]+|(?<!\w)@\w{3,}"),
        "It can be traced to whoever knew it",
        "Leave it out; the desk keeps it with the report",
    ),
    _Rule(
        Kind.EARLIER,
        _any(
            r"(?:another|second|further|previous|earlier|first|same) (?:report|call|source|informant|caller|tip)",
            r"(?:the|our|a) (?:source|informant|caller|reporter|witness)(?: \w+)? "
            r"(?:said|told|says|states|stated|reported|wrote)",
            r"(?:already|again) (?:told|reported|said)",
            r"anonymous(?:ly)?",
            r"crimestoppers",
        ),
        "It tells the family that somebody speaks, or speaks again",
        "Say only what is known, not how it came",
    ),
    _Rule(
        Kind.DIALECT,
        _any("our kid", "ginnel", "bairn", "wain", "nowt", "owt", "summat", "innit", "tha knows", "wagwan", "our lass"),
        "A turn of phrase can be known to be one person’s",
        "Write it in plain words of your own",
    ),
)


def check(text: str, *, original: str = "", harmless_names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Everything in `text` that could point back, in the order it stands there.

    `original` is what the reporter wrote, all answers together: runs of its words are found again in `text`.
    `harmless_names` are people named in the report who are not suspects (DPA 2018 s.38).
    """
    found = [
        Finding(rule.kind, match.start(), match.end(), match.group(), rule.why, rule.instead)
        for rule in _RULES
        for match in rule.pattern.finditer(text)
    ]
    found.extend(_copied(text, original))
    for name in harmless_names:
        if name.strip():
            pattern = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
            found.extend(
                Finding(
                    Kind.NAMED,
                    match.start(),
                    match.end(),
                    match.group(),
                    "They are not suspected of anything, and may be asked who spoke",
                    "Leave the name out",
                )
                for match in pattern.finditer(text)
            )
    return tuple(_without_nested(sorted(found, key=lambda one: (one.start, -one.end, one.kind))))


_WORD = re.compile(r"\w+(?:['’]\w+)?")


def _copied(text: str, original: str) -> Iterator[Finding]:
    """Longest runs of at least COPIED_WORDS words that stand in the original in the same order."""
    theirs = [match.group().casefold() for match in _WORD.finditer(original)]
    runs = {tuple(theirs[at : at + COPIED_WORDS]) for at in range(len(theirs) - COPIED_WORDS + 1)}
    ours = list(_WORD.finditer(text))
    folded = [match.group().casefold() for match in ours]
    hits = [tuple(folded[at : at + COPIED_WORDS]) in runs for at in range(len(folded) - COPIED_WORDS + 1)]
    at = 0
    while at < len(hits):
        if not hits[at]:
            at += 1
            continue
        first = at
        while at < len(hits) and hits[at]:
            at += 1
        start, end = ours[first].start(), ours[at - 1 + COPIED_WORDS - 1].end()
        yield Finding(
            Kind.COPIED,
            start,
            end,
            text[start:end],
            "The reporter wrote these very words, and may be known by them",
            "Say it anew",
        )


def _without_nested(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Drop a first person that lies wholly inside an earlier finding that says more (“my” inside “my cousin”)."""
    reach = 0
    for finding in findings:
        if finding.kind is Kind.FIRST_PERSON and finding.end <= reach:
            continue
        if finding.kind is not Kind.COPIED:
            reach = max(reach, finding.end)
        yield finding
