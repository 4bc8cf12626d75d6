"""How a report is typed changes nothing, more words never make a stranger sure, and what is looked up is bounded."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.evil_texts import LONGEST, evil_texts
from tests.unit.triage.test_linking_evidence import REGISTER, SOLO, TODAY
from triage.linking.matching import RegisterMatcher, Strength, Suggestion
from triage.linking.reading import MOST_WORDS, key_of, read
from triage.linking.spotting.around import Around
from triage.linking.spotting.people import MOST, each_once, find_people
from triage.linking.spotting.plates import MOST as MOST_PLATES
from triage.linking.spotting.plates import find_plates
from triage.linking.spotting.text import cut
from triage.register.entries import Entry, Group, Membership, Person

MATCHER = RegisterMatcher(REGISTER, today=TODAY)
EVIL = evil_texts(REGISTER)
SENTENCES = [
    "A man called Anthony Larch sells weed.",
    "They call him Big Tony.",
    "He drives a white Golf, plate ends XRT.",
    "He works with Kyle Larch.",
    "He lives at 17 Foundry Road in Eastgate.",
    "His number ends 940.",
    "Blue Corsa, LQ5 something, did not catch the rest.",
    "He rings off a sim, 07 something 40.",
    "One of the Rowan Square Boys was there.",
    "Toby Varnish has a gun.",
    "Kyle Larch sells guns and Ada Castell sells weed.",
    "Tony Larch and Toby Varnish sell weed.",
    "He is about 36 years old.",
    "It goes through Shine Hand Car Wash.",
    "T. Varnish is lending money - ask at MB1 4QQ.",
    "VARNISH, TOBY has a gun.",
    "Someone at 9 Birch Way is dealing.",
    "Séamus was there.",
]
IRRELEVANT = [
    "The bins have not been emptied for weeks.",
    "My daughter Ada walks past there.",
    "I told PC Wilson last year and nothing was done.",
    "It has been going on since Christmas.",
    "The street lights are out again.",
    "I pay 140 pounds a month for this.",
    "My sister drives a white Golf.",
    "My car is a white Golf.",
    "Someone keyed my white Golf.",
    "My reg is MB00 XRT.",
    "I was born 14/03/1990.",
    "I am 36 years old.",
    "I live at 17 Foundry Road in Eastgate.",
    "There is a Larch tree in my garden.",
    "My son is called Kyle.",
    "Kyle from next door told me.",
    "My daughters name is Ada.",
    "You can ring me on 07700 900940.",
]
reports = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True)


def outcome(found: tuple[Suggestion, ...]) -> list[tuple[UUID, Strength]]:
    return [(one.entry_id, one.strength) for one in found]


def suggested(text: str) -> list[tuple[UUID, Strength]]:
    return outcome(MATCHER.suggest(text))


@given(reports)
def test_capitals_change_nothing(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert suggested(text.upper()) == suggested(text) == suggested(text.lower())


@given(reports, st.randoms(use_true_random=False))
def test_the_order_of_sentences_changes_nothing(sentences: list[str], chance: Random) -> None:
    turned = list(sentences)
    chance.shuffle(turned)
    assert suggested(" ".join(turned)) == suggested(" ".join(sentences))


@given(reports, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_the_form_of_unicode_changes_nothing(sentences: list[str], form: str) -> None:
    text = " ".join(sentences)
    assert suggested(unicodedata.normalize(form, text)) == suggested(text)  # type: ignore[arg-type]


FOREIGN = [
    *REGISTER,
    *(
        (
            UUID(int=900 + number),
            Person(f"F{number}", surname, given, memberships=(Membership(SOLO),), online_names=(online,)),
        )
        for number, (given, surname, online) in enumerate(
            [
                ("Ibrahim", "Hassan", "ibra.h"),
                ("Raisa", "Mumin", "rai_m"),
                ("Ibrahim", "Wahba", "wahba1"),
                ("José", "André", "josé_a"),
                ("Sergei", "Malyi", "serg1"),
                ("Nguyễn", "Đức", "đức.ng"),
                ("Kim", "Minjun", "minjun"),
            ]
        )
    ),
]
WRITTEN = [
    "إبراهيم Hassan sells weed",
    "رئيسة مؤمن",
    "إبراهيم ؤهبة",
    "José André sells weed",
    "Сергей Малый sells weed",
    "Nguyễn Đức has a gun",
    "김민준 sells weed",
    "ask josé_a on insta",
    "آدم إبراهيم ﻻ",
    "ﷲ ½ ﬁ Ǆ",
]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("text", WRITTEN)
def test_the_form_of_unicode_changes_nothing_in_any_script(text: str, form: str) -> None:
    ways = (text, unicodedata.normalize(form, text))  # type: ignore[arg-type]
    found = []
    for kept in ways:
        somebody = Person("F9", f"Quar {kept}", "Noor", online_names=(f"{kept}_9",))
        matcher = RegisterMatcher([*FOREIGN, (UUID(int=990), somebody)], today=TODAY)
        found += [[(one.entry_id, one.posterior) for one in matcher.rank(typed)] for typed in ways]
    assert all(each == found[0] for each in found)
    words = [[word.folded for word in read(typed).words] for typed in ways]
    assert words[0] == words[1]
    assert key_of(ways[0]) == key_of(ways[1]) == " ".join(words[0])


@given(st.text(max_size=60), st.sampled_from(["NFC", "NFD"]))
def test_no_text_is_read_otherwise_in_another_form(text: str, form: str) -> None:
    other = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert [word.folded for word in read(text).words] == [word.folded for word in read(other).words]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_is_marked_and_quoted_ends_with_the_whole_of_its_last_letter(form: str) -> None:
    text = unicodedata.normalize(form, "José André, or josé_á on insta")  # type: ignore[arg-type]
    matcher = RegisterMatcher(
        [*REGISTER, (UUID(int=999), Person("F1", "André", "José", online_names=("josé_á",)))], today=TODAY
    )
    said = {unicodedata.normalize(form, one) for one in ("José André", "josé_á")}  # type: ignore[arg-type]
    assert {text[one.start : one.end] for one in matcher.mentions(text)} == said
    assert {reason.said for reason in matcher.suggest(text)[0].reasons} == said


def test_each_word_knows_where_it_stands_in_a_text_of_another_form() -> None:
    text = unicodedata.normalize("NFD", "«Nguyễn»’s Đức, إبراهيم 김민준 ক্ৰোধ 1½")
    written = [text[word.start : word.end] for word in read(text).words]
    for one in ("Nguyễn", "Đức", "إبراهيم", "김민준"):
        assert unicodedata.normalize("NFD", one) in written
    assert all(written)


@given(reports, st.sampled_from(["  ", "\u00a0", " \t", "\u2003", " \u200b"]))
def test_spaces_change_nothing(sentences: list[str], space: str) -> None:
    text = " ".join(sentences)
    assert suggested(text.replace(" ", space)) == suggested(text)


@given(reports, st.sampled_from(IRRELEVANT))
def test_an_irrelevant_sentence_never_makes_anybody_strong(sentences: list[str], irrelevant: str) -> None:
    text = " ".join(sentences)
    strong = {entry for entry, strength in suggested(text) if strength is Strength.STRONG}
    after = {entry for entry, strength in suggested(f"{text} {irrelevant}") if strength is Strength.STRONG}
    assert after <= strong


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_every_suggestion_has_its_reasons(text: str) -> None:
    for one in MATCHER.rank(text):
        assert one.reasons
        assert 0.0 <= one.posterior <= 1.0
        assert len(one.spans) == len(one.reasons)


@pytest.mark.parametrize("register", [[], REGISTER[:1], REGISTER[3:4]])
def test_a_register_of_nothing_or_of_one_answers(register: list[tuple[UUID, Entry]]) -> None:
    small = RegisterMatcher(register, today=date(2026, 6, 1))
    assert small.suggest("a man called Graham at the shop") == ()
    small.mentions("Anthony Larch, MB00 XRT, 07700 900940, one of the Larches")


def one_family(count: int) -> RegisterMatcher:
    """A register of one family, all of whom bear one name."""
    family = UUID(int=1)
    same = [
        (UUID(int=10 + number), Person(f"N{number}", "Larch", "Anthony", memberships=(Membership(family),)))
        for number in range(count)
    ]
    return RegisterMatcher([(family, Group("G1", "Larch family")), *same], today=TODAY)


@pytest.mark.parametrize("count", [2, 5, 30, 300])
@pytest.mark.parametrize("text", ["Anthony Larch sells weed", "one of the Larches"])
def test_of_a_family_with_one_name_the_group_is_suggested_and_nobody_singled_out(count: int, text: str) -> None:
    found = one_family(count).suggest(text)
    assert found[0].kind == "group"
    assert not [one for one in found if one.kind == "person" and one.strength is Strength.STRONG]


@pytest.mark.parametrize("count", [1, 5])
def test_a_companion_is_never_suggested_himself(count: int) -> None:
    matcher = one_family(count)
    for text in ("his cousin Anthony Larch sells weed", "he goes out with Anthony Larch", "married to Tony Larch"):
        assert not [one for one in matcher.suggest(text) if one.kind == "person"]
    assert matcher.suggest("the lad Anthony Larch sells weed")


STRANGERS = [f"He rang 07700 8{number}{number}{number}00." for number in range(9)]


@pytest.mark.parametrize("place", [0, 4, 9])
def test_of_many_things_those_that_the_register_knows_are_weighed_wherever_they_stand(place: int) -> None:
    numbers = [*STRANGERS[:place], "He rang 07700 900940.", *STRANGERS[place:]]
    assert suggested(" ".join(numbers)) == suggested("He rang 07700 900940.")
    plates = [f"AB1{number} CDE was there." for number in range(9)]
    plates.insert(place, "MB00 XRT was there.")
    assert suggested(" ".join(plates)) == suggested("MB00 XRT was there. AB11 CDE was there.")


def forty_ways() -> Iterator[str]:
    for given_name in ("Anthony", "Tony", "A", "anthony", "Antony"):
        for surname in ("Larch", "Larhc", "LARCH", "larch"):
            yield f"{given_name} {surname}"
            yield f"{surname} {given_name}"


def test_one_person_named_forty_ways_is_one_suggestion() -> None:
    found = MATCHER.suggest(". ".join(forty_ways()))
    people = [one.entry_id for one in found if one.kind == "person"]
    assert people[:1] == [UUID(int=10)]
    assert len(people) == len(set(people))


# What is looked up for one report is bounded, however much is in it: counted here, timed by the bench.
def test_no_report_has_more_looked_up_than_the_bounds() -> None:
    names = MATCHER._register.names
    assert len(read("a " * 20_000).words) <= MOST_WORDS
    assert len(each_once(find_people(cut(read("Anthony Larch, Toby Varnish, " * 500)), names))) <= MOST
    many = " ".join(f"Ada Castel{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}," for number in range(600))
    assert len(each_once(find_people(cut(read(many)), names))) <= MOST
    vehicles = MATCHER._register.vehicles
    for many in ("reg AB12 CDE, ", "reg ends LQ5, ", "van, LQ5 something, "):
        assert len(find_plates(Around(cut(read(many * 2_000))), vehicles, {"golf"}, names.words)) <= MOST_PLATES


# The times are the bench's; here, that no text made to be slow breaks anything or is weighed beyond the bounds.
@pytest.mark.parametrize("name", sorted(EVIL))
def test_no_evil_text_breaks_it(name: str) -> None:
    text = EVIL[name]
    assert len(text) <= LONGEST
    assert all(one.reasons for one in MATCHER.suggest(text))
    marks = MATCHER.mentions(text)
    assert all(one.end <= other.start for one, other in pairwise(marks))


def test_evil_texts_are_the_same_each_time_and_of_every_kind() -> None:
    assert evil_texts(REGISTER) == EVIL
    assert len(EVIL) > 50
    assert len(set(EVIL.values())) == len(EVIL)
