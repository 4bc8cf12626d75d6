"""Conflicts of interest: whoever has a tie to a group or an address is cut off from it by key, not by a filter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.compartments.errors import ConflictAboutError, ConflictReasonError, NobodyLeftError, NotHereError
from triage.compartments.models import ConflictRow
from triage.compartments.moving import start_move
from triage.database import CaseSession, Database
from triage.errors import NotFoundError, OutOfDateError
from triage.keys.compartments import (
    Compartment,
    compartment_of,
    compartments,
    holders_of,
    keep_out,
    let_in,
    make_compartment,
)
from triage.keys.keyring import KeyHolder
from triage.keys.models import CompartmentRow, GrantRow
from triage.keys.records import open_row, seal_row
from triage.keys.service import BoxName, box_named, grant, rotation_is_due
from triage.officers.holders import boxes_at_work, is_held_without
from triage.officers.models import OfficerRow, is_at_work
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.officers.service import officer_box
from triage.operations.rules import Operation
from triage.operations.service import carry_out
from triage.register import checks
from triage.register.entries import Person
from triage.register.models import EntryRow
from triage.register.unlocked import unlock_all

REASON_MOST = 500
ADDRESS_LEAST = 5


class ConflictState(StrEnum):
    STANDING = "standing"
    LIFTED = "lifted"


@dataclass(frozen=True)
class Conflict:
    """One declared tie. `entry_ids` are what it was about on the register when it was declared, and `compartment_id`
    the wall; both may be empty where nothing on the register fitted."""

    id: UUID
    officer_id: UUID
    about: str
    reason: str
    entry_ids: tuple[UUID, ...]
    compartment_id: UUID | None
    state: ConflictState
    recorded_by: UUID
    declared_on: date
    lifted_on: date | None


@dataclass(frozen=True)
class Declared:
    """What a declaration did: `move_id` is the move to go on with, where there is one."""

    conflict_id: UUID
    move_id: UUID | None


def declare_conflict(
    database: Database, officer_id: UUID, about: str, *, reason: str, by: Officer, name: str = ""
) -> Declared:
    """Cut somebody off from a group (by its reference) or from everybody at an address, and write down why.

    Where it lies in a place that the desk or others hold, a compartment of its own is made, which all its other
    holders at work hold and this person does not; where it has a compartment already, their key to that is destroyed.
    Nothing of it is opened for `by` who did not hold it before.

    The compartment is committed before anything is wrapped for it, because keys are committed before boxes: a crash
    in between would lose what lies behind the wall. What it leaves instead is an empty compartment.

    Raises:
        ConflictReasonError, ConflictAboutError, NotFoundError.
        NobodyLeftError: nobody else at work would hold it; nothing was changed.
        OutOfDateError: it was moved meanwhile; declaring it again is all there is to do.
    """
    reason, about = reason.strip(), " ".join(about.split())
    if not 0 < len(reason) <= REASON_MOST:
        raise ConflictReasonError
    by = by.with_new_ring()
    with database.begin() as session:
        wall = _wall_for(session, officer_id, about, by=by, name=name)
    by = by.with_new_ring()
    with database.begin() as session:
        return _declare(session, officer_id, about, reason, wall, by=by)


@dataclass(frozen=True)
class _Wall:
    """A compartment made for a conflict, and the place from which it is walled off."""

    made: Compartment
    place: UUID


def _wall_for(session: CaseSession, officer_id: UUID, about: str, *, by: Officer, name: str) -> _Wall | None:
    """The wall to be put up; None where there is one already, or nothing to wall off."""
    own_box = officer_box(session, officer_id)
    entry_ids = _entries_about(session, about, by=by)
    place = _place_of(session, entry_ids) if entry_ids else None
    if place is None or _compartment_at(session, place) is not None:
        return None
    return _Wall(_wall(session, place, officer_id, own_box.id, by=by, name=name), place)


def _declare(
    session: CaseSession, officer_id: UUID, about: str, reason: str, wall: _Wall | None, *, by: Officer
) -> Declared:
    own_box = officer_box(session, officer_id)
    entry_ids = _entries_about(session, about, by=by)
    move_id, compartment_id = None, None
    if entry_ids:
        place = _place_of(session, entry_ids)
        compartment_id = _compartment_at(session, place)
        if compartment_id is not None:
            keep_out(session, compartment_id, [officer_id], by=by)
            _shut_out(session, place, own_box.id, by=by)
        elif wall is None or wall.place != place:
            raise OutOfDateError
        else:
            compartment_id, move_id = wall.made.id, start_move(session, wall.made, entry_ids, by=by)
    row = ConflictRow(id=uuid4(), state=ConflictState.STANDING, declared_on=session.today, lifted_on=None)
    body = {
        "officer": str(officer_id),
        "about": about,
        "reason": reason,
        "entries": [str(one) for one in entry_ids],
        "compartment": str(compartment_id) if compartment_id else None,
        "recorded_by": str(by.id),
    }
    guards = [box_named(session, BoxName.SUPERVISORS).id, box_named(session, BoxName.AUDIT).id]
    seal_row(session, row, body, by=by, guards=guards)
    session.flush()
    record(session, Act.CONFLICT_DECLARED, row.id, by=by, to=officer_id)
    return Declared(row.id, move_id)


def conflicts(session: CaseSession, *, by: KeyHolder) -> tuple[Conflict, ...]:
    """Every declaration, for supervisors and auditors; the standing ones first. Others are given none."""
    rows = session.scalars(select(ConflictRow)).all()
    opened = by.keys.open_many(session, [row.data_key_id for row in rows])
    found = [_conflict(session, row, by=by) for row in rows if row.data_key_id in opened]
    return tuple(
        sorted(found, key=lambda one: (one.state is ConflictState.LIFTED, -one.declared_on.toordinal(), one.id))
    )


def conflict_of(session: CaseSession, conflict_id: UUID, *, by: KeyHolder) -> Conflict:
    """One of them; raises NotFoundError also where `by` may not read it."""
    row = session.get(ConflictRow, conflict_id)
    if row is None or not by.keys.opens(session, row.data_key_id):
        raise NotFoundError("conflict")
    return _conflict(session, row, by=by)


def lift_conflict(session: CaseSession, operation_id: UUID, *, by: Officer) -> None:
    """Carry out what two people agreed on: the person is given the compartment's key again, where `by` holds it.

    Raises:
        NotHereError, NotFoundError, NoKeyError, UnvouchedBoxError, and what `carry_out` raises.
    """
    done = carry_out(session, operation_id, Operation.CONFLICT_LIFT, by=by)
    found = conflict_of(session, done.subject or operation_id, by=by)
    row = session.get_one(ConflictRow, found.id)
    row.state, row.lifted_on = ConflictState.LIFTED, session.today
    session.flush()
    if found.compartment_id is not None:
        others = [one for one in conflicts(session, by=by) if one.state is ConflictState.STANDING]
        if not any((one.officer_id, one.compartment_id) == (found.officer_id, found.compartment_id) for one in others):
            let_in(session, found.compartment_id, found.officer_id, by=by)
            box_id = compartment_of(session, found.compartment_id, by=by).box_id
            grant(session, box_id, box_to_trust(session, found.officer_id), by=by)
    record(session, Act.CONFLICT_LIFTED, found.id, by=by, to=found.officer_id)


def box_to_trust(session: CaseSession, officer_id: UUID) -> UUID:
    """The own box of somebody at work whose secrets nobody else has seen.

    Raises:
        NotHereError, NotFoundError, UnvouchedBoxError.
    """
    box, row = officer_box(session, officer_id), session.get_one(OfficerRow, officer_id)
    if not is_at_work(row, session.today) or row.enrolled_on is None:
        raise NotHereError
    return box.id


def people_of(session: CaseSession, found: Iterable[Conflict], *, by: KeyHolder) -> dict[UUID, str]:
    """The names of everybody these conflicts speak of."""
    return names_of(session, {one for each in found for one in (each.officer_id, each.recorded_by)}, by=by)


def _entries_about(session: CaseSession, about: str, *, by: KeyHolder) -> tuple[UUID, ...]:
    """A group or person by its reference, or the people at an address; empty where `by` sees none of the kind."""
    copies = unlock_all(session, by=by)
    for copy in copies:
        if about.casefold() in copy.by_reference:
            return (copy.by_reference[about.casefold()],)
    wanted = checks.fold(about)
    if len(wanted) < ADDRESS_LEAST:
        raise ConflictAboutError
    for copy in copies:
        there = [
            kept.id
            for kept in copy.entries.values()
            if isinstance(kept.entry, Person) and any(wanted in checks.fold(str(one)) for one in kept.entry.addresses)
        ]
        if there:
            return tuple(sorted(there))
    return ()


def _place_of(session: CaseSession, entry_ids: Iterable[UUID]) -> UUID:
    return session.scalars(select(EntryRow.compartment_id).where(EntryRow.id.in_(entry_ids)).limit(1)).one()


def _compartment_at(session: CaseSession, box_id: UUID) -> UUID | None:
    return session.scalars(select(CompartmentRow.id).where(CompartmentRow.box_id == box_id)).first()


def _shut_out(session: CaseSession, box_id: UUID, own_box_id: UUID, *, by: KeyHolder) -> None:
    """Destroy somebody's grant of a compartment that is there already; its rotation is due from now on."""
    if own_box_id not in holders_of(session, box_id):
        return
    if not is_held_without(session, box_id, frozenset({own_box_id})):
        raise NobodyLeftError
    session.execute(delete(GrantRow).where(GrantRow.box_id == box_id, GrantRow.to_box_id == own_box_id))
    rotation_is_due(session, [box_id])
    record(session, Act.KEY_REVOKED, box_id, by=by, to=own_box_id, reason="conflict")


