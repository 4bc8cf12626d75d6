"""Moves a group, its people and ties, and the reports about them into a compartment: their keys are wrapped for it.

The register moves in one unit of work, the reports batch by batch after it; it can stop anywhere and be taken up again.
What stays behind forgets what it said of the entries that moved.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import func, select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.compartments.models import MoveRow
from triage.compartments.report_keys import forget_moved_entries, is_there_already, move_report, reports_about
from triage.database import CaseSession, Database
from triage.errors import NotFoundError, OutOfDateError, TriageError
from triage.intake.models import ReportRow
from triage.keys.compartments import Compartment
from triage.keys.keyring import KeyHolder
from triage.keys.models import CompartmentRow
from triage.keys.records import reseal_row
from triage.keys.rewrapping import boxes_of_place, rewrap
from triage.register.entries import tie_body
from triage.register.models import EntryRow, TieRow
from triage.register.service import claim_register
from triage.register.unlocked import Unlocked, unlock_register

BATCH = 200


class MoveState(StrEnum):
    RUNNING = "running"
    DONE = "done"


class NothingToMoveError(TriageError):
    """Nothing is named that lies in one place and not there already."""

    def __init__(self) -> None:
        super().__init__("Choose a group or a person of the register that is not in this compartment already.")


@dataclass(frozen=True)
class Move:
    """How far a move has looked through the reports."""

    id: UUID
    compartment_id: UUID
    state: MoveState
    reports_total: int
    reports_done: int

    @property
    def is_running(self) -> bool:
        return self.state is MoveState.RUNNING


def start_move(session: CaseSession, compartment: Compartment, entry_ids: Iterable[UUID], *, by: KeyHolder) -> UUID:
    """Move these entries, the people of each group among them and all their ties; gives the move to go on with.

    Raises:
        NothingToMoveError: they lie in several places, or there already.
        OutOfDateError: somebody else is moving them.
        NoKeyError: `by` does not hold the place they lie in.
    """
    wanted = set(entry_ids)
    places = set(session.scalars(select(EntryRow.compartment_id).where(EntryRow.id.in_(wanted))))
    if len(places) != 1 or compartment.box_id in places:
        raise NothingToMoveError
    source = places.pop()
    claim_register(session, source)
    claim_register(session, compartment.box_id)
    # Whoever else moved them has committed by now, and let go of the register.
    now = session.scalars(select(EntryRow.compartment_id).where(EntryRow.id.in_(wanted)).distinct()).all()
    if list(now) != [source]:
        raise OutOfDateError
    copy = unlock_register(session, source, by=by)
    wanted |= {person for entry in list(wanted) for person in copy.members.get(entry, ())}
    out_of = boxes_of_place(session, source)
    for row in session.scalars(select(EntryRow).where(EntryRow.id.in_(wanted))).all():
        rewrap(session, row.data_key_id, out_of=out_of, into=compartment.box_id, by=by)
        row.compartment_id = compartment.box_id
    _move_ties(session, copy, wanted, out_of, compartment.box_id, by=by)
    total = session.scalar(select(func.count()).select_from(ReportRow).where(ReportRow.compartment_id == source))
    move = MoveRow(
        id=uuid4(),
        from_box_id=source,
        compartment_row_id=compartment.id,
        state=MoveState.RUNNING,
        reports_total=total or 0,
        reports_done=0,
        at_id=None,
        started_by=by.id,
        started_on=session.today,
    )
    session.add(move)
    session.flush()
    record(session, Act.COMPARTMENT_MOVED, compartment.id, by=by, reason="entries of the register", count=len(wanted))
    return move.id


def _move_ties(
    session: CaseSession, copy: Unlocked, wanted: set[UUID], out_of: frozenset[UUID], into: UUID, *, by: KeyHolder
) -> None:
    """A tie that leads out keeps the name of what stays behind in words, for its other end is not to be seen there."""
    tie_ids = {tie_id for entry_id in wanted for tie_id in copy.ties_at.get(entry_id, ())}
    for row in session.scalars(select(TieRow).where(TieRow.id.in_(tie_ids))).all():
        tie = copy.ties[row.id].tie
        outside = [one for one in (tie.from_id, tie.to_id) if one is not None and one not in wanted]
        if outside and outside[0] in copy.entries:
            named = replace(tie, to_words=copy.entries[outside[0]].entry.shown_name)
            reseal_row(session, row, tie_body(named), by=by)
        rewrap(session, row.data_key_id, out_of=out_of, into=into, by=by)
        row.compartment_id = into


def go_on_moving(
    database: Database,
    move_id: UUID,
    *,
    by: Callable[[], KeyHolder],
    batch: int = BATCH,
    stop: Callable[[Move], bool] = lambda _move: False,
) -> Move:
    """Take a move up and go on until it is done or `stop` says so; each batch is committed apart.

    Raises:
        NotFoundError: there is no such move.
    """
    while True:
        with database.begin() as session:
            row = session.get(MoveRow, move_id, with_for_update=True)
            if row is None:
                raise NotFoundError("move")
            if row.state == MoveState.RUNNING:
                _one_batch(session, row, batch, by=by())
            stand = _move(row)
        if not stand.is_running or stop(stand):
            return stand


def moves(session: CaseSession, compartment_id: UUID) -> tuple[Move, ...]:
    """The moves into a compartment, the running ones first."""
    found = [_move(row) for row in session.scalars(select(MoveRow).where(MoveRow.compartment_row_id == compartment_id))]
    return tuple(sorted(found, key=lambda one: (not one.is_running, one.id)))


def move_one_report(
    session: CaseSession, report_id: UUID, compartment: Compartment, *, reason: str = "one report", by: KeyHolder
) -> None:
    """Move one report, such as a new one that turned out to be about an entry there; the line says the reason.

    Raises:
        NotFoundError, NothingToMoveError, NoKeyError.
    """
    row = session.get(ReportRow, report_id, with_for_update=True)
    if row is None:
        raise NotFoundError("report")
    if row.compartment_id == compartment.box_id:
        raise NothingToMoveError
    source = row.compartment_id
    move_report(session, row, boxes_of_place(session, source), compartment.box_id, by=by)
    for place in (source, compartment.box_id):
        claim_register(session, place)
    record(session, Act.COMPARTMENT_MOVED, report_id, by=by, to=compartment.id, reason=reason)


def _one_batch(session: CaseSession, move: MoveRow, batch: int, *, by: KeyHolder) -> None:
    target = session.get_one(CompartmentRow, move.compartment_row_id).box_id
    here = select(ReportRow).where(ReportRow.compartment_id == move.from_box_id).order_by(ReportRow.id).limit(batch)
    wanted = here.where(ReportRow.id > move.at_id) if move.at_id else here
    rows = session.scalars(wanted.with_for_update()).all()
    if not rows:
        move.state, move.reports_done = MoveState.DONE, move.reports_total
        record(session, Act.COMPARTMENT_MOVED, move.compartment_row_id, by=by, reason="all reports looked through")
        return
    moved = frozenset(session.scalars(select(EntryRow.id).where(EntryRow.compartment_id == target)))
    out_of = boxes_of_place(session, move.from_box_id)
    about = reports_about(session, [row.id for row in rows], moved, by=by)
    count = 0
    for row in rows:
        if row.id in about or is_there_already(session, row, out_of, target):
            move_report(session, row, out_of, target, by=by)
            count += 1
    forget_moved_entries(session, [row.id for row in rows if row.compartment_id != target], moved, by=by)
    move.at_id, move.reports_done = rows[-1].id, min(move.reports_done + len(rows), move.reports_total)
    for place in (move.from_box_id, target) if count else ():
        claim_register(session, place)
    session.flush()
    if count:
        record(session, Act.COMPARTMENT_MOVED, move.compartment_row_id, by=by, reason="reports", count=count)


def entries_of(session: CaseSession, compartment: Compartment) -> Sequence[UUID]:
    """The ids of what is on a compartment's register; it needs no key."""
    return session.scalars(select(EntryRow.id).where(EntryRow.compartment_id == compartment.box_id)).all()


def _move(row: MoveRow) -> Move:
    return Move(row.id, row.compartment_row_id, MoveState(row.state), row.reports_total, row.reports_done)
