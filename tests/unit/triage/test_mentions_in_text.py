"""Mentions: found as people write them, marked where they stand, in bounded time on anything."""

import random
import time
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.linking.matching import RegisterMatcher, Strength
from triage.linking.reading import key_of, read
from triage.register.entries import Entry, Group, Membership, Person, Status
from triage.register.places import Address, Vehicle

LARCHES = UUID(int=1)
# Processor seconds. Each of these texts takes less than one; a pattern that goes back over what it has read takes
# minutes on any of them. So this bound is about neither the machine nor its other work: a bench holds the close one.
FAR_TOO_LONG = 30.0
REGISTER: list[tuple[UUID, Entry]] = [
    (LARCHES, Group("G1", "Larch family", ("Larch Lane lot",), family_based=True, area="Eastgate")),
    (
        UUID(int=2),
        Person(
            "N1",
            "Larch",
            "Anthony",
            ("Big Tony",),
            addresses=(Address("", "17", "Foundry Road", "Foundry"),),
            vehicles=(Vehicle("MB00XRT", "Volkswagen", "Golf", "white"),),
            phones=("+447700900101",),
            online_names=("big.tony_69",),
            businesses=("Shine Hand Car Wash",),
            memberships=(Membership(LARCHES, "principal"),),
        ),
    ),
    (
        UUID(int=3),
        Person("N2", "Larch", "Kyle", ("Bear",), vehicles=(Vehicle("AB12ODE"),), memberships=(Membership(LARCHES),)),
    ),
    (UUID(int=4), Person("N3", "O'Dàrragh", "Séamus", ("Ćwikła",))),
    (UUID(int=5), Person("N4", "خان", "محمد", ())),
    (UUID(int=6), Person("N5", "Gone", "Old", ("Goner",), status=Status.ARCHIVED)),
]


MATCHER = RegisterMatcher(REGISTER)


@pytest.fixture(scope="module")
def matcher() -> RegisterMatcher:
    return MATCHER


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("They call him BIG TONY round here", "BIG TONY", "person"),
        ("Ask big  tony", "big  tony", "person"),
        ("he goes out with Kelly Smith", "Kelly Smith", "person"),
        ("she is married to Kelly Smith", "Kelly Smith", "person"),
        ("he sits in the Red Lion pub", "Red Lion pub", "business"),
        ("he was there on 3rd March", "3rd March", "date"),
        ("he was there on March 3rd 2026", "March 3rd 2026", "date"),
        ("seen 12/03/2026", "12/03/2026", "date"),
        ("07700 900111 07700 900222", "07700 900111", "phone"),
        ("07700 900111 07700 900222", "07700 900222", "phone"),
        ("+44 7700 900111 07700 900222", "+44 7700 900111", "phone"),
        ("It is Big\u200bTony\u200b, no Big\u00a0Tony", "Big\u00a0Tony", "person"),
        ("Ｂｉｇ Ｔｏｎｙ", "Ｂｉｇ Ｔｏｎｙ", "person"),
        ("it was Big Tony's car", "Big Tony", "person"),
        ("one of the Larches", "Larches", "person"),
        ("all Larchs, they say", "Larchs", "person"),
        ("seamus o’darragh", "seamus o’darragh", "person"),
        ("Seamus ODarragh", "Seamus ODarragh", "person"),
        ("one Cwikla", "Cwikla", "person"),
        ("at 17 Foundry Rd.", "17 Foundry Rd", "place"),
        ("on foundry road", "foundry road", "place"),
        ("a white VW Golf", "white VW Golf", "vehicle"),
        ("plate MB00 XRT", "MB00 XRT", "vehicle"),
        ("plate mb oo xrt", "mb oo xrt", "vehicle"),
        ("reg ends XRT", "XRT", "vehicle"),
        ("registration starting MB00", "MB00", "vehicle"),
        ("AB12 0DE went past", "AB12 0DE", "vehicle"),
        ("ring 07700 900101", "07700 900101", "phone"),
        ("ring +44 (0)7700-900101 now", "+44 (0)7700-900101", "phone"),
        ("his number ends 0101", "0101", "phone"),
        ("insta big.tony_69", "big.tony_69", "account"),
        ("the shine hand car wash", "shine hand car wash", "business"),
        ("a plate not on the register: LM60 HST", "LM60 HST", "vehicle"),
        ("some number, 0161 496 0999", "0161 496 0999", "phone"),
    ],
)
def test_what_people_write_is_marked_where_it_stands(matcher: RegisterMatcher, text: str, said: str, kind: str) -> None:
    marked = {(text[one.start : one.end], one.kind) for one in matcher.mentions(text)}
    assert (said, kind) in marked


@pytest.mark.parametrize(
    "text",
    [
        "a bear was in the woods, It said",
        "In 2019 there were 0101 of them",
        "The XRT programme",
        "old goner",
        "the boy and the lads of the family",
        "",
        "\u200b\u202e",
    ],
)
def test_ordinary_words_are_not_marked(matcher: RegisterMatcher, text: str) -> None:
    assert matcher.mentions(text) == ()


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_and_marks_stay_inside_it(text: str) -> None:
    found = MATCHER.mentions(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(text[word.start : word.end] for word in read(text).words)


@given(st.lists(st.sampled_from(["Big", "Tony", "rd", "St", "O'Neill's", "07700", "é", "王", "-", "'"]), max_size=8))
def test_a_phrase_reads_the_same_on_the_register_and_in_a_report(parts: list[str]) -> None:
    text = " ".join(parts)
    assert key_of(text) == " ".join(word.folded for word in read(text).words)


def large_register(people: int) -> list[tuple[UUID, Entry]]:
    chance = random.Random(7)
    parts = ["lan", "mor", "dek", "sil", "tor", "ven", "har", "bel", "kin", "rud", "pex", "wol"]
    return [
        (
            UUID(int=number + 100),
            Person(
                f"N{number}",
                "".join(chance.choices(parts, k=3)).title(),
                "".join(chance.choices(parts, k=2)).title(),
                ("".join(chance.choices(parts, k=2)).title(),),
            ),
        )
        for number in range(people)
    ]


EVIL = {
    "one letter": "a" * 20_000,
    "one letter apart": "a " * 10_000,
    "digits": "0" * 20_000,
    "digits apart": "1 " * 10_000,
    "brackets": "(-" * 10_000,
    "plates": "AB12 " * 4_000,
    "apostrophes": "a'" * 10_000,
    "marks": "e\u0301\u0300" * 6_000,
    "slips": "Lanmordex Tolven " * 1_200,
}


@pytest.fixture(scope="module")
def large() -> RegisterMatcher:
    return RegisterMatcher(large_register(5_000))


@pytest.mark.parametrize("name", sorted(EVIL))
def test_no_text_holds_the_officer_up(large: RegisterMatcher, name: str) -> None:
    assert seconds_for(large, EVIL[name]) < FAR_TOO_LONG


def test_five_thousand_names_in_one_report_are_read_at_once(large: RegisterMatcher) -> None:
    text = " ".join(entry.shown_name for _, entry in large_register(5_000))[:20_000]
    assert seconds_for(large, text) < FAR_TOO_LONG
    assert not [one for one in large.suggest(text) if one.strength is Strength.STRONG]


def seconds_for(matcher: RegisterMatcher, text: str) -> float:
    """Processor seconds, which a busy machine hardly lengthens."""
    started = time.process_time()
    matcher.suggest(text)
    matcher.mentions(text)
    return time.process_time() - started
