"""Whether a key would still be held by somebody at work, if one person did not hold it any more."""

from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.keys.holding import hold_boxes
from triage.keys.models import GrantRow, Purpose
from triage.officers.errors import LastHolderError
from triage.officers.models import OfficerRow, is_at_work
from triage.officers.rules import AT_WORK


def boxes_at_work(session: CaseSession) -> frozenset[UUID]:
    """The own boxes of everybody who may sign in today."""
    rows = session.scalars(select(OfficerRow).where(OfficerRow.state.in_(AT_WORK)))
    return frozenset(row.box_id for row in rows if is_at_work(row, session.today))


def is_held_without(session: CaseSession, box_id: UUID, leaving: frozenset[UUID]) -> bool:
    """Whether somebody at work reaches a box along grants, if the boxes `leaving` reached nothing."""
    working = boxes_at_work(session) - leaving
    reached: set[UUID] = set()
    edge = {box_id}
    while edge:
        reached |= edge
        holders = set(session.scalars(select(GrantRow.to_box_id).where(GrantRow.box_id.in_(edge))))
        if holders & working:
            return True
        edge = holders - reached - leaving
    return False


def keep_a_holder(session: CaseSession, box_id: UUID, leaving: OfficerRow) -> None:
    """Refuse where nobody else at work holds the box, directly or through a box that somebody holds.

    Its row is held from now on: of two holders who leave at once the second is counted when the first has left.
    Whoever asks about several boxes holds all of them before.

    Raises:
        LastHolderError.
    """
    box = hold_boxes(session, [box_id]).get(box_id)
    if is_held_without(session, box_id, frozenset({leaving.box_id})):
        return
    raise LastHolderError("a team’s" if box is not None and box.purpose == Purpose.TEAM else box.name if box else "?")
