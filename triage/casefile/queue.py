"""The queue: reports in the order they should be read, one page opened at a time."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from envelope.errors import EnvelopeError
from triage.audit.acts import Act
from triage.audit.service import record
from triage.casefile.folding import NOTHING_FOLDED, fold_head
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.grading.models import GradingRow
from triage.intake.mailboxes import Companion, companions_of
from triage.intake.models import ReportRow
from triage.intake.priority import Band, because
from triage.intake.reports import CaseReport, ReportState, opened
from triage.keys.keyring import KeyHolder
from triage.keys.service import desk_id
from triage.linking.decisions import Decision
from triage.linking.models import LinkDecisionRow
from triage.linking.walls import known_to, opened_decision
from triage.officers.names import names_of
from triage.paging import cut
from triage.sanitising.models import DraftRow

PAGE_SIZE = 25
TO_DO = (ReportState.NEW, ReportState.OPEN, ReportState.GRADED)


class Shown(StrEnum):
    """Which reports a queue shows, by what is still to be done with them."""

    TO_DO = "to do"
    NEW = "new"
    OPEN = "open"
    GRADED = "graded"
    REFERRED = "referred"
    CLOSED = "closed"
    ALL = "all"

    @property
    def states(self) -> tuple[ReportState, ...]:
        match self:
            case Shown.TO_DO:
                return TO_DO
            case Shown.ALL:
                return tuple(ReportState)
            case _:
                return (ReportState(self.value),)


class Order(StrEnum):
    """What a queue is sorted by; the last tie is always the random id."""

    PRIORITY = "priority"
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True)
class Wanted:
    """What an officer asked to see. No bands means every band; folded, near-copies stand behind the first of them."""

    shown: Shown = Shown.TO_DO
    bands: tuple[Band, ...] = ()
    received_from: date | None = None
    received_to: date | None = None
    order: Order = Order.PRIORITY
    page: int = 1
    folded: bool = True

    @property
    def narrows(self) -> bool:
        return bool(self.bands or self.received_from or self.received_to)


@dataclass(frozen=True)
class LastAct:
    """Who last did something with a report, what, and on which day."""

    what: str
    who: str
    on: date


@dataclass(frozen=True)
class QueueRow:
    """One report in the queue; `words` is None where it cannot be opened, and `trouble` says why.

    `together` says in a few words that it came with the receipt of another; `copies` counts the near-copies of it that
    are folded behind this row.
    """

    id: UUID
    band: Band
    danger: bool
    received_on: date
    state: ReportState
    words: str | None
    because: tuple[str, ...] = ()
    last: LastAct | None = None
    trouble: str = ""
    together: str = ""
    copies: int = 0


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue, from 1, and how many reports each view would show. `folded_away` have no row."""

    rows: tuple[QueueRow, ...]
    page: int
    pages: int
    total: int
    counts: dict[Shown, int]
    today: date
    folded_away: int = 0


def queue_page(session: CaseSession, wanted: Wanted, *, by: KeyHolder) -> QueuePage:
    """Open one page of the queue. A page after the last gives the last.

    Counting and sorting read the index of ids, states, bands and dates alone; only this page's bodies are opened, and
    in a flood of near-copies those at the head of the queue.
    """
    conditions = [_may_be_known(session, by=by), *_conditions(wanted)]
    total = session.scalar(select(func.count()).select_from(ReportRow).where(*conditions)) or 0
    query = select(ReportRow.id).where(*conditions).order_by(*_order(wanted.order))
    folding = fold_head(session, query, by=by, page_size=PAGE_SIZE) if wanted.folded else NOTHING_FOLDED
    here = cut(total - folding.folded_away, PAGE_SIZE, page=wanted.page)
    ids = folding.ids_of(session, query, begins=here.begins, most=PAGE_SIZE)
    found = {row.id: row for row in session.scalars(select(ReportRow).where(ReportRow.id.in_(ids)))}
    rows = tuple(
        replace(row, copies=folding.copies.get(row.id, 0))
        for row in _rows(session, [found[report_id] for report_id in ids], by=by)
    )
    return QueuePage(rows, here.page, here.pages, total, _counts(session, by=by), session.today, folding.folded_away)


def record_queue_read(session: CaseSession, shown: QueuePage, *, by: KeyHolder) -> None:
    """Reading the first words of reports is a consultation, and leaves a line (DPA 2018 s.62)."""
    record(session, Act.QUEUE_READ, None, by=by, count=len(shown.rows))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [ReportRow.state.in_(wanted.shown.states)]
    if wanted.bands:
        conditions.append(ReportRow.band.in_(wanted.bands))
    if wanted.received_from is not None:
        conditions.append(ReportRow.received_on >= wanted.received_from)
    if wanted.received_to is not None:
        conditions.append(ReportRow.received_on <= wanted.received_to)
    return conditions


