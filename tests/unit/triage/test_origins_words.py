"""Which texts are one telling: by simulated reports of known origin, and by what must never matter."""

from collections import defaultdict
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.tellings import SEED_DEVELOPMENT, SEED_TEST, Kind, measured, tellings
from triage.linking.matching import Strength, Suggestion
from triage.linking.mentions import Mention
from triage.linking.origins.facts import Fact, facts_of, join_facts, reasons_for
from triage.linking.origins.grouping import Said, Tied, groups_of
from triage.linking.origins.hearsay import Flag, signs_in
from triage.linking.origins.likeness import likeness, weigh
from triage.linking.origins.passages import passages_shared
from triage.linking.origins.shelf import MOST_IN_A_BAND, Shelf
from triage.linking.origins.sieving import sieve_for
from triage.linking.origins.telling import MOST_WORDS, form_of, telling_of
from triage.linking.reasons import Reason
from triage.register.entries import Group, Person
from triage.register.places import Address, Vehicle

TEXT = "The man at the car wash keeps a pistol under the till and threatened the lad who sweeps up with it on Sunday."


def one_telling(one: str, other: str) -> bool:
    return likeness(telling_of(one), telling_of(other), lambda _word: 3.0).is_one_telling


@pytest.mark.parametrize("seed", [SEED_DEVELOPMENT, SEED_TEST])
def test_copies_and_retellings_meet_and_independent_reports_of_one_person_do_not(seed: int) -> None:
    found = measured(tellings(seed, subjects=100))
    assert found.near_copies >= 0.95
    assert found.retellings >= 0.8
    assert found.precision >= 0.97
    assert found.independent_pairs >= 1_000
    assert found.independent_merged == 0


def test_the_simulation_has_every_kind_and_is_the_same_each_time() -> None:
    told = tellings(7, subjects=10)
    assert told == tellings(7, subjects=10)
    assert {one.kind for one in told} == set(Kind)
    by_subject = defaultdict(set)
    for one in told:
        by_subject[one.subject].add(one.origin)
    assert all(len(origins) >= 3 for origins in by_subject.values())


@pytest.mark.parametrize(
    "same",
    [
        TEXT.upper(),
        TEXT.lower().replace(".", ""),
        TEXT.replace(" ", "  "),
        TEXT.replace("i", "i\u200b"),
        TEXT.replace("i", "i\u0301"),
        f"Fwd: {TEXT}",
        f"{TEXT} Please do something.",
        TEXT.replace("threatened", "threatens"),
    ],
)
def test_capitals_spaces_hidden_letters_endings_and_courtesies_are_no_difference(same: str) -> None:
    assert one_telling(TEXT, same)


@pytest.mark.parametrize(
    "other",
    [
        "I saw him wave a pistol by the car wash. Sunday, about noon. The lad ran.",
        "There is a car wash where a lad who sweeps up sells weed to school children on Sunday.",
        "",
        "The",
        "Please help, someone told me that they are.",
    ],
)
def test_the_same_things_in_other_words_are_another_telling(other: str) -> None:
    assert not one_telling(TEXT, other)


def test_two_short_notes_with_the_same_name_and_street_are_two_tellings() -> None:
    assert not one_telling("Tony Skellow deals on Thrum Street", "Thrum Street. Weed. Ask for Tony Skellow")


def test_scripts_without_spaces_between_words_are_compared_too() -> None:
    text = "那个洗车店的男人在收银台下面藏着一把手枪星期天用它威胁扫地的小伙子"
    assert one_telling(text, f"{text}请帮忙")
    assert not one_telling(text, "星期五晚上有人在学校门口卖毒品给孩子们")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_symmetric_and_between_nothing_and_all(one: str, other: str) -> None:
    there, back = (likeness(telling_of(a), telling_of(b), lambda _w: 2.0) for a, b in ((one, other), (other, one)))
    assert there == back
    assert 0 <= there.share <= 1.000001
    assert 0 <= there.runs <= 1


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "word " * 20_000, "字" * 20_000, "\u202e" * 5_000, " ".join(map(str, range(20_000)))]
)
def test_bad_input_costs_a_bounded_number_of_words(text: str) -> None:
    telling = telling_of(text)
    assert len(telling.words) <= MOST_WORDS
    assert len(telling.bands) in {0, 21}


def test_forms_join_what_is_one_word_and_keep_numbers() -> None:
    assert form_of("Selling") == form_of("sells")
    assert form_of("carries") == form_of("carry")
    assert form_of("U") == "you"
    assert form_of("XRT55") == "xrt55"
    assert form_of("Café") == "caf"


