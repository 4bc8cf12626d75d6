"""Finds reports by their words among those an officer's keys open, and opens one page of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from store.batches import batches
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.intake.models import ReportRow
from triage.intake.priority import Band
from triage.intake.reports import ReportState
from triage.keys.keyring import KeyHolder
from triage.linking.origins.comparing import opened_reports
from triage.linking.reading import join_answers
from triage.search.held import bring_up_to_date, held_reports
from triage.search.linked import linked_reports
from triage.search.marking import Excerpt, Marker, excerpt
from triage.search.narrowing import Linked, Narrowing, Order
from triage.search.postings import Near
from triage.search.query import Query, Term

FEW = 3_000  # hits whose rows are asked for by their ids; of more, all rows are


@dataclass(frozen=True)
class Hit:
    """A report that was found, and how many terms only another spelling meets."""

    id: UUID
    near: int
    received_on: date


@dataclass(frozen=True)
class FoundReports:
    """Every hit in its order; `read` of `total` reports could be looked through so far."""

    hits: tuple[Hit, ...]
    read: int
    total: int
    spellings: dict[Term, dict[str, Near]]

    @property
    def is_complete(self) -> bool:
        return self.read >= self.total

    @property
    def percent(self) -> int:
        """How much has been read, never 100 while something is left."""
        return 100 if self.is_complete else min(99, self.read * 100 // self.total)


@dataclass(frozen=True)
class ReportLine:
    """One report on the page. `excerpt` is None where it does not open with these keys."""

    hit: Hit
    state: ReportState
    band: Band
    excerpt: Excerpt | None
    why: tuple[str, ...] = ()


def find_reports(session: CaseSession, query: Query, narrowing: Narrowing, *, by: KeyHolder) -> FoundReports:
    """The reports whose words meet every term. What nobody has read here yet is read first, the newest before all."""
    hits: list[Hit] = []
    spellings: dict[Term, dict[str, Near]] = {}
    linked: set[UUID] = set()
    read = total = 0
    compartments = select(ReportRow.compartment_id).distinct().order_by(ReportRow.compartment_id)
    for compartment_id in session.scalars(compartments).all():
        try:
            held = held_reports(session, compartment_id, by=by)
        except NoKeyError:
            continue
        bring_up_to_date(session, held, by=by)
        looked = held.postings.look(query)
        days = held.days
        read, total = read + len(held.postings), total + len(days)
        for term, words in looked.spellings.items():
            spellings.setdefault(term, {}).update(words)
        hits += [Hit(key, near, days[key]) for key, near in looked.texts.items() if key in days]
        if narrowing.linked is not Linked.EITHER:
            linked |= linked_reports(session, compartment_id, held.links, among=days, by=by)
    hits = [hit for hit in hits if _is_of_its_time(hit, narrowing)]
    bands = _bands_fitting(session, hits, narrowing)
    if bands is not None:
        hits = [hit for hit in hits if hit.id in bands]
    if narrowing.linked is not Linked.EITHER:
        hits = [hit for hit in hits if (hit.id in linked) is (narrowing.linked is Linked.YES)]
    hits.sort(key=_sort_key(narrowing.order, bands or {}))
    return FoundReports(tuple(hits), min(read, total), total, spellings)


def report_lines(session: CaseSession, hits: Iterable[Hit], marker: Marker, *, by: KeyHolder) -> tuple[ReportLine, ...]:
    """Open the reports of one page, and mark in an excerpt of each why it was found."""
    wanted = list(hits)
    reports = opened_reports(session, [hit.id for hit in wanted], by=by)
    stand = standing_of(session, [hit.id for hit in wanted])
    found: list[ReportLine] = []
    for hit in wanted:
        if hit.id in reports:
            text, _ = join_answers(reports[hit.id].answers)
            shown, why = excerpt(text, marker.spans(text)), marker.sentences([text])
            found.append(ReportLine(hit, *stand[hit.id], shown, why))
        elif hit.id in stand:
            found.append(ReportLine(hit, *stand[hit.id], None))
    return tuple(found)


def standing_of(session: CaseSession, report_ids: Sequence[UUID]) -> dict[UUID, tuple[ReportState, Band]]:
    """The state and priority of these reports as they are now; one that is gone is left out."""
    columns = select(ReportRow.id, ReportRow.state, ReportRow.band)
    return {
        report_id: (ReportState(state), Band(band))
        for some in batches(report_ids)
        for report_id, state, band in session.execute(columns.where(ReportRow.id.in_(some)))
    }


def _is_of_its_time(hit: Hit, narrowing: Narrowing) -> bool:
    return (narrowing.since is None or hit.received_on >= narrowing.since) and (
        narrowing.until is None or hit.received_on <= narrowing.until
    )


def _bands_fitting(session: CaseSession, hits: Sequence[Hit], narrowing: Narrowing) -> dict[UUID, int] | None:
    """The priority of the hits that are of the state and priority asked for; None where nobody asked for either."""
    if not narrowing.states and not narrowing.bands and narrowing.order is not Order.PRIORITY:
        return None
    columns = select(ReportRow.id, ReportRow.band)
    if narrowing.states:
        columns = columns.where(ReportRow.state.in_(narrowing.states))
    if narrowing.bands:
        columns = columns.where(ReportRow.band.in_(narrowing.bands))
    asked = [columns]
    if len(hits) <= FEW:
        asked = [columns.where(ReportRow.id.in_(some)) for some in batches(hit.id for hit in hits)]
    return {report_id: band for one in asked for report_id, band in session.execute(one)}


def _sort_key(order: Order, bands: Mapping[UUID, int]) -> Callable[[Hit], tuple[int, int, UUID]]:
    def key(hit: Hit) -> tuple[int, int, UUID]:
        day = hit.received_on.toordinal()
        match order:
            case Order.BEST:
                return hit.near, -day, hit.id
            case Order.NEWEST:
                return -day, hit.near, hit.id
            case Order.OLDEST:
                return day, hit.near, hit.id
            case Order.PRIORITY:
                return bands[hit.id], day, hit.id

    return key
