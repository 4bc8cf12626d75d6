"""What somebody signed in was refused leaves a line: who, what, of which id, and nothing that they typed."""

from logging import WARNING
from uuid import UUID

from flask import g, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from config import TriageSettings
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import database
from triage.errors import NoKeyError, TriageError
from triage.officers.cookies import cookie_name
from triage.officers.errors import SignedOutError
from triage.officers.session import SignedIn, resume_session
from web.incidents import log_event, log_incident


def leave_a_line_of_a_foreign_post(settings: TriageSettings) -> None:
    """Of a post that another site's page sent, where a session came along; of any, an event in the program's log.

    The session is looked at and not kept alive: what another site sends is no sign of the officer at work. Today's
    browsers send none of our cookies along, so most such posts are nobody's.
    """
    log_event("foreign_post_refused", level=WARNING)
    try:
        with database().look() as session:
            here = resume_session(session, settings, request.cookies.get(cookie_name(settings), ""))
    except SignedOutError:
        return
    except (DBAPIError, NoConnectionLeftError) as error:
        log_incident(error)
        return
    _leave(here, f"sent by another site: {request.method} {request.endpoint}")


def sentence_of(error: TriageError) -> str:
    """What a page says of an error where it stays on its own; what the key refused leaves its line there too."""
    if isinstance(error, NoKeyError):
        leave_a_line_of_the_refusal()
    return str(error)


def leave_a_line_of_the_refusal() -> None:
    """Of a request that the role, the key or the session's token refused; of one by nobody there is none.

    The refusal stands whether or not the line could be kept: where it could not, that is an incident.
    """
    here = g.get("signed_in")
    if isinstance(here, SignedIn):
        _leave(here, f"{request.method} {request.endpoint}")


def _leave(here: SignedIn, how: str) -> None:
    asked_for = next((one for one in (request.view_args or {}).values() if isinstance(one, UUID)), None)
    try:
        with database().begin() as session:
            record(session, Act.ACCESS_REFUSED, asked_for, by=here.officer, reason=how)
    except (DBAPIError, NoConnectionLeftError) as error:
        log_incident(error)
