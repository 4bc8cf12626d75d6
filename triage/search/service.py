"""One search over register and reports, within what an officer's keys open; each leaves a line without its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.officers.officer import Officer
from triage.officers.oneself import record_if_searched
from triage.officers.rules import Permission
from triage.paging import Cut, cut
from triage.search.marking import Marker
from triage.search.narrowing import Narrowing, Part
from triage.search.postings import Near
from triage.search.query import Query, Term
from triage.search.register import EntryHit, EntryLine, FoundEntries, entry_line, find_entries
from triage.search.reports import FoundReports, Hit, ReportLine, find_reports, report_lines

PAGE_SIZE = 25
AT_A_GLANCE = 5  # of each group where all are shown together
NO_ENTRIES = FoundEntries((), (), 100, {})
NO_REPORTS = FoundReports((), 0, 0, {})

T = TypeVar("T")


@dataclass(frozen=True)
class Hits:
    """Everything that was found, still sealed but for what lies unlocked in memory."""

    query: Query
    entries: FoundEntries
    reports: FoundReports

    @property
    def marker(self) -> Marker:
        spellings: dict[Term, dict[str, Near]] = {term: {} for term in self.query.terms}
        for found in (self.entries.spellings, self.reports.spellings):
            for term, words in found.items():
                spellings[term].update(words)
        return Marker(self.query, spellings)

    @property
    def total(self) -> int:
        return len(self.entries.people) + len(self.entries.groups) + len(self.reports.hits)


@dataclass(frozen=True)
class Results:
    """One page: the lines of the part that is shown, or the first few of each, and how many there are."""

    people: tuple[EntryLine, ...]
    groups: tuple[EntryLine, ...]
    reports: tuple[ReportLine, ...]
    counts: dict[Part, int]
    page: Cut
    reports_percent: int
    reports_read: int
    reports_total: int
    register_percent: int

    @property
    def shown(self) -> int:
        return len(self.people) + len(self.groups) + len(self.reports)


def find(session: CaseSession, query: Query, narrowing: Narrowing, *, by: Officer) -> Hits:
    """Everything that meets a query, of the register and of the reports that `by` may read."""
    entries, reports = NO_ENTRIES, NO_REPORTS
    if by.may(Permission.READ_REGISTER):
        entries = find_entries(session, query, archived=narrowing.archived, by=by)
    if by.may(Permission.READ_REPORTS):
        reports = find_reports(session, query, narrowing, by=by)
    return Hits(query, entries, reports)


def results_page(session: CaseSession, hits: Hits, narrowing: Narrowing, *, by: Officer) -> Results:
    """Open what one page shows of the hits; a page after the last gives the last."""
    counts = {
        Part.ALL: hits.total,
        Part.PEOPLE: len(hits.entries.people),
        Part.GROUPS: len(hits.entries.groups),
        Part.REPORTS: len(hits.reports.hits),
    }
    marker = hits.marker
    page = Cut(1, 1, 0) if narrowing.part is Part.ALL else cut(counts[narrowing.part], PAGE_SIZE, page=narrowing.page)

    def shown(part: Part, found: Sequence[T]) -> Sequence[T]:
        if narrowing.part is Part.ALL:
            return found[:AT_A_GLANCE] if part is not Part.REPORTS else found[: 2 * AT_A_GLANCE]
        return found[page.begins : page.begins + PAGE_SIZE] if part is narrowing.part else ()

    reports: Sequence[Hit] = shown(Part.REPORTS, hits.reports.hits)
    return Results(
        people=_lines(shown(Part.PEOPLE, hits.entries.people), marker),
        groups=_lines(shown(Part.GROUPS, hits.entries.groups), marker),
        reports=report_lines(session, reports, marker, by=by),
        counts=counts,
        page=page,
        reports_percent=hits.reports.percent,
        reports_read=hits.reports.read,
        reports_total=hits.reports.total,
        register_percent=hits.entries.percent,
    )


def record_search(session: CaseSession, hits: Hits, narrowing: Narrowing, *, by: Officer) -> None:
    """A search is a consultation of all it looked through (DPA 2018 s.62): its kind and its count, never its words."""
    record(session, Act.SEARCHED, None, by=by, reason=narrowing.part.value, count=hits.total)
    record_if_searched(session, hits.query.said, by=by)


def _lines(hits: Sequence[EntryHit], marker: Marker) -> tuple[EntryLine, ...]:
    return tuple(entry_line(hit, marker) for hit in hits)
