"""House numbers: said with a street they belong to the street, fit or speak against, and stand in the words shown."""

from uuid import UUID

import pytest

from tests.unit.triage.test_linking_evidence import ADA, LARCHES, REGISTER, TODAY, TONY, evidence, first, person
from triage.linking.matching import RegisterMatcher
from triage.register.places import Address

TARN = tuple(
    person(
        *(UUID(int=50 + number), "Sam", f"Tarnley{'abcdef'[number]}", LARCHES),
        addresses=(Address("", str(number + 3), "Tarn Lane", "Norton"),),
    )
    for number in range(6)
)
MATCHER = RegisterMatcher([*REGISTER, *TARN], today=TODAY)


@pytest.mark.parametrize("typed", [str.lower, str.upper, str.title])
def test_a_house_number_of_one_figure_is_no_slip_in_a_street(typed: object) -> None:
    assert callable(typed)
    found = MATCHER.suggest(typed("someone at 9 Birch Way"))
    assert found[0].entry_id == ADA
    assert evidence(found[0])["address"].lower() == "9 birch way"


def test_a_house_number_tells_neighbours_apart() -> None:
    found = MATCHER.suggest("dealing from 7 Tarn Lane in Norton")
    assert found[0].entry_id == TARN[4][0]
    assert "address" in evidence(found[0])


@pytest.mark.parametrize("said", ["9 Brich Way", "9 Birhc Way", "9 Birchway"])
def test_a_house_number_is_read_before_a_misspelt_street(said: str) -> None:
    assert evidence(first(MATCHER, f"someone at {said}"))["address"] == said
