"""The sealed files of the box's own reports: brought to the holders' disk whole, and opened there."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from envelope.file import PIECE_LENGTH, open_parts, sealed_file_length
from envelope.report import PartReference, Report
from triage.counter.key_file import write_whole
from triage.intake.models import HeldPartRow

SUFFIX = ".sealed"


def bring(session: Session, report: Report, folder: Path) -> int:
    """Copy the files of a report, still sealed, to the holders' folder; gives how many have not come whole yet."""
    return sum(not _is_brought(session, part, folder) for part in report.parts)


def opened_files(report: Report, folder: Path) -> Iterator[tuple[PartReference, Iterator[bytes] | None]]:
    """Each file of a report with its bytes, or None for one that was never brought.

    Raises TamperedError, while the bytes are read, for a file that was changed.
    """
    for part in report.parts:
        path = _path(part, folder)
        yield part, open_parts(part, _pieces(path)) if path.exists() else None


def _is_brought(session: Session, part: PartReference, folder: Path) -> bool:
    path, length = _path(part, folder), sealed_file_length(part.length)
    if path.exists() and path.stat().st_size == length:
        return True
    of_file = HeldPartRow.file_id == part.file_id
    if session.scalar(select(func.sum(func.length(HeldPartRow.sealed))).where(of_file)) != length:
        return False
    pieces = session.scalars(select(HeldPartRow.sealed).where(of_file).order_by(HeldPartRow.sequence))
    write_whole(path, b"".join(pieces))
    return True


def _path(part: PartReference, folder: Path) -> Path:
    return folder / f"{part.file_id.hex()}{SUFFIX}"


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_LENGTH):
            yield piece
