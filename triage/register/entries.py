"""Groups and people of the register: frozen values, and the bodies they are stored as (`bodies` reads those)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from triage.register.places import Address, Vehicle

# A body is JSON by nature; these functions are where it becomes a value.
Body = Mapping[str, Any]
VERSION = 1


class Kind(StrEnum):
    """What an entry is of."""

    GROUP = "group"
    PERSON = "person"


class Status(StrEnum):
    """Where a group stands; a person is active or archived."""

    NOMINATED = "nominated"
    ACTIVE = "active"
    DORMANT = "dormant"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a group."""

    group_id: UUID
    role: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """An organised crime group, nominated for mapping (Serious Crime Act 2015 s.45(6))."""

    reference: str
    name: str
    aliases: tuple[str, ...] = ()
    family_based: bool = False
    threats: tuple[str, ...] = ()
    area: str = ""
    status: Status = Status.NOMINATED
    band: str = ""
    lro: str = ""
    review_on: date | None = None
    businesses: tuple[str, ...] = ()
    notes: str = ""
    archived_because: str = ""

    @property
    def kind(self) -> Kind:
        return Kind.GROUP

    @property
    def shown_name(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Person:
    """A person on the register; fields follow the POLE data standard, those that are needed now."""

    reference: str
    surname: str
    given_names: str = ""
    nicknames: tuple[str, ...] = ()
    born: str = ""
    sex: str = ""
    description: str = ""
    markers: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    phones: tuple[str, ...] = ()
    online_names: tuple[str, ...] = ()
    businesses: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    status: Status = Status.ACTIVE
    notes: str = ""
    archived_because: str = ""

    @property
    def kind(self) -> Kind:
        return Kind.PERSON

    @property
    def shown_name(self) -> str:
        return " ".join(part for part in (self.given_names, self.surname) if part) or self.reference


Entry = Group | Person


@dataclass(frozen=True, slots=True)
class Tie:
    """A typed tie from an entry to another, or to a place or thing in words."""

    from_id: UUID
    type: str
    to_id: UUID | None = None
    to_words: str = ""
    note: str = ""
    source: str = ""
    seen_on: date | None = None


def entry_body(entry: Entry) -> dict[str, Any]:
    """The stored body of an entry: a JSON object with a version."""
    body: dict[str, Any] = {"v": VERSION, "kind": entry.kind.value}
    for field in fields(entry):
        body[field.name] = _stored(getattr(entry, field.name))
    return body


def tie_body(tie: Tie) -> dict[str, Any]:
    """The stored body of a tie."""
    return {"v": VERSION, **{field.name: _stored(getattr(tie, field.name)) for field in fields(tie)}}


def _stored(value: object) -> object:
    match value:
        case Membership() | Address() | Vehicle():
            return {field.name: _stored(getattr(value, field.name)) for field in fields(value)}
        case UUID() | date():
            return str(value)
        case tuple():
            return [_stored(one) for one in value]
        case _:
            return value
