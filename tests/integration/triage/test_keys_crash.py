"""Keys are committed before cases, and the power can go between the two: nothing is lost, and nobody is let in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.desk_work import report_at_desk
from tests.force import Force
from triage.compartments.conflicts import declare_conflict
from triage.compartments.following import follow_keys
from triage.compartments.moving import MoveState, go_on_moving, move_one_report, moves, start_move
from triage.database import CaseSession, Database
from triage.errors import NoKeyError
from triage.intake.models import ReportRow
from triage.intake.reports import case_report
from triage.keys.compartments import compartments, make_compartment
from triage.keys.desk_index import DESK_INDEX_KEY
from triage.keys.rewrapping import BoxNotKeptError
from triage.keys.rotating import go_on_rotating
from triage.keys.service import desk_id
from triage.keys.system import system_actor
from triage.linking.service import confirm
from triage.officers.rotation import begin_rotation
from triage.officers.service import officer_box
from triage.register.importing import import_register
from triage.register.models import EntryRow
from triage.register.unlocked import HELD, unlock_all, unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
PERSON = "n-0001"


class Crash(Exception):  # noqa: N818  it is what happens to the program, not an error of it
    """The power goes."""


@dataclass
class Falls:
    """A database whose power goes after `units` units of work, once the keys of the next one are kept."""

    database: Database
    units: int

    @contextmanager
    def begin(self) -> Iterator[CaseSession]:
        if self.units:
            self.units -= 1
            with self.database.begin() as session:
                yield session
            return
        session = self.database._open(self.database.case, self.database.keys)
        try:
            yield session
            session.flush()
            session.keys.commit()
            raise Crash
        finally:
            session.rollback()
            session.close()


def falls(force: Force, units: int) -> Database:
    return Falls(force.database, units)  # type: ignore[return-value]


def sees_tony(force: Force, name: str) -> bool:
    """Whether he is in what this person is shown of the register, alone and after others have opened it."""
    with force.database.look() as session:
        return any(PERSON in copy.by_reference for copy in unlock_all(session, by=force.officer(name)))


def group_of_tony(force: Force) -> tuple[UUID, str]:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    with force.database.look() as session:
        copy = unlock_register(session, desk_id(session), by=force.officer("tess"))
        group = copy.entries[copy.entries[copy.by_reference[PERSON]].entry.memberships[0].group_id]
        return group.id, group.entry.reference


def nothing_is_lost(force: Force) -> None:
    """Sam is at the desk and no conflict keeps him from anything, so he opens every entry and every report."""
    with force.database.look() as session:
        for model in (EntryRow, ReportRow):
            keys = set(session.scalars(select(model.data_key_id)))
            assert force.officer("sam").keys.open_many(session, keys) == keys


def first_key_of_the_desk(force: Force) -> bytes:
    with force.database.look() as session:
        by = force.officer("sam")
        return by.keys.data_key(session, DESK_INDEX_KEY).secret


def rows_follow(force: Force) -> int:
    with force.database.begin() as session:
        return follow_keys(session, by=lambda: system_actor(session, force.settings))


@pytest.mark.parametrize("units", [0, 1])
def test_a_wall_that_falls_with_the_power_loses_nothing_and_lets_nobody_in(force_on_both: Force, units: int) -> None:
    """Before the wall is kept nothing happened; after it, what went behind it stays there, and is gone on with."""
    force = force_on_both
    _, reference = group_of_tony(force)
    about = report_at_desk(force, "Big Tony sells pills by the arch.")
    tom = force.officer("tom")
    with force.database.begin() as session:
        tess = force.officer("tess")
        tony = unlock_register(session, desk_id(session), by=tess).by_reference[PERSON]
        confirm(session, about, tony, by=tess)
    with pytest.raises(Crash):
        declare_conflict(falls(force, units), tom.id, reference, reason="His cousin", by=tom)
    HELD.wipe()
    nothing_is_lost(force)
    # Whoever reads first leaves a copy of the desk's register in memory: it holds nothing that the next may not open.
    assert sees_tony(force, "tess") or units
    assert sees_tony(force, "tom") == (units == 0)
    if units == 0:
        assert rows_follow(force) == 0
        return
    assert rows_follow(force) > 1, "the group, its people and their ties"
    assert rows_follow(force) == 0
    assert not sees_tony(force, "tom")
    assert sees_tony(force, "tess")
    with force.database.look() as session:
        [move] = [one for each in compartments(session, by=force.officer("tess")) for one in moves(session, each.id)]
    assert go_on_moving(force.database, move.id, by=lambda: force.officer("sam")).state is MoveState.DONE
    with pytest.raises(NoKeyError), force.database.look() as session:
        case_report(session, about, by=force.officer("tom"))
    nothing_is_lost(force)


def test_a_report_that_a_crash_parted_from_its_key_is_found_behind_the_wall(force_on_both: Force) -> None:
    force = force_on_both
    report_id = report_at_desk(force, "Big Tony sells pills by the arch.")
    people = [force.officer(name) for name in ("sam", "tess")]
    with force.database.begin() as session:
        boxes = [officer_box(session, one.id).id for one in people]
        made = make_compartment(session, "Heron", boxes, by=force.officer("sam"))
    with pytest.raises(Crash), falls(force, 0).begin() as session:
        move_one_report(session, report_id, made, by=force.officer("sam"))
    nothing_is_lost(force)
    with pytest.raises(NoKeyError), force.database.look() as session:
        case_report(session, report_id, by=force.officer("tom"))
    assert rows_follow(force) == 1
    assert rows_follow(force) == 0
    with force.database.look() as session:
        assert session.get_one(ReportRow, report_id).compartment_id == made.box_id
        assert case_report(session, report_id, by=force.officer("tess")).id == report_id


def test_nothing_is_wrapped_for_a_wall_that_a_crash_would_take_away(force: Force) -> None:
    """The seed of a box made in this unit of work is kept after the keys are, so nothing goes there before."""
    group, _ = group_of_tony(force)
    people = [force.officer(name) for name in ("sam", "tess")]
    with force.database.look() as session:
        boxes = [officer_box(session, one.id).id for one in people]
        made = make_compartment(session, "Heron", boxes, by=force.officer("sam"))
        with pytest.raises(BoxNotKeptError):
            start_move(session, made, [group], by=force.officer("sam"))


def test_a_rotation_of_the_desk_that_falls_as_it_begins_loses_no_mailbox(force_on_both: Force) -> None:
    """Mailboxes are found by the desk's first key: it opens after the crash, and after the rotation that comes then."""
    force = force_on_both
    with force.database.look() as session:
        sam = force.officer("sam")
        first = sam.keys.compartment_key(session, desk_id(session)).secret
    with pytest.raises(Crash), falls(force, 0).begin() as session:
        begin_rotation(session, desk_id(session), by=force.officer("sam"))
    assert first_key_of_the_desk(force) == first
    with force.database.begin() as session:
        rotation = begin_rotation(session, desk_id(session), by=force.officer("sam"))
    assert first_key_of_the_desk(force) == first
    go_on_rotating(force.database, rotation, by=lambda: force.officer("sam"))
    assert first_key_of_the_desk(force) == first
