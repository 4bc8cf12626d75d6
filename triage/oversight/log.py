"""The audit log as an auditor reads it: names in place of ids where there is a name, and each look recorded."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.reading import Line, LogReader, Wanted
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.service import BoxName, box_named
from triage.keys.system import SYSTEM_ID
from triage.officers.officer import Officer, OfficerName
from triage.officers.people import box_holders, box_names
from triage.officers.service import officer_names, teams
from triage.register.tables import safe_cell

PER_PAGE = 50
SYSTEM = "The system"
COLUMNS = ("line", "when (UTC)", "who", "act", "subject", "to", "reason", "count")


@dataclass(frozen=True)
class LogPage:
    """One page of the log; `more` says that there are older lines."""

    lines: tuple[Line, ...]
    page: int
    more: bool
    total: int
    names: dict[str, str]
    officers: tuple[OfficerName, ...]


def read_log(session: CaseSession, wanted: Wanted, *, page: int, by: Officer) -> LogPage:
    """A page of lines, the newest first. Call `record_look` before it, in a unit of work of its own.

    Raises:
        NoKeyError: `by` does not hold the audit box.
    """
    reader = _reader(session, by=by)
    lines = reader.lines(wanted, most=PER_PAGE + 1, skip=(page - 1) * PER_PAGE)
    names = officer_names(session, by=by)
    return LogPage(
        lines=lines[:PER_PAGE],
        page=page,
        more=len(lines) > PER_PAGE,
        total=reader.count(wanted),
        names=names_of_ids(session, by=by),
        officers=tuple(sorted(names.values(), key=lambda one: (one.name.casefold(), one.id))),
    )


def record_look(session: CaseSession, wanted: Wanted, *, by: Officer) -> None:
    """Leave the line about a look at the log, before the look, so that one that fails half-way is there too."""
    record(session, Act.AUDIT_READ, wanted.signer_id, by=by, reason=described(wanted))


@dataclass(frozen=True)
class Export:
    """A file for an auditor to take away."""

    text: str
    lines: int


def export_log(session: CaseSession, wanted: Wanted, *, by: Officer) -> Export:
    """The lines as CSV, the newest first. Call `record_export` before the file is handed over.

    Raises:
        NoKeyError: `by` does not hold the audit box.
    """
    names = names_of_ids(session, by=by)
    out, count = StringIO(), 0
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in _reader(session, by=by).all_lines(wanted):
        writer.writerow([safe_cell(value) for value in _cells(line, names)])
        count += 1
    return Export(out.getvalue(), count)


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


def _reader(session: CaseSession, *, by: Officer) -> LogReader:
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
