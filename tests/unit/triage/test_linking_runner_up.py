"""The sentence on the next likeliest says what is so, and somebody else's full name speaks against."""

import pytest

from tests.unit.triage.test_linking_evidence import KYLE, REGISTER, TODAY, TONY
from triage.linking.matching import RegisterMatcher, Suggestion

MATCHER = RegisterMatcher(REGISTER, today=TODAY)


def ranked(text: str) -> tuple[Suggestion, ...]:
    return MATCHER.rank(text)


def test_the_next_likeliest_is_said_to_fit_by_what_fits_it() -> None:
    found = ranked("Tony Larch from Eastgate")
    assert [one.entry_id for one in found[:2]] == [TONY, KYLE]
    assert found[0].runner_up == "Next likeliest: Kyle Larch. The surname and the area fit him; the full name does not."


def test_what_fits_both_fits_as_well() -> None:
    found = ranked("one of the Larches from Eastgate, plate MB00 XRT")
    assert found[0].entry_id == TONY
    assert found[0].runner_up.endswith("The surname and the area fit him as well; the plate does not.")


def test_the_full_name_of_another_speaks_against() -> None:
    found = ranked("Kyle Larch sells weed and drives a white Golf.")
    assert [one.entry_id for one in found[:2]] == [KYLE, TONY]
    assert [(one.evidence, one.said) for one in found[1].against] == [("full name", "Kyle Larch")]
    assert found[0].runner_up == (
        "Next likeliest: Anthony Joseph Larch. The surname and the vehicle fit him; the full name does not."
    )


def test_a_plate_outweighs_the_full_name_of_another() -> None:
    found = ranked("Kyle Larch sells weed, plate MB00 XRT")
    assert found[0].entry_id == TONY
    assert [one.said for one in found[0].against] == ["Kyle Larch"]


@pytest.mark.parametrize("text", ["Jamie Larch sells weed", "Larch sells weed", "he works with Kyle Larch"])
def test_a_surname_with_no_name_of_anybody_speaks_against_nobody(text: str) -> None:
    assert not any(one.evidence == "full name" for found in ranked(text) for one in found.against)


def test_no_slip_of_another_name_is_taken_for_a_nickname() -> None:
    found = ranked("It is not Tony Larch, it is Toby Varnish.")
    assert not any("Big Tony" in reason.sentence for one in found for reason in one.reasons)
