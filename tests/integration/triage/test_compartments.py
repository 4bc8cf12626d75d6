"""A compartment is a wall: what lies behind it is not shown, found, suggested or counted for anybody else."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.desk_work import report_at_desk
from tests.force import Force
from tests.supervisors import second_supervisor
from triage.casefile.queue import Shown, Wanted, queue_page
from triage.compartments.choosing import release_to
from triage.compartments.conflicts import (
    ConflictState,
    conflict_of,
    conflicts,
    declare_conflict,
    lift_conflict,
)
from triage.compartments.errors import NobodyLeftError, NotHereError
from triage.compartments.moving import MoveState, go_on_moving, move_one_report, start_move
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.intake.models import ReportRow
from triage.intake.reports import case_report
from triage.keys.compartments import Compartment, ReleaseTakesTwoError, compartments, holders_of, make_compartment
from triage.keys.rotating import go_on_rotating
from triage.keys.service import desk_id
from triage.linking.service import confirm, decisions_of, reject, reports_linked_to, suggestions_for
from triage.officers.people import give_key, grant_role, suspend
from triage.officers.rotation import begin_rotation
from triage.officers.service import officer_box
from triage.operations.rules import Operation
from triage.operations.service import approve, propose
from triage.register.browsing import browse, show_entry
from triage.register.entries import Kind
from triage.register.importing import import_register
from triage.register.unlocked import HELD, unlock_register
from triage.search.narrowing import Narrowing
from triage.search.query import read_query
from triage.search.reports import find_reports

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
ABOUT = "Big Tony sells pills by the arch with his brother. White Golf, the plate ends XRT."
OTHER = "Fly-tipping behind the allotments every weekend, mattresses mostly."


class Scene:
    """Tony's group on the register, one report confirmed to be about him, and one about something else."""

    def __init__(self, force: Force) -> None:
        self.force = force
        for name in ("sam", "tom", "tess", "iris", "ada", "nell"):
            force.officer(name)
        import_register(force.database, MILLBROOK, by=force.officer("sam"))
        self.about, self.other = report_at_desk(force, ABOUT), report_at_desk(force, OTHER)
        with force.database.begin() as session:
            tess = force.officer("tess")
            desk = unlock_register(session, desk_id(session), by=tess)
            self.tony = desk.by_reference["n-0001"]
            self.group = desk.entries[self.tony].entry.memberships[0].group_id
            self.reference = desk.entries[self.group].entry.reference
            confirm(session, self.about, self.tony, by=tess)
            reject(session, self.other, self.tony, by=tess)

    def finish(self, move_id: UUID | None, by: str) -> None:
        assert move_id is not None
        stand = go_on_moving(self.force.database, move_id, by=lambda: self.force.officer(by), batch=1)
        assert stand.state is MoveState.DONE

    def sees_nothing(self, name: str, *, group: bool = True) -> None:
        """Every list, search, suggestion and count that this person can ask for."""
        officer = self.force.officer(name)
        with self.force.database.begin() as session:
            with pytest.raises(NoKeyError):
                case_report(session, self.about, by=officer)
            for shown in (Shown.ALL, Shown.TO_DO):
                page = queue_page(session, Wanted(shown=shown), by=officer)
                assert [row.id for row in page.rows] == [self.other]
                assert (page.total, page.counts[Shown.ALL]) == (1, 1)
            with pytest.raises((NoKeyError, NotFoundError)):
                show_entry(session, self.tony, by=officer)
            for kind in Kind:
                listed = browse(session, by=officer, kind=kind)
                assert not {line.id for line in listed.lines} & ({self.tony, self.group} if group else {self.tony})
            assert self.tony not in {
                line.id for line in browse(session, by=officer, kind=Kind.PERSON, words="Tony").lines
            }
            found = find_reports(session, read_query("pills"), Narrowing(), by=officer)
            assert (found.hits, found.total) == ((), 1)
            assert not {one.entry_id for one in suggestions_for(session, self.other, by=officer)} & {self.tony}
            assert reports_linked_to(session, self.tony, by=officer) == ()
            assert "Tony" not in str(decisions_of(session, self.other, by=officer))

    def sees_it(self, name: str) -> None:
        officer = self.force.officer(name)
        with self.force.database.begin() as session:
            assert "Big Tony" in str(case_report(session, self.about, by=officer).answers)
            assert {row.id for row in queue_page(session, Wanted(), by=officer).rows} == {self.about, self.other}
            assert show_entry(session, self.tony, by=officer).id == self.tony
            assert [one.report_id for one in reports_linked_to(session, self.tony, by=officer)] == [self.about]


