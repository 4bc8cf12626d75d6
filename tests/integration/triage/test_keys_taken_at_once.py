"""A key is taken, a conflict declared or somebody leaves while the key is rotated: whoever should not hold it does not.

On PostgreSQL two units of work stand beside each other, and neither sees what the other has not committed. On SQLite
one begins to write when the other has ended, so there is nothing to try there.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.desk_work import at_once
from tests.force import Force
from tests.meanwhile import meanwhile
from tests.supervisors import second_supervisor
from triage.compartments.walls import CutOff, cut_off, walls_for
from triage.database import CaseSession
from triage.errors import TriageError
from triage.keys.compartments import compartments, holders_of, make_compartment
from triage.keys.models import BoxRow, BoxState, GrantRow
from triage.keys.recovery import USUAL_SPLIT, make_recovery_box, uncovered
from triage.keys.service import BoxName, box_named, desk_id, rotation_is_due
from triage.keys.system import system_actor
from triage.officers.models import OfficerRow
from triage.officers.people import give_key, leave, suspend, take_key
from triage.officers.recovery import begin_anew
from triage.officers.rotation import begin_rotation
from triage.officers.rules import OfficerState
from triage.officers.service import teams
from triage.officers.vetting import lapse

FIRST = "seven lanterns on a hill"
Work = Callable[[CaseSession], object]
pytestmark = pytest.mark.parametrize("backend", [pytest.param("postgres", marks=pytest.mark.postgres)])


def desk_of(force: Force, *, due: bool = False) -> UUID:
    """The desk's box; where its rotation is due already, taking a key away writes nothing to the row of the box."""
    with force.database.begin() as session:
        boxes = session.scalars(select(BoxRow.id)).all() if due else []
        rotation_is_due(session, boxes)
        return desk_id(session)


def rotates(force: Force, box_id: UUID, by: str = "sam") -> Work:
    ring = force.officer(by).with_new_ring()
    return lambda session: begin_rotation(session, box_id, by=ring)


def opens_desk(force: Force, name: str) -> bool:
    with force.database.look() as session:
        return force.officer(name).keys.anew().holds(session, desk_id(session))


def granted_to(force: Force, box_id: UUID) -> list[UUID]:
    with force.database.look() as session:
        return list(session.scalars(select(GrantRow.box_id).where(GrantRow.to_box_id == box_id)))


def state_of(force: Force, officer_id: UUID) -> str:
    with force.database.look() as session:
        return session.get_one(OfficerRow, officer_id).state


@pytest.mark.parametrize("due", [False, True])
def test_a_key_taken_while_it_is_rotated_is_said_not_to_be_taken(force_on_both: Force, due: bool) -> None:
    """The page is opened again, shows the key that took its place, and that one is taken."""
    force = force_on_both
    rosa, tom, desk = second_supervisor(force), force.officer("tom"), desk_of(force, due=due)
    taking = lambda session: take_key(session, tom.id, desk, by=rosa.with_new_ring())  # noqa: E731
    assert meanwhile(force, rotates(force, desk), taking) == "NotHeldError"
    assert opens_desk(force, "tom")
    assert state_of(force, tom.id) == OfficerState.ACTIVE
    with force.database.begin() as session:
        take_key(session, tom.id, desk_id(session), by=rosa.with_new_ring())
    assert not opens_desk(force, "tom")


@pytest.mark.parametrize("due", [False, True])
def test_a_key_rotated_while_it_is_taken_is_not_given_again(force_on_both: Force, due: bool) -> None:
    force = force_on_both
    rosa, tom, desk = second_supervisor(force), force.officer("tom"), desk_of(force, due=due)
    taking = lambda session: take_key(session, tom.id, desk, by=rosa.with_new_ring())  # noqa: E731
    assert meanwhile(force, taking, rotates(force, desk)) == ""
    assert (opens_desk(force, "tom"), opens_desk(force, "tess")) == (False, True)


@pytest.mark.parametrize("due", [False, True])
def test_whoever_leaves_while_a_key_of_theirs_is_rotated_holds_none(force_on_both: Force, due: bool) -> None:
    force = force_on_both
    ada, tom, desk = force.officer("ada"), force.officer("tom"), desk_of(force, due=due)
    leaving = lambda session: leave(session, tom.id, by=ada.with_new_ring())  # noqa: E731
    assert meanwhile(force, rotates(force, desk), leaving) == ""
    assert (state_of(force, tom.id), granted_to(force, tom.keys.box_id)) == (OfficerState.LEFT, [])
    with force.database.look() as session:
        assert session.get_one(BoxRow, desk_id(session)).rotation_due == session.today


