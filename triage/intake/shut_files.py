"""Which files are in quarantine, and whose report stays as it is because of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.intake.errors import QuarantinedError
from triage.intake.files import FileState
from triage.intake.models import FileRow
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row
from triage.officers.names import names_of

SHUT = (FileState.QUARANTINED, FileState.RELEASE_ASKED)


@dataclass(frozen=True)
class ShutFile:
    """One file in quarantine as a safeguarding lead sees it listed; `asked_by` has asked for its release."""

    id: UUID
    report_id: UUID
    number: int
    state: FileState
    since: date
    put_by: str
    asked_by: UUID | None = None
    asked_by_name: str = ""
    asked_because: str = ""

    @property
    def release_is_asked(self) -> bool:
        return self.state is FileState.RELEASE_ASKED


def require_not_quarantined(session: CaseSession, report_id: UUID) -> None:
    """Whatever would send a report on, export it or delete it as a routine asks here first.

    Raises:
        QuarantinedError: a file of it is in quarantine.
    """
    if is_quarantined(session, report_id):
        raise QuarantinedError


def is_quarantined(session: CaseSession, report_id: UUID) -> bool:
    """Whether a file of this report is in quarantine; needs no key."""
    query = select(FileRow.id).where(FileRow.report_id == report_id, FileRow.state.in_(SHUT)).limit(1)
    return session.scalars(query).first() is not None


def shut_files(session: CaseSession, *, by: KeyHolder) -> tuple[ShutFile, ...]:
    """Every file in quarantine that `by` holds the key of, the longest there first."""
    rows = session.scalars(select(FileRow).where(FileRow.state.in_(SHUT)).order_by(FileRow.state_on, FileRow.id)).all()
    mine = by.keys.open_many(session, (row.data_key_id for row in rows))
    return listed(session, [row for row in rows if row.data_key_id in mine], by=by)


def shut_file(session: CaseSession, report_id: UUID, file_id: UUID, *, by: KeyHolder) -> ShutFile:
    """One of them.

    Raises:
        NotFoundError: it is not in quarantine.
        NoKeyError: `by` is no safeguarding lead.
    """
    row = session.get(FileRow, file_id)
    if row is None or row.report_id != report_id or not FileState(row.state).is_shut:
        raise NotFoundError("file in quarantine")
    by.keys.data_key(session, row.data_key_id)
    return listed(session, [row], by=by)[0]


def record_quarantine_read(
    session: CaseSession, shown: Sequence[ShutFile], *, of: UUID | None = None, by: KeyHolder
) -> None:
    """Reading the list, or what is said of one file `of` a report, is a consultation and leaves a line (DPA s.62)."""
    record(session, Act.QUEUE_READ, of, by=by, count=len(shown))


def listed(session: CaseSession, rows: Sequence[FileRow], *, by: KeyHolder) -> tuple[ShutFile, ...]:
    """What the bodies of these rows say of their quarantine, all of which `by` must open."""
    opened = [(row, open_row(session, row, by=by)["history"]) for row in rows]
    names = names_of(session, {UUID(line["by"]) for _, history in opened for line in history}, by=by)
    found = []
    for row, history in opened:
        put = next(line for line in reversed(history) if "kept_until" in line)
        asked = history[-1] if history[-1]["step"] == FileState.RELEASE_ASKED else None
        found.append(
            ShutFile(
                id=row.id,
                report_id=row.report_id,
                number=row.number,
                state=FileState(row.state),
                since=date.fromisoformat(put["on"]),
                put_by=names[UUID(put["by"])],
                asked_by=UUID(asked["by"]) if asked else None,
                asked_by_name=names[UUID(asked["by"])] if asked else "",
                asked_because=asked["reason"] if asked else "",
            )
        )
    return tuple(found)
