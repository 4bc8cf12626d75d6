"""A report at the desk that is about something behind a wall: whom that may be told, and who moves it there.

Nobody is told of a wall whose key they do not hold: whoever reads the same page without it reads of nobody and nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from triage.compartments.errors import MoveReasonError
from triage.compartments.moving import move_one_report
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.intake.models import ReportRow
from triage.keys.compartments import Compartment, compartment_of, compartments, holders_of
from triage.keys.rewrapping import boxes_of_place
from triage.officers.models import OfficerRow, is_at_work
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.register.entries import Kind, Status
from triage.register.models import EntryRow
from triage.register.unlocked import unlock_register
from web.filters import listed, long_date

REASON_MOST = 200
NAMES_TOLD = 3


@dataclass(frozen=True)
class HandOver:
    """A compartment that a report belongs in, and the supervisors who hold it and can move the report there."""

    compartment_id: UUID
    name: str
    about: str
    supervisors: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a report can be moved to, with what its reader may know of it: the name alone can be a mere date."""

    compartment: Compartment
    about: str


def compartments_meant(
    session: CaseSession, report_id: UUID, entry_ids: Iterable[UUID], *, by: Officer
) -> tuple[HandOver, ...]:
    """The compartments other than the report's own in which these entries lie, of those whose key `by` holds."""
    row = session.get(ReportRow, report_id)
    wanted = set(entry_ids)
    if row is None or not wanted:
        return ()
    places = set(session.scalars(select(EntryRow.compartment_id).where(EntryRow.id.in_(wanted))))
    places -= boxes_of_place(session, row.compartment_id)
    if not places:
        return ()
    meant = [one for one in compartments(session, by=by) if one.box_id in places and by.keys.holds(session, one.box_id)]
    return tuple(
        HandOver(one.id, one.name, told_of(session, one, by=by), _supervisors(session, one, by=by)) for one in meant
    )


def places_for(session: CaseSession, report_id: UUID, *, by: Officer) -> tuple[Place, ...]:
    """Where a report can be moved to: every compartment but its own, whether or not `by` holds it.

    Raises:
        NotFoundError: there is no such report.
        NoKeyError: `by` does not open it.
    """
    row = _opened(session, report_id, by=by)
    others = [one for one in compartments(session, by=by) if one.box_id != row.compartment_id]
    return tuple(Place(one, told_of(session, one, by=by)) for one in others)


def told_of(session: CaseSession, compartment: Compartment, *, by: Officer) -> str:
    """What `by` may know of a compartment: whom it is about, where they hold its key, and who holds it otherwise.

    A wall that a conflict put up is named by its day, which tells whoever has to choose one nothing.
    """
    if by.keys.holds(session, compartment.box_id):
        names = _names_in(session, compartment, by=by)
        if names:
            return f"about {listed(names)}"
    rows = session.scalars(select(OfficerRow.id).where(OfficerRow.box_id.in_(holders_of(session, compartment.box_id))))
    holders = sorted(names_of(session, rows.all(), by=by).values(), key=str.casefold)
    return f"held by {listed(holders) or 'nobody'}, made on {long_date(compartment.made_on)}"


def _names_in(session: CaseSession, compartment: Compartment, *, by: Officer) -> list[str]:
    """The groups on its register, or the people where there is no group; the first few, and how many more."""
    there = [
        one
        for one in unlock_register(session, compartment.box_id, by=by).entries.values()
        if one.status is not Status.ARCHIVED
    ]
    groups = [one for one in there if one.kind is Kind.GROUP]
    names = sorted((one.entry.shown_name for one in groups or there), key=str.casefold)
    more = len(names) - NAMES_TOLD
    return [*names[:NAMES_TOLD], f"{more} more"] if more > 0 else names


def move_to(session: CaseSession, report_id: UUID, compartment_id: UUID, *, reason: str, by: Officer) -> bool:
    """Move a report behind a wall; gives whether `by` opens it there.

    Raises:
        MoveReasonError, NotFoundError, NoKeyError, NothingToMoveError.
    """
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= REASON_MOST:
        raise MoveReasonError
    _opened(session, report_id, by=by)
    compartment = compartment_of(session, compartment_id, by=by)
    move_one_report(session, report_id, compartment, reason=reason, by=by)
    return by.keys.holds(session, compartment.box_id)


def _opened(session: CaseSession, report_id: UUID, *, by: Officer) -> ReportRow:
    row = session.get(ReportRow, report_id)
    if row is None:
        raise NotFoundError("report")
    if not by.keys.opens(session, row.data_key_id):
        raise NoKeyError
    return row


def _supervisors(session: CaseSession, compartment: Compartment, *, by: Officer) -> tuple[str, ...]:
    rows = session.scalars(
        select(OfficerRow).where(
            OfficerRow.role == Role.SUPERVISOR, OfficerRow.box_id.in_(holders_of(session, compartment.box_id))
        )
    ).all()
    names = names_of(session, [row.id for row in rows if is_at_work(row, session.today)], by=by)
    return tuple(sorted(names.values(), key=str.casefold))
