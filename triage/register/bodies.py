"""Stored bodies of the register, read strictly: a body is of exactly one shape, or nothing of it is shown."""

from datetime import date
from functools import lru_cache
from typing import Literal
from uuid import UUID

import msgspec

from triage.register.entries import Body, Entry, Group, Kind, Person, Status, Tie
from triage.register.errors import BodyError


class StoredAddress(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An address inside a stored person."""

    within: str
    number: str
    street: str
    area: str
    postcode: str


class StoredVehicle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A vehicle inside a stored person."""

    vrm: str
    make: str
    model: str
    colour: str


class StoredMembership(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A person's place in a group, whose id stands here as text: `id_of` reads it."""

    group_id: str
    role: str
    function: str


class StoredGroup(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False, tag_field="kind", tag=Kind.GROUP.value
):
    """What a group is stored as; field by field a `Group`."""

    v: Literal[1]
    reference: str
    name: str
    aliases: tuple[str, ...]
    family_based: bool
    threats: tuple[str, ...]
    area: str
    status: Status
    band: str
    lro: str
    review_on: date | None
    businesses: tuple[str, ...]
    notes: str
    archived_because: str


class StoredPerson(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False, tag_field="kind", tag=Kind.PERSON.value
):
    """What a person is stored as; field by field a `Person`."""

    v: Literal[1]
    reference: str
    surname: str
    given_names: str
    nicknames: tuple[str, ...]
    born: str
    sex: str
    description: str
    markers: tuple[str, ...]
    addresses: tuple[StoredAddress, ...]
    vehicles: tuple[StoredVehicle, ...]
    phones: tuple[str, ...]
    online_names: tuple[str, ...]
    businesses: tuple[str, ...]
    memberships: tuple[StoredMembership, ...]
    status: Status
    notes: str
    archived_because: str


class _StoredTie(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    v: Literal[1]
    from_id: UUID
    type: str
    to_id: UUID | None
    to_words: str
    note: str
    source: str
    seen_on: date | None


Stored = StoredGroup | StoredPerson
_STORED = msgspec.json.Decoder(Stored)
_PERSON, _GROUP = msgspec.json.Decoder(Person), msgspec.json.Decoder(Group)
_TIE = msgspec.json.Decoder(_StoredTie)


def read_stored(text: bytes) -> Stored:
    """What a sealed text says, in the types it is stored in: for whoever reads a hundred thousand.

    Raises:
        BodyError: a field is missing, unknown, or of another type.
    """
    try:
        stored: Stored = _STORED.decode(text)
    except msgspec.MsgspecError as error:
        raise _refused(error) from None
    if type(stored) is StoredPerson:
        for place in stored.memberships:
            id_of(place.group_id)
    return stored


def read_entry(text: bytes) -> Entry:
    """The entry a sealed text holds; raises as `read_stored`."""
    stored = read_stored(text)
    return _PERSON.decode(text) if type(stored) is StoredPerson else _GROUP.decode(text)


def read_group(text: bytes) -> Group:
    """The group that a text which was read already is of."""
    return _GROUP.decode(text)


def read_tie(text: bytes) -> Tie:
    """The tie a sealed text holds; raises BodyError."""
    try:
        tie = _TIE.decode(text)
    except msgspec.MsgspecError as error:
        raise _refused(error) from None
    return Tie(tie.from_id, tie.type, tie.to_id, tie.to_words, tie.note, tie.source, tie.seen_on)


def entry_of(body: Body) -> Entry:
    """The entry a body holds; raises as `read_stored`."""
    return read_entry(_text_of(body))


def tie_of(body: Body) -> Tie:
    """The tie a body holds; raises BodyError."""
    return read_tie(_text_of(body))


@lru_cache(maxsize=8_192)  # each of a few thousand groups is named by every one of its people
def id_of(text: str) -> UUID:
    """An id as bodies write it; raises BodyError for one that is written in any other way."""
    try:
        found = UUID(text)
    except ValueError:
        raise BodyError("id") from None
    if str(found) != text:
        raise BodyError("id")
    return found


def _text_of(body: Body) -> bytes:
    try:
        return msgspec.json.encode(body)
    except (TypeError, ValueError):
        raise BodyError("type") from None


def _refused(error: msgspec.MsgspecError) -> BodyError:
    """Where it does not fit, and nothing more: what the library says besides may quote a value."""
    _, _, place = str(error).partition(" - at ")
    return BodyError(place.strip("`") or "its fields")
