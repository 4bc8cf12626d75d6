"""How soon a report should be read: a band, and the words in it that are the reason."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from triage.intake.answers import IN_THEIR_WORDS
from triage.intake.signal_words import WORDS, Signal

__all__ = ["BAND_NAMES", "Band", "Priority", "Reason", "Signal", "because", "prioritise", "sooner"]


class Band(IntEnum):
    """0 is read first."""

    DANGER_NOW = 0
    URGENT = 1
    SOON = 2
    ROUTINE = 3


BAND_NAMES = {
    Band.DANGER_NOW: "Danger now",
    Band.URGENT: "Urgent",
    Band.SOON: "Soon",
    Band.ROUTINE: "Routine",
}


@dataclass(frozen=True)
class Reason:
    """One stretch of one answer, `start` to `end` in characters, that speaks for reading the report sooner."""

    signal: Signal
    question: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Priority:
    """The program suggests; an officer decides what to read first (DPA 2018 s.49)."""

    band: Band
    reasons: tuple[Reason, ...]


# Pictures are no letters, so a word's edge is where no letter or digit goes on.
_PATTERNS = {
    signal: re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE) for signal, patterns in WORDS.items()
}

_URGENT = frozenset({Signal.THREAT_TO_LIFE, Signal.FIREARMS, Signal.HELD})
_SOON = frozenset({Signal.CHILD, Signal.BLADES, Signal.VIOLENCE, Signal.EXPLOITATION})
# A child is at risk in a report when something else happens to them in it.
_WORSE_FOR_A_CHILD = frozenset({Signal.BLADES, Signal.VIOLENCE, Signal.EXPLOITATION})


def prioritise(answers: Mapping[str, str], *, danger: bool) -> Priority:
    """The band of a report, from the danger bit and from the words in it, which are given as the reason."""
    reasons = tuple(
        reason
        for question in IN_THEIR_WORDS
        if question != "careful"
        for reason in _reasons_in(question, answers.get(question, ""))
    )
    return Priority(_band({reason.signal for reason in reasons}, danger=danger), reasons)


def sooner(band: Band) -> Band:
    """One band higher, and never “danger now”, which is the reporter's own word."""
    return band if band <= Band.URGENT else Band(band - 1)


def because(reasons: Sequence[Reason], most: int = 4) -> tuple[str, ...]:
    """The words to show on one line of the queue: each once, the gravest first."""
    order = list(Signal)
    ranked = sorted(reasons, key=lambda reason: (order.index(reason.signal), reason.start))
    return tuple(dict.fromkeys(reason.words.casefold() for reason in ranked))[:most]


def _band(signals: set[Signal], *, danger: bool) -> Band:
    if danger:
        return Band.DANGER_NOW
    if signals & _URGENT:
        return Band.URGENT
    if Signal.CHILD in signals and signals & _WORSE_FOR_A_CHILD:
        return Band.URGENT
    if Signal.IMMINENT in signals and signals & _SOON:
        return Band.URGENT
    if signals & _SOON or Signal.IMMINENT in signals:
        return Band.SOON
    return Band.ROUTINE


def _reasons_in(question: str, text: str) -> list[Reason]:
    found = [
        Reason(signal, question, match.start(), match.end(), " ".join(match.group().split()))
        for signal, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda reason: (reason.start, -reason.end, reason.signal))