def _order(order: Order) -> tuple[ColumnElement[Any], ...]:  # columns of three types
    match order:
        case Order.PRIORITY:
            return ReportRow.band.asc(), ReportRow.received_on.asc(), ReportRow.id.asc()
        case Order.OLDEST:
            return ReportRow.received_on.asc(), ReportRow.band.asc(), ReportRow.id.asc()
        case Order.NEWEST:
            return ReportRow.received_on.desc(), ReportRow.band.asc(), ReportRow.id.asc()


def _may_be_known(session: CaseSession, *, by: KeyHolder) -> ColumnElement[bool]:
    """The desk's reports and those of compartments that `by` holds: of any other not even the number is shown."""
    return ReportRow.compartment_id.in_({*by.keys.held(session), desk_id(session)})


def _counts(session: CaseSession, *, by: KeyHolder) -> dict[Shown, int]:
    known = _may_be_known(session, by=by)
    rows = session.execute(select(ReportRow.state, func.count()).where(known).group_by(ReportRow.state))
    by_state = {ReportState(state): count for state, count in rows}
    return {shown: sum(by_state.get(state, 0) for state in shown.states) for shown in Shown}


def _rows(session: CaseSession, rows: Sequence[ReportRow], *, by: KeyHolder) -> tuple[QueueRow, ...]:
    reports: dict[UUID, CaseReport] = {}
    troubles: dict[UUID, str] = {}
    for row in rows:
        try:
            reports[row.id] = opened(session, row, by=by)
        except NoKeyError:
            troubles[row.id] = "You do not hold the key to this report."
        except NotFoundError:
            troubles[row.id] = "Its key has been destroyed: this report is deleted."
        except EnvelopeError:
            troubles[row.id] = "It was changed after it was stored, and is not shown. Tell a supervisor."
    acts = _last_acts(session, reports, by=by)
    names = names_of(session, {officer for _, officer, _ in acts.values()}, by=by)
    companions = companions_of(session, reports.values(), by=by)
    return tuple(
        _row(row, reports.get(row.id), acts, names, troubles.get(row.id, ""), companions.get(row.id, ()))
        for row in rows
    )


def _row(
    row: ReportRow,
    report: CaseReport | None,
    acts: dict[UUID, tuple[str, UUID, date]],
    names: dict[UUID, str],
    trouble: str,
    companions: Sequence[Companion],
) -> QueueRow:
    last = None
    if row.id in acts:
        what, officer, on = acts[row.id]
        last = LastAct(what, names[officer], on)
    return QueueRow(
        id=row.id,
        band=Band(row.band),
        danger=row.danger,
        received_on=row.received_on,
        state=ReportState(row.state),
        words=report.first_words if report else None,
        because=because(report.reasons) if report else (),
        last=last,
        trouble=trouble,
        together=_together(report, companions) if report else "",
    )


def _together(report: CaseReport, companions: Sequence[Companion]) -> str:
    """The one thing to know at a glance: an addition to a closed report waits for a person to decide."""
    if report.adds:
        return "Adds to a closed report" if any(one.is_closed for one in companions) else "Adds to a report"
    if any(one.adds for one in companions):
        return "Has an addition"
    return "Sent again" if companions else ""


def _last_acts(
    session: CaseSession, reports: dict[UUID, CaseReport], *, by: KeyHolder
) -> dict[UUID, tuple[str, UUID, date]]:
    """For each report the last of what people did to it: the day decides, and then how far along the way it is."""
    found: dict[UUID, list[tuple[date, int, str, UUID]]] = {
        report_id: [(one.on, 0, one.step.value, one.by) for one in report.history if one.step.is_by_a_person]
        for report_id, report in reports.items()
    }
    ids = list(reports)
    done = (
        (1, "graded", GradingRow.report_id, GradingRow.graded_by, GradingRow.graded_on),
        (3, "drafted", DraftRow.report_id, DraftRow.drafted_by, DraftRow.drafted_on),
        (4, "reviewed a draft", DraftRow.report_id, DraftRow.reviewed_by, DraftRow.reviewed_on),
    )
    for along, what, report_column, officer_column, day_column in done:
        query = select(report_column, officer_column, day_column).where(report_column.in_(ids))
        for report_id, officer, day in session.execute(query):
            if officer is None or day is None:
                continue
            found[report_id].append((day, along, what, officer))
    for decision in _decisions(session, ids, by=by):
        found[decision.report_id].append((decision.decided_on, 2, "worked on its links", decision.decided_by))
    latest = {report_id: max(acts, key=lambda act: act[:2]) for report_id, acts in found.items() if acts}
    return {report_id: (what, officer, day) for report_id, (day, _, what, officer) in latest.items()}


def _decisions(session: CaseSession, report_ids: Sequence[UUID], *, by: KeyHolder) -> Sequence[Decision]:
    """What was decided of links, as far as `by` may know of it."""
    opened_ones: list[Decision] = []
    for row in session.scalars(select(LinkDecisionRow).where(LinkDecisionRow.report_id.in_(report_ids))):
        # What does not open may be about an entry behind a wall, and is left out.
        with suppress(EnvelopeError, NoKeyError, NotFoundError):
            opened_ones.append(opened_decision(session, row, by=by))
    return known_to(session, opened_ones, by=by)
