"""A conflict cuts somebody off wherever it lies: in every place its recorder opens, and in what comes later."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.audit_lines import audit_lines
from tests.force import Force, client_for
from tests.supervisors import client_of_second_supervisor, second_supervisor
from triage.audit.acts import Act
from triage.compartments.conflicts import Declared, conflict_of, conflicts, declare_conflict, lift_conflict
from triage.compartments.errors import NobodyLeftError, NothingOutsideError
from triage.compartments.later import outside_the_walls, wall_off_too
from triage.compartments.models import ConflictRow
from triage.compartments.moving import go_on_moving
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.keys.compartments import Compartment, compartments, holders_of, make_compartment
from triage.keys.records import open_row, reseal_row
from triage.keys.service import desk_id
from triage.officers.service import officer_box
from triage.operations.rules import Operation
from triage.operations.service import approve, propose
from triage.register.browsing import show_entry
from triage.register.entries import Group, Kind, Membership, Person
from triage.register.errors import FieldError
from triage.register.models import EntryRow
from triage.register.places import Address
from triage.register.service import add_entry
from triage.register.unlocked import HELD

LANE, ELSEWHERE = "12 Quarry Lane, Eastgate", "3 Weir Road, Harbour"


def lives(reference: str, surname: str, *, at: str = LANE, groups: Sequence[UUID] = ()) -> Person:
    places = tuple(Membership(one, "associate") for one in groups)
    return Person(reference, surname, given_names="Gil", addresses=(Address.parse(at),), memberships=places)


class Lane:
    """Three neighbours: one at the desk, one in a compartment that all three hold, one where only Tess and Sam look."""

    def __init__(self, force: Force) -> None:
        self.force = force
        for name in ("sam", "tom", "tess", "iris"):
            force.officer(name)
        with force.database.look() as session:
            self.desk = desk_id(session)
        self.heron = self.compartment("Operation Heron", "sam", "tom", "tess")
        self.desk_one = self.add(lives("N-0801", "Harrow"), by="tess")
        self.heron_one = self.add(lives("N-0802", "Hollis"), by="tess", into=self.heron.box_id)

    def compartment(self, name: str, *holders: str) -> Compartment:
        with self.force.database.begin() as session:
            boxes = [officer_box(session, self.force.officer(one).id).id for one in holders]
            return make_compartment(session, name, boxes, by=self.force.officer("sam"))

    def add(self, entry: Person | Group, *, by: str, into: UUID | None = None) -> UUID:
        with self.force.database.begin() as session:
            return add_entry(session, entry, by=self.force.officer(by), compartment_id=into)

    def tom_declares(self, about: str = LANE, *, by: str = "tom") -> Declared:
        tom = self.force.officer("tom")
        done = declare_conflict(self.force.database, tom.id, about, reason="A neighbour", by=self.force.officer(by))
        for move_id in done.move_ids:
            go_on_moving(self.force.database, move_id, by=lambda: self.force.officer(by))
        HELD.wipe()
        return done

    def opened_by(self, name: str) -> set[UUID]:
        """Which of the entries this person opens, each tried by its own page."""
        found = set()
        for entry_id in (self.desk_one, self.heron_one):
            if self.opens(name, entry_id):
                found.add(entry_id)
        return found

    def opens(self, name: str, entry_id: UUID) -> bool:
        officer = self.force.officer(name)
        try:
            with self.force.database.begin() as session:
                show_entry(session, entry_id, by=officer)
        except NoKeyError:
            return False
        return True

    def ids_in(self, place: UUID) -> set[UUID]:
        with self.force.database.look() as session:
            return set(session.scalars(select(EntryRow.id).where(EntryRow.compartment_id == place)))

    def is_person(self, entry_id: UUID) -> bool:
        with self.force.database.look() as session:
            return session.get_one(EntryRow, entry_id).kind == Kind.PERSON

    def without_tom(self, session: CaseSession) -> set[UUID]:
        tom = self.force.officer("tom").id
        return {one.id for one in compartments(session, by=self.force.officer("sam")) if tom in one.without}


@pytest.fixture
def lane(force_on_both: Force) -> Lane:
    return Lane(force_on_both)


@pytest.mark.parametrize("by", ["tom", "sam"])
def test_a_neighbour_at_the_desk_and_one_in_a_compartment_are_both_behind_a_wall(lane: Lane, by: str) -> None:
    assert lane.opened_by("tom") == {lane.desk_one, lane.heron_one}
    done = lane.tom_declares(by=by)
    assert lane.opened_by("tom") == set()
    assert lane.opened_by("tess") == lane.opened_by("sam") == {lane.desk_one, lane.heron_one}
    with lane.force.database.look() as session:
        sam = lane.force.officer("sam")
        found = conflict_of(session, done.conflict_id, by=sam)
        assert set(found.entry_ids) == {lane.desk_one, lane.heron_one}
        assert set(found.compartment_ids) == lane.without_tom(session)
        assert len(found.compartment_ids) == 2
        assert officer_box(session, lane.force.officer("tom").id).id not in holders_of(session, lane.heron.box_id)


def test_a_group_in_a_compartment_and_its_people_at_the_desk_are_both_behind_a_wall(lane: Lane) -> None:
    group = lane.add(Group("OCG-0800", "Quarry lot"), by="tess", into=lane.heron.box_id)
    member = lane.add(lives("N-0803", "Holt", at=ELSEWHERE, groups=[group]), by="tess", into=lane.desk)
    lane.tom_declares("OCG-0800")
    assert not lane.opens("tom", group)
    assert not lane.opens("tom", member)
    assert lane.opens("tess", member)
    assert lane.opens("tom", lane.desk_one)


def test_where_one_wall_would_leave_nobody_no_wall_is_put_up(lane: Lane) -> None:
    alone = lane.compartment("Operation Wren", "tom")
    lane.add(lives("N-0804", "Hurst"), by="tom", into=alone.box_id)
    with lane.force.database.look() as session:
        before = [one.id for one in compartments(session, by=lane.force.officer("sam"))]
    with pytest.raises(NobodyLeftError):
        lane.tom_declares()
    assert lane.opened_by("tom") == {lane.desk_one, lane.heron_one}
    with lane.force.database.look() as session:
        assert [one.id for one in compartments(session, by=lane.force.officer("sam"))] == before


def test_a_neighbour_who_comes_later_is_shown_to_supervisors_and_walled_off_at_a_press(lane: Lane) -> None:
    lane.tom_declares()
    later = lane.add(lives("N-0805", "Hobbs"), by="tess")
    lane.add(lives("N-0806", "Hyde", at=ELSEWHERE), by="tess")
    assert lane.opens("tom", later), "the wall was put up before"
    with lane.force.database.look() as session:
        walls = lane.without_tom(session)
    sam = client_for(lane.force, "sam")
    sam.page("/conflicts")
    sam.sees("Gil Hobbs (N-0805)")
    assert "Hyde" not in sam.text()
    assert "Harrow" not in sam.text()
    sam.submit(button=f"Wall them off too: Tom Arkwright, {LANE}")
    sam.sees("They are cut off from that, too.")
    sam.does_not_see("Hobbs")
    HELD.wipe()
    assert not lane.opens("tom", later)
    assert lane.opens("tess", later)
    with lane.force.database.look() as session:
        assert lane.without_tom(session) == walls, "what came later goes behind the wall that stands"
        [found] = conflicts(session, by=lane.force.officer("sam"))
        assert later in found.entry_ids


def test_a_person_added_to_a_walled_group_fits_it(lane: Lane) -> None:
    group = lane.add(Group("OCG-0800", "Quarry lot"), by="tess", into=lane.heron.box_id)
    lane.tom_declares("OCG-0800")
    later = lane.add(lives("N-0807", "Hind", at=ELSEWHERE, groups=[group]), by="tess", into=lane.desk)
    sam = lane.force.officer("sam")
    with lane.force.database.look() as session:
        [(conflict_id, [outside])] = outside_the_walls(session, conflicts(session, by=sam), by=sam).items()
    assert (outside.id, outside.place) == (later, "")
    wall_off_too(lane.force.database, conflict_id, by=sam)
    HELD.wipe()
    assert not lane.opens("tom", later)
    assert lane.opens("tess", later)
    with pytest.raises(NothingOutsideError):
        wall_off_too(lane.force.database, conflict_id, by=lane.force.officer("sam"))


def test_whoever_holds_what_the_recorder_does_not_is_named_and_walls_it_off(lane: Lane) -> None:
    rosa = second_supervisor(lane.force)
    wren = lane.compartment("Operation Wren", "tom", "tess")
    with lane.force.database.begin() as session:
        boxes = [rosa.keys.box_id, *(officer_box(session, lane.force.officer(one).id).id for one in ("tom", "tess"))]
        finch = make_compartment(session, "Operation Finch", boxes, by=rosa)
    for reference, place in (("N-0808", wren), ("N-0809", finch)):
        lane.add(lives(reference, "Hewer"), by="tess", into=place.box_id)
    lane.tom_declares(by="sam")
    sam = client_for(lane.force, "sam")
    sam.page("/conflicts")
    sam.sees("Where you cannot look")
    sam.sees("Operation Wren: held by Tess")
    sam.sees("Operation Finch: held by Rosa Thorne")
    sam.does_not_see("Hewer")
    client = client_of_second_supervisor(lane.force)
    client.page("/conflicts")
    client.sees("Gil Hewer (N-0809)")
    client.submit(button=f"Wall them off too: Tom Arkwright, {LANE}")
    with lane.force.database.look() as session:
        assert finch.id in lane.without_tom(session)
        assert officer_box(session, lane.force.officer("tom").id).id not in holders_of(session, finch.box_id)


def test_an_auditor_reads_conflicts_and_presses_nothing(lane: Lane) -> None:
    lane.tom_declares()
    lane.add(lives("N-0805", "Hobbs"), by="tess")
    iris = client_for(lane.force, "iris")
    iris.page("/conflicts")
    iris.sees("A neighbour")
    assert "Hobbs" not in iris.text()
    assert "Wall them off" not in iris.text()
    [line] = [one for one in audit_lines(lane.force, lane.force.officer("iris").id) if one["act"] == Act.CONFLICTS_READ]
    assert "subject" not in line


def test_lifting_gives_back_the_keys_that_the_conflict_took_and_no_other(lane: Lane) -> None:
    never = lane.compartment("Operation Wren", "sam", "tess")
    lane.add(lives("N-0808", "Hewer"), by="tess", into=never.box_id)
    done, rosa = lane.tom_declares(by="sam"), second_supervisor(lane.force)
    with lane.force.database.begin() as session:
        assert never.id in lane.without_tom(session)
        operation = propose(
            session, Operation.CONFLICT_LIFT, subject=done.conflict_id, reason="Moved", by=lane.force.officer("sam")
        )
    with lane.force.database.begin() as session:
        approve(session, operation, by=rosa)
    with lane.force.database.begin() as session:
        lift_conflict(session, operation, by=lane.force.officer("sam"))
    assert lane.opened_by("tom") == {lane.desk_one, lane.heron_one}
    with lane.force.database.look() as session:
        assert lane.without_tom(session) == set()
        assert officer_box(session, lane.force.officer("tom").id).id not in holders_of(session, never.box_id)


def test_a_person_put_into_a_walled_group_goes_behind_its_wall(lane: Lane) -> None:
    lane.add(Group("OCG-0800", "Quarry lot"), by="tess", into=lane.heron.box_id)
    lane.tom_declares("OCG-0800")
    tess = client_for(lane.force, "tess")
    tess.page("/register/people/new")
    tess.sees("Quarry lot (in a compartment)")
    tess.submit(reference="N-0810", surname="Hobbs", memberships="OCG-0800, significant", button="Save person")
    tess.sees("It lies in a compartment")
    [later] = [one for one in lane.ids_in(lane.heron.box_id) if one != lane.heron_one and lane.is_person(one)]
    assert not lane.opens("tom", later)
    tom = client_for(lane.force, "tom")
    tom.page("/register/people/new")
    assert "Quarry" not in tom.text()


def test_a_person_at_the_desk_is_not_put_into_a_walled_group_there(lane: Lane) -> None:
    group = lane.add(Group("OCG-0800", "Quarry lot"), by="tess", into=lane.heron.box_id)
    tess = client_for(lane.force, "tess")
    tess.page(f"/register/{lane.desk_one}/edit")
    tess.submit(memberships="OCG-0800, significant", button="Save person")
    tess.sees("Have a supervisor move this person")
    tess.page(f"/register/{lane.heron_one}/edit")
    tess.submit(memberships="OCG-0800, significant", button="Save person")
    tess.sees("The register now says this")
    with lane.force.database.begin() as session:
        shown = show_entry(session, lane.heron_one, by=lane.force.officer("tess"))
    assert [one.id for one in shown.places] == [group]


def test_a_person_of_groups_in_two_compartments_lies_in_neither(lane: Lane) -> None:
    wren = lane.compartment("Operation Wren", "sam", "tess")
    groups = [
        lane.add(Group(reference, name), by="tess", into=place.box_id)
        for reference, name, place in (("OCG-0800", "Quarry lot", lane.heron), ("OCG-0801", "Weir lot", wren))
    ]
    with pytest.raises(FieldError, match="different compartments"):
        lane.add(lives("N-0810", "Hobbs", groups=groups), by="tess")


def test_a_conflict_of_before_there_could_be_several_walls_is_read_as_it_was(lane: Lane) -> None:
    done, sam = lane.tom_declares("N-0801"), lane.force.officer("sam")
    with lane.force.database.begin() as session:
        row = session.get_one(ConflictRow, done.conflict_id)
        body = open_row(session, row, by=sam)
        [wall] = body.pop("compartments")
        del body["lost"]
        reseal_row(session, row, body | {"compartment": wall}, by=sam)
    with lane.force.database.look() as session:
        found = conflict_of(session, done.conflict_id, by=sam)
    assert [str(one) for one in found.compartment_ids] == [str(one) for one in found.lost] == [wall]
