"""What the pages of compartments show and let somebody choose, and what a choice does."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from sqlalchemy import select

from triage.compartments.conflicts import box_to_trust, desk_officers
from triage.compartments.errors import KeptOutError
from triage.compartments.moving import Move, NothingToMoveError, entries_of, go_on_moving, move_one_report, moves
from triage.compartments.moving import start_move as _start_move
from triage.database import CaseSession, Database
from triage.errors import NotFoundError
from triage.intake.models import ReportRow
from triage.keys.compartments import (
    Compartment,
    TooFewHoldersError,
    compartment_of,
    compartments,
    hold_compartments,
    holders_of,
    make_compartment,
)
from triage.keys.service import grant
from triage.officers.models import OfficerRow
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.officers.service import officer_box
from triage.operations.rules import Operation
from triage.operations.service import carry_out
from triage.register.unlocked import unlock_all

HOLDERS_LEAST = 2
SECONDS_A_PAGE = 8.0


@dataclass(frozen=True)
class Described:
    """One compartment as a page shows it; `is_held` says whether the reader opens what lies in it."""

    compartment: Compartment
    holders: tuple[tuple[UUID, str], ...]
    kept_out: tuple[str, ...]
    could: tuple[tuple[UUID, str], ...]
    entries: int
    moves: tuple[Move, ...]
    is_held: bool


def described(session: CaseSession, compartment: Compartment, *, by: Officer) -> Described:
    """A compartment with the people who hold it; how much lies in it is told to its holders alone."""
    boxes = holders_of(session, compartment.box_id)
    ids = session.scalars(select(OfficerRow.id).where(OfficerRow.box_id.in_(boxes))).all()
    names = names_of(session, {*ids, *compartment.without}, by=by)
    holders = sorted(((one, names[one]) for one in ids), key=lambda each: (each[1].casefold(), each[0]))
    is_held = by.keys.holds(session, compartment.box_id)
    never = {*ids, *compartment.without}
    return Described(
        compartment,
        tuple(holders),
        tuple(sorted(names[one] for one in compartment.without)),
        tuple(one for one in desk_officers(session, by=by) if one[0] not in never),
        len(entries_of(session, compartment)) if is_held else 0,
        moves(session, compartment.id) if is_held else (),
        is_held,
    )


def every_compartment(session: CaseSession, *, by: Officer) -> tuple[Described, ...]:
    return tuple(described(session, one, by=by) for one in compartments(session, by=by))


def make_for(session: CaseSession, name: str, officer_ids: set[UUID], *, by: Officer) -> UUID:
    """A compartment for people of the desk.

    Raises:
        TooFewHoldersError, CompartmentNameError.
    """
    known = {one for one, _ in desk_officers(session, by=by)}
    if len(officer_ids) < HOLDERS_LEAST or not officer_ids <= known:
        raise TooFewHoldersError
    boxes = [officer_box(session, one).id for one in sorted(officer_ids)]
    return make_compartment(session, name, boxes, by=by).id


def move_in(session: CaseSession, compartment_id: UUID, what: str, *, by: Officer) -> tuple[UUID, ...]:
    """Move what is meant by a reference or a report's id; gives the moves to go on with, none for one report.

    Raises:
        NothingToMoveError, NotFoundError, NoKeyError.
    """
    compartment, what = compartment_of(session, compartment_id, by=by), what.strip()
    for copy in unlock_all(session, by=by):
        entry_id = copy.by_reference.get(what.casefold())
        if entry_id is not None:
            return (_start_move(session, compartment, [entry_id], by=by),)
    try:
        report_id = UUID(what)
    except ValueError:
        raise NothingToMoveError from None
    row = session.get(ReportRow, report_id)
    if row is None or not by.keys.opens(session, row.data_key_id):
        raise NothingToMoveError
    move_one_report(session, report_id, compartment, by=by)
    return ()


def go_on_for_a_page(database: Database, move_ids: Iterable[UUID], *, by: Officer) -> None:
    """Go on with moves for as long as somebody waits for a page; the rest is for the next press of the button."""
    until = monotonic() + SECONDS_A_PAGE
    for move_id in move_ids:
        go_on_moving(database, move_id, by=by.with_new_ring, stop=lambda _stand: monotonic() > until)


def release_to(session: CaseSession, operation_id: UUID, *, by: Officer) -> UUID:
    """Carry out what two people agreed on: somebody is given a compartment's key. Gives the compartment's id.

    Raises:
        KeptOutError, NotHereError, NotFoundError, NoKeyError, UnvouchedBoxError, and what `carry_out` raises.
    """
    hold_compartments(session)
    done = carry_out(session, operation_id, Operation.BOX_RELEASE, by=by)
    if done.subject is None:
        raise NotFoundError("compartment")
    compartment, officer_id = compartment_of(session, done.subject, by=by), UUID(str(done.parameters["officer"]))
    if officer_id in compartment.without:
        raise KeptOutError
    grant(session, compartment.box_id, box_to_trust(session, officer_id), by=by)
    return compartment.id
