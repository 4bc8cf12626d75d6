"""Finds the reports that go back to one telling with a given one, among all that an officer's keys open."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select

from envelope.errors import EnvelopeError
from store.batches import batches
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.intake.mailboxes import companions_of
from triage.intake.models import ReportRow
from triage.intake.reports import CaseReport, opened
from triage.keys.keyring import KeyHolder
from triage.linking.origins.deciding import OriginDecision, origin_decisions, words_of_officers
from triage.linking.origins.grouping import Tied, groups_of
from triage.linking.origins.likeness import Likeness
from triage.linking.origins.shelf import Shelf, may_use, shelf_of
from triage.linking.reading import join_answers

# A rumour goes round for weeks, not for years: the newest reports of a compartment are compared.
MOST_KEPT = 20_000
# Read at one look, at about half a millisecond each, so that no page waits long; the next look reads on.
MOST_AT_ONCE = 1_000
MOST_OF_ONE_ORIGIN = 200
_BY_RECEIPT = 2.0  # the reporter's own word, above any likeness of words


@dataclass(frozen=True)
class Compared:
    """How many of the reports have been read for comparing."""

    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.done >= self.total


@dataclass(frozen=True)
class Kin:
    """Another report that goes back to the same telling, and why we think so."""

    report: CaseReport
    likeness: Likeness | None
    same_receipt: bool
    decision: OriginDecision | None


@dataclass(frozen=True)
class Grouped:
    """Reports by origin, and how the pairs among them were judged."""

    groups: tuple[tuple[UUID, ...], ...]
    decisions: tuple[OriginDecision, ...]
    receipts: frozenset[frozenset[UUID]]

    def of(self, report_id: UUID) -> tuple[UUID, ...]:
        return next((group for group in self.groups if report_id in group), (report_id,))


def compare_more(
    session: CaseSession, *, by: KeyHolder, first: Iterable[UUID] = (), most: int = MOST_AT_ONCE
) -> Compared:
    """Read on: `first` of all, and then up to `most` of the newest reports that nobody has read for comparing yet."""
    wanted = set(first)
    done = total = 0
    compartments = session.scalars(select(ReportRow.compartment_id).distinct().order_by(ReportRow.compartment_id))
    for compartment_id in compartments.all():
        if not may_use(session, compartment_id, by=by):
            continue
        shelf = shelf_of(session, compartment_id, by=by)
        newest = select(ReportRow.id).where(ReportRow.compartment_id == compartment_id)
        ids = session.scalars(newest.order_by(ReportRow.received_on.desc(), ReportRow.id).limit(MOST_KEPT)).all()
        older = wanted - set(ids)
        there = select(ReportRow.id).where(ReportRow.id.in_(older), ReportRow.compartment_id == compartment_id)
        ids = [*(session.scalars(there).all() if older else ()), *ids]
        known = set(ids)
        shelf.take_away([one for one in shelf.tellings if one not in known])
        missing = [one for one in ids if one not in shelf.tellings]
        must = [one for one in missing if one in wanted]
        _read(session, shelf, [*must, *[one for one in missing if one not in wanted][:most]], by=by)
        done, total = done + len(shelf.tellings), total + len(ids)
    return Compared(min(done, total), total)


def grouped(session: CaseSession, report_ids: Sequence[UUID], *, by: KeyHolder) -> Grouped:
    """These reports by origin. What is like one of them counts too, so that a chain through a third report holds."""
    decisions = origin_decisions(session, by=by)
    said = words_of_officers(decisions)
    beside: dict[UUID, set[UUID]] = {}
    for word in said:
        if word.same:
            beside.setdefault(word.one, set()).add(word.other)
            beside.setdefault(word.other, set()).add(word.one)
    reached: dict[UUID, None] = dict.fromkeys(report_ids)
    ties: list[Tied[UUID]] = []
    waiting = list(report_ids)
    compartment = _compartments(session, by=by)
    while waiting:
        report_id = waiting.pop(0)
        shelf = compartment(report_id)
        alike = shelf.alike(report_id) if shelf else ()
        ties += [Tied(report_id, other, like.strength) for other, like in alike]
        for other in (*beside.get(report_id, ()), *(one for one, _ in alike)):
            if other not in reached and len(reached) < len(report_ids) + MOST_OF_ONE_ORIGIN:
                reached[other] = None
                waiting.append(other)
    reports = opened_reports(session, reached, by=by)
    receipts = {
        frozenset((report_id, companion.report_id))
        for report_id, companions in companions_of(session, reports.values(), by=by).items()
        for companion in companions
    }
    for pair in receipts:
        if all(one in reports for one in pair):
            one, other = pair
            ties.append(Tied(one, other, _BY_RECEIPT))
    groups = groups_of([one for one in reached if one in reports], ties, said)
    return Grouped(groups, decisions, frozenset(receipts))


def kin_of(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[Kin, ...]:
    """The other reports of the same origin, the newest first, and those that an officer has held apart from it."""
    found = grouped(session, [report_id], by=by)
    standing = {
        frozenset((one.one, one.other)): one
        for one in found.decisions
        if one.stands and report_id in {one.one, one.other}
    }
    others = dict.fromkeys([*found.of(report_id), *(each for pair in standing for each in pair)])
    others.pop(report_id, None)
    shelf = _compartments(session, by=by)(report_id)
    reports = opened_reports(session, others, by=by)
    kin = [
        Kin(
            report,
            shelf.compare(report_id, other) if shelf and {report_id, other} <= shelf.tellings.keys() else None,
            frozenset((report_id, other)) in found.receipts,
            standing.get(frozenset((report_id, other))),
        )
        for other, report in reports.items()
    ]
    return tuple(sorted(kin, key=lambda one: (one.report.received_on, one.report.id), reverse=True))


def same_origin_as(session: CaseSession, report_id: UUID, others: Sequence[UUID], *, by: KeyHolder) -> frozenset[UUID]:
    """Those of `others` that go back to the same telling as this report."""
    compare_more(session, by=by, first=[report_id, *others], most=0)
    return frozenset(others) & frozenset(grouped(session, [report_id, *others], by=by).of(report_id))


def opened_reports(session: CaseSession, report_ids: Iterable[UUID], *, by: KeyHolder) -> dict[UUID, CaseReport]:
    """The reports that `by` opens, in the order given; deleted ones and those of others are left out."""
    wanted = list(report_ids)
    rows = {row.id: row for some in batches(wanted) for row in session.scalars(_rows(some))}
    by.keys.open_many(session, [row.data_key_id for row in rows.values()])
    found: dict[UUID, CaseReport] = {}
    for report_id in wanted:
        if report_id in rows:
            try:
                found[report_id] = opened(session, rows[report_id], by=by)
            except (NoKeyError, NotFoundError, EnvelopeError):
                continue
    return found


def text_of(report: CaseReport) -> str:
    """The words of a report that are compared and read: those that say who, where and with what."""
    return join_answers(report.answers)[0]


def _rows(ids: Sequence[UUID]) -> Select[ReportRow]:
    return select(ReportRow).where(ReportRow.id.in_(ids))


def _read(session: CaseSession, shelf: Shelf, ids: Sequence[UUID], *, by: KeyHolder) -> None:
    reports = opened_reports(session, ids, by=by)
    for report_id in ids:
        # What no key opens any more has no words, and is not asked for again.
        shelf.put(report_id, text_of(reports[report_id]) if report_id in reports else "")


def _compartments(session: CaseSession, *, by: KeyHolder) -> Callable[[UUID], Shelf | None]:
    """Finds the shelf a report stands on."""
    compartments = session.scalars(select(ReportRow.compartment_id).distinct()).all()
    shelves = [shelf_of(session, one, by=by) for one in compartments if may_use(session, one, by=by)]
    return lambda report_id: next((shelf for shelf in shelves if report_id in shelf.tellings), None)
