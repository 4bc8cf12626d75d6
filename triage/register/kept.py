"""Entries as they are kept in memory: their sealed texts, opened, and the little of each that lists ask for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple
from uuid import UUID

from triage.keys.records import text_of
from triage.register.bodies import Stored, StoredPerson, id_of, read_entry, read_group, read_stored
from triage.register.entries import Entry, Group, Kind, Status, entry_body
from triage.register.opening import Opened

ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry as it stands. A person is read out of the text each time: it takes 6 µs, and less memory."""

    id: UUID
    compartment_id: UUID
    version: int
    updated_on: date
    kind: Kind
    status: Status
    reference: str = field(repr=False)
    group_ids: tuple[UUID, ...] = field(repr=False)
    text: bytes = field(repr=False)
    group: Group | None = field(repr=False)  # every one of its people asks for it

    @property
    def entry(self) -> Entry:
        """The entry."""
        return self.group or read_entry(self.text)


class _Row(NamedTuple):
    id: bytes
    version: int
    updated_on: date
    status: Status
    reference: str
    group_ids: tuple[UUID, ...]
    text: bytes
    group: Group | None


class Entries(Mapping[UUID, Kept]):
    """The entries of one compartment, column by column: a hundred thousand objects fewer.

    It is filled by whoever makes it, and changes no more from then on.
    """

    def __init__(self, compartment_id: UUID) -> None:
        self._compartment_id = compartment_id
        self._ids = bytearray()
        self._versions: list[int] = []
        self._days: list[date] = []
        self._statuses: list[Status] = []
        self._references: list[str] = []
        self._group_ids: list[tuple[UUID, ...]] = []
        self._texts: list[bytes] = []
        self._groups: dict[bytes, Group] = {}

    def add(self, opened: Opened, stored: Sequence[Stored]) -> None:
        """Add entries that were opened, and that their texts were read as."""
        self._ids += bytes.fromhex("".join(opened.ids))
        self._versions += opened.versions
        self._days += opened.updated_on
        self._statuses += [one.status for one in stored]
        self._references += [one.reference for one in stored]
        self._group_ids += [_groups_of(one) for one in stored]
        self._texts += opened.texts
        for entry_id, one, text in zip(opened.ids, stored, opened.texts, strict=True):
            if type(one) is not StoredPerson:
                self._groups[bytes.fromhex(entry_id)] = read_group(text)

    def standing(self, at: Mapping[str, int], new: "Entries") -> "Entries":
        """These as far as they stand at such versions, by ids of 32 hexadecimal digits, and the new ones with them."""
        rows = [row for row in self.rows() if at.get(row.id.hex()) == row.version]
        made = Entries(self._compartment_id)
        for row in sorted([*rows, *new.rows()], key=lambda row: row.id):
            made._append(row)
        return made

    def versions(self) -> dict[str, int]:
        """Each id, of 32 hexadecimal digits, and the version at which it is kept."""
        return {self._id(number).hex(): version for number, version in enumerate(self._versions)}

    def versions_by_number(self) -> dict[int, int]:
        """The same by ids as numbers."""
        return dict(zip(self._numbers, self._versions, strict=True))

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[UUID]:
        return (UUID(bytes=self._id(number)) for number in range(len(self)))

    def __getitem__(self, entry_id: UUID) -> Kept:
        number = self._numbers.get(entry_id.int)
        if number is None:
            raise KeyError(entry_id)
        return self.at(number)

    def __contains__(self, entry_id: object) -> bool:
        return isinstance(entry_id, UUID) and entry_id.int in self._numbers

    def values(self) -> "_Values":
        """Every entry."""
        return _Values(self)

    @cached_property
    def _numbers(self) -> Mapping[int, int]:
        """Where each id stands: made for whoever looks one up."""
        return {int.from_bytes(self._id(number), "big"): number for number in range(len(self))}

    def _id(self, number: int) -> bytes:
        return bytes(self._ids[ID_BYTES * number : ID_BYTES * (number + 1)])

    def at(self, number: int) -> Kept:
        """The entry in this place."""
        own_id = self._id(number)
        group = self._groups.get(own_id)
        return Kept(
            UUID(bytes=own_id),
            self._compartment_id,
            self._versions[number],
            self._days[number],
            Kind.PERSON if group is None else Kind.GROUP,
            self._statuses[number],
            self._references[number],
            self._group_ids[number],
            self._texts[number],
            group,
        )

    def rows(self) -> Iterator[_Row]:
        """Every entry as it stands in the columns."""
        ids = [self._id(number) for number in range(len(self))]
        columns = self._versions, self._days, self._statuses, self._references, self._group_ids, self._texts
        groups = [self._groups.get(one) for one in ids]
        return map(_Row._make, zip(ids, *columns, groups, strict=True))

    def _append(self, row: _Row) -> None:
        self._ids += row.id
        self._versions.append(row.version)
        self._days.append(row.updated_on)
        self._statuses.append(row.status)
        self._references.append(row.reference)
        self._group_ids.append(row.group_ids)
        self._texts.append(row.text)
        if row.group is not None:
            self._groups[row.id] = row.group


class _Values(ValuesView[Kept]):
    """Every entry without looking each up."""

    def __init__(self, entries: Entries) -> None:
        super().__init__(entries)
        self._entries = entries

    def __iter__(self) -> Iterator[Kept]:
        return (self._entries.at(number) for number in range(len(self._entries)))


def entries_of(compartment_id: UUID, opened: Iterable[Opened]) -> Entries:
    """Entries that were opened, read; raises BodyError."""
    entries = Entries(compartment_id)
    for some in opened:
        entries.add(some, [read_stored(text) for text in some.texts])
    return entries


def kept_entry(entry_id: UUID, compartment_id: UUID, version: int, updated_on: date, entry: Entry) -> Kept:
    """One entry that was never sealed, as it would be kept."""
    opened = Opened([entry_id.hex], [version], [updated_on], [text_of(entry_body(entry))])
    return entries_of(compartment_id, [opened])[entry_id]


def _groups_of(one: Stored) -> tuple[UUID, ...]:
    if type(one) is not StoredPerson:
        return ()
    return _groups_named(tuple([place.group_id for place in one.memberships]))


@lru_cache(maxsize=8_192)  # most people are in one of a few thousand groups
def _groups_named(ids: tuple[str, ...]) -> tuple[UUID, ...]:
    return tuple([id_of(one) for one in ids])
