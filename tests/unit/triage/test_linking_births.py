"""A date is somebody's birth where something says so, or where it stands beside a name as the police write it."""

import pytest

from tests.unit.triage.test_linking_evidence import REGISTER, TODAY, TONY
from triage.linking.matching import RegisterMatcher, Suggestion

MATCHER = RegisterMatcher(REGISTER, today=TODAY)


def tony(text: str) -> Suggestion:
    return next(one for one in MATCHER.rank(text) if one.entry_id == TONY)


def dates(text: str) -> list[tuple[str, str]]:
    return [(one.value, text[one.start : one.end]) for one in MATCHER.mentions(text) if one.kind == "date"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tony Larch (14/03/1990) deals", "14/03/1990"),
        ("Tony Larch, 14/03/1990, deals", "14/03/1990"),
        ("LARCH, Anthony 14/03/1990", "14/03/1990"),
        ("Tony Larch 1990-03-14", "1990-03-14"),
        ("Tony Larch D.O.B: 14-03-90", "14-03-90"),
        ("Tony Larch, dob is 14.03.1990", "14.03.1990"),
        ("Tony Larch born 14 March 1990", "14 March 1990"),
        ("Tony Larch was born on the 14th of March 1990", "14th of March 1990"),
        ("14/03/1990 is Tony Larch's birthday, dob 14/03/1990", "14/03/1990"),
        ("Tony Larch, DOB 14/03/1990, arrested 12/05/2014", "14/03/1990"),
        ("male, 14/03/1990, called Tony", "14/03/1990"),
    ],
)
def test_a_date_that_is_called_a_birth_or_stands_beside_a_name_is_one(text: str, said: str) -> None:
    found = tony(text)
    assert [reason.said for reason in found.reasons if reason.evidence == "date of birth"] == [said]
    assert not found.against


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Big Tony got out of prison on 14 June 2018 and deals", "14 June 2018"),
        ("Tony Larch was arrested on 12/05/2014 for dealing.", "12/05/2014"),
        ("Tony Larch was arrested on 2014-05-12 for dealing.", "2014-05-12"),
        ("Tony Larch was convicted 12.05.1999", "12.05.1999"),
        ("Big Tony, been dealing since 1 May 2009, in Eastgate", "1 May 2009"),
        ("Tony Larch, DOB 14/03/1990, arrested 12/05/2014", "12/05/2014"),
        ("A raid in Eastgate, 12/05/2014, Tony Larch did it", "12/05/2014"),
        ("Tony Larch, 1 May 2019, saw him deal", "1 May 2019"),
        ("Tony Larch (12/05/2021) deals", "12/05/2021"),
    ],
)
def test_any_other_date_speaks_against_nobody_and_is_marked_as_a_date(text: str, said: str) -> None:
    assert ("date", said) in dates(text)
    assert not tony(text).against


def test_a_past_date_costs_nobody_their_suggestion() -> None:
    told = "Big Tony got out of prison {} and is dealing from a flat in Eastgate."
    assert tony(told.format("on 14 June 2018")).posterior == tony(told.format("last year")).posterior


def test_whoever_was_born_too_late_to_be_meant_is_no_date_of_birth() -> None:
    assert dates("Big Tony has a son born 2019") == []
    assert not tony("Big Tony has a son born 2019").against


def test_the_year_inside_a_date_of_birth_is_counted_once() -> None:
    found = tony("Tony Larch was born 14/03/1990")
    assert [reason.said for reason in found.reasons if reason.evidence == "date of birth"] == ["14/03/1990"]
