"""Sealing and unsealing whole envelopes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envelope.agefile import check_mac, read_header, seal_file, unwrap_file_key
from envelope.errors import EnvelopeError, MalformedError, NotForUsError, TamperedError, TooLongError
from envelope.identity import Identity
from envelope.padding import RECORD_BUCKETS, REPORT_BUCKETS
from envelope.recipient import SEALED_REPORT_LENGTHS, Recipient, seal, seal_small, sealed_length
from envelope.stream import CHUNK_LENGTH, SEALED_CHUNK_LENGTH
from envelope.suite import load_public_key
from envelope.unseal import unseal, unseal_small
from envelope.wire import Context, Purpose

ALICE = Identity(bytes(range(32)))
BOB = Identity(bytes(range(1, 33)))
TO_ALICE = ALICE.recipient()
HERE = Context(Purpose.REPORT, (b"drop id 12345678", b"box id 123456789"))
CONTEXTS = st.builds(
    Context,
    st.sampled_from(Purpose),
    st.lists(st.binary(min_size=1, max_size=64), max_size=8).map(tuple),
)
PLAINTEXTS = st.binary(max_size=3000)
LONG = bytes(range(256)) * 800  # 204,800 bytes: four chunks when padded to 256 KiB


@settings(deadline=None)
@given(PLAINTEXTS, CONTEXTS, st.sampled_from([None, REPORT_BUCKETS, RECORD_BUCKETS]))
def test_what_is_sealed_comes_out_the_same(plaintext, context, buckets):
    sealed = seal(plaintext, TO_ALICE, context, buckets=buckets)
    assert unseal(sealed, ALICE, context) == plaintext


@settings(deadline=None)
@given(PLAINTEXTS)
def test_only_the_recipient_can_unseal(plaintext):
    with pytest.raises(NotForUsError):
        unseal(seal(plaintext, TO_ALICE, HERE), BOB, HERE)


@settings(deadline=None)
@given(st.binary(max_size=200), CONTEXTS, CONTEXTS)
def test_an_envelope_opens_in_its_own_place_only(plaintext, context, elsewhere):
    sealed = seal(plaintext, TO_ALICE, context)
    if context != elsewhere:
        with pytest.raises(TamperedError):
            unseal(sealed, ALICE, elsewhere)


def test_two_rows_envelopes_cannot_be_swapped():
    first, second = (Context(Purpose.REPORT, (name, b"box")) for name in (b"first", b"second"))
    sealed_first, sealed_second = seal(b"one", TO_ALICE, first), seal(b"two", TO_ALICE, second)
    with pytest.raises(TamperedError):
        unseal(sealed_first, ALICE, second)
    with pytest.raises(TamperedError):
        unseal(sealed_second, ALICE, first)


def test_ids_cannot_slide_into_one_another():
    sealed = seal(b"", TO_ALICE, Context(Purpose.GRANT, (b"ab", b"c")))
    with pytest.raises(TamperedError):
        unseal(sealed, ALICE, Context(Purpose.GRANT, (b"a", b"bc")))


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_any_flipped_bit_is_refused(data):
    sealed = bytearray(seal(b"words", TO_ALICE, HERE, buckets=REPORT_BUCKETS))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((MalformedError, NotForUsError, TamperedError)):
        unseal(bytes(sealed), ALICE, HERE)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_an_envelope_cut_anywhere_is_refused(data):
    sealed = seal(LONG, TO_ALICE, HERE)
    at = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises((MalformedError, TamperedError)):
        unseal(sealed[:at], ALICE, HERE)


def test_an_envelope_cut_at_every_chunk_boundary_is_refused():
    sealed = seal(LONG, TO_ALICE, HERE)
    start = read_header(sealed).length + 16
    for chunks in range(4):
        with pytest.raises(TamperedError):
            unseal(sealed[: start + chunks * SEALED_CHUNK_LENGTH], ALICE, HERE)


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=100))
def test_an_envelope_with_something_added_is_refused(added):
    sealed = seal(b"words", TO_ALICE, HERE)
    with pytest.raises(TamperedError):
        unseal(sealed + added, ALICE, HERE)


@settings(deadline=None)
@given(st.permutations(range(3)))
def test_chunks_in_another_order_are_refused(order):
    sealed = seal(b"x" * (3 * CHUNK_LENGTH - 100), TO_ALICE, HERE)
    start = read_header(sealed).length + 16
    chunks = [sealed[start + n * SEALED_CHUNK_LENGTH :][:SEALED_CHUNK_LENGTH] for n in range(3)]
    moved = sealed[:start] + b"".join(chunks[n] for n in order)
    if moved != sealed:
        with pytest.raises(TamperedError):
            unseal(moved, ALICE, HERE)


def test_a_payload_under_another_envelopes_header_is_refused():
    first, second = (seal(b"x" * 100, TO_ALICE, HERE) for _ in range(2))
    cut = read_header(first).length
    with pytest.raises(TamperedError):
        unseal(first[:cut] + second[cut:], ALICE, HERE)


def test_nothing_is_shown_of_an_envelope_whose_last_byte_is_wrong():
    sealed = seal(LONG, TO_ALICE, HERE)
    opened = None
    with pytest.raises(TamperedError):
        opened = unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), ALICE, HERE)
    assert opened is None


@settings(deadline=None)
@given(st.integers(0, REPORT_BUCKETS[-1] - 100))
def test_a_padded_envelope_has_one_of_four_lengths(length):
    assert len(seal(bytes(length), TO_ALICE, HERE, buckets=REPORT_BUCKETS)) in SEALED_REPORT_LENGTHS


def test_the_four_lengths_are_the_buckets_and_a_fixed_addition():
    chunks = [1, 1, 1, 4]
    assert [
        sealed - bucket - 16 * n
        for sealed, bucket, n in zip(SEALED_REPORT_LENGTHS, REPORT_BUCKETS, chunks, strict=True)
    ] == [1643] * 4


@settings(deadline=None)
@given(st.one_of(st.integers(0, 5000), st.sampled_from([65535, 65536, 65537, 131072, 131073])))
def test_the_length_of_a_file_is_known_beforehand(length):
    assert len(seal_file(bytes(length), load_public_key(TO_ALICE.public_key))) == sealed_length(length)


def test_what_fits_no_bucket_is_refused_before_it_is_sealed():
    with pytest.raises(TooLongError):
        seal(bytes(REPORT_BUCKETS[-1]), TO_ALICE, HERE, buckets=REPORT_BUCKETS)


def test_sealing_twice_gives_nothing_in_common():
    first, second = (seal(b"the same words", TO_ALICE, HERE) for _ in range(2))
    assert read_header(first).stanzas[0].arguments[1] != read_header(second).stanzas[0].arguments[1]
    keys = {unwrap_file_key(read_header(sealed), ALICE.private_key) for sealed in (first, second)}
    assert len(keys) == 2


def test_an_envelope_names_neither_recipient_nor_row():
    sealed = seal(b"words", TO_ALICE, HERE)
    for told in (TO_ALICE.public_key[:16], *HERE.ids, b"report", TO_ALICE.encode().encode()[:20]):
        assert told not in sealed


def test_a_stanza_added_by_another_hand_is_refused():
    sealed = seal(b"words", TO_ALICE, HERE)
    at = len(b"age-encryption.org/v1\n")
    with pytest.raises(TamperedError):
        unseal(sealed[:at] + b"-> more\n\n" + sealed[at:], ALICE, HERE)


def test_a_header_whose_mac_was_made_by_another_key_is_refused():
    header = read_header(seal(b"words", TO_ALICE, HERE))
    with pytest.raises(TamperedError):
        check_mac(header, bytes(16))


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=400), st.booleans())
def test_bytes_that_are_no_envelope_raise_a_typed_error(data, begins_well):
    with pytest.raises(EnvelopeError):
        unseal(b"age-encryption.org/v1\n" * begins_well + data, ALICE, HERE)


@settings(deadline=None)
@given(st.binary(max_size=64), CONTEXTS, CONTEXTS)
def test_a_small_envelope_opens_for_its_recipient_in_its_context_only(secret, context, elsewhere):
    sealed = seal_small(secret, TO_ALICE, context)
    assert len(sealed) == len(secret) + 1136
    assert unseal_small(sealed, ALICE, context) == secret
    with pytest.raises(TamperedError):
        unseal_small(sealed, BOB, context)
    if elsewhere != context:
        with pytest.raises(TamperedError):
            unseal_small(sealed, ALICE, elsewhere)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_small_envelope_with_any_bit_flipped_or_cut_is_refused(data):
    sealed = bytearray(seal_small(bytes(32), TO_ALICE, HERE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises((MalformedError, TamperedError)):
        unseal_small(bytes(sealed[:place]), ALICE, HERE)
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((MalformedError, TamperedError)):
        unseal_small(bytes(sealed), ALICE, HERE)


def test_secrets_do_not_print():
    assert "seed" not in repr(ALICE)
    assert repr(ALICE.seed) not in repr(ALICE)
    assert "x25519" not in repr(ALICE.private_key)


def test_keys_of_the_wrong_length_or_kind_are_refused():
    for wrong in (b"", bytes(31), bytes(33)):
        with pytest.raises(MalformedError):
            Identity(wrong)
    for wrong in (b"", bytes(1215), bytes(1217), b"\xff" * 1216):
        with pytest.raises(MalformedError):
            Recipient(wrong)


def test_a_key_that_everyone_would_agree_with_cannot_be_sealed_to():
    low_order = Recipient(TO_ALICE.public_key[:1184] + bytes(32))
    with pytest.raises(MalformedError):
        seal(b"words", low_order, HERE)


@given(st.binary(min_size=32, max_size=32))
@settings(deadline=None, max_examples=30)
def test_keys_are_read_as_they_are_written(seed):
    identity = Identity(seed)
    assert Identity.decode(identity.encode()) == identity
    assert Recipient.decode(identity.recipient().encode()) == identity.recipient()
