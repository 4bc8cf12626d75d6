"""The questions: plain, limited, and never losing a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envelope.padding import REPORT_BUCKETS
from reporting.questions import (
    DANGER,
    QUESTIONS,
    WHAT,
    Kind,
    answers_given,
    cleaned,
    every_field,
    in_danger,
    question_named,
)


def test_only_the_first_question_must_be_answered() -> None:
    assert [field.id for field in every_field() if field.compulsory] == ["what"]
    assert QUESTIONS[0] is WHAT


def test_danger_now_is_asked_last_so_that_it_is_fresh_when_sending() -> None:
    assert QUESTIONS[-1] is DANGER


def test_every_question_is_found_by_its_name_and_nothing_else_is() -> None:
    assert [question_named(question.id) for question in QUESTIONS] == list(QUESTIONS)
    assert question_named("check") is None


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_an_empty_first_answer_is_told_what_to_enter(words: str) -> None:
    assert WHAT.fields[0].problem_with(words) == "Enter what you have seen or heard"


def test_a_text_may_be_exactly_as_long_as_the_limit() -> None:
    assert WHAT.fields[0].problem_with("x" * 20_000) is None


def test_a_text_too_long_is_told_by_how_much() -> None:
    problem = WHAT.fields[0].problem_with("x" * 20_007)
    assert problem is not None
    assert "20,000 characters" in problem
    assert "7 too many" in problem


def test_a_choice_nobody_offered_is_refused() -> None:
    assert DANGER.fields[0].problem_with("perhaps") is not None
    assert DANGER.fields[0].problem_with("") is None


def test_only_yes_means_danger_now() -> None:
    assert in_danger({"danger": "yes"})
    assert not in_danger({"danger": "unknown"})
    assert not in_danger({})


def test_the_longest_answers_of_all_fit_in_the_largest_report() -> None:
    longest = sum(field.limit for field in every_field())
    # Four bytes are the most that one character takes, in UTF-8 and in JSON without escapes.
    assert longest * 4 + 4096 < REPORT_BUCKETS[-1]


def test_what_nobody_types_goes_and_all_words_stay() -> None:
    assert cleaned("a\x00b\r\nc\rd\ud800\x1b\x85") == "ab\nc\nd"
    assert cleaned("שלום \u202eword\u200f 👩‍👧 \tend") == "שלום \u202eword\u200f 👩‍👧 \tend"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    once.encode("utf-8")


def test_answers_are_carried_in_the_order_asked_and_without_the_empty_ones() -> None:
    given_answers = {"danger": "no", "who": "  ", "what": "seen", "unknown": "x"}
    assert list(answers_given(given_answers).items()) == [("what", "seen"), ("danger", "no")]


def test_no_question_shouts_and_each_choice_has_words() -> None:
    for field in every_field():
        assert "!" not in field.label + field.hint
        assert (field.kind is Kind.CHOICE) == bool(field.choices)
        assert all(choice.label for choice in field.choices)
