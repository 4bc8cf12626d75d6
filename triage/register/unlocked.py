"""The register decrypted in this process's memory, per compartment, for those who hold its key; never on disk.

Filters and searches on encrypted values use this copy (design §3). It is brought up to date by version, goes with its
last holder's signing out, and goes by itself when nobody has used it for a quarter of an hour.
"""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from triage.database import CaseSession, Database
from triage.forgetting import forget_words
from triage.officers.session import officers_signed_in
from triage.register.bulk import in_bulk
from triage.register.entries import Entry, Group, Tie, entry_of, tie_of
from triage.register.models import RegisterVersionRow, TieRow
from triage.register.opening import (
    Holder,
    count_entries,
    every_opened_entry,
    hold_key,
    opened_entries,
    opened_ties,
    versions_of_entries,
)

IDLE_SECONDS = 15 * 60
CHANGED = "quietword.register.changed"  # set on a session that has written: what it sees is not kept for others
MANY = 20_000

T = TypeVar("T")
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
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
    _deriving: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    def derive(self, name: str, build: Callable[["Unlocked"], T]) -> T:
        """What `build` makes of this copy, made once."""
        with self._deriving:
            if name not in self._derived:
                self._derived[name] = build(self)
            found: T = self._derived[name]  # type: ignore[assignment]  # what `build` gave under this name
            return found

    @property
    def is_worked_out(self) -> bool:
        """Whether anything was derived from it yet."""
        return bool(self._derived)

    def derived(self, name: str) -> object | None:
        """What was made under this name already; it waits for nobody who is making it."""
        return self._derived.get(name)

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
    """`before` is the copy of before a change, kept while nothing has been worked out of the new one yet."""

    copy: Unlocked
    used_at: float
    holders: set[UUID]
    before: Unlocked | None = None


_LOCK = threading.RLock()
_SLOTS: "WeakKeyDictionary[Engine, dict[UUID, _Slot]]" = WeakKeyDictionary()
_HOMES: "WeakKeyDictionary[Engine, Database]" = WeakKeyDictionary()
_READING: "WeakKeyDictionary[Engine, dict[UUID, threading.Lock]]" = WeakKeyDictionary()
_TIMER: list[threading.Timer] = []


def register_version(session: CaseSession, compartment_id: UUID) -> int:
    """How often the register of a compartment has changed; 0 before its first entry."""
    row = session.get(RegisterVersionRow, compartment_id, populate_existing=True)
    return 0 if row is None else row.version


def unlock_register(
    session: CaseSession, compartment_id: UUID, *, by: Holder, progress: Progress = lambda _share: None
) -> Unlocked:
    """The register of one compartment in memory, as of this unit of work; `progress` is told how far it is, 0 to 1.

    Raises:
        NoKeyError: `by` does not open the compartment's box, whoever else unlocked it and whatever the grants say.
    """
    hold_key(session, compartment_id, by=by)
    version, changed = register_version(session, compartment_id), session.info.get(CHANGED)
    with _reading(session, compartment_id):
        slot = _slots(session).get(compartment_id)
        if slot is not None and slot.copy.version == version and not changed:
            copy = slot.copy
        else:
            copy = _read(session, compartment_id, version, slot.copy if slot else None, by=by, progress=progress)
        if not changed:
            _keep(session, copy, by=by)
        return copy


def unlock_all(session: CaseSession, *, by: Holder) -> tuple[Unlocked, ...]:
    """Every compartment whose key `by` holds, in a steady order."""
    return tuple(unlock_register(session, one, by=by) for one in compartments_of(session, by=by))


def compartments_of(session: CaseSession, *, by: Holder) -> tuple[UUID, ...]:
    """The compartments with a register to which a way of grants leads `by`, in a steady order."""
    found = session.scalars(select(RegisterVersionRow.compartment_id).order_by(RegisterVersionRow.compartment_id))
    return tuple(one for one in found if by.keys.holds(session, one))


def unlocked_already(session: CaseSession, compartment_id: UUID, *, by: Holder) -> tuple[Unlocked, ...]:
    """What lies open here already, the newest first, without waiting for whoever opens more; raises NoKeyError."""
    hold_key(session, compartment_id, by=by)
    with _LOCK:
        slot = _slots(session).get(compartment_id)
        if slot is None:
            return ()
        slot.used_at = time.monotonic()
        slot.holders.add(by.id)
        return tuple(copy for copy in (slot.copy, slot.before) if copy is not None)


