"""Let go of drops that nothing opens: sealed to a key that is gone, changed on the way, or no report at all.

Nobody has read them and nobody ever can. They are kept for as long as a report that nobody graded, so that a person can
look into why, and until every key of their day is retired. What waits for a missing key, or for the holders of the
other box, is not among them.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from store.batches import batches
from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.disposal.certifying import intake_key_lives
from triage.intake.models import AnsweredRow, HeldDropRow
from triage.intake.retention import Group, periods_in_force
from triage.intake.unsealing import Refusal

HOPELESS = (Refusal.NO_KEY, Refusal.CHANGED, Refusal.NOT_OURS, Refusal.TOO_LONG)


def let_go_refused(session: CaseSession, *, by: Actor) -> int:
    """Delete the refused drops whose time is over; gives how many. Safe to repeat."""
    oldest = session.today - timedelta(days=periods_in_force(session)[Group.UNACTIONABLE])
    query = select(HeldDropRow.drop_id, HeldDropRow.received_on).where(
        HeldDropRow.refused.in_(HOPELESS), HeldDropRow.received_on <= oldest
    )
    rows = session.execute(query.order_by(HeldDropRow.received_on, HeldDropRow.drop_id)).all()
    alive = {day: intake_key_lives(session, day) for day in {row.received_on for row in rows}}
    gone = [row.drop_id for row in rows if not alive[row.received_on]]
    for some in batches(gone):
        session.execute(delete(HeldDropRow).where(HeldDropRow.drop_id.in_(some), HeldDropRow.refused.in_(HOPELESS)))
        session.execute(delete(AnsweredRow).where(AnsweredRow.id.in_([UUID(bytes=one) for one in some])))
    if gone:
        record(session, Act.DISPOSED, None, by=by, reason="drops that nothing opens", count=len(gone))
    return len(gone)
