"""The first matcher: what it counts, how sure it says it is, and that it says nobody."""

from uuid import UUID

import pytest

from triage.linking.matching import Matcher, RegisterMatcher, Strength
from triage.register.entries import Entry, Group, Membership, Person
from triage.register.places import Address, Vehicle

LARCHES, ROWANS = UUID(int=1), UUID(int=2)


def person(number: int, surname: str, given: str, group: UUID, *nicknames: str, **more: object) -> tuple[UUID, Entry]:
    made = Person(f"N{number}", surname, given, nicknames, memberships=(Membership(group),), **more)  # type: ignore[arg-type]
    return UUID(int=number), made


REGISTER: list[tuple[UUID, Entry]] = [
    (LARCHES, Group("G1", "Larch family", ("The Larches",), family_based=True)),
    (ROWANS, Group("G2", "Rowan Square crew", ("RSQ",))),
    person(10, "Larch", "Anthony", LARCHES, "Big Tony", vehicles=(Vehicle("MB00XRT", "Volkswagen", "Golf", "white"),)),
    person(11, "Larch", "Anthony", LARCHES, "Young Tony", addresses=(Address("", "3", "Elm Row"),)),
    person(12, "Larch", "Kyle", LARCHES, addresses=(Address("", "5", "Elm Row"),)),
    person(20, "Varnish", "Toby", ROWANS, "Tobes", phones=("+447700900111",)),
    person(21, "Castell", "Ada", ROWANS),
    person(30, "Ash", "Jo", ROWANS, vehicles=(Vehicle("MC00ASH"),), addresses=(Address("", "9", "Birch Way"),)),
    person(31, "Ash", "Jo", ROWANS, vehicles=(Vehicle("MC00ASH"),), addresses=(Address("", "9", "Birch Way"),)),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return RegisterMatcher(REGISTER)


def test_evidence_of_several_kinds_adds_up_to_a_strong_suggestion(matcher: Matcher) -> None:
    first = matcher.suggest("Big Tony in the white Golf, plate ends XRT")[0]
    assert (first.entry_id, first.group_id, first.strength) == (UUID(int=10), LARCHES, Strength.STRONG)
    assert {reason.evidence for reason in first.reasons} == {"nickname", "part of a plate", "vehicle"}
    assert [reason.others for reason in first.reasons] == [0, 0, 0]


def test_a_whole_telephone_or_plate_is_enough(matcher: Matcher) -> None:
    for text, who in (("he rings from 07700 900111", 20), ("MB00 XRT again", 10)):
        first = matcher.suggest(text)[0]
        assert (first.entry_id, first.strength) == (UUID(int=who), Strength.STRONG)


def test_two_who_fit_alike_are_never_strong(matcher: Matcher) -> None:
    people = [one for one in matcher.suggest("It was Anthony Larch") if one.kind == "person"]
    assert {one.entry_id for one in people} == {UUID(int=10), UUID(int=11)}
    assert all(one.strength is not Strength.STRONG for one in people)
    assert all(one.reasons[0].others == 1 for one in people)


def test_two_who_fit_alike_are_never_strong_however_much_is_said(matcher: Matcher) -> None:
    people = [one for one in matcher.suggest("Jo Ash at 9 Birch Way, MC00 ASH") if one.kind == "person"]
    assert [one.strength for one in people] == [Strength.FAIR, Strength.FAIR]


def test_a_family_is_suggested_where_nobody_of_it_is_singled_out(matcher: Matcher) -> None:
    found = matcher.suggest("One of the Larches from Elm Row")
    assert found[0].kind == "group"
    assert found[0].entry_id == LARCHES


def test_a_misspelt_name_counts_for_less_and_says_so(matcher: Matcher) -> None:
    (right, *_), (wrong, *_) = matcher.suggest("Toby Varnish did it"), matcher.suggest("Toby Varnsih did it")
    assert right.entry_id == wrong.entry_id
    assert not right.reasons[0].near
    assert wrong.reasons[0].near


@pytest.mark.parametrize(
    "text", ["", "Nobody we know", "A man called Graham at the shop", "Someone in a Golf", "12345"]
)
def test_where_nobody_fits_it_says_nobody(matcher: Matcher, text: str) -> None:
    assert matcher.suggest(text) == ()


def test_an_empty_register_suggests_nobody_and_still_marks() -> None:
    empty = RegisterMatcher(())
    assert empty.suggest("Big Tony") == ()
    assert len(empty.mentions("LM60 HST")) == 1


def test_the_order_is_the_same_each_time(matcher: Matcher) -> None:
    text = "Anthony Larch, Kyle Larch, Elm Row, Tobes and RSQ"
    backwards = RegisterMatcher(list(reversed(REGISTER)))
    assert [one.entry_id for one in matcher.suggest(text)] == [one.entry_id for one in backwards.suggest(text)]


def test_no_suggestion_comes_without_a_reason(matcher: Matcher) -> None:
    for one in matcher.suggest("Anthony Larch, Kyle, Elm Row, Tobes and RSQ, XRT"):
        assert one.reasons
        assert all(reason.said and reason.sentence for reason in one.reasons)
        assert len(one.spans) == len(one.reasons)


def test_a_name_in_arabic_letters_is_found_and_marked_whole() -> None:
    people = [("Imran", "Khan"), ("Sajid", "Akhtar"), ("Tariq", "Hussain"), ("Aisha", "Begum")]
    register = [person(40 + at, surname, given, ROWANS) for at, (given, surname) in enumerate(people)]
    matcher = RegisterMatcher([*REGISTER, *register])
    for said, number in (("عمران خان", 40), ("ساجد اختر", 41), ("طارق حسین", 42), ("عائشہ بیگم", 43)):
        first = matcher.suggest(said)[0]
        assert (first.entry_id, first.reasons[0].said) == (UUID(int=number), said)