def test_a_rare_word_weighs_more_up_to_a_bound() -> None:
    assert weigh(10_000, 1) == weigh(1_000_000, 1) > weigh(10_000, 5_000) > 0


def test_a_flood_stands_behind_its_first_and_what_is_taken_away_is_gone() -> None:
    shelf = Shelf(UUID(int=0))
    for number in range(MOST_IN_A_BAND * 3):
        shelf.put(UUID(int=number), f"{TEXT} {number}")
    last = UUID(int=MOST_IN_A_BAND * 3 - 1)
    assert 0 < len(shelf.alike(last)) <= MOST_IN_A_BAND
    shelf.take_away(list(shelf.tellings)[:-1])
    assert shelf.alike(last) == ()
    shelf.take_away([last, last])
    assert (shelf.tellings, shelf._bands) == ({}, {})
    assert not +shelf._texts_with


def test_groups_follow_ties_and_an_officers_last_word() -> None:
    ties = [Tied("a", "b", 0.9), Tied("b", "c", 0.7)]
    assert groups_of("abcd", ties) == (("a", "b", "c"), ("d",))
    assert groups_of("abcd", ties, [Said("a", "c", same=False)]) == (("a", "b"), ("c",), ("d",))
    assert groups_of("abcd", ties, [Said("a", "c", same=False), Said("c", "a", same=True)]) == (("a", "b", "c"), ("d",))
    assert groups_of("abcd", (), [Said("a", "d", same=True)]) == (("a", "d"), ("b",), ("c",))
    assert groups_of("ab", [Tied("a", "x", 1.0)]) == (("a",), ("b",))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.floats(0.5, 1)), max_size=12),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.booleans()), max_size=6),
)
def test_two_held_apart_are_never_in_one_group(
    ties: list[tuple[str, str, float]], said: list[tuple[str, str, bool]]
) -> None:
    words = [Said(one, other, same) for one, other, same in said if one != other]
    groups = groups_of("abcdef", [Tied(*each) for each in ties], words)
    assert sorted("".join(one for group in groups for one in group)) == list("abcdef")
    last = {frozenset((word.one, word.other)): word.same for word in words}
    for group in groups:
        for pair in combinations(group, 2):
            assert last.get(frozenset(pair), True)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("My cousin told me he hides it", Flag.HEARSAY),
        ("people are saying there is a gun", Flag.HEARSAY),
        ("WORD ON THE STREET is he did it", Flag.HEARSAY),
        ("Apparently he pays them", Flag.HEARSAY),
        ("Seen on Facebook: beware", Flag.COPIED),
        ("Fwd: he sells", Flag.COPIED),
    ],
)
def test_hearsay_and_copies_are_read_from_the_words(text: str, flag: Flag) -> None:
    (sign, *_) = signs_in(text, {})
    assert sign.flag is flag
    assert sign.words in text


@pytest.mark.parametrize(
    "text",
    [
        "I heard that he sells",
        "I've heard he's got a gun",
        "i hear they keep it in the shed",
        "We heard from a mate that he sells",
        "we've also heard about the gun",
        "I heard of a lad who sells",
        "I heard Tony sells weed",
        "i heard big tony is selling",
        "I heard his brother has a gun",
        "I heard there was a gun in the van",
        "I heard people talking about him",
        "I heard it off my nan",
        "That is what I heard, anyway",
        "I HEARD THAT HE SELLS",
        "I heard, and it may be wrong, he sells",
    ],
)
def test_what_somebody_heard_said_is_hearsay(text: str) -> None:
    [sign] = signs_in(text, {})
    assert sign.flag is Flag.HEARSAY
    assert sign.words in text
    assert "hear" in sign.words.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "I heard shots last night and saw him run.",
        "We heard screaming next door.",
        "I HEARD SHOTS AND HE WAS RUNNING",
        "i heard a loud bang, it was him",
        "I heard the shots were from number 4",
        "I've heard him shouting at her",
        "I hear it every night",
        "I heard his car go off at three",
        "I just heard a car pull up and Tony got out",
        "I heard that bang",
        "I heard her crying through the wall.",
        "Those are the shots I heard.",
        "we have heard engines all night",
        "I heard through the wall how she cried",
        "I heard from my window a car go off",
    ],
)
def test_a_sound_that_somebody_heard_is_no_hearsay(text: str) -> None:
    assert signs_in(text, {}) == ()


