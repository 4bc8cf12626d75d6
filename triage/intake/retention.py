"""How long a report is kept, by what it is, and what sets its clock going again.

Source: Police Information and Records Management Code 2023 and the College of Policing's review groups; a report that
nobody could act on is kept for 90 days, which is this project's proposal (domain.md §7).
"""

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.errors import TriageError
from triage.intake.models import LegalHoldRow, ReportRow, RetentionPeriodRow
from triage.keys.host_signed import Forged, is_period_signed, sign_period, tell_of

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

    @property
    def of_the_code(self) -> int | None:
        """The number of the Code's group; None for what the Code does not know.

        An organised crime group plans what is punished with seven years and more (Serious Crime Act 2015 s.45): what
        the register says of one and its people is “other serious”.
        """
        return _OF_THE_CODE.get(self)


_OF_THE_CODE = {
    Group.PROTECTION: 1,
    Group.SERIOUS: 2,
    Group.REGISTER: 2,
    Group.OTHER: 3,
    Group.UNDETECTED: 4,
}


# Days until a record is deleted (not graded) or reviewed by a person (all others). They are settings: a change is an
# operation for two people, and stands in `retention_periods`.
USUAL_DAYS: dict[Group, int] = {
    Group.UNACTIONABLE: 90,
    Group.PROTECTION: 10 * 365 + 3,
    Group.SERIOUS: 10 * 365 + 3,
    Group.OTHER: 6 * 365 + 2,
    Group.UNDETECTED: 10 * 365 + 3,
    Group.REGISTER: 10 * 365 + 3,
}
# Group 1 is reviewed every ten years, and kept until its subject is 100. Who that is, and how old, is sealed or not
# known: whoever was alive when it came in is 100 by then.
LIFE_YEARS = 100
# Only what nobody graded goes by itself; for everything else a person decides (DPA 2018 s.49).
GOES_BY_ITSELF = frozenset({Group.UNACTIONABLE})


# What stands in place of an operation where nobody has changed a period yet.
AS_IT_SHIPS = UUID(int=0)


class ForgedPeriodError(TriageError):
    """A period in the database is not one that two people approved, or that it shipped with."""

    def __init__(self) -> None:
        super().__init__(
            "How long records are kept was changed or removed in the database by hand, so nothing was let go. Tell a "
            "supervisor and an auditor at once. Two people set the period again under Disposal; where the database was "
            "just brought back from an older backup, whoever runs the host types `quietword keys vouch`."
        )


def set_period(session: CaseSession, group: Group, days: int, operation_id: UUID) -> None:
    """Write a period down, where an operation that two people signed has just been carried out; see `carry_out`."""
    signature = sign_period(session, group, days, session.today, operation_id)
    session.merge(
        RetentionPeriodRow(
            group=group, days=days, set_on=session.today, operation_id=operation_id, host_signature=signature
        )
    )
    session.flush()


def sign_periods_that_stand(session: CaseSession) -> int:
    """Vouch for the rows as they are and write down, as it ships, what has none; gives how many rows that was.

    Of databases of an older version, and where there is no force yet: it takes the database's word.
    """
    genuine, forged = _read(session)
    rows = {row.group: row for row in session.scalars(select(RetentionPeriodRow))}
    for group in [one for one in Group if one not in genuine]:
        operation_id = rows[group].operation_id if group in rows else AS_IT_SHIPS
        set_period(session, group, forged.get(group, USUAL_DAYS[group]), operation_id)
    return len(Group) - len(genuine)


def periods(session: CaseSession) -> dict[Group, int]:
    """The days of every group, as they are set now; where a row is not the program's own, the longer of it and the
    usual, for what is only reckoned with. Whatever lets something go asks `periods_in_force`.
    """
    genuine, forged = _read(session)
    return USUAL_DAYS | genuine | {group: max(days, USUAL_DAYS[group]) for group, days in forged.items()}


def periods_in_force(session: CaseSession) -> dict[Group, int]:
    """The same, for whatever lets something go.

    Raises:
        ForgedPeriodError: a row was changed, put in or removed by hand; the auditors are told.
    """
    genuine, _ = _read(session)
    if len(genuine) < len(Group):
        tell_of(session, Forged.PERIOD, None)
        raise ForgedPeriodError
    return genuine


def _read(session: CaseSession) -> tuple[dict[Group, int], dict[Group, int]]:
    """The rows that the program wrote, and those that it did not write as they stand."""
    genuine: dict[Group, int] = {}
    forged: dict[Group, int] = {}
    known = {group.value for group in Group}
    for row in session.scalars(select(RetentionPeriodRow)):
        ours = is_period_signed(session, row.group, row.days, row.set_on, row.operation_id, row.host_signature)
        if not ours:
            tell_of(session, Forged.PERIOD, None)
        if row.group in known:
            (genuine if ours else forged)[Group(row.group)] = row.days
    return genuine, forged


def group_of(row: ReportRow) -> Group:
    """What a report is: as somebody said, and before anybody did, one that is not graded."""
    return Group(row.retention_group) if row.retention_group else Group.UNACTIONABLE


def clock_of(row: ReportRow) -> date:
    """The day from which its period counts."""
    return row.clock_from or row.received_on


def due_on(session: CaseSession, row: ReportRow) -> date:
    """The day until which it is kept, its files in quarantine aside."""
    return clock_of(row) + timedelta(days=periods(session)[group_of(row)])


def over_on(session: CaseSession, row: ReportRow) -> date:
    """The day its period is over, before which nothing lets it go; raises ForgedPeriodError."""
    return clock_of(row) + timedelta(days=periods_in_force(session)[group_of(row)])


def reviewed_only_until(row: ReportRow) -> date | None:
    """Until when a review may keep a record and not dispose of it, which takes two people before; None for any group
    but the first."""
    if group_of(row) is not Group.PROTECTION:
        return None
    came = row.received_on
    return date(came.year + LIFE_YEARS, came.month, 28 if (came.month, came.day) == (2, 29) else came.day)


def may_go(row: ReportRow, today: date) -> bool:
    """Whether its period is over, and no longer one applies to its group."""
    until = reviewed_only_until(row)
    return row.retain_until <= today and (until is None or until <= today)


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
