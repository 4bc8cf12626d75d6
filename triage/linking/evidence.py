"""The kinds of evidence a report can hold, and how often each is said so of the one who is meant.

The other half of a weight, how often it fits somebody else, is never a constant: it is counted on the register.
"""

from enum import StrEnum


class Evidence(StrEnum):
    """What in a report fits what on the register."""

    FULL_NAME = "full name"
    INITIAL = "initial and surname"
    NICKNAME = "nickname"
    SURNAME = "surname"
    GIVEN_NAME = "given name"
    GROUP_NAME = "group name"
    FAMILY = "family"
    ASSOCIATE = "associate"
    PLATE = "plate"
    PART_PLATE = "part of a plate"
    VEHICLE = "vehicle"
    PHONE = "telephone"
    PART_PHONE = "part of a telephone"
    ADDRESS = "address"
    STREET = "street"
    AREA = "area"
    POSTCODE = "postcode"
    BUSINESS = "business"
    ONLINE = "online name"
    AGE = "age"
    BORN = "date of birth"
    SEX = "sex"


NAMES = frozenset(
    {
        *(Evidence.FULL_NAME, Evidence.INITIAL, Evidence.NICKNAME, Evidence.SURNAME, Evidence.GIVEN_NAME),
        *(Evidence.GROUP_NAME, Evidence.FAMILY, Evidence.ASSOCIATE),
    }
)
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
    Evidence.POSTCODE: "place",
    Evidence.BUSINESS: "business",
    Evidence.ONLINE: "account",
    Evidence.AGE: "date",
    Evidence.BORN: "date",
}


def mark_of(evidence: Evidence) -> str:
    """How the page marks a mention: person, vehicle, place, phone, account, business or date."""
    return MARKS.get(evidence, "person")
