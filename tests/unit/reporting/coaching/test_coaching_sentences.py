"""Cutting a text into sentences: nothing is lost, nothing is counted twice, and no text can make it slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.coaching.sentences import LONGEST, sentences

HOSTILE = st.text(alphabet=st.sampled_from(list("aA1i.!?…؟।。,:;'\"’”()[] \n\t\u2028\u200f@£-İßم我")), max_size=600)


def cut(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text)]


@given(st.one_of(st.text(max_size=900), HOSTILE))
def test_sentences_cover_every_letter_once_and_in_order(text: str) -> None:
    at = 0
    for one in sentences(text):
        assert text[at : one.start].strip() == ""
        assert one.start < one.end <= one.start + LONGEST
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        at = one.end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He sells. They buy.", ["He sells.", "They buy."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("It was 3.30 in the morning.", ["It was 3.30 in the morning."]),
        ("At 3 a.m. they came.", ["At 3 a.m. they came."]),
        ("At 3 a.m. They came.", ["At 3 a.m.", "They came."]),
        ("Mr. Hill and Dr. Shaw.", ["Mr. Hill and Dr. Shaw."]),
        ("Mrs J. Hill saw it.", ["Mrs J. Hill saw it."]),
        ("The car is AB12 CDE. It is red.", ["The car is AB12 CDE.", "It is red."]),
        ("no. 14 deals. no. 15 does not.", ["no. 14 deals.", "no. 15 does not."]),
        ("a@example.org is his.", ["a@example.org is his."]),
        ("no full stops\nbut lines\n\nof words", ["no full stops", "but lines", "of words"]),
        ("وہ بیچتا ہے۔ وہ آتے ہیں۔", ["وہ بیچتا ہے۔", "وہ آتے ہیں۔"]),
        ("他卖毒品。他开车。", ["他卖毒品。", "他开车。"]),
        ("He said “go.” Then he left.", ["He said “go.”", "Then he left."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_are_cut_where_a_reader_would_cut(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_words_without_a_full_stop_are_cut_between_words() -> None:
    words = "they come and go all night long and nobody does a thing " * 40
    pieces = cut(words)
    assert " ".join(pieces).split() == words.split()
    assert all(len(piece) <= LONGEST for piece in pieces)