@pytest.mark.parametrize("due", [False, True])
def test_whoever_begins_anew_while_a_key_of_theirs_is_rotated_keeps_none(force_on_both: Force, due: bool) -> None:
    """The seed of before holds nothing, and the key that took the place of the rotated one is given to the new."""
    force = force_on_both
    sam, tom, desk = second_supervisor(force), force.officer("tom"), desk_of(force, due=due)

    def anew(session: CaseSession) -> object:
        by = sam.with_new_ring()
        return begin_anew(session, force.settings, tom.id, passphrase=FIRST, sign_in_name="tom", by=by)

    assert meanwhile(force, rotates(force, desk), anew) == ""
    assert granted_to(force, tom.keys.box_id) == []
    with force.database.look() as session:
        assert session.get_one(OfficerRow, tom.id).box_id in holders_of(session, desk_id(session))


def test_whose_vetting_ended_while_a_key_of_theirs_is_rotated_keeps_none(force_on_both: Force) -> None:
    force, tom = force_on_both, force_on_both.officer("tom")
    desk = desk_of(force, due=True)
    with force.database.begin() as session:
        session.get_one(OfficerRow, tom.id).vetted_until = session.today
    met = meanwhile(force, rotates(force, desk), lambda session: _lapse_tomorrow(force, session))
    assert (met, granted_to(force, tom.keys.box_id)) == ("", [])


def _lapse_tomorrow(force: Force, session: CaseSession) -> None:
    session.now += timedelta(days=1)
    lapse(session, by=system_actor(session, force.settings))


def test_whoever_is_suspended_while_their_key_is_rotated_makes_the_new_one_due(force_on_both: Force) -> None:
    force = force_on_both
    ada, tom, desk = force.officer("ada"), force.officer("tom"), desk_of(force)
    suspending = lambda session: suspend(session, tom.id, reason="A doubt", by=ada.with_new_ring())  # noqa: E731
    assert meanwhile(force, rotates(force, desk), suspending) == ""
    with force.database.look() as session:
        assert session.get_one(BoxRow, desk_id(session)).rotation_due == session.today


def test_a_key_rotated_while_somebody_is_suspended_leaves_them_out(force_on_both: Force) -> None:
    force = force_on_both
    ada, tom, desk = force.officer("ada"), force.officer("tom"), desk_of(force)
    suspending = lambda session: suspend(session, tom.id, reason="A doubt", by=ada.with_new_ring())  # noqa: E731
    assert meanwhile(force, suspending, rotates(force, desk)) == ""
    assert (opens_desk(force, "tom"), opens_desk(force, "tess")) == (False, True)


def test_a_key_given_while_it_is_rotated_is_said_not_to_be_given(force_on_both: Force) -> None:
    """A grant of the old box would end with it, two days later and unsaid."""
    force = force_on_both
    rosa, ada, desk = second_supervisor(force), force.officer("ada"), desk_of(force)
    giving = lambda session: give_key(session, ada.id, desk, by=rosa.with_new_ring())  # noqa: E731
    assert meanwhile(force, rotates(force, desk), giving) == "OutOfDateError"
    assert not opens_desk(force, "ada")


