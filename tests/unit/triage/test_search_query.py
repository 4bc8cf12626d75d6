"""What an officer writes into the box is read as they meant it, and whatever they write is bounded."""

import unicodedata
from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from triage.linking.reading import read
from triage.search.errors import SearchError
from triage.search.marking import Marker, excerpt
from triage.search.postings import Postings
from triage.search.query import MOST_LETTERS, MOST_TERMS, TermKind, read_query
from triage.search.words import read_words, solids


def terms(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(term.kind.value, term.words) for term in read_query(text).terms]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tony Marlow", [("word", ("tony",)), ("word", ("marlow",))]),
        ("“behind the arches” Tony", [("phrase", ("behind", "the", "arches")), ("word", ("tony",))]),
        ('"Tony"', [("exact word", ("tony",))]),
        ("Foundry Rd", [("word", ("foundry",)), ("word", ("road",))]),
        ("MB00 XRT", [("plate", ("mb00xrt",))]),
        ("mb??xrt", [("plate", ("mb??xrt",))]),
        ("MB00", [("plate", ("mb00",))]),
        ("07700 900 123", [("number", ("07700900123",))]),
        ("+44 (0)7700 900123", [("number", ("4407700900123",))]),
        ("12 Alder Street", [("word", ("12",)), ("word", ("alder",)), ("word", ("street",))]),
        ("mahm*", [("beginning of a word", ("mahm",))]),
        ("Al-Hassan", [("word", ("al",)), ("word", ("hassan",))]),
        ("To\u200bny \u202eMarlow", [("word", ("tony",)), ("word", ("marlow",))]),
        ("Tony?", [("word", ("tony",))]),
        ("Zażółć", [("word", ("zazolc",))]),
        ("tony tony", [("word", ("tony",))]),
    ],
)
def test_a_search_is_read_as_it_is_meant(text: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert terms(text) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter a name"),
        (" \u200b\u202e ", "Enter a name"),
        ("??? !!", "Enter a name"),
        ("a", "at least two letters"),
        ("*", "Put * only at the end"),
        ("a*", "Put * only at the end"),
        ("t*ny", "Put * only at the end"),
        ("x" * 20_000, "Make the search shorter: it may have 300 characters and has 20,000"),
        (" ".join(f"word{number}s" for number in range(MOST_TERMS + 1)), "at most 12"),
    ],
)
def test_what_cannot_be_searched_for_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(SearchError, match=sentence.replace("*", r"\*")):
        read_query(text)


@given(st.text(max_size=MOST_LETTERS))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        query = read_query(text)
    except SearchError:
        return
    postings = Postings()
    postings.put(uuid4(), [text])
    looked = postings.look(query)
    Marker(query, looked.spellings).spans(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_report_is_found_and_marked_however_its_letters_are_composed(form: str) -> None:
    text = unicodedata.normalize(form, "ask Сергей Малый, إبراهيم or José")  # type: ignore[arg-type]
    for wanted in ("Малый", "إبراهيم", "josé"):
        query, key, postings = read_query(wanted), uuid4(), Postings()
        postings.put(key, [text])
        looked = postings.look(query)
        assert list(looked.texts) == [key]
        [span] = Marker(query, looked.spellings).spans(text)
        assert unicodedata.normalize("NFC", text[span.start : span.end]).casefold() == wanted.casefold()


@example(unicodedata.normalize("NFD", "Сергей Малый, إبراهيم, José André"))
@given(st.text(max_size=200))
def test_words_are_those_the_matcher_reads(text: str) -> None:
    """Reports are read quicker here, and not otherwise."""
    assert read_words(text) == [(word.folded, word.start, word.end) for word in read(text).words]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("his reg is MB00 XRT I think", ["mb00xrt"]),
        ("ring him on 07700 900-123 or call", ["07700900123"]),
        ("+44 7700 900123", ["447700900123"]),
        ("no number here", []),
    ],
)
def test_plates_and_numbers_are_put_together(text: str, found: list[str]) -> None:
    assert [solid.text for solid in solids(text, read_words(text))] == found


def test_an_excerpt_is_short_whole_words_and_marks_what_it_shows() -> None:
    text = "before " * 60 + "Tony Marlow sells pills. " + "after " * 80 + "Tony"
    query = read_query("tony")
    postings = Postings()
    postings.put(uuid4(), [text])
    spans = Marker(query, postings.look(query).spellings).spans(text)
    shown = excerpt(text, spans)
    assert (len(shown.spans), shown.others, shown.cut_before, shown.cut_after) == (1, 1, True, True)
    assert shown.text[shown.spans[0].start : shown.spans[0].end] == "Tony"
    assert len(shown.text) <= 320
    assert shown.text.startswith("before ")
    assert read_query("tony").terms[0].kind is TermKind.WORD
