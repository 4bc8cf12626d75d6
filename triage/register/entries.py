"""Groups and people of the register: frozen values, to and from their stored bodies, strictly."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from triage.register.errors import BodyError
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


def entry_of(body: Body) -> Entry:
    """The entry a body holds.

    Raises:
        BodyError: a field is missing, unknown, or of another type.
    """
    match body.get("kind"):
        case Kind.GROUP:
            texts = _only(body, Group)
            return Group(
                **_texts(texts, "reference", "name", "area", "band", "lro", "notes", "archived_because"),
                **_lists(texts, "aliases", "threats", "businesses"),
                family_based=_flag(texts, "family_based"),
                status=_status(texts),
                review_on=_day(texts, "review_on"),
            )
        case Kind.PERSON:
            texts = _only(body, Person)
            return Person(
                **_texts(texts, "reference", "surname", "given_names", "born", "sex", "description", "notes"),
                **_texts(texts, "archived_because"),
                **_lists(texts, "nicknames", "markers", "phones", "online_names", "businesses"),
                addresses=tuple(Address(**_strings(one, Address)) for one in _list(texts, "addresses")),
                vehicles=tuple(Vehicle(**_strings(one, Vehicle)) for one in _list(texts, "vehicles")),
                memberships=tuple(_membership(one) for one in _list(texts, "memberships")),
                status=_status(texts),
            )
        case _:
            raise BodyError("kind")


def tie_body(tie: Tie) -> dict[str, Any]:
    """The stored body of a tie."""
    return {"v": VERSION, **{field.name: _stored(getattr(tie, field.name)) for field in fields(tie)}}


def tie_of(body: Body) -> Tie:
    """The tie a body holds; raises BodyError."""
    given = _only({"kind": "", **body}, Tie)
    from_id, to_id = _id(given["from_id"]), given["to_id"]
    texts = _texts(given, "type", "to_words", "note", "source")
    return Tie(from_id=from_id, to_id=None if to_id is None else _id(to_id), seen_on=_day(given, "seen_on"), **texts)


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


@lru_cache(maxsize=16)
def _names(shape: type) -> frozenset[str]:
    """The names of a shape's fields, which a hundred thousand entries ask for in a row."""
    return frozenset(field.name for field in fields(shape))


def _only(body: Body, shape: type) -> Body:
    """The body without its version, if its keys are exactly the fields of `shape`."""
    expected = _names(shape) | {"v", "kind"}
    if body.get("v") != VERSION:
        raise BodyError("version")
    if odd := set(body) ^ expected:
        raise BodyError(", ".join(sorted(odd)))
    return body


def _texts(body: Body, *names: str) -> dict[str, Any]:
    return {name: _text(body, name) for name in names}


def _text(body: Body, name: str) -> str:
    if not isinstance(body[name], str):
        raise BodyError(name)
    return str(body[name])


def _list(body: Body, name: str) -> list[Any]:
    if not isinstance(body[name], list):
        raise BodyError(name)
    return list(body[name])


def _lists(body: Body, *names: str) -> dict[str, Any]:
    found = {name: tuple(_list(body, name)) for name in names}
    for name, values in found.items():
        if not all(isinstance(one, str) for one in values):
            raise BodyError(name)
    return found


def _strings(body: object, shape: type) -> dict[str, str]:
    names = _names(shape)
    if not isinstance(body, dict) or set(body) != names or not all(isinstance(one, str) for one in body.values()):
        raise BodyError(shape.__name__.lower())
    return body


def _flag(body: Body, name: str) -> bool:
    if not isinstance(body[name], bool):
        raise BodyError(name)
    return bool(body[name])


def _status(body: Body) -> Status:
    try:
        return Status(body["status"])
    except ValueError:
        raise BodyError("status") from None


def _day(body: Body, name: str) -> date | None:
    try:
        return None if body[name] is None else date.fromisoformat(body[name])
    except (TypeError, ValueError):
        raise BodyError(name) from None


def _id(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise BodyError("id") from None


def _membership(body: object) -> Membership:
    texts = _strings(body, Membership)
    return Membership(_id(texts["group_id"]), texts["role"], texts["function"])
