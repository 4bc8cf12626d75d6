"""What somebody signed in was refused leaves a line: who, what, of which id, and nothing that they typed."""

from uuid import UUID

from flask import g, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import database
from triage.officers.session import SignedIn
from web.incidents import log_incident


def leave_a_line_of_the_refusal() -> None:
    """Of a request that the role, the key or the session's token refused; of one by nobody there is none.

    The refusal stands whether or not the line could be kept: where it could not, that is an incident.
    """
    here = g.get("signed_in")
    if not isinstance(here, SignedIn):
        return
    asked_for = next((one for one in (request.view_args or {}).values() if isinstance(one, UUID)), None)
    try:
        with database().begin() as session:
            how = f"{request.method} {request.endpoint}"
            record(session, Act.ACCESS_REFUSED, asked_for, by=here.officer, reason=how)
    except (DBAPIError, NoConnectionLeftError) as error:
        log_incident(error)
