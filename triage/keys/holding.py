"""A box's row, held until the commit: of two who change at once who opens it, the second sees what the first did.

A statement on PostgreSQL sees no row that another unit of work has not committed yet. So a grant that is destroyed
while a rotation copies it to a new box would be destroyed in vain. Whoever gives, takes or rotates a key holds its box
first and reads its grants then. Boxes are held before the head of the log, and all at once in the order of their ids:
whoever held one and waited for another, out of turn, would wait for somebody who waits for them.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.errors import OutOfDateError
from triage.keys.models import BoxRow, BoxState, GrantRow


def hold_boxes(session: CaseSession, box_ids: Iterable[UUID]) -> Mapping[UUID, BoxRow]:
    """Hold these boxes, as they are now; gives them by id. Officers' rows are held before, never after."""
    wanted = select(BoxRow).where(BoxRow.id.in_(set(box_ids))).order_by(BoxRow.id).with_for_update()
    return {row.id: row for row in session.scalars(wanted)}


def hold_live(session: CaseSession, box_ids: Iterable[UUID]) -> Mapping[UUID, BoxRow]:
    """The same of boxes that are to be used from now on.

    Raises:
        OutOfDateError: another has taken the place of one since it was looked for, or it was retired.
    """
    held = hold_boxes(session, box_ids)
    if any(row.state != BoxState.LIVE for row in held.values()):
        raise OutOfDateError
    return held


def hold_what_is_granted(session: CaseSession, to_box_ids: Iterable[UUID], *, beside: Iterable[UUID] = ()) -> None:
    """Hold boxes and every box that is granted to them, so that nothing is granted to them or taken away meanwhile.

    Where something was while this waited it lets go of all of them, and holds what is granted now: one at a time and in
    another order it could wait for ever.
    """
    to, beside = set(to_box_ids), set(beside)
    granted = select(GrantRow.box_id).where(GrantRow.to_box_id.in_(to))
    while True:
        seen = set(session.scalars(granted))
        with session.begin_nested() as until_here:
            hold_boxes(session, to | seen | beside)
            if set(session.scalars(granted)) <= seen:
                return
            until_here.rollback()
