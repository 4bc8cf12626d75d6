"""After older cases were brought back nobody is let in until a supervisor has confirmed that they still work here.

A backup knows nothing of who was suspended, cut off or let go since it was made. So whoever it lets in waits; those
who brought it back name the supervisors they know to be at work, and each of these confirms the others, one by one.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from config import TriageSettings
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, TriageError
from triage.keys.keyring import KeyHolder
from triage.keys.system import sign_in_digest, system_actor
from triage.officers.errors import OneselfError, WrongStateError
from triage.officers.models import OfficerRow
from triage.officers.rules import AT_WORK, OfficerState, Role
from triage.officers.service import state_by_keys
from triage.officers.session import end_sessions_of


class NobodyWaitsError(TriageError):
    """Somebody is let in already, and confirms the others signed in and under their own name."""

    def __init__(self) -> None:
        super().__init__("Somebody is let in here already. A supervisor confirms the others, each on their own page.")


def make_everybody_wait(session: CaseSession, settings: TriageSettings) -> int:
    """Whoever could sign in cannot until they are confirmed; gives how many they are."""
    rows = session.scalars(select(OfficerRow).where(OfficerRow.state.in_(AT_WORK))).all()
    for row in rows:
        row.state = OfficerState.UNCONFIRMED
        end_sessions_of(session, row.id)
    session.flush()
    record(session, Act.OFFICERS_MADE_TO_WAIT, None, by=system_actor(session, settings), count=len(rows))
    return len(rows)


def let_in_first(session: CaseSession, settings: TriageSettings, sign_in_names: Sequence[str]) -> tuple[str, ...]:
    """Let in the supervisors whom those who brought a backup back know to be at work; gives the names that fitted.

    Raises:
        NobodyWaitsError: somebody is let in already: this is for the first of them alone.
    """
    if session.scalars(select(OfficerRow.id).where(OfficerRow.state.in_(AT_WORK)).limit(1)).first() is not None:
        raise NobodyWaitsError
    fitted = []
    for name in dict.fromkeys(sign_in_names):
        row = session.scalars(
            select(OfficerRow).where(
                OfficerRow.sign_in_digest == sign_in_digest(settings, name),
                OfficerRow.state == OfficerState.UNCONFIRMED,
                OfficerRow.role == Role.SUPERVISOR,
            )
        ).one_or_none()
        if row is not None:
            row.state = state_by_keys(session, row)
            system = system_actor(session, settings)
            record(session, Act.OFFICER_CONFIRMED, row.id, by=system, reason="named by those who brought a backup back")
            fitted.append(name)
    return tuple(fitted)


def confirm_officer(session: CaseSession, officer_id: UUID, *, by: KeyHolder) -> None:
    """Somebody else still works here: they can sign in again, with the keys that the backup knew of.

    Raises:
        NotFoundError, OneselfError, WrongStateError.
    """
    row = session.get(OfficerRow, officer_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFoundError("officer")
    if row.id == by.id:
        raise OneselfError
    if row.state != OfficerState.UNCONFIRMED:
        raise WrongStateError(row.state)
    row.state = state_by_keys(session, row)
    record(session, Act.OFFICER_CONFIRMED, row.id, by=by)
