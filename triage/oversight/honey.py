"""Records that nobody has reason to open: which they are is sealed to the auditors, so that no officer can tell."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from envelope.errors import EnvelopeError
from envelope.padding import RECORD_BUCKETS
from envelope.vault import decrypt_blob, encrypt_blob
from triage.audit.acts import Act
from triage.audit.models import HoneyRow
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, TriageError
from triage.intake.models import ReportRow
from triage.keys.service import BoxName, box_named
from triage.officers.officer import Officer
from triage.register.models import EntryRow

LABEL = b"quietword honey record v1"
SEPARATOR = "\n"


class NothingToWatchError(TriageError):
    """No record has this id, so nobody could ever open it."""

    def __init__(self) -> None:
        super().__init__("No report and no entry has this id. Copy it from the address of its page.")


@dataclass(frozen=True)
class Honey:
    """One of them: its place in the list, the record's id, and since when."""

    id: UUID
    subject: UUID
    since: date


def honey_records(session: CaseSession, *, by: Officer) -> tuple[Honey, ...]:
    """All of them, the oldest first; what cannot be opened is left out.

    Raises:
        NoKeyError: `by` does not hold the audit box.
    """
    key, found = _key(session, by=by), []
    for row in session.scalars(select(HoneyRow)):
        try:
            told = decrypt_blob(key, bytes(row.sealed), LABEL + row.id.bytes).decode()
        except EnvelopeError:
            continue
        subject, since = told.split(SEPARATOR)
        found.append(Honey(row.id, UUID(subject), date.fromisoformat(since)))
    return tuple(sorted(found, key=lambda one: (one.since, one.subject)))


def choose_honey(session: CaseSession, subject: UUID, *, by: Officer) -> None:
    """Watch a record: a report or entry made up for this, or one that is long closed.

    Raises:
        NoKeyError: `by` does not hold the audit box.
        NothingToWatchError: there is no such record.
    """
    if session.get(ReportRow, subject) is None and session.get(EntryRow, subject) is None:
        raise NothingToWatchError
    if subject in {one.subject for one in honey_records(session, by=by)}:
        return
    row_id, told = uuid4(), f"{subject}{SEPARATOR}{session.today.isoformat()}"
    sealed = encrypt_blob(_key(session, by=by), told.encode(), LABEL + row_id.bytes, buckets=RECORD_BUCKETS)
    session.add(HoneyRow(id=row_id, sealed=sealed))
    record(session, Act.HONEY_SET, subject, by=by)


def let_honey_go(session: CaseSession, honey_id: UUID, *, by: Officer) -> None:
    """Watch it no longer.

    Raises:
        NotFoundError, NoKeyError.
    """
    one = next((one for one in honey_records(session, by=by) if one.id == honey_id), None)
    if one is None:
        raise NotFoundError("record")
    session.delete(session.get_one(HoneyRow, honey_id))
    record(session, Act.HONEY_REMOVED, one.subject, by=by)


def _key(session: CaseSession, *, by: Officer) -> bytes:
    return by.keys.compartment_key(session, box_named(session, BoxName.AUDIT).id).secret