def test_a_key_rotated_while_it_is_given_goes_on_to_who_was_given_it(force_on_both: Force) -> None:
    force = force_on_both
    rosa, desk = second_supervisor(force), desk_of(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        take_key(session, tom.id, desk, by=rosa.with_new_ring())
    giving = lambda session: give_key(session, tom.id, desk, by=rosa.with_new_ring())  # noqa: E731
    assert meanwhile(force, giving, rotates(force, desk)) == ""
    assert opens_desk(force, "tom")


def test_a_conflict_declared_while_the_compartment_is_rotated_is_refused_and_declared_again(
    force_on_both: Force,
) -> None:
    force = force_on_both
    sam, rosa, tom, tess = force.officer("sam"), second_supervisor(force), force.officer("tom"), force.officer("tess")
    with force.database.begin() as session:
        made = make_compartment(session, "Heron", [one.keys.box_id for one in (sam, rosa, tom, tess)], by=sam)

    def cuts_off(box_id: UUID) -> Callable[[CaseSession], CutOff]:
        return lambda session: cut_off(session, tom.id, {box_id: []}, {}, by=rosa.with_new_ring())

    assert meanwhile(force, rotates(force, made.box_id), cuts_off(made.box_id)) == "OutOfDateError"
    with force.database.begin() as session:
        [now] = [one for one in compartments(session, by=sam.with_new_ring()) if one.id == made.id]
        assert (now.without, tom.keys.box_id in holders_of(session, now.box_id)) == ((), True)
        assert cuts_off(now.box_id)(session).lost == (made.id,)
    with force.database.look() as session:
        assert not tom.keys.anew().holds(session, now.box_id)


def test_whoever_leaves_while_a_wall_is_put_up_is_not_behind_it(force_on_both: Force) -> None:
    force = force_on_both
    ada, rosa, tom, tess = force.officer("ada"), second_supervisor(force), force.officer("tom"), force.officer("tess")
    desk = desk_of(force, due=True)
    walling = lambda session: walls_for(session, tess.id, {desk: []}, by=rosa.with_new_ring())  # noqa: E731
    leaving = lambda session: leave(session, tom.id, by=ada.with_new_ring())  # noqa: E731
    assert meanwhile(force, walling, leaving) == ""
    assert granted_to(force, tom.keys.box_id) == []


def test_of_two_last_holders_who_leave_at_once_one_stays(force_on_both: Force) -> None:
    """Otherwise the compartment would be open to the shares of the recovery key alone."""
    force = force_on_both
    sam, ada, tom, tess = (force.officer(name) for name in ("sam", "ada", "tom", "tess"))
    with force.database.begin() as session:
        made = make_compartment(session, "Heron", [tom.keys.box_id, tess.keys.box_id], by=sam)
    met = meanwhile(
        force,
        lambda session: leave(session, tom.id, by=ada.with_new_ring()),
        lambda session: leave(session, tess.id, by=ada.with_new_ring()),
    )
    assert (met, state_of(force, tess.id)) == ("LastHolderError", OfficerState.ACTIVE)
    with force.database.look() as session:
        assert tess.keys.anew().holds(session, made.box_id)


@pytest.mark.parametrize("second", ["taken", "anew", "walled"])
def test_of_two_last_holders_of_whom_one_leaves_the_other_loses_nothing(force_on_both: Force, second: str) -> None:
    force = force_on_both
    rosa, ada, tom, tess = second_supervisor(force), *(force.officer(name) for name in ("ada", "tom", "tess"))
    with force.database.begin() as session:
        made = make_compartment(session, "Heron", [tom.keys.box_id, tess.keys.box_id], by=rosa)
        rotation_is_due(session, [made.box_id])

    def does(session: CaseSession) -> object:
        by = rosa.with_new_ring()
        if second == "taken":
            return take_key(session, tess.id, made.box_id, by=by)
        if second == "walled":
            return cut_off(session, tess.id, {made.box_id: []}, {}, by=tess.with_new_ring())
        return begin_anew(session, force.settings, tess.id, passphrase=FIRST, sign_in_name="tess", by=by)

    met = meanwhile(force, lambda session: leave(session, tom.id, by=ada.with_new_ring()), does)
    assert met == ("NobodyLeftError" if second == "walled" else "LastHolderError")
    with force.database.look() as session:
        assert tess.keys.anew().holds(session, made.box_id)


@pytest.mark.parametrize("name", ["split", "rotated"])
def test_the_recovery_key_split_anew_beside_a_rotation_is_the_only_one_that_opens_it(
    force_on_both: Force, name: str
) -> None:
    """The shares of before open nothing new; what the new ones do not open yet is said."""
    force, desk = force_on_both, desk_of(force_on_both, due=True)
    with force.database.look() as session:
        before = box_named(session, BoxName.RECOVERY).id
    splitting = lambda session: make_recovery_box(session, USUAL_SPLIT)  # noqa: E731
    works = [splitting, rotates(force, desk)] if name == "split" else [rotates(force, desk), splitting]
    assert meanwhile(force, works[0], works[1]) == ""
    assert granted_to(force, before) == []
    with force.database.look() as session:
        found = {one.box_id for one in uncovered(session)}
        assert (desk_id(session) in found) == (name == "rotated")


def test_of_two_splits_at_once_one_counts(force_on_both: Force) -> None:
    """Two live recovery boxes would be taken for a forgery, and nothing could be made any more."""
    force = force_on_both
    splitting = lambda session: make_recovery_box(session, USUAL_SPLIT)  # noqa: E731
    assert meanwhile(force, splitting, splitting) in {"OutOfDateError", ""}
    with force.database.look() as session:
        live = select(BoxRow.id).where(BoxRow.name == BoxName.RECOVERY, BoxRow.state == BoxState.LIVE)
        assert len(session.scalars(live).all()) == 1


def test_rotations_keys_and_leavings_at_once_wait_for_each_other_and_never_for_ever(force_on_both: Force) -> None:
    """Each holds its boxes in one order and before the log: none of them is shot by the database."""
    force = force_on_both
    ada, rosa, sam, tess, tom = (
        force.officer("ada"),
        second_supervisor(force),
        *(force.officer(one) for one in ("sam", "tess", "tom")),
    )
    with force.database.begin() as session:
        eastgate = next(one for one in teams(session, by=sam.with_new_ring()) if one.name == "Eastgate").box_id
        directory = box_named(session, BoxName.DIRECTORY).id
    works: list[Work] = [
        rotates(force, directory),
        rotates(force, eastgate),
        rotates(force, desk_of(force)),
        lambda session: leave(session, tom.id, by=ada.with_new_ring()),
        lambda session: suspend(session, tess.id, reason="A doubt", by=rosa.with_new_ring()),
    ]
    # What is no sentence for people, such as a deadlock, comes out of this.
    for outcome in at_once(*(partial(_committed, force, work) for work in works)):
        assert isinstance(outcome, UUID | TriageError | None), outcome
    assert granted_to(force, tom.keys.box_id) == []


def _committed(force: Force, work: Work) -> object:
    with force.database.begin() as session:
        return work(session)
