"""Signatures, and the intake keys they vouch for."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envelope.errors import EnvelopeError, MalformedError, TamperedError
from envelope.identity import Identity
from envelope.signing import IntakeKey, SignedIntakeKey, SigningKey, VerifyingKey, sign_intake_key

FORCE = SigningKey(bytes(range(32)))
STRANGER = SigningKey(bytes(32))
KEY = IntakeKey(
    b"box id 123456789"[:16],
    Identity(bytes(32)).recipient().public_key,
    date(2026, 11, 22),
    date(2026, 11, 23),
    "intake",
)


@settings(deadline=None)
@given(st.binary(max_size=500), st.binary(max_size=500))
def test_a_signature_is_over_exactly_one_message(message, other):
    signature = FORCE.sign(message)
    FORCE.verifying_key.verify(message, signature)
    if other != message:
        with pytest.raises(TamperedError):
            FORCE.verifying_key.verify(other, signature)
    with pytest.raises(TamperedError):
        STRANGER.verifying_key.verify(message, signature)


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65)])
def test_what_is_no_signature_is_refused(signature):
    with pytest.raises(TamperedError):
        FORCE.verifying_key.verify(b"message", signature)


def test_the_signature_is_the_standards_own():
    """RFC 8032 §7.1, test 1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert SigningKey(seed).verifying_key.public_key.hex() == (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )
    assert SigningKey(seed).sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")


def test_one_seed_gives_a_signing_key_for_each_label():
    officer, other = SigningKey.of_seed(bytes(32), "officer"), SigningKey.of_seed(bytes(32), "force")
    assert officer != other
    assert officer == SigningKey.of_seed(bytes(32), "officer")
    assert officer.seed != bytes(32)


def test_an_intake_key_is_believed_only_under_the_pinned_key():
    signed = SignedIntakeKey.from_bytes(sign_intake_key(KEY, FORCE).to_bytes())
    assert signed.verify(FORCE.verifying_key) == KEY
    with pytest.raises(TamperedError):
        signed.verify(STRANGER.verifying_key)


@pytest.mark.parametrize(
    "change",
    [
        {"box_id": bytes(16)},
        {"public_key": Identity(b"x" * 32).recipient().public_key},
        {"not_before": date(2026, 11, 21)},
        {"not_after": date(2036, 11, 23)},
        {"purpose": "counter-corruption"},
    ],
)
def test_no_field_of_a_signed_intake_key_can_be_changed(change):
    signed = sign_intake_key(KEY, FORCE)
    with pytest.raises(TamperedError):
        SignedIntakeKey(replace(KEY, **change), signed.signature).verify(FORCE.verifying_key)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_signed_intake_key_changed_cut_or_lengthened_is_refused(data):
    written = bytearray(sign_intake_key(KEY, FORCE).to_bytes())
    place = data.draw(st.integers(0, len(written) - 1))
    for spoilt in (written[:place], written + b"\0"):
        with pytest.raises(EnvelopeError):
            SignedIntakeKey.from_bytes(bytes(spoilt)).verify(FORCE.verifying_key)
    written[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(EnvelopeError):
        SignedIntakeKey.from_bytes(bytes(written)).verify(FORCE.verifying_key)


def test_a_day_has_one_spelling():
    """2026-W47-7 is the same Sunday, and as long."""
    written = KEY.to_signed_bytes().replace(b"2026-11-22", b"2026-W47-7")
    with pytest.raises(MalformedError):
        IntakeKey.from_signed_bytes(written)


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), True),
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
    ],
)
def test_an_intake_key_is_for_its_days_both_included(day, valid):
    assert KEY.valid_on(day) is valid


@pytest.mark.parametrize(
    "change",
    [{"box_id": b""}, {"public_key": b""}, {"purpose": ""}, {"purpose": "é"}, {"not_after": date(2026, 11, 21)}],
)
def test_an_intake_key_that_makes_no_sense_cannot_be_made(change):
    with pytest.raises(MalformedError):
        replace(KEY, **change)


@given(st.binary(min_size=32, max_size=32))
def test_a_verifying_key_is_read_as_it_is_written(public_key):
    key = VerifyingKey(public_key)
    assert key.encode().startswith("qwverify1")
    assert VerifyingKey.decode(key.encode()) == key


def test_a_mistyped_verifying_key_is_refused():
    text = FORCE.verifying_key.encode()
    for place in range(len(text)):
        with pytest.raises(MalformedError):
            VerifyingKey.decode(text[:place] + ("q" if text[place] != "q" else "p") + text[place + 1 :])


def test_a_signing_key_does_not_print():
    assert repr(FORCE) == "SigningKey()"
