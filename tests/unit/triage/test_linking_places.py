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


@pytest.mark.parametrize(
    "text",
    [
        "He drives up Foundry Road most days. Tony Larch lives at 17 Foundry Road.",
        "Foundry Road is a mess, Tony Larch lives at 17 Foundry Road.",
        "Foundry Road is a mess. 5 Foundry Road is too. Tony Larch lives at 17 Foundry Road.",
        "Tony Larch lives at 17 Foundry Road. Foundry Road is a mess.",
    ],
)
def test_an_address_is_shown_where_its_number_is_said(text: str) -> None:
    found = first(MATCHER, text)
    reason = next(one for one in found.reasons if one.evidence == "address")
    assert reason.said == text[reason.start : reason.end] == "17 Foundry Road"


def test_another_number_in_the_street_speaks_against() -> None:
    found = next(one for one in MATCHER.rank("Anthony at 7 Foundry Road") if one.entry_id == TONY)
    assert evidence(found)["street"] == "Foundry Road"
    assert [(one.evidence, one.said) for one in found.against] == [("address", "7 Foundry Road")]
    assert "17 Foundry Road" in found.against[0].sentence


@pytest.mark.parametrize(
    "text", ["Anthony at 17 Foundry Road", "Anthony on Foundry Road", "Anthony at 7 Foundry Road and 17 Foundry Road"]
)
def test_no_number_speaks_against_where_none_is_said_or_one_fits(text: str) -> None:
    assert first(MATCHER, text).entry_id == TONY
    assert first(MATCHER, text).against == ()


def test_no_number_speaks_against_where_the_register_has_none() -> None:
    someone = person(UUID(int=90), "Orla", "Pike", LARCHES, addresses=(Address("", "", "Quay Lane", "Eastgate"),))
    found = first(RegisterMatcher([*REGISTER, someone], today=TODAY), "Orla Pike lives at 7 Quay Lane")
    assert found.entry_id == someone[0]
    assert found.against == ()
