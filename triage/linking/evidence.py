"""The kinds of evidence a report can hold, what each is worth, and how it is said."""

from dataclasses import dataclass
from enum import StrEnum


class Evidence(StrEnum):
    """What in a report fits what on the register."""

    FULL_NAME = "full name"
    NICKNAME = "nickname"
    SURNAME = "surname"
    GIVEN_NAME = "given name"
    GROUP_NAME = "group name"
    PLATE = "plate"
    PART_PLATE = "part of a plate"
    VEHICLE = "vehicle"
    PHONE = "telephone"
    PART_PHONE = "part of a telephone"
    ADDRESS = "address"
    STREET = "street"
    AREA = "area"
    BUSINESS = "business"
    ONLINE = "online name"


@dataclass(frozen=True)
class Weight:
    """`share` of the bits of rarity that count, and `more` bits on top for what hardly ever fits by chance."""

    share: float
    more: float = 0.0


# Rarity is counted on the register, but people who are not on it bear the same given names and live in the same
# streets: the shares say how much of the rarity is believed. A later matcher replaces them by measured ones.
WEIGHTS = {
    Evidence.FULL_NAME: Weight(1.0),
    Evidence.NICKNAME: Weight(0.9),
    Evidence.SURNAME: Weight(0.7),
    Evidence.GIVEN_NAME: Weight(0.4),
    Evidence.GROUP_NAME: Weight(0.9),
    Evidence.PLATE: Weight(1.0, 4.0),
    Evidence.PART_PLATE: Weight(0.9),
    Evidence.VEHICLE: Weight(0.5),
    Evidence.PHONE: Weight(1.0, 4.0),
    Evidence.PART_PHONE: Weight(0.8),
    Evidence.ADDRESS: Weight(1.0),
    Evidence.STREET: Weight(0.6),
    Evidence.AREA: Weight(0.3),
    Evidence.BUSINESS: Weight(0.8),
    Evidence.ONLINE: Weight(1.0),
}

# The kind of a mark on the page.
MARKS = {
    Evidence.PLATE: "vehicle",
    Evidence.PART_PLATE: "vehicle",
    Evidence.VEHICLE: "vehicle",
    Evidence.PHONE: "phone",
    Evidence.PART_PHONE: "phone",
    Evidence.ADDRESS: "place",
    Evidence.STREET: "place",
    Evidence.AREA: "place",
    Evidence.BUSINESS: "place",
    Evidence.ONLINE: "account",
}

# Evidence about one thing: of two that overlap in the text, the better one counts.
NAMES = frozenset({Evidence.FULL_NAME, Evidence.NICKNAME, Evidence.SURNAME, Evidence.GIVEN_NAME, Evidence.GROUP_NAME})


def mark_of(evidence: Evidence) -> str:
    """How the page marks a mention: person, vehicle, place, phone or account."""
    return MARKS.get(evidence, "person")
