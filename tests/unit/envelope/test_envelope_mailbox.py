"""From a receipt to its notices, and no further."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envelope.errors import EnvelopeError, MalformedError, NotForUsError, TamperedError, TooLongError
from envelope.identity import Identity
from envelope.mailbox import (
    SEALED_NOTICE_LENGTH,
    Mailbox,
    MailboxAddress,
    Notice,
    NoticeState,
    Receipt,
    drop_id,
    lookup_id_of,
    seal_notice,
)
from envelope.recipient import Recipient, seal
from envelope.wire import Context, Purpose

MINE = Mailbox.from_receipt(Receipt(b"my own secret"[:12]))
OTHER = Mailbox.from_receipt(Receipt(b"another's one"[:12]))
READ = Notice(NoticeState.READ, "A person has read your report.", date(2026, 11, 22))
SECRETS = st.binary(min_size=12, max_size=12)


@settings(deadline=None)
@given(st.sampled_from(NoticeState), st.text(max_size=300), st.dates())
def test_a_notice_opens_for_its_own_receipt_and_no_other(state, message, day):
    try:
        message.encode()
    except UnicodeEncodeError:
        return
    notice = Notice(state, message, day)
    sealed = seal_notice(notice, MINE.address)
    assert MINE.open_notice(sealed) == notice
    with pytest.raises(NotForUsError):
        OTHER.open_notice(sealed)


@settings(deadline=None)
@given(st.sampled_from(NoticeState), st.integers(0, 1800))
def test_every_notice_has_the_same_length(state, length):
    assert len(seal_notice(Notice(state, "x" * length, READ.published_on), MINE.address)) == SEALED_NOTICE_LENGTH


def test_a_message_too_long_for_that_length_is_refused():
    with pytest.raises(TooLongError):
        seal_notice(Notice(NoticeState.CLOSED, "x" * 2000, READ.published_on), MINE.address)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_changed_or_cut_notice_is_refused(data):
    sealed = bytearray(seal_notice(READ, MINE.address))
    place = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(MalformedError):
        MINE.open_notice(bytes(sealed[:place]))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(EnvelopeError):
        MINE.open_notice(bytes(sealed))


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.NOTICE])
def test_a_mailbox_opens_notices_and_nothing_else(purpose):
    address = MINE.address
    context = Context(purpose, (address.lookup_id,))
    sealed = seal(READ.to_bytes(), Recipient(address.public_key), context, buckets=(2048,))
    with pytest.raises(TamperedError):
        MINE.open_notice(sealed)


def test_a_notice_published_under_anothers_lookup_id_is_refused():
    crossed = MailboxAddress(OTHER.lookup_id, MINE.address.public_key)
    with pytest.raises(TamperedError):
        MINE.open_notice(seal_notice(READ, crossed))


@settings(deadline=None, max_examples=50)
@given(SECRETS, SECRETS)
def test_one_receipt_says_nothing_about_another(first, second):
    """Even two that differ in one bit share no byte of what the world sees, in any place but by chance."""
    if first == second:
        second = bytes([first[0] ^ 1]) + first[1:]
    one, two = (Mailbox.from_receipt(Receipt(secret)) for secret in (first, second))
    assert one.lookup_id != two.lookup_id
    assert one.burn_preimage != two.burn_preimage
    assert one.address.public_key[:1184] != two.address.public_key[:1184]
    assert one.address.public_key[1184:] != two.address.public_key[1184:]
    assert drop_id(Receipt(first), bytes(32)) != drop_id(Receipt(second), bytes(32))


def test_the_same_receipt_gives_the_same_mailbox_always():
    mailbox = Mailbox.from_receipt(Receipt(bytes(12)))
    assert mailbox.lookup_id.hex() == "ad273788e822e400210178369ecb321f"
    assert drop_id(Receipt(bytes(12)), bytes(32)).hex() == "45e04cffe0a5bf2c92aa0d7a4e6756d3"
    assert mailbox.address == Mailbox.from_receipt(Receipt(bytes(12))).address


def test_the_address_does_not_give_the_preimage_and_the_preimage_gives_the_address():
    assert lookup_id_of(MINE.burn_preimage) == MINE.address.lookup_id
    assert MINE.burn_preimage not in MINE.address.lookup_id + MINE.address.public_key


def test_the_same_words_under_the_same_receipt_are_one_drop():
    receipt = Receipt.generate()
    assert drop_id(receipt, b"d" * 32) == drop_id(receipt, b"d" * 32)
    assert drop_id(receipt, b"d" * 32) != drop_id(receipt, b"e" * 32)
    assert len(drop_id(receipt, b"d" * 32)) == 16
    with pytest.raises(ValueError, match="32 bytes"):
        drop_id(receipt, b"short")


def test_a_mailbox_key_is_an_age_key_like_any_other():
    """So that its holder could open a notice without us, with the seed and any age tool."""
    assert Identity(MINE._seed).recipient().public_key == MINE.address.public_key


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"message":"x","on":"2026-11-22"}',
        b'{"message":1,"on":"2026-11-22","state":"read"}',
        b'{"message":"x","on":"2026-11-22","state":"lost"}',
        b'{"message":"x","on":"20261122","state":"read"}',
        b'{"message":"x","on":"2026-11-22","state":"read" }',
        b'{"a":1,"message":"x","on":"2026-11-22","state":"read"}',
        b'{"message":"\xff","on":"2026-11-22","state":"read"}',
        b"[" * 100_000,
    ],
)
def test_a_notice_that_is_not_written_as_ours_is_refused(body):
    with pytest.raises(MalformedError):
        Notice.from_bytes(body)


def test_addresses_messages_and_keys_do_not_print():
    for thing in (MINE, MINE.address, READ):
        assert "b'" not in repr(thing)
        assert "person" not in repr(thing)


def test_an_address_has_fixed_lengths():
    with pytest.raises(MalformedError):
        MailboxAddress(bytes(15), bytes(1216))
