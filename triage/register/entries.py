"""Groups and people of the register: frozen values, to and from their stored bodies, strictly."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any
from uuid import UUID

from triage.register.errors import BodyError
from triage.register.places import Address, Vehicle

# A body is JSON by nature; these functions are where it becomes a value.
Body = Mapping[str, Any]
VERSION = 1
_TEXT = {str}
_GROUP_TEXTS = ("reference", "name", "area", "band", "lro", "notes", "archived_because")
_GROUP_LISTS = ("aliases", "threats", "businesses")
_PERSON_TEXTS = ("reference", "surname", "given_names", "born", "sex", "description", "notes", "archived_because")
_PERSON_LISTS = ("nicknames", "markers", "phones", "online_names", "businesses")
_TIE_TEXTS = ("type", "to_words", "note", "source")


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


_STATUSES = {status.value: status for status in Status}


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
    """The entry a body holds. Words that many entries share are kept once.

    Raises:
        BodyError: a field is missing, unknown, or of another type.
    """
    match body.get("kind"):
        case Kind.GROUP:
            return _group(_only(body, Group))
        case Kind.PERSON:
            return _person(_only(body, Person))
        case _:
            raise BodyError("kind")


def _group(body: Body) -> Group:
    reference, name, area, band, lro, notes, archived_because = _texts(body, _GROUP_TEXTS)
    aliases, threats, businesses = _lists(body, _GROUP_LISTS)
    return Group(
        reference=reference,
        name=name,
        aliases=aliases,
        family_based=_flag(body, "family_based"),
        threats=threats,
        area=intern(area),
        status=_status(body),
        band=intern(band),
        lro=intern(lro),
        review_on=_day(body, "review_on"),
        businesses=businesses,
        notes=notes,
        archived_because=archived_because,
    )


def _person(body: Body) -> Person:
    reference, surname, given_names, born, sex, description, notes, archived_because = _texts(body, _PERSON_TEXTS)
    nicknames, markers, phones, online_names, businesses = _lists(body, _PERSON_LISTS)
    return Person(
        reference=reference,
        surname=intern(surname),
        given_names=intern(given_names),
        nicknames=nicknames,
        born=born,
        sex=intern(sex),
        description=intern(description),
        markers=markers,
        addresses=tuple([_address(one) for one in _list(body, "addresses")]),
        vehicles=tuple([_vehicle(one) for one in _list(body, "vehicles")]),
        phones=phones,
        online_names=online_names,
        businesses=businesses,
        memberships=tuple([_membership(one) for one in _list(body, "memberships")]),
        status=_status(body),
        notes=notes,
        archived_because=archived_because,
    )


def _address(body: object) -> Address:
    texts = _strings(body, Address)
    street, area = intern(texts["street"]), intern(texts["area"])
    return Address(texts["within"], intern(texts["number"]), street, area, texts["postcode"])


def _vehicle(body: object) -> Vehicle:
    texts = _strings(body, Vehicle)
    return Vehicle(texts["vrm"], intern(texts["make"]), intern(texts["model"]), intern(texts["colour"]))


def tie_body(tie: Tie) -> dict[str, Any]:
    """The stored body of a tie."""
    return {"v": VERSION, **{field.name: _stored(getattr(tie, field.name)) for field in fields(tie)}}


def tie_of(body: Body) -> Tie:
    """The tie a body holds; raises BodyError."""
    given = _only({"kind": "", **body}, Tie)
    from_id, to_id = _id(str(given["from_id"])), given["to_id"]
    type_, to_words, note, source = _texts(given, _TIE_TEXTS)
    return Tie(
        from_id, type_, None if to_id is None else _id(str(to_id)), to_words, note, source, _day(given, "seen_on")
    )


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


@lru_cache(maxsize=16)
def _keys(shape: type) -> frozenset[str]:
    """The keys of a stored body of this shape."""
    return _names(shape) | {"v", "kind"}


def _only(body: Body, shape: type) -> Body:
    """The body, if its keys are exactly the fields of `shape`, its version and its kind."""
    if body.get("v") != VERSION:
        raise BodyError("version")
    if body.keys() != _keys(shape):
        raise BodyError(", ".join(sorted(set(body) ^ _keys(shape))))
    return body


def _texts(body: Body, names: tuple[str, ...]) -> list[str]:
    """The texts of these names; checked all at once, which for a hundred thousand entries is half the time."""
    found = [body[name] for name in names]
    if set(map(type, found)) != _TEXT:
        raise BodyError(next(name for name in names if type(body[name]) is not str))
    return found


def _list(body: Body, name: str) -> list[Any]:
    found = body[name]
    if not isinstance(found, list):
        raise BodyError(name)
    return found


def _lists(body: Body, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    found = []
    for name in names:
        values = _list(body, name)
        if values and set(map(type, values)) != _TEXT:
            raise BodyError(name)
        found.append(tuple(values))
    return found


def _strings(body: object, shape: type) -> dict[str, str]:
    if not isinstance(body, dict) or body.keys() != _names(shape) or set(map(type, body.values())) != _TEXT:
        raise BodyError(shape.__name__.lower())
    return body


def _flag(body: Body, name: str) -> bool:
    if not isinstance(body[name], bool):
        raise BodyError(name)
    return bool(body[name])


def _status(body: Body) -> Status:
    found = _STATUSES.get(body["status"]) if isinstance(body["status"], str) else None
    if found is None:
        raise BodyError("status")
    return found


def _day(body: Body, name: str) -> date | None:
    try:
        return None if body[name] is None else date.fromisoformat(body[name])
    except (TypeError, ValueError):
        raise BodyError(name) from None


@lru_cache(maxsize=8_192)  # each of a few thousand groups is named by every one of its people
def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise BodyError("id") from None


def _membership(body: object) -> Membership:
    texts = _strings(body, Membership)
    return Membership(_id(texts["group_id"]), intern(texts["role"]), intern(texts["function"]))
