"""Passphrases that others use are refused; random words never are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.officers.breached.guessing import BITS_LEAST, _places, bits_of
from triage.officers.errors import PassphraseError
from triage.officers.passphrases import PASSPHRASE_LEAST, check_passphrase

IN_USE = [
    "passwordpassword",
    "Password Password 1",
    "P4$$w0rd123456!!",
    "123456789qwerty",
    "qwertyuiopasdfgh",
    "1q2w3e4r5t6y7u8i",
    "abcdefghijklmnop",
    "Summer2026Summer2026!",
    "liverpoolfc2026!",
    "monkeydragon1234",
    "quiet word police 2026",
    "iloveyouiloveyou",
    "Pa55w0rd Pa55w0rd",
]


@pytest.mark.parametrize("passphrase", IN_USE)
def test_what_many_people_use_is_refused(passphrase: str) -> None:
    with pytest.raises(PassphraseError, match="that others do not use"):
        check_passphrase(passphrase, "tom")


def test_every_long_password_of_the_list_is_refused() -> None:
    long_enough = [word for word in _places() if len(word) >= PASSPHRASE_LEAST]
    assert len(long_enough) > 50
    assert [word for word in long_enough if bits_of(word) >= BITS_LEAST] == []


def test_what_the_page_advises_is_taken() -> None:
    for passphrase in ("correct horse battery staple", "seven herons by the weir", "nine boats under a bridge"):
        check_passphrase(passphrase, "")


@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_no_text_breaks_the_estimate_and_writing_it_twice_adds_next_to_nothing(text: str) -> None:
    once = bits_of(text)
    assert once >= 0
    assert bits_of(text + text) <= once + 2
