"""How a reason and a strength are put into words on a page."""

import re
from typing import NamedTuple

from triage.linking.matching import Strength
from triage.linking.reading import key_of
from triage.linking.reasons import Reason

IN_SHORT = {
    Strength.STRONG: "singles them out on the register",
    Strength.FAIR: "fits well, and somebody else may be meant",
    Strength.WEAK: "too little to go by",
}
IN_FULL = {
    Strength.STRONG: (
        "The words single out this one entry, and the next likeliest is far behind. It can still be wrong: read what "
        "speaks against it before you confirm."
    ),
    Strength.FAIR: (
        "It fits better than the rest of the register, but not so well that nobody else could be meant. Take it as a "
        "question: what else in the report would settle it?"
    ),
    Strength.WEAK: "Some words fit, and that may well be chance. Alone it means nothing.",
}
WHOLE = frozenset({"plate", "telephone"})
NAMES = frozenset({"full name", "initial and surname", "nickname", "surname", "given name", "group name"})
# What is not compared letter by letter: an age with a birthday, or somebody named beside.
OTHERWISE = frozenset({"age", "date of birth", "sex", "associate"})


class Pieces(NamedTuple):
    """A reason's sentence, cut where the report's words and the register's value stand in it; either may be absent."""

    said: str
    before: str
    known: str
    after: str


def in_pieces(reason: Reason) -> Pieces:
    """Cut a reason's sentence so that a page can link what was said and set off what is known."""
    opening = f"“{reason.said}”"
    said = opening if reason.said and reason.sentence.startswith(opening) else ""
    rest = reason.sentence.removeprefix(said)
    # A nickname that begins a name is not set off inside it: “Kav” is no part of Kaveh.
    found = re.search(rf"(?<!\w){re.escape(reason.known)}(?!\w)", rest) if reason.known else None
    if found is None:
        return Pieces(said, rest, "", "")
    return Pieces(said, rest[: found.start()], found.group(), rest[found.end() :])


def how_close(reason: Reason) -> str:
    """How near the report's words come to the register's value, in a few words; empty where that means nothing."""
    if reason.evidence in OTHERWISE:
        return ""
    if reason.near:
        return "Close, not the same."
    if reason.evidence.startswith("part of"):
        return "A part of it."
    said, known = key_of(reason.said).replace(" ", ""), key_of(reason.known).replace(" ", "")
    if not said or not known:
        return ""
    if said == known or reason.evidence in WHOLE:
        return "The same."
    if said in known or set(key_of(reason.said).split()) <= set(key_of(reason.known).split()):
        return "A part of it."
    return "Another form of the name." if reason.evidence in NAMES else ""
