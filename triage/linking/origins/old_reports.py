"""Earlier reports that mention a person or group who is new on the register, or changed since: to be looked at."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from store.batches import batches
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.intake.models import ReportRow
from triage.intake.reports import ReportState
from triage.keys.keyring import KeyHolder
from triage.linking.decisions import Verdict
from triage.linking.matching import ORDER, Strength
from triage.linking.origins.comparing import opened_reports
from triage.linking.origins.findings import Clue, Finding, findings_by_report
from triage.linking.origins.standing import standing_verdicts, without_held_back
from triage.paging import Cut, cut
from triage.register.kept import Kept
from triage.register.unlocked import unlock_all

PAGE_SIZE = 25


class By(StrEnum):
    """What the list is sorted by."""

    STRENGTH = "strength"
    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


@dataclass(frozen=True)
class OldWanted:
    """What an officer asked to see; no entry means every entry, no strength every strength."""

    entry_id: UUID | None = None
    strength: Strength | None = None
    order: By = By.STRENGTH
    page: int = 1


@dataclass(frozen=True)
class OldReport:
    """A report that came before an entry was what it is now, and may mention it."""

    report_id: UUID
    received_on: date
    state: ReportState
    words: str
    entry_id: UUID
    name: str
    kind: str
    strength: Strength
    clues: tuple[Clue, ...]
    nobody_was_meant: bool


@dataclass(frozen=True)
class OldReports:
    """One page of them."""

    rows: tuple[OldReport, ...]
    cut: Cut
    total: int


def old_reports(session: CaseSession, wanted: OldWanted, *, by: KeyHolder) -> OldReports:
    """Reports that mention an entry which was added or changed on the day they came or later, and are undecided.

    Raises:
        NoKeyError: the register is not for `by` to read.
    """
    entries = _entries(session, by=by)
    undecided = _undecided(session, wanted, entries, by=by)
    received = _received(session, [report_id for report_id, _, _ in undecided])
    old = [
        (report_id, finding, nobody)
        for report_id, finding, nobody in undecided
        if report_id in received and received[report_id] <= entries[finding.entry_id].updated_on
    ]
    old.sort(key=_sort_key(wanted.order, entries, received))
    here = cut(len(old), PAGE_SIZE, page=wanted.page)
    shown = old[here.begins : here.begins + PAGE_SIZE]
    reports = opened_reports(session, dict.fromkeys(report_id for report_id, _, _ in shown), by=by)
    rows = tuple(
        OldReport(
            report_id=report_id,
            received_on=reports[report_id].received_on,
            state=reports[report_id].state,
            words=reports[report_id].first_words,
            entry_id=finding.entry_id,
            name=entries[finding.entry_id].entry.shown_name,
            kind=entries[finding.entry_id].entry.kind.value,
            strength=finding.strength,
            clues=finding.clues,
            nobody_was_meant=nobody,
        )
        for report_id, finding, nobody in shown
        if report_id in reports
    )
    return OldReports(rows, here, len(old))


def record_old_reports_read(session: CaseSession, found: OldReports, wanted: OldWanted, *, by: KeyHolder) -> None:
    """Reading the first words of reports is a consultation, and leaves a line (DPA 2018 s.62)."""
    record(session, Act.QUEUE_READ, wanted.entry_id, by=by, reason="earlier reports", count=len(found.rows))


def count_old_reports(session: CaseSession, entry_id: UUID, *, by: KeyHolder) -> int:
    """How many earlier reports mention an entry and wait to be looked at."""
    return old_reports(session, OldWanted(entry_id), by=by).total


def count_found(session: CaseSession, entry_ids: Collection[UUID], *, by: KeyHolder) -> int:
    """How many earlier reports mention any of these entries and wait to be looked at."""
    undecided = _undecided(session, OldWanted(), _entries(session, by=by), by=by)
    return len({report_id for report_id, finding, _ in undecided if finding.entry_id in entry_ids})


def _entries(session: CaseSession, *, by: KeyHolder) -> dict[UUID, Kept]:
    return {entry_id: kept for copy in unlock_all(session, by=by) for entry_id, kept in copy.entries.items()}


def _undecided(
    session: CaseSession, wanted: OldWanted, entries: Mapping[UUID, Kept], *, by: KeyHolder
) -> list[tuple[UUID, Finding, bool]]:
    """Report, finding, and whether an officer said then that nobody was meant, who may be new here now."""
    found = [
        (report_id, finding)
        for report_id, findings in findings_by_report(session, by=by).items()
        for finding in findings
        if not finding.lead
        and finding.entry_id in entries
        and wanted.entry_id in {None, finding.entry_id}
        and wanted.strength in {None, finding.strength}
    ]
    shown = without_held_back(session, (report_id for report_id, _ in found), by=by)
    verdicts = standing_verdicts(session, shown, by=by)
    return [
        (report_id, finding, verdicts.get(report_id, {}).get(None) is Verdict.NOBODY)
        for report_id, finding in found
        if report_id in shown and finding.entry_id not in verdicts.get(report_id, {})
    ]


def _received(session: CaseSession, report_ids: Iterable[UUID]) -> dict[UUID, date]:
    found: dict[UUID, date] = {}
    for some in batches(list(dict.fromkeys(report_ids))):
        rows = session.execute(select(ReportRow.id, ReportRow.received_on).where(ReportRow.id.in_(some)))
        found |= {report_id: day for report_id, day in rows}  # noqa: C416  a Row is not a pair to mypy
    return found


def _sort_key(order: By, entries: Mapping[UUID, Kept], received: Mapping[UUID, date]) -> Callable[[Any], Any]:
    """The last tie is the random ids. `Any`, because a key is a tuple of several types."""

    def key(one: tuple[UUID, Finding, bool]) -> tuple[Any, ...]:
        report_id, finding, _ = one
        day, name = received[report_id].toordinal(), entries[finding.entry_id].entry.shown_name.casefold()
        last = (report_id, finding.entry_id)
        match order:
            case By.STRENGTH:
                return (ORDER[finding.strength], -day, *last)
            case By.NEWEST:
                return (-day, ORDER[finding.strength], *last)
            case By.OLDEST:
                return (day, ORDER[finding.strength], *last)
            case By.NAME:
                return (name, ORDER[finding.strength], -day, *last)

    return key
