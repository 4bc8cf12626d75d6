"""Two people at once: of what each does to the same keys one goes first, the other is told, and nothing is lost."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from tests.desk_work import at_once, report_at_desk
from tests.force import Force
from triage.compartments.conflicts import Declared, declare_conflict
from triage.compartments.moving import MoveState, go_on_moving
from triage.errors import OutOfDateError
from triage.intake.models import ReportRow
from triage.keys.compartments import compartments
from triage.keys.models import RotationRow
from triage.keys.records import create_data_key
from triage.keys.rotating import RotatingAlreadyError, go_on_rotating, rotations, settle_rotations
from triage.keys.service import desk_id
from triage.officers.rotation import begin_rotation
from triage.register.importing import import_register
from triage.register.models import EntryRow
from triage.register.unlocked import HELD, unlock_all, unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
PERSON = "n-0001"


def test_two_declare_the_same_group_at_once_and_both_are_cut_off(force_on_both: Force) -> None:
    """On PostgreSQL both begin together; whoever comes second is told, declares it again, and is let in by nothing."""
    force = force_on_both
    people = {name: force.officer(name) for name in ("tom", "tess", "sam")}
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    with force.database.look() as session:
        copy = unlock_register(session, desk_id(session), by=force.officer("sam"))
        group = copy.entries[copy.entries[copy.by_reference[PERSON]].entry.memberships[0].group_id].entry.reference

    def declares(name: str) -> Declared:
        return declare_conflict(force.database, people[name].id, group, reason="A cousin", by=people[name])

    done = at_once(lambda: declares("tom"), lambda: declares("tess"))
    for name, outcome in zip(("tom", "tess"), done, strict=True):
        assert isinstance(outcome, Declared | OutOfDateError), outcome
        if isinstance(outcome, OutOfDateError):
            declares(name)
    moves = [one.move_id for one in done if isinstance(one, Declared) and one.move_id]
    for move in moves:
        assert go_on_moving(force.database, move, by=lambda: force.officer("sam")).state is MoveState.DONE
    HELD.wipe()
    with force.database.look() as session:
        keys = set(session.scalars(select(EntryRow.data_key_id)))
        assert force.officer("sam").keys.open_many(session, keys) == keys
        for name in ("sam", "tom", "tess"):
            seen = any(PERSON in one.by_reference for one in unlock_all(session, by=force.officer(name)))
            assert seen == (name == "sam"), name
        held = [one for one in compartments(session, by=force.officer("sam")) if {people["tom"].id} & set(one.without)]
        assert held


def test_a_key_is_rotated_once_when_two_press_at_once(force_on_both: Force) -> None:
    force = force_on_both
    sam = force.officer("sam")
    with force.database.look() as session:
        desk = desk_id(session)

    def rotates() -> UUID:
        with force.database.begin() as session:
            return begin_rotation(session, desk, by=sam.with_new_ring())

    done = at_once(rotates, rotates)
    assert {type(one) for one in done} == {UUID, RotatingAlreadyError}, done
    with force.database.look() as session:
        assert len(session.scalars(select(RotationRow)).all()) == 1


def test_a_rotation_two_go_on_with_at_once_comes_to_its_end_and_loses_nothing(force_on_both: Force) -> None:
    force = force_on_both
    sam, tess = force.officer("sam"), force.officer("tess")
    with force.database.begin() as session:
        keys = [create_data_key(session, guards=[desk_id(session)], by=sam) for _ in range(20)]
    report = report_at_desk(force)
    with force.database.begin() as session:
        rotation = begin_rotation(session, desk_id(session), by=sam.with_new_ring())

    def goes_on() -> object:
        return go_on_rotating(force.database, rotation, by=sam.with_new_ring, batch=3)

    def writes() -> UUID:
        with force.database.begin() as session:
            return create_data_key(session, guards=[desk_id(session)], by=tess.with_new_ring())

    first, second, written = at_once(goes_on, goes_on, writes)
    assert isinstance(written, UUID)
    assert not isinstance(first, Exception) or not isinstance(second, Exception), (first, second)
    force.clock.forward(days=3)
    with force.database.begin() as session:
        assert settle_rotations(session) == 1
    with force.database.look() as session:
        assert not any(one.is_running for one in rotations(session))
        wanted = {*keys, written, session.get_one(ReportRow, report).data_key_id}
        assert force.officer("tess").keys.open_many(session, wanted) == wanted
