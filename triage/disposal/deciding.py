"""What officers decide about keeping: keep longer, dispose, hold, erase early, and change a period."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.disposal.errors import DisposalError
from triage.disposal.review import of_group
from triage.disposal.rules import Ground, Kind
from triage.disposal.service import Told, decide_entry, decide_report
from triage.errors import NotFoundError
from triage.intake.models import LegalHoldRow, ReportRow
from triage.intake.reports import report_row
from triage.intake.retention import (
    GOES_BY_ITSELF,
    NEVER,
    USUAL_DAYS,
    Group,
    clock_of,
    has_news,
    is_held,
    periods,
    set_group,
    set_period,
)
from triage.keys.records import open_row, reseal_row, seal_row
from triage.officers.officer import Officer
from triage.operations.rules import Operation
from triage.operations.service import carry_out, propose
from triage.outcome.models import OutcomeRow
from triage.referral.models import ReferredRow

MOST_DAYS = 100 * 366
FEWEST_DAYS = 30


def catch_up(session: CaseSession, report_id: UUID, *, by: Officer) -> None:
    """What a team recorded since is news of the report too: they could not say so, for they do not know whose it is.

    Raises:
        NoKeyError, NotFoundError.
    """
    row = report_row(session, report_id)
    for tie in session.scalars(select(ReferredRow).where(ReferredRow.report_id == report_id)):
        referral_id = UUID(open_row(session, tie, by=by)["referral_id"])
        newest = session.scalar(select(func.max(OutcomeRow.recorded_on)).where(OutcomeRow.referral_id == referral_id))
        if newest is not None and newest > clock_of(row):
            has_news(session, row, on=newest)


def keep_longer(session: CaseSession, report_id: UUID, group: Group, *, reason: str, by: Officer) -> None:
    """A review found that it must be kept: as what, and why. Its period begins again.

    Raises:
        DisposalError: no reason was given.
        NotFoundError, NoKeyError.
    """
    row = _row_that_stays(session, report_id)
    by.keys.data_key(session, row.data_key_id)
    if not reason.strip():
        raise DisposalError("Enter why this report is kept.")
    row.retention_group = group
    has_news(session, row)
    set_group(session, row, group)
    record(session, Act.RETENTION_REVIEWED, report_id, by=by, reason=f"kept as {group}: {reason.strip()}")


def dispose_reviewed(session: CaseSession, report_id: UUID, *, reason: str, by: Officer) -> None:
    """A review found that it is needed no longer; raises as `decide_report`, and DisposalError without a reason."""
    if not reason.strip():
        raise DisposalError("Enter why this report is needed no longer.")
    catch_up(session, report_id, by=by)
    decide_report(session, report_id, Told(Ground.REVIEWED, reason=reason.strip()), by=by)


def propose_erasure(session: CaseSession, report_id: UUID, *, reason: str, by: Officer) -> UUID:
    """Erase it before its period is over: another person approves. Gives the id of the operation."""
    by.keys.data_key(session, report_row(session, report_id).data_key_id)
    return propose(session, Operation.EARLY_ERASURE, subject=report_id, reason=reason, by=by)


def erase_early(session: CaseSession, operation_id: UUID, *, by: Officer) -> UUID:
    """Carry out an approved erasure; gives the id of the report or entry. Commit, then `destroy_agreed`."""
    approved = carry_out(session, operation_id, Operation.EARLY_ERASURE, by=by)
    if approved.subject is None:
        raise NotFoundError("report")
    told = Told(Ground.EARLY, operation_id, approved.reason)
    if approved.parameters.get("record") == Kind.ENTRY:
        decide_entry(session, approved.subject, told, due=session.today, by=by)
    else:
        decide_report(session, approved.subject, told, by=by)
    return approved.subject


def set_hold(session: CaseSession, report_id: UUID, *, reason: str, by: Officer) -> None:
    """Stop every disposal of it, such as for a trial (CPIA).

    Raises:
        DisposalError: no reason was given.
        NotFoundError: there is none, or it was destroyed before this could stop it.
        NoKeyError.
    """
    if not reason.strip():
        raise DisposalError("Enter why nobody may dispose of this report.")
    row = _row_that_stays(session, report_id)
    if is_held(session, report_id):
        return
    hold = LegalHoldRow(id=uuid4(), report_id=report_id, set_by=by.id, set_on=session.today)
    seal_row(session, hold, {"reason": reason.strip()}, by=by, key_id=row.data_key_id)
    session.flush()
    record(session, Act.LEGAL_HOLD_SET, report_id, by=by, reason=reason.strip())


def lift_hold(session: CaseSession, report_id: UUID, *, reason: str, by: Officer) -> None:
    """Let its disposal go on; raises DisposalError without a reason."""
    if not reason.strip():
        raise DisposalError("Enter why the hold is lifted.")
    live = select(LegalHoldRow).where(LegalHoldRow.report_id == report_id, LegalHoldRow.lifted_on.is_(None))
    for hold in session.scalars(live.with_for_update()):
        body = open_row(session, hold, by=by)
        reseal_row(session, hold, body | {"lifted": reason.strip()}, by=by)
        hold.lifted_by, hold.lifted_on = by.id, session.today
    session.flush()
    record(session, Act.LEGAL_HOLD_LIFTED, report_id, by=by, reason=reason.strip())


def _row_that_stays(session: CaseSession, report_id: UUID) -> ReportRow:
    """The row, once whoever is destroying it is done; whoever wants to destroy it waits until this is committed."""
    row = session.get(ReportRow, report_id, with_for_update=True)
    if row is None:
        raise NotFoundError("report")
    return row


def propose_period(session: CaseSession, group: Group, days: int, *, reason: str, by: Officer) -> UUID:
    """Keep records of a group for another time: another person approves. Gives the id of the operation.

    Raises:
        DisposalError: fewer days than anybody could review in, or more than a life.
    """
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise DisposalError(f"Enter a number of days from {FEWEST_DAYS} to {MOST_DAYS:,}.")
    asked = {"group": group.value, "days": days}
    return propose(session, Operation.RETENTION_CHANGE, subject=None, parameters=asked, reason=reason, by=by)


def change_period(session: CaseSession, operation_id: UUID, *, by: Officer) -> int:
    """Carry out an approved change: the reports of the group are kept until their clock and the new period say.

    Gives how many reports that was. One that a file in quarantine keeps stays as it is.
    """
    approved = carry_out(session, operation_id, Operation.RETENTION_CHANGE, by=by)
    group, days = Group(str(approved.parameters["group"])), int(approved.parameters["days"])
    set_period(session, group, days, operation_id)
    changed = keep_group_for(session, group, days)
    record(session, Act.RETENTION_CHANGED, operation_id, by=by, reason=f"{group}: {days} days", count=changed)
    return changed


def keep_group_for(session: CaseSession, group: Group, days: int) -> int:
    """Count the period of every report of a group anew from its clock; gives how many reports that was.

    The database counts, in one statement: a group may have half a million reports, and none is read into memory.
    """
    clock = func.coalesce(ReportRow.clock_from, ReportRow.received_on)
    is_postgres = session.get_bind().dialect.name == "postgresql"
    until = clock + days if is_postgres else func.date(clock, f"+{days} days")
    wanted = update(ReportRow).where(of_group(group), ReportRow.retain_until != NEVER)
    done = session.connection().execute(wanted.values(retain_until=until))
    session.expire_all()
    return done.rowcount


@dataclass(frozen=True)
class Period:
    """How long one group is kept."""

    group: Group
    days: int
    is_usual: bool

    @property
    def afterwards(self) -> str:
        """What becomes of it when the period is over."""
        if self.group in GOES_BY_ITSELF:
            return "Goes by itself, once somebody has read it"
        if self.group is Group.PROTECTION:
            return "Reviewed, and kept until its subject is 100"
        return "Reviewed by a person"


def all_periods(session: CaseSession) -> tuple[Period, ...]:
    """Every group with its days."""
    return tuple(Period(group, days, days == USUAL_DAYS[group]) for group, days in periods(session).items())
