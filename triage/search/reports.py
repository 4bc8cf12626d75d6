"""Finds reports by their words among those an officer's keys open, and opens one page of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from store.batches import batches
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.intake.models import ReportRow
from triage.intake.priority import Band
from triage.intake.reports import ReportState
from triage.keys.keyring import KeyHolder
from triage.linking.decisions import Verdict
from triage.linking.models import LinkDecisionRow
from triage.linking.origins.comparing import opened_reports
from triage.linking.origins.standing import standing_verdicts
from triage.linking.reading import join_answers
from triage.search.held import bring_up_to_date, held_reports
from triage.search.marking import Excerpt, Marker, excerpt
from triage.search.narrowing import Linked, Narrowing, Order
from triage.search.postings import Near
from triage.search.query import Query, Term


@dataclass(frozen=True)
class Hit:
    """A report that was found: what its row says in clear, and how many terms only another spelling meets."""

    id: UUID
    near: int
    state: ReportState
    band: Band
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
    """One report on the page. `excerpt` is None where it does not open any more."""

    hit: Hit
    excerpt: Excerpt | None
    why: tuple[str, ...] = ()


def find_reports(session: CaseSession, query: Query, narrowing: Narrowing, *, by: KeyHolder) -> FoundReports:
    """The reports whose words meet every term. What nobody has read here yet is read first, the newest before all."""
    hits: list[Hit] = []
    spellings: dict[Term, dict[str, Near]] = {}
    read = total = 0
    compartments = select(ReportRow.compartment_id).distinct().order_by(ReportRow.compartment_id)
    for compartment_id in session.scalars(compartments).all():
        try:
            held = held_reports(session, compartment_id, by=by)
        except NoKeyError:
            continue
        columns = select(ReportRow.id, ReportRow.state, ReportRow.band, ReportRow.received_on)
        newest = columns.where(ReportRow.compartment_id == compartment_id)
        stand = {
            row[0]: row for row in session.execute(newest.order_by(ReportRow.received_on.desc(), ReportRow.id)).all()
        }
        bring_up_to_date(session, held, list(stand), by=by)
        looked = held.postings.look(query)
        read, total = read + len(held.postings), total + len(stand)
        for term, words in looked.spellings.items():
            spellings.setdefault(term, {}).update(words)
        found = (_hit(stand[key], near) for key, near in looked.texts.items() if key in stand)
        hits += [hit for hit in found if _is_wanted(hit, narrowing)]
    if narrowing.linked is not Linked.EITHER:
        linked = linked_among(session, [hit.id for hit in hits], by=by)
        hits = [hit for hit in hits if (hit.id in linked) is (narrowing.linked is Linked.YES)]
    hits.sort(key=_sort_key(narrowing.order))
    return FoundReports(tuple(hits), min(read, total), total, spellings)


def linked_among(session: CaseSession, report_ids: Sequence[UUID], *, by: KeyHolder) -> frozenset[UUID]:
    """The reports of which an officer confirmed, and has not taken back, that they are about an entry."""
    wanted = set(report_ids)
    decided = [one for one in session.scalars(select(LinkDecisionRow.report_id).distinct()) if one in wanted]
    verdicts = standing_verdicts(session, decided, by=by)
    return frozenset(one for one, standing in verdicts.items() if Verdict.CONFIRMED in standing.values())


def report_lines(session: CaseSession, hits: Iterable[Hit], marker: Marker, *, by: KeyHolder) -> tuple[ReportLine, ...]:
    """Open the reports of one page, and mark in an excerpt of each why it was found."""
    wanted = list(hits)
    reports = opened_reports(session, [hit.id for hit in wanted], by=by)
    found: list[ReportLine] = []
    for hit in wanted:
        if hit.id not in reports:
            found.append(ReportLine(hit, None))
            continue
        text, _ = join_answers(reports[hit.id].answers)
        found.append(ReportLine(hit, excerpt(text, marker.spans(text)), marker.sentences([text])))
    return tuple(found)


def states_of(session: CaseSession, report_ids: Sequence[UUID]) -> dict[UUID, Hit]:
    """What the rows of these reports say now."""
    columns = select(ReportRow.id, ReportRow.state, ReportRow.band, ReportRow.received_on)
    return {
        row[0]: _hit(row, 0)
        for some in batches(report_ids)
        for row in session.execute(columns.where(ReportRow.id.in_(some))).all()
    }


def _hit(row: Any, near: int) -> Hit:  # a Row of four columns
    report_id, state, band, received_on = row
    return Hit(report_id, near, ReportState(state), Band(band), received_on)


def _is_wanted(hit: Hit, narrowing: Narrowing) -> bool:
    return (
        (not narrowing.states or hit.state in narrowing.states)
        and (not narrowing.bands or hit.band in narrowing.bands)
        and (narrowing.since is None or hit.received_on >= narrowing.since)
        and (narrowing.until is None or hit.received_on <= narrowing.until)
    )


def _sort_key(order: Order) -> Callable[[Hit], tuple[int, int, UUID]]:
    def key(hit: Hit) -> tuple[int, int, UUID]:
        day = hit.received_on.toordinal()
        match order:
            case Order.BEST:
                return hit.near, -day, hit.id
            case Order.NEWEST:
                return -day, hit.band, hit.id
            case Order.OLDEST:
                return day, hit.band, hit.id
            case Order.PRIORITY:
                return hit.band, day, hit.id

    return key
