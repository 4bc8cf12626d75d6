"""How a reason and a strength are put into words: nothing of a sentence is lost, and no percentage is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.linking.matching import Strength
from triage.linking.reasons import Reason
from triage.linking.wording import IN_FULL, IN_SHORT, how_close, in_pieces

KAV = Reason("kav", "Kav", "nickname", "“kav” is a known nickname of Kaveh Ebrahimpour", False, 0)


def test_what_was_said_and_what_is_known_are_set_apart() -> None:
    reason = Reason("XRT", "MB00 XRT", "part of a plate", "“XRT” fits the end of a plate: MB00 XRT (a Golf)", False, 0)
    assert in_pieces(reason) == ("“XRT”", " fits the end of a plate: ", "MB00 XRT", " (a Golf)")


def test_a_nickname_is_not_set_off_inside_a_name() -> None:
    assert in_pieces(KAV).known == ""
    assert in_pieces(replace(KAV, sentence="“kav” is Kav, said Kaveh")).after == ", said Kaveh"


def test_a_sentence_that_does_not_begin_with_what_was_said_stays_whole() -> None:
    reason = replace(KAV, sentence="He was born in 1950", against=True)
    assert in_pieces(reason) == ("", "He was born in 1950", "", "")


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=30))
def test_the_pieces_are_the_sentence(said: str, known: str, sentence: str) -> None:
    assert "".join(in_pieces(replace(KAV, said=said, known=known, sentence=sentence))) == sentence


@pytest.mark.parametrize(
    ("said", "known", "evidence", "near", "words"),
    [
        ("kav", "Kav", "nickname", False, "The same."),
        ("MB00XRT", "MB00 XRT (white Golf)", "plate", False, "The same."),
        ("XRT", "MB00 XRT", "part of a plate", False, "A part of it."),
        ("thrum street", "9 Thrum Street, Foundry", "street", False, "A part of it."),
        ("white Golf", "MB00 XRT, white Volkswagen Golf", "vehicle", False, "A part of it."),
        ("Tony Skellow", "Anthony Joseph Skellow", "full name", False, "Another form of the name."),
        ("Skelow", "Skellow", "surname", True, "Close, not the same."),
        ("20", "2004-12-12", "age", False, ""),
        ("Kyle", "Kyle Skellow", "associate", True, ""),
        ("", "", "nickname", False, ""),
    ],
)
def test_how_close_is_said_in_words(said: str, known: str, evidence: str, near: bool, words: str) -> None:
    assert how_close(Reason(said, known, evidence, "", near, 0)) == words


def test_every_strength_is_explained_and_none_as_a_share() -> None:
    assert IN_SHORT.keys() == IN_FULL.keys() == set(Strength)
    assert not any(sign in words for words in (*IN_SHORT.values(), *IN_FULL.values()) for sign in ("%", "per cent"))
