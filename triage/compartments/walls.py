"""Cuts somebody off by key from entries of the register, wherever they lie: in each place a wall, or a grant destroyed.

It takes two units of work. Keys are committed before boxes: a wall that was made in the same one as the first wrapping
for it would after a crash have left that wrapping and no seed. What is left instead is an empty compartment.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.compartments.errors import NobodyLeftError
from triage.compartments.moving import start_move
from triage.database import CaseSession
from triage.errors import OutOfDateError
from triage.keys.compartments import Compartment, compartments, holders_of, keep_out, make_compartment
from triage.keys.holding import hold_live
from triage.keys.keyring import KeyHolder
from triage.keys.models import CompartmentRow
from triage.keys.service import desk_id, hold_to_make, take_away
from triage.officers.holders import boxes_at_work, is_held_without
from triage.officers.service import officer_box
from triage.register.models import EntryRow

Places = Mapping[UUID, Sequence[UUID]]  # the entries to be cut off from, by the place they lie in


@dataclass(frozen=True)
class CutOff:
    """What was done: the compartments that keep the person out, those of which they lost the key, moves to go on with.

    A place that they did not hold keeps them out from now on, and took nothing from them.
    """

    compartment_ids: tuple[UUID, ...]
    lost: tuple[UUID, ...]
    move_ids: tuple[UUID, ...]


def walls_for(
    session: CaseSession,
    officer_id: UUID,
    places: Places,
    *,
    by: KeyHolder,
    name: str = "",
    standing: Collection[UUID] = (),
) -> Mapping[UUID, Compartment]:
    """The walls to be put up, by place; none for a place that is a compartment already.

    Args:
        standing: compartments made for the same conflict before: one that follows the desk takes what lies there now.

    Raises:
        NobodyLeftError: nobody else at work would hold one of the places.
    """
    own_box_id = officer_box(session, officer_id).id
    hold_to_make(session, {*places, *(box_id for place in places for box_id in holders_of(session, place))})
    before = [one for one in compartments(session, by=by) if one.id in standing and one.follows_desk]
    found: dict[UUID, Compartment] = {}
    for place in places:
        if compartment_at(session, place) is not None:
            _would_be_held(session, place, own_box_id)
        elif before and place == desk_id(session) and officer_id in before[0].without:
            found[place] = before[0]
        else:
            called = f"{name} {len(found) + 1}" if name and found else name
            found[place] = _wall(session, place, officer_id, own_box_id, by=by, name=called)
    return found


def cut_off(
    session: CaseSession, officer_id: UUID, places: Places, walls: Mapping[UUID, Compartment], *, by: KeyHolder
) -> CutOff:
    """Shut somebody out of each place, or move what lies there behind the wall that was made for it.

    Raises:
        NobodyLeftError, OutOfDateError.
    """
    own_box_id = officer_box(session, officer_id).id
    hold_live(session, places)
    _must_lie_there(session, places)
    kept_out: list[UUID] = []
    lost: list[UUID] = []
    moves: list[UUID] = []
    for place, entry_ids in places.items():
        compartment_id = compartment_at(session, place)
        if compartment_id is not None:
            keep_out(session, compartment_id, [officer_id], by=by)
            is_lost = _shut_out(session, place, own_box_id, by=by)
        elif place not in walls:
            raise OutOfDateError
        else:
            compartment_id, is_lost = walls[place].id, True
            moves.append(start_move(session, walls[place], entry_ids, by=by))
        kept_out.append(compartment_id)
        lost += [compartment_id] if is_lost else []
    return CutOff(tuple(dict.fromkeys(kept_out)), tuple(dict.fromkeys(lost)), tuple(moves))


def _must_lie_there(session: CaseSession, places: Places) -> None:
    """Whoever had a place first may have moved what lay there behind a wall of somebody else’s."""
    for place, entry_ids in places.items():
        elsewhere = select(EntryRow.id).where(EntryRow.id.in_(entry_ids), EntryRow.compartment_id != place)
        if session.scalars(elsewhere.limit(1)).first() is not None:
            raise OutOfDateError


def compartment_at(session: CaseSession, box_id: UUID) -> UUID | None:
    """The compartment whose box this is; None for the desk's."""
    return session.scalars(select(CompartmentRow.id).where(CompartmentRow.box_id == box_id)).first()


def _would_be_held(session: CaseSession, box_id: UUID, own_box_id: UUID) -> None:
    if own_box_id in holders_of(session, box_id) and not is_held_without(session, box_id, frozenset({own_box_id})):
        raise NobodyLeftError


def _shut_out(session: CaseSession, box_id: UUID, own_box_id: UUID, *, by: KeyHolder) -> bool:
    """Destroy somebody's grant of a compartment, whose rotation is due from now on; False where they had none."""
    if own_box_id not in holders_of(session, box_id):
        return False
    _would_be_held(session, box_id, own_box_id)
    take_away(session, box_id, own_box_id)
    record(session, Act.KEY_REVOKED, box_id, by=by, to=own_box_id, reason="conflict")
    return True


def _wall(
    session: CaseSession, place: UUID, officer_id: UUID, own_box_id: UUID, *, by: KeyHolder, name: str
) -> Compartment:
    """A compartment for everybody at work who holds a place themselves, but one."""
    holders = (holders_of(session, place) & boxes_at_work(session)) - {own_box_id}
    if not holders:
        raise NobodyLeftError
    number = 1 + len(compartments(session, by=by))
    called = name or f"Apart {session.today.isoformat()} ({str(uuid4())[:4]}-{number})"
    return make_compartment(session, called, sorted(holders), without=[officer_id], follows_desk=True, by=by)
