"""A conflict cuts somebody off wherever it lies: in every place its recorder opens, and in what comes later."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from tests.force import Force
from triage.compartments.conflicts import Declared, conflict_of, declare_conflict
from triage.compartments.errors import NobodyLeftError
from triage.compartments.moving import go_on_moving
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.keys.compartments import Compartment, compartments, holders_of, make_compartment
from triage.officers.service import officer_box
from triage.register.browsing import show_entry
from triage.register.entries import Group, Membership, Person
from triage.register.places import Address
from triage.register.service import add_entry
from triage.register.unlocked import HELD

LANE = "12 Quarry Lane, Eastgate"


def lives(reference: str, surname: str, *, at: str = LANE, groups: Sequence[UUID] = ()) -> Person:
    places = tuple(Membership(one, "associate") for one in groups)
    return Person(reference, surname, given_names="Gil", addresses=(Address.parse(at),), memberships=places)


class Lane:
    """Three neighbours: one at the desk, one in a compartment that all three hold, one where only Tess and Sam look."""

    def __init__(self, force: Force) -> None:
        self.force = force
        for name in ("sam", "tom", "tess", "iris"):
            force.officer(name)
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

    def without_tom(self, session: CaseSession) -> set[UUID]:
        tom = self.force.officer("tom").id
        return {one.id for one in compartments(session, by=self.force.officer("sam")) if tom in one.without}


@pytest.fixture
def lane(force: Force) -> Lane:
    return Lane(force)


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
    member = lane.add(lives("N-0803", "Holt", at="3 Elsewhere Road, Harbour", groups=[group]), by="tess")
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
