"""The register decrypted in this process's memory, per compartment, for those who hold its key; never on disk.

Filters and searches on encrypted values use this copy (design §3). It is brought up to date by version, goes with its
last holder's signing out, and goes by itself when nobody has used it for a quarter of an hour.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from triage.database import CaseSession
from triage.holding import Holding
from triage.register.bodies import Stored, read_stored, read_tie
from triage.register.bulk import in_bulk
from triage.register.entries import Tie
from triage.register.kept import Entries, Kept
from triage.register.models import RegisterVersionRow
from triage.register.opening import (
    Holder,
    count_entries,
    every_opened_entry,
    hold_key,
    ids_of_ties,
    opened_entries,
    opened_ties,
    versions_of_entries,
)

CHANGED = "quietword.register.changed"  # set on a session that has written: what it sees is not kept for others
MANY = 20_000

T = TypeVar("T")
Progress = Callable[[float], None]
# Told of entries while they are opened, in the order of ids: for whoever would else read a hundred thousand again.
Noting = Callable[[Sequence[str], Sequence[Stored], Sequence[bytes]], None]


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
    # What is brought up to date from one copy that is kept to the next, where making it anew takes long.
    carried: dict[str, object] = field(default_factory=dict, repr=False, compare=False)
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
        return {kept.reference.casefold(): kept.id for kept in self.entries.values()}

    @cached_property
    def members(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """The people of each group."""
        found: dict[UUID, list[UUID]] = {}
        for kept in self.entries.values():
            for group_id in kept.group_ids:
                found.setdefault(group_id, []).append(kept.id)
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
class _Copies:
    """`before` is the copy of before a change, kept while nothing has been worked out of the new one yet."""

    copy: Unlocked
    before: Unlocked | None = None


HELD: Holding[_Copies] = Holding()
_READING: "WeakKeyDictionary[Engine, dict[UUID, threading.Lock]]" = WeakKeyDictionary()


def register_version(session: CaseSession, compartment_id: UUID) -> int:
    """How often the register of a compartment has changed; 0 before its first entry."""
    row = session.get(RegisterVersionRow, compartment_id, populate_existing=True)
    return 0 if row is None else row.version


def unlock_register(
    session: CaseSession,
    compartment_id: UUID,
    *,
    by: Holder,
    progress: Progress = lambda _share: None,
    noting: Noting = lambda _ids, _stored, _texts: None,
) -> Unlocked:
    """The register of one compartment in memory, as of this unit of work; `progress` is told how far it is, 0 to 1.

    `noting` hears of every entry where none was open before, and of none where some were.

    Raises:
        NoKeyError: `by` does not open the compartment's box, whoever else unlocked it and whatever the grants say.
        BodyError: an entry was stored in a shape that this version does not know.
    """
    hold_key(session, compartment_id, by=by)
    version, changed = register_version(session, compartment_id), session.info.get(CHANGED)
    with _reading(session, compartment_id):
        held = HELD.peek(session.home, compartment_id)
        if held is not None and held.copy.version == version and not changed:
            copy = held.copy
        else:
            before = held.copy if held else None
            copy = _read(session, compartment_id, version, before, by=by, progress=progress, noting=noting)
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
    held = HELD.use(session, compartment_id, by=by.id)
    return () if held is None else tuple(copy for copy in (held.copy, held.before) if copy is not None)


def forget_before(session: CaseSession, copy: Unlocked) -> None:
    """All that was wanted has been worked out of this copy: the one before it is needed no more."""
    with HELD.lock:
        held = HELD.peek(session.home, copy.compartment_id)
        if held is not None and held.copy is copy:
            held.before = None


def _reading(session: CaseSession, compartment_id: UUID) -> threading.Lock:
    """One at a time opens a compartment; whoever waits finds it open."""
    with HELD.lock:
        return _READING.setdefault(session.home.case, {}).setdefault(compartment_id, threading.Lock())


def _keep(session: CaseSession, copy: Unlocked, *, by: Holder) -> None:
    with HELD.lock:
        held = HELD.peek(session.home, copy.compartment_id)
        before = None
        if held is not None:
            if held.copy is not copy and held.copy.version > copy.version:
                return  # somebody whose look began later has read a newer one
            before = held.before if held.copy is copy or not held.copy.is_worked_out else held.copy
            if held.copy is not copy:
                copy.carried.update(held.copy.carried)
        HELD.keep(session, copy.compartment_id, _Copies(copy, before), by=by.id)


def _read(
    session: CaseSession,
    compartment_id: UUID,
    version: int,
    before: Unlocked | None,
    *,
    by: Holder,
    progress: Progress,
    noting: Noting,
) -> Unlocked:
    """Open what is new since `before`, and keep the rest of it."""
    entries, known = Entries(compartment_id), None if before is None else before.entries
    if not isinstance(known, Entries):
        opened, wanted = every_opened_entry(session, compartment_id, by=by), count_entries(session, compartment_id)
    else:
        stand, at = versions_of_entries(session, compartment_id), known.versions()
        new = [one for one, number in stand.items() if at.get(one) != number]
        opened, wanted = opened_entries(session, new, compartment_id, by=by), len(new)
    with in_bulk(wanted > MANY):
        for some in opened:
            stored = [read_stored(text) for text in some.texts]
            entries.add(some, stored)
            if known is None:
                noting(some.ids, stored, some.texts)
            progress(min(1.0, len(entries) / wanted))
    if isinstance(known, Entries):
        entries = known.standing(stand, entries)
    return Unlocked(compartment_id, version, entries, _read_ties(session, compartment_id, before, by=by))


def _read_ties(
    session: CaseSession, compartment_id: UUID, before: Unlocked | None, *, by: Holder
) -> dict[UUID, KeptTie]:
    names = ids_of_ties(session, compartment_id)
    ties = {kept.id: kept for kept in (before.ties.values() if before else ()) if kept.id.hex in names}
    for some in opened_ties(session, names - {one.hex for one in ties}, compartment_id, by=by):
        for name, day, text in zip(some.ids, some.updated_on, some.texts, strict=True):
            tie_id = UUID(name)
            ties[tie_id] = KeptTie(tie_id, day, read_tie(text))
    return ties
