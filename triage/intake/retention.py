"""How long a report is kept, by what it is, and what sets its clock going again.

Source: Police Information and Records Management Code 2023 and the College of Policing's review groups; a report that
nobody could act on is kept for 90 days, which is this project's proposal (domain.md §7).
"""

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.intake.models import LegalHoldRow, ReportRow, RetentionPeriodRow

# Quarantine stops the clock: routine disposal goes by the day a report is kept until, and this one never comes.
NEVER = date(9999, 12, 31)


class Group(StrEnum):
    """What kind of record it is for retention. The text is what a page shows."""

    UNACTIONABLE = "not graded"
    PROTECTION = "public protection"
    SERIOUS = "other serious"
    OTHER = "all other"
    UNDETECTED = "undetected"
    REGISTER = "archived in the register"


# Days until a record is deleted (not graded) or reviewed by a person (all others). They are settings: a change is an
# operation for two people, and stands in `retention_periods`.
USUAL_DAYS: dict[Group, int] = {
    Group.UNACTIONABLE: 90,
    Group.PROTECTION: 10 * 365 + 3,
    Group.SERIOUS: 10 * 365 + 3,
    Group.OTHER: 6 * 365 + 2,
    Group.UNDETECTED: 10 * 365 + 3,
    Group.REGISTER: 6 * 365 + 2,
}
# Only what nobody graded goes by itself; for everything else a person decides (DPA 2018 s.49).
GOES_BY_ITSELF = frozenset({Group.UNACTIONABLE})


def periods(session: CaseSession) -> dict[Group, int]:
    """The days of every group, as they are set now."""
    changed = {Group(row.group): row.days for row in session.scalars(select(RetentionPeriodRow))}
    return USUAL_DAYS | changed


def group_of(row: ReportRow) -> Group:
    """What a report is: as somebody said, and before anybody did, one that is not graded."""
    return Group(row.retention_group) if row.retention_group else Group.UNACTIONABLE


def clock_of(row: ReportRow) -> date:
    """The day from which its period counts."""
    return row.clock_from or row.received_on


def due_on(session: CaseSession, row: ReportRow) -> date:
    """The day until which it is kept, its files in quarantine aside."""
    return clock_of(row) + timedelta(days=periods(session)[group_of(row)])


def set_group(session: CaseSession, row: ReportRow, group: Group) -> None:
    """Say what a report is; its period counts from the last news of it, and never becomes shorter by this alone."""
    row.retention_group = group
    _keep_until(row, max(row.retain_until, due_on(session, row)))


def has_news(session: CaseSession, row: ReportRow, *, on: date | None = None) -> None:
    """Something came of it or was added to it: its period begins again."""
    on = on or session.today
    if on < clock_of(row):
        return
    row.clock_from = on
    _keep_until(row, max(row.retain_until, due_on(session, row)))


def is_held(session: CaseSession, report_id: UUID) -> bool:
    """Whether a legal hold stops its disposal; needs no key."""
    query = select(LegalHoldRow.id).where(LegalHoldRow.report_id == report_id, LegalHoldRow.lifted_on.is_(None))
    return session.scalars(query.limit(1)).first() is not None


def _keep_until(row: ReportRow, until: date) -> None:
    if row.retain_until != NEVER:
        row.retain_until = until
