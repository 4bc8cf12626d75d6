"""Ids and entries by number, in little memory: an id as 16 bytes, an entry as the text it is read from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Generic, TypeVar, cast, overload
from uuid import UUID

from triage.register.bodies import read_entry
from triage.register.entries import Entry, Group, Person

OneKind = TypeVar("OneKind", Group, Person)


class Ids(Sequence[UUID]):
    """Ids one after another."""

    def __init__(self) -> None:
        self._packed = bytearray()

    def extend(self, ids: Iterable[str]) -> None:
        """Add ids of 32 hexadecimal digits."""
        self._packed += bytes.fromhex("".join(ids))

    def __len__(self) -> int:
        return len(self._packed) // 16

    def __iter__(self) -> Iterator[UUID]:
        return (self[number] for number in range(len(self)))

    @overload
    def __getitem__(self, number: int) -> UUID: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[UUID]: ...
    def __getitem__(self, number: int | slice) -> UUID | Sequence[UUID]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError
        return UUID(bytes=bytes(self._packed[16 * number : 16 * number + 16]))


class Entries(Generic[OneKind]):
    """Entries of one kind. What was handed over as a text is read when it is asked for, without the officers' notes."""

    def __init__(self) -> None:
        self._held: list[Entry | bytes] = []

    def extend(self, held: Iterable[Entry | bytes]) -> None:
        """Add entries, or the texts of such as were read already."""
        self._held.extend(held)

    def __len__(self) -> int:
        return len(self._held)

    def __getitem__(self, number: int) -> OneKind:
        held = self._held[number]
        entry = replace(read_entry(held), notes="", archived_because="") if isinstance(held, bytes) else held
        return cast("OneKind", entry)  # as whoever added it saw

    def __iter__(self) -> Iterator[OneKind]:
        return (self[number] for number in range(len(self)))
