"""Outcome codes: each has a meaning, and some have to be explained."""

import pytest

from triage.outcome.rules import MEANINGS, NEEDS_WORDS, POSITIVE, NewOutcome, OutcomeCode, OutcomeError


def test_every_code_has_a_meaning_of_its_own() -> None:
    assert set(MEANINGS) == set(OutcomeCode)
    assert len(set(MEANINGS.values())) == len(OutcomeCode)


@pytest.mark.parametrize("code", OutcomeCode)
def test_some_codes_need_words(code: OutcomeCode) -> None:
    if code in NEEDS_WORDS:
        with pytest.raises(OutcomeError, match="Enter"):
            NewOutcome(code, " ")
    else:
        NewOutcome(code)
    NewOutcome(code, "Seen at the canal")


def test_what_counts_as_positive() -> None:
    assert {code.value for code in POSITIVE} == {"OBS", "SAF", "PAR", "ENF", "DIS"}
