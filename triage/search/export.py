"""Results as a list that leaves the program: ids, dates and states, and what the register calls an entry.

No word of a report leaves this way: a text that leaves is sanitised and agreed by two (domain.md §6). A report with a
file in quarantine stays, and each other one carries how it may be handled, so that the list can be kept to it.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from store.batches import batches
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.grading.rules import Handling
from triage.grading.service import items_of
from triage.intake.errors import QuarantinedError
from triage.intake.models import ReportRow
from triage.intake.priority import BAND_NAMES
from triage.intake.shut_files import require_not_quarantined
from triage.officers.officer import Officer
from triage.register.browsing import line_of
from triage.search.errors import (
    NothingToExportError,
    ReasonForExportMissingError,
    StillReadingError,
    TooMuchToExportError,
)
from triage.search.narrowing import Narrowing, Part
from triage.search.register import EntryHit
from triage.search.reports import Hit, standing_of
from triage.search.service import Hits

MOST_LINES = 2_000
HEAD = ("Kind", "Reference", "Name", "Date", "State", "Priority", "Handling")
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), the tab and the line's end included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HANDLING = {
    None: "Not graded: do not share",
    Handling.LAWFUL_SHARING: "P: lawful sharing permitted",
    Handling.WITH_CONDITIONS: "C: lawful sharing permitted with conditions",
}


@dataclass(frozen=True)
class Exported:
    """A list as CSV in UTF-8, how many lines it has, and how many results stayed because of a file in quarantine."""

    text: str
    lines: int
    kept_back: int


def export(session: CaseSession, hits: Hits, narrowing: Narrowing, *, reason: str, by: Officer) -> Exported:
    """Everything the results list, or the part of it that is shown, as a list; an act of its own.

    Raises:
        ReasonForExportMissingError, StillReadingError, TooMuchToExportError, NothingToExportError: nothing leaves and
            no line is left.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise ReasonForExportMissingError
    if not _is_complete(hits, narrowing.part):
        raise StillReadingError
    entries = [
        *(hits.entries.people if narrowing.part in {Part.ALL, Part.PEOPLE} else ()),
        *(hits.entries.groups if narrowing.part in {Part.ALL, Part.GROUPS} else ()),
    ]
    reports = hits.reports.hits if narrowing.part in {Part.ALL, Part.REPORTS} else ()
    if len(entries) + len(reports) > MOST_LINES:
        raise TooMuchToExportError(MOST_LINES)
    opened = _openable(session, reports, by=by)
    leaving = [hit for hit in opened if _may_leave(session, hit.id)]
    lines = [*map(_of_an_entry, entries), *_of_reports(session, leaving, by=by)]
    if not lines:
        raise NothingToExportError
    record(session, Act.EXPORTED, None, by=by, reason=f"search results: {reason}", count=len(lines))
    return Exported(as_csv(lines), len(lines), len(opened) - len(leaving))


def as_csv(lines: Sequence[Sequence[str]]) -> str:
    """Lines under their head, every cell in quotation marks and none of them a formula."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return written.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that would be begins with an apostrophe."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def _is_complete(hits: Hits, part: Part) -> bool:
    """Whether everything has been read of which the list is made."""
    of_entries, of_reports = hits.entries.percent == 100, hits.reports.percent == 100
    match part:
        case Part.ALL:
            return of_entries and of_reports
        case Part.REPORTS:
            return of_reports
        case Part.PEOPLE | Part.GROUPS:
            return of_entries


def _openable(session: CaseSession, reports: Sequence[Hit], *, by: Officer) -> list[Hit]:
    """The reports whose keys `by` holds, as rows say now."""
    keys: dict[UUID, UUID] = {}
    for some in batches(hit.id for hit in reports):
        rows = session.execute(select(ReportRow.id, ReportRow.data_key_id).where(ReportRow.id.in_(some)))
        keys |= {report_id: key_id for report_id, key_id in rows}  # noqa: C416  a Row is not a pair to mypy
    mine = by.keys.open_many(session, keys.values())
    return [hit for hit in reports if keys.get(hit.id) in mine]


def _may_leave(session: CaseSession, report_id: UUID) -> bool:
    try:
        require_not_quarantined(session, report_id)
    except QuarantinedError:
        return False
    return True


def _of_an_entry(hit: EntryHit) -> tuple[str, ...]:
    line = line_of(hit.copy.entries[hit.id], hit.copy)
    day = line.updated_on.isoformat()
    return line.kind.value.capitalize(), line.reference, line.name, day, line.status.value.capitalize(), "", ""


def _of_reports(session: CaseSession, reports: Sequence[Hit], *, by: Officer) -> Iterator[tuple[str, ...]]:
    standing = standing_of(session, [hit.id for hit in reports])
    for hit in reports:
        state, band = standing[hit.id]
        day = hit.received_on.isoformat()
        handling = _handling(session, hit.id, by=by)
        yield "Report", str(hit.id), "", day, state.value.capitalize(), BAND_NAMES[band], handling


def _handling(session: CaseSession, report_id: UUID, *, by: Officer) -> str:
    """The strictest handling of a report's items; one that nobody has graded is not to be shared."""
    found = {item.current.grade.handling if item.current else None for item in items_of(session, report_id, by=by)}
    strictest = (None, Handling.WITH_CONDITIONS, Handling.LAWFUL_SHARING)
    return _HANDLING[next((one for one in strictest if one in found), None)]
