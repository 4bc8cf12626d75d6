"""An officer's own address is found as people write it, and a street's name alone is not enough."""

import pytest

from triage.officers.living_at import is_said_in, names_a_home

HOME = "Flat 3, 12a Alder Street, Eastgate, MB1 4QQ"


@pytest.mark.parametrize(
    "text",
    [
        "12a Alder Street",
        "12A ALDER ST.",
        "they park at 12a, alder street every night",
        "12a Alder",
        "is it mb1 4qq or near it",
        "MB14QQ",
    ],
)
def test_an_address_is_found_as_people_write_it(text: str) -> None:
    assert is_said_in(HOME, text)


@pytest.mark.parametrize(
    "text",
    [
        "Alder Street",
        "112a Alder Street",
        "12 Alder Street",
        "12a",
        "flat 3",
        "MB1 4QP",
        "MB1",
        "12a, an alder",
        "",
        "4QQ",
    ],
)
def test_another_address_or_a_street_alone_is_not_it(text: str) -> None:
    assert not is_said_in(HOME, text)


@pytest.mark.parametrize(
    ("address", "said", "not_said"),
    [
        ("12 St Mary’s Road", "at 12 St. Mary's Rd", "12 Mary Road"),
        ("7 The Avenue", "7 the avenue", "7 the best"),
        ("7 The Avenue", "7 THE AVENUE, top floor", "the avenue"),
        ("Rose Cottage, Mill Lane", "rose cottage on it: Rose Cottage, Mill Ln", "Rose Cottage, Hill Lane"),
        ("4 Rué Lane", "4 rue lane", "4 rude lane"),
        ("MB1 4QQ", "mb1 4qq", "mb2 4qq"),
        ("9 Broadway MB1 4QQ", "9 Broadway", "9 broad way"),
        ("12-14 Alder Street", "14 alder street", "15 alder street"),
    ],
)
def test_ways_of_writing_a_home(address: str, said: str, not_said: str) -> None:
    assert names_a_home(address)
    assert is_said_in(address, said)
    assert not is_said_in(address, not_said)


@pytest.mark.parametrize("address", ["", "Alder Street", "12", "MB1", "a house", "?!", "Eastgate, Northbridge"])
def test_what_could_be_compared_with_nothing_is_no_home(address: str) -> None:
    assert not names_a_home(address)
    assert not is_said_in(address, f"{address} 12 Alder Street, MB1 4QQ, Eastgate, Northbridge")
