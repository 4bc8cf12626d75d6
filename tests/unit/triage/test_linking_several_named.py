"""Several people who are plainly named in one report: each is suggested, and none has another's words for his own."""

from uuid import UUID

import pytest

from tests.unit.triage.test_linking_evidence import (
    ADA,
    KYLE,
    LARCHES,
    REGISTER,
    ROWANS,
    TOBY,
    TODAY,
    TONY,
    evidence,
    person,
)
from triage.linking.fellows import are_fellows
from triage.linking.matching import RegisterMatcher, Strength
from triage.register.entries import Group, Person

MATCHER = RegisterMatcher(REGISTER, today=TODAY)
NEW = [(UUID(int=70 + number), Group(f"X{number}", f"{name} network")) for number, name in enumerate(("Oslo", "Bern"))]
FOUR = {"Ada Castell": ADA, "Kyle Larch": KYLE, "Wilma Pennock": UUID(int=80), "Osric Tandy": UUID(int=81)}
LARGER = [
    *REGISTER,
    *NEW,
    *(person(FOUR[f"{given} {surname}"], given, surname, NEW[number][0]) for number, (given, surname) in enumerate(
        (("Wilma", "Pennock"), ("Osric", "Tandy"))
    )),
]  # fmt: skip


def shown(text: str) -> dict[UUID, Strength]:
    return {one.entry_id: one.strength for one in MATCHER.suggest(text)}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ada Castell sells weed. Kyle Larch sells guns.", {ADA, KYLE}),
        ("Kyle Larch sells guns. Ada Castell sells weed.", {ADA, KYLE}),
        ("Toby Varnish sells weed. Kyle Larch sells guns.", {TOBY, KYLE}),
        ("Tony Larch and Toby Varnish sell weed.", {TONY, TOBY}),
        ("Toby Varnish and Tony Larch sell weed.", {TONY, TOBY}),
        ("Tony Larch and Kyle Larch sell weed.", {TONY, KYLE}),
        ("Tony Larch, Kyle Larch, Toby Varnish and Ada Castell sell weed.", {TONY, KYLE, TOBY, ADA}),
    ],
)
@pytest.mark.parametrize("typed", [str, str.lower, str.upper])
def test_everybody_who_is_plainly_named_is_suggested(text: str, who: set[UUID], typed: type[str]) -> None:
    found = MATCHER.suggest(typed(text))
    assert {one.entry_id for one in found} == who
    assert len({one.strength for one in found}) == 1
    for one in found:
        assert evidence(one)["full name"].lower() in typed(text).lower()
        assert "Named as well, in words of their own:" in one.runner_up
        assert one.name not in one.runner_up


def test_a_full_name_is_worth_the_same_whoever_is_named_beside() -> None:
    matcher = RegisterMatcher(LARGER, today=TODAY)
    alone = matcher.suggest("Kyle Larch sells weed.")[0]
    for count in range(2, 5):
        found = matcher.suggest(" ".join(f"{name} sells weed." for name in list(FOUR)[:count]))
        assert {one.entry_id for one in found} == set(list(FOUR.values())[:count])
        assert {one.strength for one in found} == {alone.strength} == {Strength.FAIR}
        assert all(one.posterior <= alone.posterior for one in found)


def test_a_brother_makes_nobody_surer_by_a_surname_they_share() -> None:
    renamed = [
        (number, Person(entry.reference, "Hollow", entry.given_names, entry.nicknames, memberships=entry.memberships))
        if number == TONY and isinstance(entry, Person)
        else (number, entry)
        for number, entry in REGISTER
    ]
    text = "Ada Castell sells weed. Kyle Larch sells guns."
    found = RegisterMatcher(renamed, today=TODAY).suggest(text)
    assert {one.entry_id: one.strength for one in found} == shown(text)


def test_what_is_known_of_one_makes_nobody_of_the_other() -> None:
    found = shown("Kyle Larch sells guns from 5 Elm Row in Eastgate. Ada Castell sells weed.")
    assert found[KYLE] is Strength.STRONG
    assert ADA in found


def test_one_named_in_several_ways_is_no_companion_of_his_own() -> None:
    for text in ("Tony Larch deals. Anthony Larch is known for it.", "Anthony Larch deals. Big Tony is known for it."):
        assert set(shown(text)) == {TONY}


def test_a_companion_is_not_taken_for_one_of_several_who_are_meant() -> None:
    assert set(shown("Toby Varnish sells weed. He works with Kyle Larch.")) == {TOBY}


def test_one_who_bears_the_name_of_two_is_named_by_both() -> None:
    twins = [person(UUID(int=60 + number), "Kyle", "Larch", ROWANS if number else LARCHES) for number in range(2)]
    register = [*(one for one in REGISTER if one[0] != KYLE), *twins]
    found = RegisterMatcher(register, today=TODAY).rank("Kyle Larch sells guns.")
    assert max(one.posterior for one in found if one.kind == "person") < 0.5, "they are each other's rivals"


def test_fellows_have_a_name_each_and_none_in_common() -> None:
    assert are_fellows(0b01, 0b10)
    assert not are_fellows(0b01, 0b11)
    assert not are_fellows(0, 0b10)


def test_a_pronoun_makes_nobody_strong_through_a_rival_it_does_not_fit() -> None:
    text = "Kyle Larch sells guns and Ada Castell sells weed. One of the Rowan Square Boys was there."
    before, after = shown(text), shown(f"{text} She said nothing.")
    strong = {entry for entry, strength in after.items() if strength is Strength.STRONG}
    assert strong <= {entry for entry, strength in before.items() if strength is Strength.STRONG}


@pytest.mark.parametrize(("name", "pronoun"), [("Toby Varnish", "He"), ("Ada Castell", "She")])
def test_a_pronoun_makes_nobody_strong(name: str, pronoun: str) -> None:
    before, after = shown(f"{name} has a gun."), shown(f"{name} has a gun. {pronoun} said nothing.")
    assert set(before.values()) == {Strength.FAIR}
    assert after == before