@pytest.fixture
def scene(force_on_both: Force) -> Scene:
    return Scene(force_on_both)


def compartment_for(session: CaseSession, force: Force, *names: str) -> Compartment:
    boxes = [officer_box(session, force.officer(name).id).id for name in names]
    return make_compartment(session, "Operation Heron", boxes, by=force.officer("sam"))


def test_who_holds_a_compartment_sees_it_and_nobody_else_does(scene: Scene) -> None:
    force = scene.force
    scene.sees_it("tom")
    with force.database.begin() as session:
        made = compartment_for(session, force, "sam", "tess")
    with force.database.begin() as session:
        move = start_move(session, made, [scene.group], by=force.officer("sam"))
    scene.finish(move, "sam")
    scene.sees_nothing("tom")
    scene.sees_it("tess")
    with force.database.look() as session:
        assert [one.name for one in compartments(session, by=force.officer("tess"))] == ["Operation Heron"]
        assert compartments(session, by=force.officer("tom")) == ()


def test_what_was_read_into_memory_before_a_move_is_not_found_after_it(scene: Scene) -> None:
    force = scene.force
    with force.database.begin() as session:
        assert find_reports(session, read_query("pills"), Narrowing(), by=force.officer("tom")).hits
        made = compartment_for(session, force, "sam", "tess")
    with force.database.begin() as session:
        move_one_report(session, scene.about, made, by=force.officer("sam"))
    report_at_desk(force, "A new one, so that there are as many as before.")
    with force.database.begin() as session:
        assert not find_reports(session, read_query("pills"), Narrowing(), by=force.officer("tom")).hits
        assert find_reports(session, read_query("pills"), Narrowing(), by=force.officer("tess")).hits


def test_one_person_gives_nobody_a_compartments_key(scene: Scene) -> None:
    force = scene.force
    with force.database.begin() as session:
        made = compartment_for(session, force, "sam", "tess")
    with pytest.raises(ReleaseTakesTwoError), force.database.begin() as session:
        give_key(session, force.officer("tom").id, made.box_id, by=force.officer("sam"))


def test_whoever_declares_a_conflict_is_cut_off_by_key_and_the_others_are_not(scene: Scene) -> None:
    force = scene.force
    tom = force.officer("tom")
    done = declare_conflict(force.database, tom.id, scene.reference, reason="His cousin", by=tom)
    scene.finish(done.move_id, "tom")
    scene.sees_nothing("tom")
    for name in ("tess", "sam"):
        scene.sees_it(name)
    HELD.wipe()
    scene.sees_nothing("tom")


def test_a_declaration_is_read_by_supervisors_and_auditors_alone(scene: Scene) -> None:
    force = scene.force
    tom = force.officer("tom")
    declare_conflict(force.database, tom.id, scene.reference, reason="His cousin", by=tom)
    with force.database.look() as session:
        for name in ("sam", "iris"):
            (one,) = conflicts(session, by=force.officer(name))
            assert (one.officer_id, one.reason, one.about) == (tom.id, "His cousin", scene.reference)
            assert scene.group in one.entry_ids
        for name in ("tess", "ada", "nell"):
            assert conflicts(session, by=force.officer(name)) == ()


def test_a_second_declaration_destroys_a_grant_and_the_rotation_is_due(scene: Scene) -> None:
    force = scene.force
    for name in ("tom", "tess"):
        officer = force.officer(name)
        done = declare_conflict(force.database, officer.id, scene.reference, reason="A neighbour", by=officer)
        if done.move_id:
            scene.finish(done.move_id, "sam")
    scene.sees_nothing("tess")
    scene.sees_it("sam")


def test_the_wall_is_not_put_up_where_nobody_would_be_left(scene: Scene) -> None:
    force = scene.force
    with force.database.begin() as session:
        made = compartment_for(session, force, "tess")
    with force.database.begin() as session:
        start_move(session, made, [scene.group], by=force.officer("sam"))
    tess = force.officer("tess")
    with pytest.raises(NobodyLeftError):
        declare_conflict(force.database, tess.id, scene.reference, reason="His cousin", by=tess)
    with force.database.look() as session:
        assert conflicts(session, by=force.officer("sam")) == ()


