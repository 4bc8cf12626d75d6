"""Vetting: to which level somebody is vetted and until when, and what happens on the day after.

The level is sealed to supervisors and auditors; the day stands in clear, so that the system, which opens nothing, can
take the keys of somebody whose vetting has ended. Whoever has no day has not been vetted here, and a page says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import TriageError
from triage.keys.holding import hold_what_is_granted
from triage.keys.keyring import KeyHolder
from triage.keys.models import GrantRow
from triage.keys.records import open_row, reseal_row, seal_row
from triage.keys.service import BoxName, box_named, take_away
from triage.officers.errors import LastHolderError
from triage.officers.held import row_of_another
from triage.officers.holders import keep_a_holder
from triage.officers.models import OfficerRow, VettingRow
from triage.officers.rules import AT_WORK, OfficerState
from triage.officers.service import state_by_keys
from triage.officers.session import end_sessions_of

WARN_DAYS = 60
LONGEST = timedelta(days=7 * 366)


class Level(StrEnum):
    """To what somebody is vetted, in the words of the vetting code of practice."""

    NPPV_2 = "NPPV level 2"
    NPPV_3 = "NPPV level 3"
    RECRUIT = "recruit vetting"
    MANAGEMENT = "management vetting"
    SECURITY_CHECK = "security check"
    DEVELOPED = "developed vetting"


class VettingDayError(TriageError):
    """A last day that is over, or further away than any vetting lasts."""

    def __init__(self) -> None:
        super().__init__("Enter the last day of their vetting: today or later, and within seven years.")


@dataclass(frozen=True)
class Vetting:
    """How somebody is vetted."""

    level: Level
    until: date
    recorded_on: date


def record_vetting(session: CaseSession, officer_id: UUID, level: Level, until: date, *, by: KeyHolder) -> None:
    """Write down to what somebody else is vetted, and until and including which day.

    Whoever's vetting had ended may sign in again, with the keys they still have; a supervisor gives the others anew.

    Raises:
        NotFoundError, OneselfError, WrongStateError, VettingDayError.
        NoKeyError: it was recorded before, and `by` is no supervisor.
    """
    row = row_of_another(session, officer_id, by=by)
    if not session.today <= until <= session.today + LONGEST:
        raise VettingDayError
    body = {"level": level.value}
    kept = session.get(VettingRow, officer_id)
    if kept is None:
        guards = [box_named(session, BoxName.SUPERVISORS).id, box_named(session, BoxName.AUDIT).id]
        seal_row(session, VettingRow(id=officer_id, recorded_on=session.today), body, by=by, guards=guards)
    else:
        reseal_row(session, kept, body, by=by)
        kept.recorded_on = session.today
    row.vetted_until = until
    if row.state == OfficerState.VETTING_EXPIRED:
        row.state = state_by_keys(session, row)
    session.flush()
    record(session, Act.VETTED, officer_id, by=by, reason=f"until {until.isoformat()}")


def vetting_of(session: CaseSession, officer_id: UUID, *, by: KeyHolder) -> Vetting | None:
    """How somebody is vetted; None where nobody wrote it down, or `by` is neither a supervisor nor an auditor."""
    row, kept = session.get(OfficerRow, officer_id), session.get(VettingRow, officer_id)
    if row is None or kept is None or row.vetted_until is None or not by.keys.opens(session, kept.data_key_id):
        return None
    return Vetting(Level(open_row(session, kept, by=by)["level"]), row.vetted_until, kept.recorded_on)


def lapse(session: CaseSession, *, by: Actor) -> tuple[UUID, ...]:
    """Take the keys of everybody whose vetting has ended, and end their sessions; gives their ids. It needs no key.

    A key that nobody else at work holds stays with them, so that nothing is lost: they cannot sign in to use it, and
    the page of keys says so. `resume_session` and `enter` refuse them from the first moment of the day, swept or not.
    """
    ended = session.scalars(
        select(OfficerRow)
        .where(OfficerRow.state.in_(AT_WORK), OfficerRow.vetted_until < session.today)
        .order_by(OfficerRow.id)
        .with_for_update()
    ).all()
    hold_what_is_granted(session, [row.box_id for row in ended])
    for row in ended:
        row.state = OfficerState.VETTING_EXPIRED
        session.flush()
        for box_id in session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == row.box_id)).all():
            try:
                keep_a_holder(session, box_id, row)
            except LastHolderError:
                continue
            take_away(session, box_id, row.box_id)
        end_sessions_of(session, row.id)
        record(session, Act.OFFICER_SUSPENDED, row.id, by=by, reason="vetting expired")
    return tuple(row.id for row in ended)


def days_left(until: date | None, today: date) -> int | None:
    """Days until and including the last one; None where it is not known. 0 and less: it has ended."""
    return None if until is None else (until - today).days + 1


def is_short(until: date | None, today: date) -> bool:
    """Whether it is time to renew."""
    left = days_left(until, today)
    return left is not None and left <= WARN_DAYS
