"""A legal hold on an entry of the register itself, such as for a trial (CPIA), linked to a held report or not."""

from uuid import UUID, uuid4

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.disposal.errors import DisposalError
from triage.errors import NotFoundError
from triage.intake.models import LegalHoldRow
from triage.intake.retention import is_held
from triage.keys.records import seal_row
from triage.officers.officer import Officer
from triage.register.models import EntryRow


def set_entry_hold(session: CaseSession, entry_id: UUID, *, reason: str, by: Officer) -> None:
    """Stop every disposal of it; the reason lies under the entry's own key. `lift_hold` lifts it as a report's.

    Raises:
        DisposalError: no reason was given.
        NotFoundError, NoKeyError.
    """
    if not reason.strip():
        raise DisposalError("Enter why nobody may dispose of this entry.")
    row = session.get(EntryRow, entry_id, with_for_update=True)
    if row is None:
        raise NotFoundError("entry of the register")
    by.keys.data_key(session, row.data_key_id)
    if is_held(session, entry_id):
        return
    hold = LegalHoldRow(id=uuid4(), report_id=entry_id, set_by=by.id, set_on=session.today)
    seal_row(session, hold, {"reason": reason.strip()}, by=by, key_id=row.data_key_id)
    session.flush()
    record(session, Act.LEGAL_HOLD_SET, entry_id, by=by, reason=reason.strip())
