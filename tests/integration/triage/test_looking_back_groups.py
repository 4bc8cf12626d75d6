"""A group that is changed or archived: what its people were found by goes with it, and is looked for anew."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.force import Force, client_for
from tests.integration.triage.test_looking_back import clues_of, look, sent
from triage.linking.origins.looking_back import pending, people_of
from triage.linking.origins.models import FindingRow
from triage.register.entries import Group, Membership, Person
from triage.register.service import add_entry

LOT = Group(reference="", name="The Tarn Lot", aliases=("Cobalt Boys",))
ABOUT_THE_LOT = "Casimir Vortigern of the Cobalt Boys sells pills by the canal."
NOT_THEM = "Big Tony sells pills from the white Golf, plate XRT."


@pytest.fixture
def lot(force: Force) -> tuple[UUID, UUID]:
    """A group and one of it."""
    tom = force.officer("tom")
    with force.database.begin() as session:
        group = add_entry(session, LOT, by=tom)
        person = Person("", "Vortigern", "Casimir", memberships=(Membership(group),))
        other = replace(person, surname="Marlow", given_names="Anthony", nicknames=("Big Tony",), memberships=())
        add_entry(session, other, by=tom)
        return group, add_entry(session, person, by=tom)


@pytest.mark.parametrize("how", ["edit", "archive"])
def test_what_its_people_were_found_by_goes_with_a_group_and_is_looked_for_anew(
    force: Force, lot: tuple[UUID, UUID], how: str
) -> None:
    group, person = lot
    about, other = sent(force, ABOUT_THE_LOT, NOT_THEM)
    look(force)
    assert "Cobalt" in clues_of(force, about)
    assert str(person) in clues_of(force, about)
    beside, client = clues_of(force, other), client_for(force, "tom")
    client.page(f"/register/{group}/{how}")
    client.submit(reason="Gone") if how == "archive" else client.submit(aliases="Viridian Boys")
    with force.database.look() as session:
        assert session.get(FindingRow, about) is None
        assert pending(session, by=force.officer("tom")).reports == 1
    assert clues_of(force, other) == beside
    look(force)
    assert "Cobalt" not in clues_of(force, about)
    assert str(person) in clues_of(force, about), "he is named there still"
    assert clues_of(force, other) == beside


def test_a_group_that_is_called_otherwise_finds_an_old_report_by_its_new_name(
    force: Force, lot: tuple[UUID, UUID]
) -> None:
    group, person = lot
    (about,) = sent(force, "Casimir of the Viridian Boys sells pills by the canal.")
    look(force)
    assert "Viridian" not in clues_of(force, about)
    client = client_for(force, "tom")
    client.page(f"/register/{group}/edit")
    client.submit(aliases="Viridian Boys")
    look(force)
    assert "Viridian" in clues_of(force, about)
    assert str(person) in clues_of(force, about) or str(group) in clues_of(force, about)


def test_the_people_of_a_group_are_told_to_whoever_opens_it_alone(force: Force, lot: tuple[UUID, UUID]) -> None:
    group, person = lot
    tom, nell = force.officer("tom"), force.officer("nell")
    with force.database.look() as session:
        assert people_of(session, group, by=tom) == {person}
        assert people_of(session, person, by=tom) == frozenset()
        assert people_of(session, group, by=nell) == frozenset()
