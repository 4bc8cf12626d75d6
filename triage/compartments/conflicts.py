"""Conflicts of interest: whoever has a tie to a group or an address is cut off from it by key, not by a filter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.compartments.errors import ConflictReasonError, NotHereError
from triage.compartments.fitting import by_place, entries_about
from triage.compartments.models import ConflictRow
from triage.compartments.walls import cut_off, walls_for
from triage.database import CaseSession, Database
from triage.errors import NotFoundError
from triage.keys.compartments import compartment_of, hold_compartments, holders_of, let_in
from triage.keys.keyring import KeyHolder
from triage.keys.records import Body, open_row, seal_row
from triage.keys.service import BoxName, box_named, grant
from triage.officers.holders import boxes_at_work
from triage.officers.models import OfficerRow, is_at_work
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.officers.service import officer_box
from triage.operations.rules import Operation
from triage.operations.service import carry_out
from triage.register.unlocked import unlock_all

REASON_MOST = 500


class ConflictState(StrEnum):
    STANDING = "standing"
    LIFTED = "lifted"


@dataclass(frozen=True)
class Conflict:
    """One declared tie. `entry_ids` are what it was about on the register when it was declared or last walled off.

    `compartment_ids` are the walls, one for each place in which something lay; both are empty where nothing on the
    register fitted. `lost` are those of them that the person held before.
    """

    id: UUID
    officer_id: UUID
    about: str
    reason: str
    entry_ids: tuple[UUID, ...]
    compartment_ids: tuple[UUID, ...]
    lost: tuple[UUID, ...]
    state: ConflictState
    recorded_by: UUID
    declared_on: date
    lifted_on: date | None


@dataclass(frozen=True)
class Declared:
    """What a declaration did: `move_ids` are the moves to go on with, one for each wall that was put up."""

    conflict_id: UUID
    move_ids: tuple[UUID, ...]

    @property
    def move_id(self) -> UUID | None:
        """The first of them, for whoever knows that everything lay in one place."""
        return self.move_ids[0] if self.move_ids else None


def declare_conflict(
    database: Database, officer_id: UUID, about: str, *, reason: str, by: Officer, name: str = ""
) -> Declared:
    """Cut somebody off from a group (by its reference) or from everybody at an address, and write down why.

    It holds in every place whose key `by` holds. Where something lies with the desk, a compartment of its own is made,
    which all its other holders at work hold and this person does not; where it has a compartment already, their key to
    that is destroyed. Nothing of it is opened for `by` who did not hold it before.

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
        walls = walls_for(session, officer_id, _places(session, about, by=by), by=by, name=name)
    by = by.with_new_ring()
    with database.begin() as session:
        places = _places(session, about, by=by)
        done = cut_off(session, officer_id, places, walls, by=by)
        row = ConflictRow(id=uuid4(), state=ConflictState.STANDING, declared_on=session.today, lifted_on=None)
        made = Conflict(
            id=row.id,
            officer_id=officer_id,
            about=about,
            reason=reason,
            entry_ids=tuple(one for ids in places.values() for one in ids),
            compartment_ids=done.compartment_ids,
            lost=done.lost,
            state=ConflictState.STANDING,
            recorded_by=by.id,
            declared_on=session.today,
            lifted_on=None,
        )
        guards = [box_named(session, BoxName.SUPERVISORS).id, box_named(session, BoxName.AUDIT).id]
        seal_row(session, row, body_of(made), by=by, guards=guards)
        session.flush()
        record(session, Act.CONFLICT_DECLARED, row.id, by=by, to=officer_id)
        return Declared(row.id, done.move_ids)


def _places(session: CaseSession, about: str, *, by: Officer) -> Mapping[UUID, tuple[UUID, ...]]:
    return by_place(unlock_all(session, by=by), entries_about(session, about, by=by))


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
    """Carry out what two people agreed on: the person is given the keys again that the conflict took.

    `by` holds each of them.

    Raises:
        NotHereError, NotFoundError, NoKeyError, UnvouchedBoxError, and what `carry_out` raises.
    """
    hold_compartments(session)
    done = carry_out(session, operation_id, Operation.CONFLICT_LIFT, by=by)
    found = conflict_of(session, done.subject or operation_id, by=by)
    row = session.get_one(ConflictRow, found.id)
    row.state, row.lifted_on = ConflictState.LIFTED, session.today
    session.flush()
    mine = [one for one in conflicts(session, by=by) if one.officer_id == found.officer_id]
    still = {each for one in mine if one.state is ConflictState.STANDING for each in one.compartment_ids}
    held = {each for one in mine for each in one.lost}
    for compartment_id in [one for one in found.compartment_ids if one not in still]:
        let_in(session, compartment_id, found.officer_id, by=by)
        if compartment_id in held:
            box_id = compartment_of(session, compartment_id, by=by).box_id
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


def body_of(one: Conflict) -> dict[str, Any]:
    """What is sealed of a conflict; the rest stands in clear beside it."""
    return {
        "officer": str(one.officer_id),
        "about": one.about,
        "reason": one.reason,
        "entries": [str(each) for each in one.entry_ids],
        "compartments": [str(each) for each in one.compartment_ids],
        "lost": [str(each) for each in one.lost],
        "recorded_by": str(one.recorded_by),
    }


def _conflict(session: CaseSession, row: ConflictRow, *, by: KeyHolder) -> Conflict:
    body = open_row(session, row, by=by)
    walls = tuple(UUID(one) for one in _walls_in(body))
    return Conflict(
        id=row.id,
        officer_id=UUID(body["officer"]),
        about=body["about"],
        reason=body["reason"],
        entry_ids=tuple(UUID(one) for one in body["entries"]),
        compartment_ids=walls,
        lost=tuple(UUID(one) for one in body["lost"]) if "lost" in body else walls,
        state=ConflictState(row.state),
        recorded_by=UUID(body["recorded_by"]),
        declared_on=row.declared_on,
        lifted_on=row.lifted_on,
    )


def _walls_in(body: Body) -> Sequence[str]:
    """Whoever declared before a conflict could have several walls has one in it, or none."""
    if "compartments" in body:
        found: Sequence[str] = body["compartments"]
        return found
    return [body["compartment"]] if body["compartment"] else []


def desk_officers(session: CaseSession, *, by: KeyHolder) -> tuple[tuple[UUID, str], ...]:
    """Id and name of everybody at work who holds the desk's key themselves, by name."""
    boxes = holders_of(session, box_named(session, BoxName.DESK).id) & boxes_at_work(session)
    ids = session.scalars(select(OfficerRow.id).where(OfficerRow.box_id.in_(boxes))).all()
    names = names_of(session, ids, by=by)
    return tuple(sorted(((one, names[one]) for one in ids), key=lambda each: (each[1].casefold(), each[0])))
