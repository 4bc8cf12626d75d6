"""The files of a report: what each is, whether it is here, and the whole of it, checked before a byte is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select

from envelope.errors import EnvelopeError, MalformedError, TamperedError
from envelope.file import open_parts, sealed_file_length
from envelope.report import MediaType, PartReference
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.intake.errors import FileChangedError, FileNotHereError, ReasonMissingError
from triage.intake.models import FileRow, ReportRow
from triage.intake.pieces import lengths_held, pieces_of
from triage.keys.keyring import KeyHolder
from triage.keys.records import create_data_key, open_row, seal_row

# The form takes five. More is somebody's own program, which could name thousands and keep the desk busy with them.
MOST_FILES = 20
# What each kind is called, and the ending of its name.
KINDS = {MediaType.JPEG: ("JPEG", "jpg"), MediaType.PNG: ("PNG", "png"), MediaType.PDF: ("PDF", "pdf")}


class FileState(StrEnum):
    """Who can open a file: the desk, or the safeguarding leads alone."""

    KEPT = "kept"
    QUARANTINED = "quarantined"
    RELEASE_ASKED = "release asked"

    @property
    def is_shut(self) -> bool:
        """Whether the desk's key opens it no more."""
        return self is not FileState.KEPT


@dataclass(frozen=True)
class CaseFileOf:
    """One file of a report. `reference` is None for whoever does not hold its key; `arrived` says it is all here."""

    id: UUID
    report_id: UUID
    number: int
    state: FileState
    state_on: date
    arrived: bool
    reference: PartReference | None = field(repr=False)
    trouble: str = ""

    @property
    def is_picture(self) -> bool:
        return self.reference is not None and self.reference.media_type is not MediaType.PDF

    @property
    def name(self) -> str:
        """What it is called on a page: never what its sender called it, which nobody kept."""
        if self.reference is None:
            return f"File {self.number}"
        return f"{'Picture' if self.is_picture else 'Document'} {self.number}"

    @property
    def kind(self) -> str:
        return KINDS[self.reference.media_type][0] if self.reference else ""

    @property
    def size(self) -> str:
        """Its true length in words; tells more than the padded one, and only whoever opened it reads it."""
        return size_in_words(self.reference.length) if self.reference else ""

    @property
    def download_name(self) -> str:
        """Neutral: a number, and the ending of its kind."""
        ending = KINDS[self.reference.media_type][1] if self.reference else "bin"
        return f"{self.name.lower().replace(' ', '-')}.{ending}"


def size_in_words(length: int) -> str:
    """``240 kB``, ``3.4 MB``."""
    if length < 1_000_000:
        return f"{max(1, round(length / 1_000))} kB"
    return f"{length / 1_000_000:.1f} MB"


def require_few(parts: Sequence[PartReference]) -> None:
    """Raise MalformedError where a report names more files than any that our form lets through."""
    if len(parts) > MOST_FILES:
        raise MalformedError("It names more files than a report of ours can")


def keep_files(session: CaseSession, report_id: UUID, parts: Sequence[PartReference], *, by: KeyHolder) -> None:
    """Keep what a report says of its files, each under a key of its own that hangs under the report's.

    So the report's key opens them all and, destroyed, takes them along; and one file can be taken out of reach alone.
    """
    report = session.get(ReportRow, report_id)
    if report is None or not parts:
        return
    here = lengths_held(session, [part.file_id for part in parts])
    for number, part in enumerate(parts, start=1):
        row = FileRow(
            id=uuid4(),
            report_id=report_id,
            number=number,
            file_id=part.file_id,
            awaited=here.get(part.file_id, 0) < sealed_file_length(part.length),
            state=FileState.KEPT,
            state_on=session.today,
            former_key_id=None,
        )
        key_id = create_data_key(session, under=report.data_key_id, by=by)
        seal_row(session, row, {"part": part.to_fields(), "history": []}, by=by, key_id=key_id)
    session.flush()


def files_of(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[CaseFileOf, ...]:
    """The files of a report in their order, with what `by` can open of each; nothing is recorded."""
    rows = session.scalars(select(FileRow).where(FileRow.report_id == report_id).order_by(FileRow.number)).all()
    return tuple(described(session, row, by=by) for row in rows)


def file_of(session: CaseSession, report_id: UUID, file_id: UUID, *, by: KeyHolder) -> CaseFileOf:
    """One of them, for who can open the report: to nobody else is there a file.

    Raises:
        NotFoundError: the report has no such file.
        NoKeyError: the report is not for `by` to read.
    """
    row, report = session.get(FileRow, file_id), session.get(ReportRow, report_id)
    if row is None or report is None or row.report_id != report_id:
        raise NotFoundError("file")
    by.keys.data_key(session, report.data_key_id)
    return described(session, row, by=by)


def described(session: CaseSession, row: FileRow, *, by: KeyHolder) -> CaseFileOf:
    """What `by` can know of a row at hand."""
    reference, trouble = None, ""
    try:
        reference = referred_to(session, row, by=by)
    except NoKeyError:
        trouble = "You do not hold the key to this file."
    except NotFoundError:
        trouble = "Its key has been destroyed: this file is deleted."
    except EnvelopeError:
        trouble = str(FileChangedError())
    return CaseFileOf(
        row.id, row.report_id, row.number, FileState(row.state), row.state_on, not row.awaited, reference, trouble
    )


def referred_to(session: CaseSession, row: FileRow, *, by: KeyHolder) -> PartReference:
    """What opens the pieces of a file.

    Raises:
        NoKeyError, NotFoundError, EnvelopeError: as `open_row`; also where the row names another file's pieces.
    """
    reference = PartReference.from_fields(open_row(session, row, by=by)["part"])
    if reference.file_id != row.file_id:
        raise TamperedError("The row names the pieces of another file")
    return reference


def record_file_opened(session: CaseSession, report_id: UUID, file_id: UUID, *, reason: str, by: KeyHolder) -> None:
    """Ask for a file, before it is shown: leaves a line with the reason (DPA 2018 s.62).

    Raises:
        ReasonMissingError, NotFoundError, NoKeyError.
        FileNotHereError: it has not been taken in yet; nothing is recorded.
    """
    if not reason.strip():
        raise ReasonMissingError("you open this file")
    found = file_of(session, report_id, file_id, by=by)
    if found.reference is None:
        row = session.get_one(FileRow, file_id)
        by.keys.data_key(session, row.data_key_id)
        raise FileChangedError
    if not found.arrived:
        raise FileNotHereError
    record(session, Act.FILE_OPENED, file_id, by=by, reason=reason.strip())


def read_file(session: CaseSession, report_id: UUID, file_id: UUID, *, by: KeyHolder) -> Iterator[bytes]:
    """A file by pieces, from a session that sees one moment: all of it is checked before the first is given.

    A first reading checks every chunk, the length and the digest and keeps nothing; the second gives what the first
    has seen. So a file of a hundred megabytes takes the memory of one piece, and none is ever shown in part.

    Raises:
        NotFoundError, NoKeyError, FileNotHereError.
        FileChangedError: it is not what its report says.
    """
    row = session.get(FileRow, file_id)
    if row is None or row.report_id != report_id:
        raise NotFoundError("file")
    if row.awaited:
        raise FileNotHereError
    try:
        reference = referred_to(session, row, by=by)
        for _ in open_parts(reference, pieces_of(session, row.file_id)):
            pass
    except EnvelopeError:
        raise FileChangedError from None
    return open_parts(reference, pieces_of(session, row.file_id))
