"""What an officer is told who has the role for the desk, and not yet its key."""

from sqlalchemy import select

from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.keys.service import desk_id
from triage.officers.models import OfficerRow
from triage.officers.names import SOMEBODY, names_of
from triage.officers.rules import OfficerState, Role


def holds_desk_key(session: CaseSession, *, by: KeyHolder) -> bool:
    return by.keys.holds(session, desk_id(session))


def supervisors_to_ask(session: CaseSession, *, by: KeyHolder) -> list[str]:
    """The names of those who can give a key, in order; empty for whoever cannot open the directory either."""
    of_role = select(OfficerRow.id).where(OfficerRow.role == Role.SUPERVISOR, OfficerRow.state == OfficerState.ACTIVE)
    names = names_of(session, session.scalars(of_role), by=by)
    return sorted(name for name in names.values() if name != SOMEBODY)
