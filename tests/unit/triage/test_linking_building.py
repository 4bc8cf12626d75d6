"""The index of texts that were opened is that of the entries they hold, however they arrive."""

from uuid import UUID

import pytest

from triage.keys.records import text_of
from triage.linking.columns.building import build_register
from triage.linking.holder.building import Building, build_matcher
from triage.linking.matching import RegisterMatcher
from triage.register.bodies import read_stored
from triage.register.entries import Entry, Group, Membership, Person, Status, entry_body
from triage.register.errors import BodyError
from triage.register.places import Address, Vehicle

GROUP, OTHER, GONE = UUID(int=9), UUID(int=4), UUID(int=5)
ENTRIES: dict[UUID, Entry] = {
    GROUP: Group("G1", "The Larches", ("Larch Lane",), area="Eastgate", businesses=("Larch Cars",)),
    OTHER: Group("G2", "The Tarn Lot", notes="Never in the index"),
    GONE: Group("G3", "The Elms", status=Status.ARCHIVED),
    UUID(int=2): Person(
        "P1",
        "Skellow",
        "Anthony Joseph",
        ("Big Tony", "Skellow Tony", "the Larch"),
        "1984-02-30",
        "M",
        addresses=(Address("Foundry Court", "12A", "Foundry Rd", "Eastgate", "MB1 4QQ"), Address(street="Mill Lane")),
        vehicles=(Vehicle("MB00XRT", "Volkswagen", "Golf", "white"), Vehicle("", "Ford")),
        phones=("+447700900101",),
        online_names=("big tony 84",),
        businesses=("Tony's Motors",),
        memberships=(Membership(GROUP), Membership(GONE), Membership(OTHER, "leader"), Membership(GROUP)),
        notes="Never in the index",
    ),
    UUID(int=7): Person("P2", "van der Berg", "", born="1990", sex="f", addresses=(Address("", "3", "", "", "MB1"),)),
    UUID(int=8): Person("P3", "", "Abdul Rahman", memberships=(Membership(OTHER),), status=Status.ARCHIVED),
    UUID(int=1): Person("P4", "Larch", "Lee", born="1984-02-29", memberships=(Membership(OTHER),)),
}
TEXTS = sorted((one.hex, text_of(entry_body(entry))) for one, entry in ENTRIES.items())
REPORT = "Big Tony Skellow of 12a Foundry Road drives a white golf MB00 XRT, ring 07700 900101. He is with the Larches."


def test_from_texts_it_suggests_what_it_suggests_from_entries() -> None:
    expected = RegisterMatcher(ENTRIES.items()).rank(REPORT)
    assert UUID(int=2) in {one.entry_id for one in expected}
    assert build_matcher(TEXTS, len(TEXTS)).rank(REPORT) == expected


@pytest.mark.parametrize("at_a_time", [1, 2, 100])
def test_what_is_noted_a_few_at_a_time_is_what_is_noted_at_once(at_a_time: int) -> None:
    building = Building()
    for begin in range(0, len(TEXTS), at_a_time):
        some = TEXTS[begin : begin + at_a_time]
        building.note([one for one, _ in some], [read_stored(text) for _, text in some], [text for _, text in some])
    assert building.is_in_order
    assert building.noted == len(TEXTS)
    assert building.finish().rank(REPORT) == RegisterMatcher(ENTRIES.items()).rank(REPORT)


def test_entries_out_of_order_are_noticed() -> None:
    building = Building()
    for one, text in reversed(TEXTS):
        building.note([one], [read_stored(text)], [text])
    assert not building.is_in_order


def test_the_columns_say_what_the_entries_say() -> None:
    register = build_register(ENTRIES.items())
    assert [register.group_ids[number] for number in range(len(register.groups))] == [OTHER, GROUP]
    assert [one.reference for one in register.people] == ["P4", "P1", "P2"]
    tony = 1
    assert register.groups_of(tony).tolist() == [1, 0], "in the order of memberships, each once, none archived"
    assert register.members_of(0).tolist() == [0, 1]
    assert register.born.tolist() == [19840229, 0, 19900000]
    assert register.sexes.tolist() == [0, 1, 2]
    assert register.names.initials.of("a skellow").tolist() == [tony]
    assert register.names.called.of("anthonyjoseph").tolist() == [tony]
    assert register.names.called.of("tony").tolist() == [tony]
    assert register.names.called.of("skellow").tolist() == [], "a nickname's word that is the surname says nothing more"
    assert register.names.surname.of("vanderberg").tolist() == [2]
    assert register.names.surname.of("berg").tolist() == [2]
    rows = register.places.streets.of("foundry court")
    assert rows.tolist() == register.places.streets.of("foundry road").tolist() == [0]
    assert register.places.number_of.tolist() == [register.places.number_id("12a"), -1, register.places.number_id("3")]
    assert register.places.outward.of("mb1").tolist() == [0]
    assert register.vehicles.makes.of("ford").tolist() == [1]
    assert register.vehicles.makes_of_model == {"golf": {"volkswagen"}}
    assert register.phrases.online.of("bigtony84").tolist() == [tony]


def test_what_is_read_for_a_page_has_no_notes() -> None:
    building = Building()
    building.note([one for one, _ in TEXTS], [read_stored(text) for _, text in TEXTS], [text for _, text in TEXTS])
    register = building._register
    assert {one.notes for one in [*register.people, *register.groups]} == {""}


def test_a_text_of_another_shape_builds_nothing() -> None:
    with pytest.raises(BodyError):
        build_matcher([(UUID(int=1).hex, b'{"kind":"person"}')], 1)


def test_nothing_at_all_is_a_register_too() -> None:
    assert build_matcher([], 0).suggest(REPORT) == ()