def forget_before(session: CaseSession, copy: Unlocked) -> None:
    """All that was wanted has been worked out of this copy: the one before it is needed no more."""
    with _LOCK:
        slot = _slots(session).get(copy.compartment_id)
        if slot is not None and slot.copy is copy:
            slot.before = None


def wipe() -> None:
    """Forget every unlocked register of this process."""
    with _LOCK:
        _SLOTS.clear()
        forget_words()


def let_go(holder_id: UUID) -> None:
    """A holder has signed out: what nobody else holds is forgotten."""
    with _LOCK:
        for slots in _SLOTS.values():
            _let_go(slots, holder_id)


def wipe_idle(now: float) -> None:
    """Forget what nobody has used for a quarter of an hour; `now` in seconds of the monotonic clock."""
    with _LOCK:
        for slots in _SLOTS.values():
            for compartment_id, slot in list(slots.items()):
                if now - slot.used_at >= IDLE_SECONDS:
                    _forget(slots, compartment_id)


def wipe_signed_out() -> None:
    """Forget what is held for people who have signed out since, at this worker or at another one."""
    with _LOCK:
        held = [(_HOMES[engine], slots) for engine, slots in _SLOTS.items() if slots]
    for home, slots in held:
        with suppress(SQLAlchemyError), home.look() as session:
            here = officers_signed_in(session)
            with _LOCK:
                for gone in {one for slot in slots.values() for one in slot.holders} - here:
                    _let_go(slots, gone)


def _let_go(slots: dict[UUID, _Slot], holder_id: UUID) -> None:
    for compartment_id, slot in list(slots.items()):
        slot.holders.discard(holder_id)
        if not slot.holders:
            _forget(slots, compartment_id)


def _forget(slots: dict[UUID, _Slot], compartment_id: UUID) -> None:
    del slots[compartment_id]
    forget_words()


def _slots(session: CaseSession) -> dict[UUID, _Slot]:
    """By the engine of the databases, which every session on them shares, whether it only looks or writes."""
    with _LOCK:
        _HOMES[session.home.case] = session.home
        return _SLOTS.setdefault(session.home.case, {})


def _reading(session: CaseSession, compartment_id: UUID) -> threading.Lock:
    """One at a time opens a compartment; whoever waits finds it open."""
    with _LOCK:
        return _READING.setdefault(session.home.case, {}).setdefault(compartment_id, threading.Lock())


def _keep(session: CaseSession, copy: Unlocked, *, by: Holder) -> None:
    with _LOCK:
        slots = _slots(session)
        slot = slots.get(copy.compartment_id)
        if slot is not None and slot.copy is not copy and slot.copy.version > copy.version:
            return  # somebody whose look began later has read a newer one
        before = None
        if slot is not None:
            before = slot.before if slot.copy is copy or not slot.copy.is_worked_out else slot.copy
        slots[copy.compartment_id] = _Slot(copy, time.monotonic(), (slot.holders if slot else set()) | {by.id}, before)
        _watch()


def _watch() -> None:
    """See to it that an idle copy goes even if no further request comes."""
    if _TIMER and _TIMER[0].is_alive():
        return

    def look() -> None:
        wipe_signed_out()
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
    session: CaseSession,
    compartment_id: UUID,
    version: int,
    before: Unlocked | None,
    *,
    by: Holder,
    progress: Progress,
) -> Unlocked:
    """Open what is new since `before`, and keep the rest of it."""
    if before is None:
        entries, opened = {}, every_opened_entry(session, compartment_id, by=by)
        wanted = count_entries(session, compartment_id)
    else:
        stand = versions_of_entries(session, compartment_id)
        entries = {kept.id: kept for kept in before.entries.values() if stand.get(kept.id) == kept.version}
        new = [entry_id for entry_id in stand if entry_id not in entries]
        opened, wanted = opened_entries(session, new, compartment_id, by=by), len(new)
    with in_bulk(wanted > MANY):
        for number, one in enumerate(opened, start=1):
            entries[one.id] = Kept(one.id, compartment_id, one.version, one.updated_on, entry_of(one.body))
            progress(number / wanted)
    tie_ids = set(session.scalars(select(TieRow.id).where(TieRow.compartment_id == compartment_id)))
    ties = {kept.id: kept for kept in (before.ties.values() if before else ()) if kept.id in tie_ids}
    new_ties = [tie_id for tie_id in tie_ids if tie_id not in ties]
    for tie in opened_ties(session, new_ties, compartment_id, by=by):
        ties[tie.id] = KeptTie(tie.id, tie.updated_on, tie_of(tie.body))
    return Unlocked(compartment_id, version, entries, ties)