def _wall(
    session: CaseSession, place: UUID, officer_id: UUID, own_box_id: UUID, *, by: KeyHolder, name: str
) -> Compartment:
    """A compartment for everybody at work who holds a place themselves, but one."""
    holders = (holders_of(session, place) & boxes_at_work(session)) - {own_box_id}
    if not holders:
        raise NobodyLeftError
    number = 1 + len(compartments(session, by=by))
    called = name or f"Apart {session.today.isoformat()} ({str(uuid4())[:4]}-{number})"
    return make_compartment(session, called, sorted(holders), without=[officer_id], follows_desk=True, by=by)


def _conflict(session: CaseSession, row: ConflictRow, *, by: KeyHolder) -> Conflict:
    body = open_row(session, row, by=by)
    return Conflict(
        id=row.id,
        officer_id=UUID(body["officer"]),
        about=body["about"],
        reason=body["reason"],
        entry_ids=tuple(UUID(one) for one in body["entries"]),
        compartment_id=UUID(body["compartment"]) if body["compartment"] else None,
        state=ConflictState(row.state),
        recorded_by=UUID(body["recorded_by"]),
        declared_on=row.declared_on,
        lifted_on=row.lifted_on,
    )


def officers_with_conflict(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> frozenset[UUID]:
    """Whom a compartment keeps out."""
    return frozenset(compartment_of(session, compartment_id, by=by).without)


def desk_officers(session: CaseSession, *, by: KeyHolder) -> tuple[tuple[UUID, str], ...]:
    """Id and name of everybody at work who holds the desk's key themselves, by name."""
    boxes = holders_of(session, box_named(session, BoxName.DESK).id) & boxes_at_work(session)
    ids = session.scalars(select(OfficerRow.id).where(OfficerRow.box_id.in_(boxes))).all()
    names = names_of(session, ids, by=by)
    return tuple(sorted(((one, names[one]) for one in ids), key=lambda each: (each[1].casefold(), each[0])))