def test_a_supervisor_records_a_conflict_about_an_address(scene: Scene) -> None:
    force = scene.force
    with force.database.begin() as session:
        sam = force.officer("sam")
        desk = unlock_register(session, desk_id(session), by=sam)
        address = str(desk.entries[scene.tony].entry.addresses[0])
    done = declare_conflict(force.database, force.officer("tom").id, address, reason="Lives there", by=sam)
    scene.finish(done.move_id, "sam")
    scene.sees_nothing("tom", group=False)


def test_two_people_lift_a_conflict(scene: Scene) -> None:
    force, rosa = scene.force, second_supervisor(scene.force)
    tom = force.officer("tom")
    done = declare_conflict(force.database, tom.id, scene.reference, reason="His cousin", by=tom)
    scene.finish(done.move_id, "sam")
    with force.database.begin() as session:
        operation = propose(
            session, Operation.CONFLICT_LIFT, subject=done.conflict_id, reason="Not kin", by=force.officer("sam")
        )
    with force.database.begin() as session:
        approve(session, operation, by=rosa)
    with force.database.begin() as session:
        lift_conflict(session, operation, by=force.officer("sam"))
        assert conflict_of(session, done.conflict_id, by=force.officer("sam")).state is ConflictState.LIFTED
    scene.sees_it("tom")


def test_what_two_people_agreed_on_gives_no_key_to_somebody_who_is_shut_out_since(scene: Scene) -> None:
    force, rosa = scene.force, second_supervisor(scene.force)
    with force.database.begin() as session:
        made = compartment_for(session, force, "sam", "tess")
    tom = force.officer("tom").id
    agreed = []
    for subject, operation, parameters in (
        (made.id, Operation.BOX_RELEASE, {"officer": str(tom)}),
        (
            declare_conflict(
                force.database, tom, scene.reference, reason="His cousin", by=force.officer("sam")
            ).conflict_id,
            Operation.CONFLICT_LIFT,
            {},
        ),
    ):
        with force.database.begin() as session:
            one = propose(
                session,
                operation,
                subject=subject,
                parameters=parameters,
                reason="He leads on it",
                by=force.officer("sam"),
            )
        with force.database.begin() as session:
            approve(session, one, by=rosa)
        agreed.append(one)
    with force.database.begin() as session:
        suspend(session, tom, by=force.officer("ada"))
    for carry_out, one in zip((release_to, lift_conflict), agreed, strict=True):
        with pytest.raises(NotHereError), force.database.begin() as session:
            carry_out(session, one, by=force.officer("sam"))
    with force.database.look() as session:
        assert officer_box(session, tom).id not in holders_of(session, made.box_id)


def test_a_declared_conflict_holds_through_a_rotation_and_the_keys_of_a_role(scene: Scene) -> None:
    force = scene.force
    tom = force.officer("tom")
    done = declare_conflict(force.database, tom.id, scene.reference, reason="His cousin", by=tom)
    scene.finish(done.move_id, "tom")
    with force.database.begin() as session:
        (made,) = compartments(session, by=force.officer("sam"))
        rotation = begin_rotation(session, made.box_id, by=force.officer("sam"))
    go_on_rotating(force.database, rotation, by=lambda: force.officer("sam"), batch=2)
    with force.database.begin() as session:
        grant_role(session, tom.id, by=force.officer("sam"))
    scene.sees_nothing("tom")
    scene.sees_it("tess")


def test_the_desk_is_rotated_and_everything_goes_on(scene: Scene) -> None:
    force = scene.force
    with force.database.begin() as session:
        before = desk_id(session)
        rotation = begin_rotation(session, before, by=force.officer("sam"))
    scene.sees_it("tom")
    go_on_rotating(force.database, rotation, by=lambda: force.officer("sam"), batch=3)
    force.clock.forward(days=3)
    scene.sees_it("tom")
    assert report_at_desk(force, "Another one")
    with force.database.look() as session:
        assert desk_id(session) != before
        assert session.get_one(ReportRow, scene.about).compartment_id == desk_id(session)
