"""A way of writing: where its phrases come from, how they are put one after another, and what slips it makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# Every bank has phrases for each of these: who it is about, what is told of them, and what is beside the point.
SLOTS = (
    *("who", "family", "nobody", "nicknamed", "town", "street", "house", "postcode", "outward", "vehicle", "plate"),
    *("plate_start", "plate_end", "plate_part", "phone", "phone_start", "phone_end", "phone_part", "phone_gap"),
    *("business", "group", "with", "kin", "second", "age", "decade", "born", "opening", "closing", "filler", "apart"),
)


class Shape(StrEnum):
    """How the sentences stand."""

    PROSE = "prose"
    RUN_ON = "run on"  # no full stops
    DOTS = "dots"
    KEYWORDS = "keywords"
    LIST = "list"
    LETTER = "letter"
    LABELLED = "labelled"


class Case(StrEnum):
    """What becomes of capitals."""

    KEPT = "kept"
    LOWER = "lower"
    UPPER = "upper"
    SHOUTED = "shouted"  # a word here and there in capitals


@dataclass(frozen=True)
class Bank:
    """Phrases for every slot. `{v}` is what is told, `{he}`, `{his}`, `{him}` and `{man}` are of the subject."""

    phrases: Mapping[str, tuple[str, ...]]
    doing: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """One way of writing; shares are between 0 and 1, a slip rate is for each word."""

    name: str
    bank: Bank
    shape: Shape = Shape.PROSE
    case: Case = Case.KEPT
    slips: float = 0.02
    name_slips: float = 0.2
    street_slips: float = 0.3
    texted: bool = False
    small_words_dropped: bool = False
    wild_names: float = 0.0  # of full names, those told as `wilder` does
    told_aloud: float = 0.0  # of plates and numbers
    opens: float = 0.3
    closes: float = 0.3
    fillers: int = 2
    weight: int = 10


def listed(text: str) -> tuple[str, ...]:
    """What stands between the strokes."""
    return tuple(text.split("|"))


def phrases(text: str) -> dict[str, tuple[str, ...]]:
    """A table of phrases: `slot: one | another` a line; a line that begins with `|` goes on with the one above."""
    found: dict[str, list[str]] = {}
    slot = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.startswith("|"):
            slot, _, line = line.partition(":")
        found.setdefault(slot, []).extend(one.strip() for one in line.split("|") if one.strip())
    if missing := set(SLOTS) ^ set(found):
        raise ValueError(f"slots: {sorted(missing)}")
    return {slot: tuple(ones) for slot, ones in found.items()}
