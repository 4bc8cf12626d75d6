"""The alert about a declared conflict: whatever lies behind its wall, and what is linked to it at the desk."""

from uuid import UUID

import pytest

from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.pages import PageClient, text_of
from triage.compartments.conflicts import conflicts, declare_conflict
from triage.compartments.later import wall_off_too
from triage.compartments.moving import go_on_moving
from triage.keys.service import desk_id
from triage.linking.service import confirm, take_back
from triage.register.entries import Group, Membership, Person
from triage.register.service import add_entry
from triage.register.unlocked import HELD

RULE = "Declared conflict Tom Arkwright"
ALERTS = "/audit/alerts?days=31"


class Tied:
    """Tom declared a tie to a group. One report about its person went behind the wall, one stands at the desk."""

    def __init__(self, force: Force) -> None:
        self.force = force
        for name in ("sam", "tom", "tess", "iris"):
            force.officer(name)
        self.moved, self.other = report_at_desk(force, "The Harrow lot again."), report_at_desk(force, "Fly-tipping.")
        tess = force.officer("tess")
        with force.database.begin() as session:
            group = add_entry(session, Group("OCG-0700", "Harrow lot"), by=tess)
            places = (Membership(group, "principal"),)
            self.person = add_entry(session, Person("N-0700", "Harrow", given_names="Gil", memberships=places), by=tess)
            self.unrelated = add_entry(session, Person("N-0701", "Doyle", given_names="Una"), by=tess)
            confirm(session, self.moved, self.person, by=tess)
        tom = force.officer("tom")
        done = declare_conflict(force.database, tom.id, "OCG-0700", reason="My cousin", by=tom)
        assert done.move_id is not None
        go_on_moving(force.database, done.move_id, by=lambda: force.officer("sam"))
        HELD.wipe()
        self.new = report_at_desk(force, "Gil Harrow is back at the arch.")

    def link(self, report_id: UUID, entry_id: UUID, *, and_back: bool = False) -> None:
        tess = self.force.officer("tess")
        with self.force.database.begin() as session:
            confirm(session, report_id, entry_id, by=tess)
            if and_back:
                take_back(session, report_id, entry_id, by=tess)

    def alerted(self) -> bool:
        iris = client_for(self.force, "iris")
        iris.page(ALERTS)
        return any(text_of(row).startswith(RULE) for row in iris.root.findall(".//tbody/tr"))

    def tom(self) -> PageClient:
        return client_for(self.force, "tom")


@pytest.fixture
def tied(force: Force) -> Tied:
    return Tied(force)


def test_nothing_was_tried_yet(tied: Tied) -> None:
    assert not tied.alerted()


def test_a_person_of_the_group_was_tried(tied: Tied) -> None:
    tied.tom().page(f"/register/{tied.person}", status=404)
    assert tied.alerted()


def test_a_report_behind_the_wall_was_tried(tied: Tied) -> None:
    tied.tom().page(f"/reports/{tied.moved}", status=404)
    assert tied.alerted()


def test_a_new_report_at_the_desk_that_is_linked_to_it_was_opened(tied: Tied) -> None:
    tied.link(tied.new, tied.person)
    tied.tom().page(f"/reports/{tied.new}")
    assert tied.alerted()


def test_a_new_report_was_opened_before_somebody_linked_it(tied: Tied) -> None:
    tied.tom().page(f"/reports/{tied.new}")
    assert not tied.alerted()
    tied.link(tied.new, tied.person)
    assert tied.alerted()


def test_a_link_that_was_made_weeks_ago_still_ties_a_report(tied: Tied) -> None:
    tied.link(tied.new, tied.person)
    tied.force.clock.forward(days=40)
    tied.tom().page(f"/reports/{tied.new}")
    assert tied.alerted()


def test_what_is_linked_to_nothing_of_it_sets_off_nothing(tied: Tied) -> None:
    tied.link(tied.other, tied.unrelated)
    tied.link(tied.new, tied.person, and_back=True)
    tom = tied.tom()
    for path in (f"/reports/{tied.other}", f"/reports/{tied.new}", f"/register/{tied.unrelated}"):
        tom.page(path)
    assert not tied.alerted()


def test_others_look_at_it_as_they_should(tied: Tied) -> None:
    tied.link(tied.new, tied.person)
    tess = client_for(tied.force, "tess")
    for path in (f"/reports/{tied.moved}", f"/reports/{tied.new}", f"/register/{tied.person}"):
        tess.page(path)
    assert not tied.alerted()


def test_what_came_later_was_opened_before_it_was_walled_off(tied: Tied) -> None:
    with tied.force.database.begin() as session:
        [one] = conflicts(session, by=tied.force.officer("sam"))
        places = (Membership(one.entry_ids[0], "peripheral"),)
        later = Person("N-0702", "Hobbs", given_names="Ned", memberships=places)
        later_id = add_entry(session, later, by=tied.force.officer("tess"), compartment_id=desk_id(session))
    tied.tom().page(f"/register/{later_id}")
    assert not tied.alerted()
    wall_off_too(tied.force.database, one.id, by=tied.force.officer("sam"))
    assert tied.alerted()
