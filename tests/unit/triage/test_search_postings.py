"""The words in memory: what is found by which words, in which spelling, and that what is taken away is gone."""

from uuid import UUID

import pytest

from triage.search.marking import Marker
from triage.search.postings import Postings
from triage.search.query import read_query

TEXTS = (
    "Tony Marlow sells pills from Foundry Rd, white Golf MB00 XRT, ring 07700 900 123.",
    "Anthony Marlowe was by the arches again",
    "Mohammed Qureshi keeps a van with the plate MB00XRT",
    "Muhammad and his cousin, their number is +447700900123",
    "A shop by the arches sells drink to children",
)


def made(*texts: str) -> Postings:
    postings = Postings()
    for number, text in enumerate(texts):
        postings.put(UUID(int=number), [text])
    return postings


def found(postings: Postings, text: str) -> dict[int, int]:
    """The numbers of the texts found, and how many terms only another spelling meets."""
    return {key.int: near for key, near in sorted(postings.look(read_query(text)).texts.items())}


@pytest.mark.parametrize(
    ("search", "texts"),
    [
        ("tony", {0: 0, 1: 1}),
        ('"tony"', {0: 0}),
        ("marlow", {0: 0, 1: 1}),
        ("muhammed", {2: 1, 3: 1}),
        ("foundry road", {0: 0}),
        ("foundary road", {0: 1}),
        ('"by the arches"', {1: 0, 4: 0}),
        ('"arches the by"', {}),
        ("MB00 XRT", {0: 0, 2: 0}),
        ("xrt", {0: 0, 2: 0}),
        ("MB?0 XRT", {0: 0, 2: 0}),
        ("07700 900123", {0: 0, 3: 0}),
        ("+44 7700 900 123", {0: 0, 3: 0}),
        ("0123", {0: 0, 3: 0}),
        ("900 12", {0: 0, 3: 0}),
        ("sells pills", {0: 0}),
        ("qur*", {2: 0}),
        ("nobody", {}),
    ],
)
def test_every_term_must_be_met(search: str, texts: dict[int, int]) -> None:
    assert found(made(*TEXTS), search) == texts


def test_no_phrase_reaches_from_one_field_into_the_next() -> None:
    postings = Postings()
    postings.put(UUID(int=0), ["Tony", "Marlow"])
    assert found(postings, '"tony marlow"') == {}
    assert found(postings, "tony marlow") == {0: 0}


def test_what_is_taken_away_leaves_no_word_behind() -> None:
    postings = made(*TEXTS)
    postings.take_away([UUID(int=2)])
    assert found(postings, "qureshi") == {}
    assert found(postings, "xrt") == {0: 0}
    kept = repr({name: value for name, value in vars(postings).items() if name != "_busy"})
    assert "qureshi" not in kept
    assert "marlow" in kept
    postings.put(UUID(int=9), [TEXTS[2]])
    assert found(postings, "qureshi") == {9: 0}


@pytest.mark.parametrize(
    "text",
    [
        "ring 07700 900 123 or MB00 XRT",
        "A car (MB00-XRT) of a big man, 4 ab 12",
        "the plate is MB 00 XRT, st 12",
        " ".join(f"{number}" for number in range(300)),
        "x1 " * 40 + "is it",
        "Zoë's 12½ ab3",
    ],
)
def test_what_is_taken_away_leaves_no_plate_or_number_behind(text: str) -> None:
    postings, fields = made(*TEXTS), [text, "MB00XRT", "12"]
    before = {solid: list(texts) for solid, texts in postings._solids.items()}
    postings.put(UUID(int=9), fields)
    assert postings._solids != before
    postings.take_away([UUID(int=9)])
    assert postings._solids == before


def test_order_capitals_and_unicode_form_make_no_difference() -> None:
    postings = made("Zoë Ó Briain  was seen", "ZOE\u0308 O BRIAIN WAS SEEN")
    assert found(postings, "briain zoe") == {0: 0, 1: 0}
    assert found(postings, "ZOË briain") == {0: 0, 1: 0}


def test_the_marks_stand_where_the_words_were_written() -> None:
    postings = made(*TEXTS)
    for search, marked in (
        ("0123", ["900 123"]),
        ("MB00 XRT", ["MB00 XRT"]),
        ("foundry road", ["Foundry", "Rd"]),
        ("anthony", ["Tony"]),
    ):
        query = read_query(search)
        spans = Marker(query, postings.look(query).spellings).spans(TEXTS[0])
        assert [TEXTS[0][one.start : one.end] for one in spans] == marked
    query = read_query("anthony")
    marker = Marker(query, postings.look(query).spellings)
    assert marker.sentences([TEXTS[0]]) == ("“Tony” for “anthony”: another form of the name",)
    assert marker.sentences([TEXTS[1]]) == ()


def test_a_phrase_is_made_of_whole_words_and_not_of_the_ends_of_their_numbers() -> None:
    """Words 256 and 512, one after the other, have the bytes of words 1 and 2 within theirs."""
    words = [f"w{number}" for number in range(1, 601)]
    postings = made(" ".join(words), "w2 w1 and w256 w512")
    assert found(postings, '"w1 w2"') == {0: 0}
    assert found(postings, '"w2 w1"') == {1: 0}