def test_ones_own_sight_is_no_hearsay_and_the_reporters_answer_comes_first() -> None:
    assert signs_in("I saw him hand it over myself, then he told the boy to run", {"how": "saw"}) == ()
    (sign,) = signs_in("He sells", {"how": "said"})
    assert (sign.flag, sign.words) == (Flag.SAID_SO, "")
    assert len(signs_in("I heard. Apparently. Rumour. Word is. My mate said. Fwd: it", {"how": "told"})) == 4


def a_reason(said: str, known: str, evidence: str, start: int, *, against: bool = False) -> Reason:
    return Reason(said, known, evidence, "", near=False, others=0, start=start, end=start + len(said), against=against)


def test_facts_are_what_fits_and_what_else_is_mentioned_each_once() -> None:
    text = "XRT is his plate, ring 07700 900111, PC Wilson came"
    reasons = [a_reason("XRT", "MB00 XRT", "part of a plate", 0), a_reason("his", "x", "age", 7, against=True)]
    mentions = [
        Mention("vehicle", "plate", 0, 3),
        Mention("phone", "telephone", 23, 35),
        Mention("apart", "police", 37, 46),
    ]
    assert facts_of(text, mentions, reasons) == (
        Fact("plate", "MB00 XRT", "mb00 xrt"),
        Fact("telephone", "07700 900111", "7700900111", known=False),
    )


def test_a_part_of_a_number_is_the_same_fact_as_the_whole_and_of_two_it_is_neither() -> None:
    whole = Fact("telephone", "07700 900111", "7700900111", known=False)
    end, other = (
        Fact("telephone", "0111", "111", known=False),
        Fact("telephone", "07700 901110", "7700901110", known=False),
    )
    (row,) = join_facts({1: [whole], 2: [end]})
    assert (row.fact, row.origins) == (whole, (1, 2))
    assert len(join_facts({1: [whole], 2: [end], 3: [other]})) == 3


def test_reasons_are_those_of_the_entry_asked_about() -> None:
    why = (a_reason("Kestrel", "Kestrel", "nickname", 0),)
    found = Suggestion(UUID(int=1), None, "person", "C", Strength.WEAK, why, ())
    assert reasons_for(UUID(int=1), [found]) == why
    assert reasons_for(UUID(int=2), [found]) == ()


def test_passages_are_marked_where_four_words_follow_one_another_in_both() -> None:
    other = "He keeps a pistol under the till. Blue shoes."
    mine, theirs = passages_shared(TEXT, other)
    assert [TEXT[span.start : span.end] for span in mine] == ["keeps a pistol under the till"]
    assert [other[span.start : span.end] for span in theirs] == ["keeps a pistol under the till"]
    assert passages_shared("one", "two") == ((), ())


SIEVED = Person(
    reference="N-1",
    surname="Wójcik",
    given_names="Jakub",
    nicknames=("Kestrel",),
    vehicles=(Vehicle("QX00ZIQ", "Seat", "Leon", "orange"),),
    phones=("+447700900123",),
    addresses=(Address(number="7", street="Bobbin Yard", area="Millbrook"),),
)


@pytest.mark.parametrize(
    "text",
    [
        "ask for wojcik",
        "KUBA sells",
        "kestral said so",
        "plate ends ZIQ",
        "qxo0 ziq",
        "the number ends 0123",
        "somewhere on Bobin Yard",
        "an orange leon",
        "one of the Heron Boys",
    ],
)
def test_a_first_look_lets_through_whatever_may_mention_somebody(text: str) -> None:
    may_mention = sieve_for({UUID(int=1): SIEVED}, [Group(reference="G", name="Heron Boys")])
    assert may_mention(text)
    assert not may_mention("A shop by the arches sells drink to children every day on that street.")


def test_what_a_vehicle_looks_like_is_no_plate() -> None:
    text = "He drives a white Golf, plate ends XRT, I also saw AB12 CDE."
    places = {words: (text.index(words), text.index(words) + len(words)) for words in ("white Golf", "XRT", "AB12 CDE")}
    mentions = (
        Mention("vehicle", "vehicle", *places["white Golf"]),
        Mention("vehicle", "the end of a plate", *places["XRT"]),
        Mention("vehicle", "plate", *places["AB12 CDE"]),
    )
    facts = facts_of(text, mentions, ())
    assert [(one.label, one.value) for one in facts] == [
        ("Vehicle", "white Golf"),
        ("Plate", "XRT"),
        ("Plate", "AB12 CDE"),
    ]
    [golf, *_] = join_facts({1: facts[:1], 2: facts_of("a White golf", (Mention("vehicle", "vehicle", 2, 12),), ())})
    assert (golf.fact.kind, golf.origins) == ("vehicle", (1, 2))
