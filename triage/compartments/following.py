"""After a crash between the two commits of a move, rows follow the keys that went before them; it needs no key."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import func, select

from store.batches import batches
from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.compartments.models import MoveRow
from triage.compartments.moving import MoveState
from triage.database import CaseSession
from triage.intake.models import ReportRow
from triage.keys.models import CompartmentRow, WrappedKeyRow
from triage.keys.rewrapping import boxes_of_place
from triage.referral.models import ReferralRow
from triage.register.models import EntryRow, TieRow
from triage.register.service import claim_register

Row = EntryRow | TieRow | ReportRow | ReferralRow
R = TypeVar("R", EntryRow, TieRow, ReportRow, ReferralRow)


def follow_keys(session: CaseSession, *, by: Callable[[], Actor]) -> int:
    """Name each row after the compartment that its key is wrapped for, where it is wrapped for that alone.

    The key is what counts: whoever does not hold it opens nothing of the row, whatever the row says. Where entries of
    the register follow, their reports are still to be moved, and a move is left behind for somebody to go on with.
    Gives how many rows followed; `by` is asked only where there are some.
    """
    followed = 0
    for compartment in session.scalars(select(CompartmentRow).order_by(CompartmentRow.id)).all():
        rows = list(_strays(session, compartment.box_id))
        if not rows:
            continue
        moves = {row.compartment_id for row in rows if isinstance(row, EntryRow)}
        for place in {row.compartment_id for row in rows if row.compartment_id} | {compartment.box_id}:
            claim_register(session, place)
        actor = by()
        for place in sorted(moves):
            session.add(_move(session, place, compartment.id, by=actor))
        for row in rows:
            row.compartment_id = compartment.box_id
        session.flush()
        reason = "rows after their keys, which a crash had parted"
        record(session, Act.COMPARTMENT_MOVED, compartment.id, by=actor, reason=reason, count=len(rows))
        followed += len(rows)
    return followed


def _strays(session: CaseSession, box_id: UUID) -> Iterator[Row]:
    """Rows of another place whose keys are wrapped for this box and not for that place."""
    mine = boxes_of_place(session, box_id)
    key_ids = session.keys.scalars(select(WrappedKeyRow.key_id).where(WrappedKeyRow.box_id.in_(mine))).all()
    for some in batches(key_ids):
        found: list[Row] = [*_rows(session, EntryRow, some, mine), *_rows(session, TieRow, some, mine)]
        found += [*_rows(session, ReportRow, some, mine), *_rows(session, ReferralRow, some, mine)]
        for row in found:
            wrapped = select(WrappedKeyRow.box_id).where(WrappedKeyRow.key_id == row.data_key_id)
            place = row.compartment_id
            if place and not boxes_of_place(session, place) & set(session.keys.scalars(wrapped)):
                yield row


def _rows(session: CaseSession, model: type[R], key_ids: list[UUID], mine: frozenset[UUID]) -> Sequence[R]:
    query = select(model).where(model.data_key_id.in_(key_ids), model.compartment_id.not_in(mine))
    return session.scalars(query.order_by(model.id)).all()


def _move(session: CaseSession, place: UUID, compartment_id: UUID, *, by: Actor) -> MoveRow:
    total = session.scalar(select(func.count()).select_from(ReportRow).where(ReportRow.compartment_id == place))
    return MoveRow(
        id=uuid4(),
        from_box_id=place,
        compartment_row_id=compartment_id,
        state=MoveState.RUNNING,
        reports_total=total or 0,
        reports_done=0,
        at_id=None,
        started_by=by.id,
        started_on=session.today,
    )
