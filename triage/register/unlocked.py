"""The register decrypted in this process's memory, per compartment, for those who hold its key; never on disk.

Filters and searches on encrypted values use this copy (design §3). It is brought up to date by version, goes with its
last holder's signing out, and goes by itself when nobody has used it for a quarter of an hour.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from store.batches import batches
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row
from triage.register.entries import Entry, Group, Tie, entry_of, tie_of
from triage.register.models import EntryRow, RegisterVersionRow, TieRow

IDLE_SECONDS = 15 * 60
CHANGED = "quietword.register.changed"  # set on a session that has written: what it sees is not kept for others

T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """One entry as it stands."""

    id: UUID
    compartment_id: UUID
    version: int
    updated_on: date
    entry: Entry


@dataclass(frozen=True)
class KeptTie:
    """One tie as it stands; a tie is added and removed, never changed."""

    id: UUID
    updated_on: date
    tie: Tie


@dataclass(frozen=True)
class Unlocked:
    """One compartment's register, and whatever was worked out of it (`derive`), which goes when it goes."""

    compartment_id: UUID
    version: int
    entries: Mapping[UUID, Kept]
    ties: Mapping[UUID, KeptTie]
    _derived: dict[str, object] = field(default_factory=dict, repr=False)

    def derive(self, name: str, build: Callable[["Unlocked"], T]) -> T:
        """What `build` makes of this copy, made once."""
        with _LOCK:
            if name not in self._derived:
                self._derived[name] = build(self)
            found: T = self._derived[name]  # type: ignore[assignment]  # what `build` gave under this name
            return found

    @cached_property
    def by_reference(self) -> Mapping[str, UUID]:
        """Entry ids by reference, without regard to case."""
        return {kept.entry.reference.casefold(): kept.id for kept in self.entries.values()}

    @cached_property
    def members(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """The people of each group."""
        found: dict[UUID, list[UUID]] = {}
        for kept in self.entries.values():
            if not isinstance(kept.entry, Group):
                for membership in kept.entry.memberships:
                    found.setdefault(membership.group_id, []).append(kept.id)
        return {group_id: tuple(people) for group_id, people in found.items()}

    @cached_property
    def ties_at(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """The ties that touch each entry."""
        found: dict[UUID, list[UUID]] = {}
        for kept in self.ties.values():
            for end in {kept.tie.from_id, kept.tie.to_id}:
                if end is not None:
                    found.setdefault(end, []).append(kept.id)
        return {entry_id: tuple(ties) for entry_id, ties in found.items()}


@dataclass
class _Slot:
    copy: Unlocked
    used_at: float
    holders: set[UUID]


_LOCK = threading.RLock()
_SLOTS: "WeakKeyDictionary[Engine, dict[UUID, _Slot]]" = WeakKeyDictionary()
_TIMER: list[threading.Timer] = []


def register_version(session: CaseSession, compartment_id: UUID) -> int:
    """How often the register of a compartment has changed; 0 before its first entry."""
    row = session.get(RegisterVersionRow, compartment_id, populate_existing=True)
    return 0 if row is None else row.version


def unlock_register(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> Unlocked:
    """The register of one compartment in memory, as of this unit of work.

    Raises:
        NoKeyError: `by` does not hold the compartment's box, whoever else unlocked it.
    """
    if not by.keys.holds(session, compartment_id):
        raise NoKeyError
    engine = session.get_bind()
    assert isinstance(engine, Engine)  # noqa: S101  a CaseSession is bound to one
    with _LOCK:
        slots = _SLOTS.setdefault(engine, {})
        slot = slots.get(compartment_id)
        version = register_version(session, compartment_id)
        if slot is not None and slot.copy.version == version and not session.info.get(CHANGED):
            copy = slot.copy
        else:
            copy = _read(session, compartment_id, version, slot.copy if slot else None, by=by)
        if session.info.get(CHANGED):
            return copy
        holders = (slot.holders if slot else set()) | {by.id}
        slots[compartment_id] = _Slot(copy, time.monotonic(), holders)
        _watch()
        return copy


def unlock_all(session: CaseSession, *, by: KeyHolder) -> tuple[Unlocked, ...]:
    """Every compartment whose key `by` holds, in a steady order."""
    found = session.scalars(select(RegisterVersionRow.compartment_id).order_by(RegisterVersionRow.compartment_id))
    return tuple(unlock_register(session, one, by=by) for one in found if by.keys.holds(session, one))


def wipe() -> None:
    """Forget every unlocked register of this process."""
    with _LOCK:
        _SLOTS.clear()


def let_go(holder_id: UUID) -> None:
    """A holder has signed out: what nobody else holds is forgotten."""
    with _LOCK:
        for slots in _SLOTS.values():
            for compartment_id, slot in list(slots.items()):
                slot.holders.discard(holder_id)
                if not slot.holders:
                    del slots[compartment_id]


def wipe_idle(now: float) -> None:
    """Forget what nobody has used for a quarter of an hour; `now` in seconds of the monotonic clock."""
    with _LOCK:
        for slots in _SLOTS.values():
            for compartment_id, slot in list(slots.items()):
                if now - slot.used_at >= IDLE_SECONDS:
                    del slots[compartment_id]


def _watch() -> None:
    """See to it that an idle copy goes even if no further request comes."""
    if _TIMER and _TIMER[0].is_alive():
        return

    def look() -> None:
        with _LOCK:
            _TIMER.clear()
            wipe_idle(time.monotonic())
            if any(_SLOTS.values()):
                _watch()

    timer = threading.Timer(IDLE_SECONDS / 15, look)
    timer.daemon = True
    _TIMER[:] = [timer]
    timer.start()


def _read(
    session: CaseSession, compartment_id: UUID, version: int, before: Unlocked | None, *, by: KeyHolder
) -> Unlocked:
    """Open what is new since `before`, and keep the rest of it."""
    found = session.execute(select(EntryRow.id, EntryRow.version).where(EntryRow.compartment_id == compartment_id))
    stand = {entry_id: at_version for entry_id, at_version in found}  # noqa: C416  a Row is not a pair to mypy
    entries = {
        kept.id: kept for kept in (before.entries.values() if before else ()) if stand.get(kept.id) == kept.version
    }
    for row in _rows(session, EntryRow, [entry_id for entry_id in stand if entry_id not in entries], by=by):
        entry = entry_of(open_row(session, row, by=by))
        entries[row.id] = Kept(row.id, row.compartment_id, row.version, row.updated_on, entry)
    tie_ids = set(session.scalars(select(TieRow.id).where(TieRow.compartment_id == compartment_id)))
    ties = {kept.id: kept for kept in (before.ties.values() if before else ()) if kept.id in tie_ids}
    for tie_row in _rows(session, TieRow, [tie_id for tie_id in tie_ids if tie_id not in ties], by=by):
        ties[tie_row.id] = KeptTie(tie_row.id, tie_row.updated_on, tie_of(open_row(session, tie_row, by=by)))
    return Unlocked(compartment_id, version, entries, ties)


R = TypeVar("R", EntryRow, TieRow)


def _rows(session: CaseSession, table: type[R], ids: list[UUID], *, by: KeyHolder) -> list[R]:
    """The rows of these ids whose keys `by` opens: a row whose key was destroyed has been deleted."""
    found: list[R] = []
    for some in batches(ids):
        rows = list(session.scalars(select(table).where(table.id.in_(some))))
        opened = by.keys.open_many(session, [row.data_key_id for row in rows])
        found.extend(row for row in rows if row.data_key_id in opened)
    return found
