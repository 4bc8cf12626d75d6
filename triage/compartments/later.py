"""What came after a wall: entries that fit a standing conflict now, that its person opens, and how they go behind it.

A wall is made of keys, so it stands around what lay there when it was put up. Whoever adds a neighbour at the desk
later may know of no wall. So supervisors are shown what fits now, of what they hold themselves, and press a button.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.compartments.conflicts import Conflict, ConflictState, body_of, conflict_of
from triage.compartments.errors import NothingOutsideError
from triage.compartments.fitting import by_place, fitting
from triage.compartments.models import ConflictRow
from triage.compartments.walls import cut_off, walls_for
from triage.database import CaseSession, Database
from triage.errors import OutOfDateError
from triage.keys.compartments import Compartment, compartments, holders_of
from triage.keys.records import reseal_row
from triage.officers.models import OfficerRow
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.officers.service import officer_box
from triage.register.unlocked import Unlocked, unlock_all


@dataclass(frozen=True)
class Outside:
    """An entry outside the walls of a conflict; `place` is the compartment it lies in, empty for the desk."""

    id: UUID
    reference: str
    name: str
    place: str


@dataclass(frozen=True)
class NotHeld:
    """A compartment that the reader does not hold, so that nothing of it was looked through, and who could look."""

    name: str
    holders: tuple[str, ...]


def outside_the_walls(
    session: CaseSession, found: Iterable[Conflict], *, by: Officer
) -> Mapping[UUID, tuple[Outside, ...]]:
    """By conflict, what fits the standing ones now and lies outside their walls, of what `by` holds; by name."""
    standing = [one for one in found if one.state is ConflictState.STANDING]
    if not standing:
        return {}
    copies = unlock_all(session, by=by)
    at = {one.box_id: one for one in compartments(session, by=by)}
    fit = fitting(copies, [(one.about, one.entry_ids) for one in standing])
    told: dict[UUID, tuple[Outside, ...]] = {}
    for one, entry_ids in zip(standing, fit, strict=True):
        places = _outside(session, one.officer_id, by_place(copies, entry_ids), at)
        if places:
            lines = [_line(copies, at, place, entry_id) for place, ids in places.items() for entry_id in ids]
            told[one.id] = tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.reference, line.id)))
    return told


def not_held(session: CaseSession, *, by: Officer) -> tuple[NotHeld, ...]:
    """The compartments whose registers `by` does not see, by name."""
    found = []
    for one in compartments(session, by=by):
        if not by.keys.holds(session, one.box_id):
            boxes = holders_of(session, one.box_id)
            ids = session.scalars(select(OfficerRow.id).where(OfficerRow.box_id.in_(boxes))).all()
            found.append(NotHeld(one.name, tuple(sorted(names_of(session, ids, by=by).values(), key=str.casefold))))
    return tuple(found)


def wall_off_too(database: Database, conflict_id: UUID, *, by: Officer) -> tuple[UUID, ...]:
    """Cut the person of a standing conflict off from what fits it now as well; gives the moves to go on with.

    Raises:
        NotFoundError: there is no such conflict, or `by` may not read it.
        NothingOutsideError: nothing that `by` holds fits and lies outside.
        NobodyLeftError: nobody else at work would hold it; nothing was changed.
        OutOfDateError: it was lifted, or something was moved meanwhile.
    """
    by = by.with_new_ring()
    with database.begin() as session:
        found, places = _places_of(session, conflict_id, by=by)
        walls = walls_for(session, found.officer_id, places, by=by, standing=found.compartment_ids)
    by = by.with_new_ring()
    with database.begin() as session:
        row = session.get(ConflictRow, conflict_id, with_for_update=True)
        found, places = _places_of(session, conflict_id, by=by)
        done = cut_off(session, found.officer_id, places, walls, by=by)
        entry_ids = {*found.entry_ids, *(one for ids in places.values() for one in ids)}
        now = replace(
            found,
            entry_ids=tuple(sorted(entry_ids)),
            compartment_ids=tuple(dict.fromkeys((*found.compartment_ids, *done.compartment_ids))),
            lost=tuple(dict.fromkeys((*found.lost, *done.lost))),
        )
        assert row is not None  # noqa: S101  it was found above
        reseal_row(session, row, body_of(now), by=by)
        session.flush()
        count = sum(map(len, places.values()))
        reason = "entries that came later walled off too"
        record(session, Act.CONFLICT_DECLARED, conflict_id, by=by, to=found.officer_id, reason=reason, count=count)
        return done.move_ids


def record_conflicts_look(session: CaseSession, conflict_id: UUID | None, *, by: Officer) -> None:
    """Leave the line about a look at one declared conflict, or at all of them, before it."""
    record(session, Act.CONFLICTS_READ, conflict_id, by=by)


def _places_of(
    session: CaseSession, conflict_id: UUID, *, by: Officer
) -> tuple[Conflict, Mapping[UUID, Sequence[UUID]]]:
    found = conflict_of(session, conflict_id, by=by)
    if found.state is not ConflictState.STANDING:
        raise OutOfDateError
    copies = unlock_all(session, by=by)
    [fit] = fitting(copies, [(found.about, found.entry_ids)])
    at = {one.box_id: one for one in compartments(session, by=by)}
    places = _outside(session, found.officer_id, by_place(copies, fit), at)
    if not places:
        raise NothingOutsideError
    return found, places


def _outside(
    session: CaseSession, officer_id: UUID, places: Mapping[UUID, Sequence[UUID]], at: Mapping[UUID, Compartment]
) -> Mapping[UUID, Sequence[UUID]]:
    """The places that do not keep a person out: all but the compartments that say so and whose key they do not hold."""
    own_box_id = officer_box(session, officer_id).id
    return {
        place: ids
        for place, ids in places.items()
        if place not in at or officer_id not in at[place].without or own_box_id in holders_of(session, place)
    }


def _line(copies: Sequence[Unlocked], at: Mapping[UUID, Compartment], place: UUID, entry_id: UUID) -> Outside:
    kept = next(copy.entries[entry_id] for copy in copies if copy.compartment_id == place)
    return Outside(entry_id, kept.reference, kept.entry.shown_name, at[place].name if place in at else "")
