"""The audit log as an auditor reads it: names in place of ids where there is a name, and each look recorded."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import groupby, islice
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.notes import Note
from triage.audit.reading import Found, Line, LogReader, Wanted
from triage.audit.service import record
from triage.audit.summaries import keep_summaries
from triage.database import CaseSession
from triage.keys.service import BoxName, box_named
from triage.keys.system import SYSTEM_ID
from triage.officers.officer import Officer, OfficerName
from triage.officers.people import box_holders, box_names
from triage.officers.service import officer_names, teams
from triage.oversight.exporting import LINES_MOST, ExportError, signed_export
from triage.register.tables import safe_cell

PER_PAGE = 50
TIMELINE_MOST = 500
SYSTEM = "The system"
COLUMNS = ("line", "when (UTC)", "who", "act", "subject", "to", "reason", "count")


@dataclass(frozen=True)
class LogPage:
    """One page of the log; `found.older` says that there are older lines."""

    found: Found
    total: int
    names: dict[str, str]
    officers: tuple[OfficerName, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.found.lines


def read_log(session: CaseSession, wanted: Wanted, *, before: int | None, by: Officer) -> LogPage:
    """A page of lines, the newest first. Call `record_look` before it, in a unit of work of its own.

    Raises:
        NoKeyError: `by` does not hold the audit box.
    """
    reader = reader_of(session, by=by)
    names = officer_names(session, by=by)
    return LogPage(
        found=reader.find(wanted, most=PER_PAGE, before=before),
        total=reader.count(wanted),
        names=names_of_ids(session, by=by),
        officers=tuple(sorted(names.values(), key=lambda one: (one.name.casefold(), one.id))),
    )


def keep_what_was_made(session: CaseSession, found: Found) -> None:
    """Summaries that a search made on its way, so that the next one need not."""
    keep_summaries(session, found.made)


def record_look(session: CaseSession, wanted: Wanted, *, by: Officer) -> None:
    """Leave the line about a look at the log, before the look, so that one that fails half-way is there too."""
    record(session, Act.AUDIT_READ, wanted.signer_id, by=by, reason=described(wanted))


@dataclass(frozen=True)
class Day:
    """What happened on one day of a timeline, oldest first, and how often each act."""

    day: str
    lines: tuple[Line, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Timeline:
    """Everything somebody did, or that was done with something, by days; `cut` where there is more before it."""

    whom: str
    days: tuple[Day, ...]
    names: dict[str, str]
    cut: bool


def timeline(session: CaseSession, wanted: Wanted, *, by: Officer) -> Timeline:
    """Up to 500 lines of a person or of a case, the oldest first. Call `record_look` before it.

    Raises:
        NoKeyError: `by` does not hold the audit box.
    """
    found = list(islice(reader_of(session, by=by).all_lines(wanted), TIMELINE_MOST + 1))
    lines = sorted(found[:TIMELINE_MOST], key=lambda line: line.sequence)
    names = names_of_ids(session, by=by)
    whom = str(wanted.signer_id) if wanted.signer_id is not None else wanted.subject
    days = tuple(_day(day, tuple(some)) for day, some in groupby(lines, lambda line: line.recorded_on.isoformat()))
    return Timeline(names.get(whom, whom), days, names, len(found) > TIMELINE_MOST)


def _day(day: str, lines: tuple[Line, ...]) -> Day:
    acts = [line.act for line in lines]
    counts = sorted(((act, acts.count(act)) for act in set(acts)), key=lambda one: (-one[1], one[0]))
    return Day(day, lines, tuple(counts))


@dataclass(frozen=True)
class Export:
    """A signed file for an auditor to take away."""

    data: bytes
    lines: int


def export_log(session: CaseSession, note: Note, wanted: Wanted, *, by: Officer) -> Export:
    """The lines as CSV, the newest first, with the proof that they are in the log, signed by `by`.

    `note` is a checkpoint signed for it, which the lines are proven under: `record_export` comes before the file is
    handed over, and after what it says.

    Raises:
        NoKeyError: `by` does not hold the audit box.
        ExportError: more lines than one export holds.
    """
    names = names_of_ids(session, by=by)
    out, lines = StringIO(), list[int]()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in reader_of(session, by=by).all_lines(wanted):
        if line.sequence >= note.checkpoint.size:
            continue  # written since
        writer.writerow([safe_cell(value) for value in _cells(line, names)])
        lines.append(line.sequence)
        if len(lines) > LINES_MOST:
            raise ExportError(f"That is more than {LINES_MOST:,} lines. Choose fewer days, one person or one act.")
    return Export(signed_export(session, out.getvalue(), lines, note, by=by), len(lines))


def record_export(session: CaseSession, wanted: Wanted, export: Export, *, by: Officer) -> None:
    """Leave the line about an export."""
    record(session, Act.EXPORTED, None, by=by, reason=f"audit log: {described(wanted)}", count=export.lines)


def names_of_ids(session: CaseSession, *, by: Officer) -> dict[str, str]:
    """What the ids of people, boxes and teams are called; an id of anything else stays an id."""
    names: dict[UUID, str] = {SYSTEM_ID: SYSTEM}
    names |= box_holders(session, by=by)
    names |= {box_id: f"the key {name}" for box_id, name in box_names(session, by=by).items()}
    names |= {team.id: f"the team {team.name}" for team in teams(session, by=by)}
    for person in officer_names(session, by=by).values():
        names[person.id] = person.name
    return {str(one): name for one, name in names.items()}


def described(wanted: Wanted) -> str:
    """What was asked for, in words, for the line about the look."""
    parts = []
    if wanted.signer_id is not None:
        parts.append("one person")
    if wanted.from_day is not None:
        parts.append(f"from {wanted.from_day.isoformat()}")
    if wanted.to_day is not None:
        parts.append(f"to {wanted.to_day.isoformat()}")
    if wanted.act:
        parts.append(wanted.act)
    if wanted.subject:
        parts.append(f"about {wanted.subject}")
    return ", ".join(parts) or "everything"


def reader_of(session: CaseSession, *, by: Officer) -> LogReader:
    """A reader with the audit box's key; raises NoKeyError for whoever does not hold it."""
    box = box_named(session, BoxName.AUDIT)
    return LogReader(session, box.id, by.keys.identity(session, box.id))


def _cells(line: Line, names: dict[str, str]) -> Iterator[str]:
    yield str(line.sequence)
    yield line.at
    yield names.get(str(line.signer_id), str(line.signer_id))
    yield line.act
    for one in (line.subject, line.to):
        yield names.get(one, one)
    yield line.reason
    yield "" if line.count is None else str(line.count)
