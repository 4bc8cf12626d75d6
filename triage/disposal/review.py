"""What is due for review or disposal, what is near and what is held: a list of what stands in clear."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.disposal.rules import NEAR_DAYS
from triage.intake.models import LegalHoldRow, ReportRow
from triage.intake.reports import ReportState, report_row
from triage.intake.retention import (
    NEVER,
    Group,
    clock_of,
    due_on,
    group_of,
    is_held,
    may_go,
    reviewed_only_until,
)
from triage.intake.shut_files import is_quarantined
from triage.officers.officer import Officer
from triage.paging import cut, number_in

PER_PAGE = 25


class Shown(StrEnum):
    """Which part of the list. The text is in the address."""

    DUE = "due"
    NEAR = "near"
    HELD = "held"
    ALL = "all"


SORTS = {"until": ReportRow.retain_until, "received": ReportRow.received_on, "group": ReportRow.retention_group}


@dataclass(frozen=True)
class Asked:
    """What somebody asked to see, as the address says it."""

    shown: Shown
    group: Group | None
    sort: str
    descending: bool
    page: int

    @classmethod
    def of(cls, *, shown: str, group: str, sort: str, page: str) -> "Asked":
        """Read the address; what is not understood is left out."""
        name = sort.removeprefix("-")
        return cls(
            Shown(shown) if shown in set(Shown) else Shown.DUE,
            Group(group) if group in set(Group) else None,
            name if name in SORTS else "until",
            sort.startswith("-"),
            number_in(page, otherwise=1),
        )


@dataclass(frozen=True)
class Kept:
    """One report as the list shows it: nothing that is sealed."""

    id: UUID
    state: ReportState
    group: Group
    received_on: date
    clock_from: date
    until: date
    due: date
    is_due: bool
    may_go: bool
    reviewed_only_until: date | None
    is_read: bool
    is_held: bool
    is_quarantined: bool

    @property
    def never(self) -> bool:
        return self.until == NEVER


@dataclass(frozen=True)
class KeptPage:
    """One page of the list."""

    reports: tuple[Kept, ...]
    total: int
    page: int
    pages: int


def kept_page(session: CaseSession, asked: Asked, *, by: Officer) -> KeptPage:
    """The page that was asked for; the look leaves a line."""
    wanted = [*_wanted(session, asked), ReportRow.compartment_id.in_(by.keys.held(session))]
    total = session.scalar(select(func.count()).select_from(ReportRow).where(*wanted)) or 0
    here = cut(total, PER_PAGE, page=asked.page)
    column = SORTS[asked.sort]
    first = column.desc() if asked.descending else column.asc()
    rows = session.scalars(
        select(ReportRow).where(*wanted).order_by(first, ReportRow.id).limit(PER_PAGE).offset(here.begins)
    ).all()
    found = tuple(_kept(session, row) for row in rows)
    record(session, Act.DISPOSAL_READ, None, by=by, count=len(found))
    return KeptPage(found, total, here.page, here.pages)


def kept_report(session: CaseSession, report_id: UUID, *, by: Officer) -> Kept:
    """One of them.

    Raises:
        NotFoundError, NoKeyError: there is none, or `by` does not open it and learns nothing of it.
    """
    row = report_row(session, report_id)
    by.keys.data_key(session, row.data_key_id)
    return _kept(session, row)


def _wanted(session: CaseSession, asked: Asked) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    held = select(LegalHoldRow.report_id).where(LegalHoldRow.lifted_on.is_(None))
    match asked.shown:
        case Shown.DUE:
            wanted += [ReportRow.retain_until <= session.today, ReportRow.id.not_in(held)]
        case Shown.NEAR:
            soon = session.today + timedelta(days=NEAR_DAYS)
            wanted += [ReportRow.retain_until > session.today, ReportRow.retain_until <= soon]
        case Shown.HELD:
            wanted.append(ReportRow.id.in_(held))
        case Shown.ALL:
            pass
    if asked.group is not None:
        wanted.append(of_group(asked.group))
    return wanted


def of_group(group: Group) -> ColumnElement[bool]:
    named = ReportRow.retention_group == group.value
    return named | ReportRow.retention_group.is_(None) if group is Group.UNACTIONABLE else named


def _kept(session: CaseSession, row: ReportRow) -> Kept:
    return Kept(
        row.id,
        ReportState(row.state),
        group_of(row),
        row.received_on,
        clock_of(row),
        row.retain_until,
        due_on(session, row),
        row.retain_until <= session.today,
        may_go(row, session.today),
        reviewed_only_until(row),
        row.first_read_on is not None,
        is_held(session, row.id),
        is_quarantined(session, row.id),
    )
