"""Why somebody opens a case: asked once in a session for each case, and not at all of who opens it first.

DPA 2018 s.62(3) asks for the justification of each consultation. Whoever opens a new report out of the queue does the
work of the queue, and their line says so; everybody who comes back to a report says why, once in their session.
"""

import re
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete

from envelope.vault import keyed_digest
from triage.audit.acts import Act
from triage.audit.models import ReasonRow
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import TriageError
from triage.intake.models import ReportRow
from triage.keys.keyring import KeyHolder

LABEL = "quietword reason given v1"
KEEP = timedelta(days=2)  # longer than any session lasts
WORDS_MOST = 120
# Whatever could carry what a report says: a number, a plate, a quotation.
_CARRIES = re.compile(r"\d|[\"“”«»]|@")


class Why(StrEnum):
    """Why a case is opened again; what fits most is one tap away, and words are there for what does not."""

    WORK = "to assess, grade or link it"
    SECOND_PERSON = "to check a text before it leaves"
    REFERRAL = "for a referral, or what came of one"
    REVIEW = "to review work, as a supervisor"
    NEWS = "something new may be about the same"
    DISCLOSURE = "for a court, or a person’s request for their data"
    DANGER = "somebody may be in danger"
    OTHER = "something else"


class WhyError(TriageError):
    """A reason that an auditor could do nothing with, or that says what the report does."""


def has_said_why(session: CaseSession, token: str, report_id: UUID) -> bool:
    """Whether the session of that token has given a reason for that case."""
    return session.get(ReasonRow, _digest(token, report_id)) is not None


def is_unread(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> bool | None:
    """Whether nobody has opened it yet; None where there is none of that id that `by` could open."""
    row = session.get(ReportRow, report_id)
    if row is None or not by.keys.opens(session, row.data_key_id):
        return None
    return row.first_read_on is None


def begins_with_it(session: CaseSession, token: str, report_id: UUID) -> None:
    """Keep that this session opened it first, whose line says so by itself."""
    _keep(session, token, report_id)


def say_why(session: CaseSession, token: str, report_id: UUID, why: Why, words: str, *, by: KeyHolder) -> None:
    """Leave the line that says why, and keep for the session that it was said.

    Raises:
        WhyError: something else, and no words for it; or words that may carry what the report says.
    """
    words = " ".join(words.split())
    if why is Why.OTHER and not words:
        raise WhyError("Say in a few words why you open it")
    if len(words) > WORDS_MOST:
        raise WhyError(f"Use {WORDS_MOST} characters or fewer")
    if _CARRIES.search(words):
        raise WhyError(
            "Leave out numbers, addresses and quotations: the record of who looked holds nothing of a report"
        )
    if _keep(session, token, report_id):
        record(session, Act.REASON_GIVEN, report_id, by=by, reason=f"{why.value}: {words}" if words else why.value)


def _keep(session: CaseSession, token: str, report_id: UUID) -> bool:
    digest = _digest(token, report_id)
    if session.get(ReasonRow, digest, with_for_update=True) is not None:
        return False
    session.execute(delete(ReasonRow).where(ReasonRow.given_on < session.today - KEEP))
    session.add(ReasonRow(digest=digest, given_on=session.today))
    session.flush()
    return True


def _digest(token: str, report_id: UUID) -> bytes:
    """Only who holds the session's token can tell of whom a row is, and of what."""
    return keyed_digest(token.encode(), LABEL, report_id.bytes)
