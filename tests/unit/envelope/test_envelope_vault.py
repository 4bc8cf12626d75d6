"""Case data at rest: wrapped keys, fields, blobs, and seeds under a passphrase."""

import threading
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envelope import passphrase as passphrases
from envelope.errors import EnvelopeError, MalformedError, TamperedError, WrongPassphraseError
from envelope.identity import Identity
from envelope.padding import RECORD_BUCKETS
from envelope.vault import (
    WRAPPED_KEY_LENGTH,
    CompartmentKey,
    DataKey,
    KdfCost,
    RowOpener,
    decrypt_blob,
    decrypt_field,
    derive,
    derive_kek,
    encrypt_blob,
    encrypt_field,
    keyed_digest,
    open_with_passphrase,
    random_bytes,
    seal_to_passphrase,
    unwrap,
    wrap,
)

BOX, OTHER_BOX = (CompartmentKey.of(Identity(seed)) for seed in (bytes(32), bytes(range(32))))
KEY, OTHER_KEY = DataKey(b"k" * 32), DataKey(b"o" * 32)
ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
PLACE = {"table": "reports", "column": "words", "row": ROW}
CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)
BUCKETS = st.sampled_from([None, RECORD_BUCKETS])


@given(st.binary(min_size=32, max_size=32), st.uuids(), st.uuids())
def test_a_data_key_unwraps_for_its_compartment_and_its_id_only(secret, key_id, other_id):
    wrapped = wrap(DataKey(secret), BOX, key_id)
    assert len(wrapped) == WRAPPED_KEY_LENGTH
    assert unwrap(wrapped, BOX, key_id) == DataKey(secret)
    with pytest.raises(TamperedError):
        unwrap(wrapped, OTHER_BOX, key_id)
    if other_id != key_id:
        with pytest.raises(TamperedError):
            unwrap(wrapped, BOX, other_id)


@given(st.binary(max_size=3000), BUCKETS)
def test_a_field_decrypts_to_what_it_was(plaintext, buckets):
    encrypted = encrypt_field(KEY, plaintext, **PLACE, buckets=buckets)
    assert decrypt_field(KEY, encrypted, **PLACE) == plaintext
    assert len(encrypted) - 29 in ((len(plaintext),) if buckets is None else RECORD_BUCKETS)


@given(st.binary(max_size=3000), BUCKETS, st.uuids())
def test_many_rows_are_opened_as_one_is(plaintext, buckets, key_id):
    wrapped, encrypted = wrap(KEY, BOX, key_id), encrypt_field(KEY, plaintext, **PLACE, buckets=buckets)
    opener = RowOpener(BOX, table="reports", column="words")
    for _ in range(2):
        assert opener.open(wrapped, key_id.bytes, encrypted, ROW.bytes) == plaintext
    for given_ in (
        (wrap(OTHER_KEY, BOX, key_id), key_id.bytes, encrypted, ROW.bytes),
        (wrap(KEY, OTHER_BOX, key_id), key_id.bytes, encrypted, ROW.bytes),
        (wrapped, bytes(16) if key_id.int else b"1" * 16, encrypted, ROW.bytes),
        (wrapped, key_id.bytes, encrypted[:-1] + bytes([encrypted[-1] ^ 1]), ROW.bytes),
        (wrapped, key_id.bytes, encrypted, OTHER_ROW.bytes),
        (wrapped, key_id.bytes, encrypted[:20], ROW.bytes),
    ):
        with pytest.raises(TamperedError):
            opener.open(*given_)
    for malformed in (b"", wrapped[:-1], wrapped + b"1", b"\x02" + wrapped[1:]):
        with pytest.raises(MalformedError):
            opener.open(malformed, key_id.bytes, encrypted, ROW.bytes)
    with pytest.raises(TamperedError):
        RowOpener(BOX, table="reports", column="word").open(wrapped, key_id.bytes, encrypted, ROW.bytes)


@pytest.mark.parametrize(
    "elsewhere",
    [{"table": "items"}, {"column": "who"}, {"row": OTHER_ROW}, {"table": "reportsw", "column": "ords"}],
)
def test_a_field_decrypts_in_its_own_place_only(elsewhere):
    encrypted = encrypt_field(KEY, b"words", **PLACE)
    with pytest.raises(TamperedError):
        decrypt_field(KEY, encrypted, **{**PLACE, **elsewhere})


def test_a_field_decrypts_under_its_own_key_only():
    with pytest.raises(TamperedError):
        decrypt_field(OTHER_KEY, encrypt_field(KEY, b"words", **PLACE), **PLACE)


@given(st.data(), BUCKETS)
def test_a_changed_or_cut_field_is_refused(data, buckets):
    encrypted = bytearray(encrypt_field(KEY, b"words", **PLACE, buckets=buckets))
    place = data.draw(st.integers(0, len(encrypted) - 1))
    with pytest.raises((MalformedError, TamperedError)):
        decrypt_field(KEY, bytes(encrypted[:place]), **PLACE)
    encrypted[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((MalformedError, TamperedError)):
        decrypt_field(KEY, bytes(encrypted), **PLACE)


@given(st.binary(max_size=500), st.binary(max_size=50), st.binary(max_size=50))
def test_a_blob_opens_under_its_key_in_its_context_only(plaintext, context, elsewhere):
    key = bytes(32)
    encrypted = encrypt_blob(key, plaintext, context)
    assert decrypt_blob(key, encrypted, context) == plaintext
    with pytest.raises(TamperedError):
        decrypt_blob(b"x" * 32, encrypted, context)
    if elsewhere != context:
        with pytest.raises(TamperedError):
            decrypt_blob(key, encrypted, elsewhere)


def test_a_field_is_never_taken_for_a_blob_or_a_wrapped_key():
    encrypted = encrypt_field(KEY, bytes(32), **PLACE)
    with pytest.raises(TamperedError):
        decrypt_blob(KEY.secret, encrypted, b"")
    with pytest.raises(TamperedError):
        unwrap(encrypted, CompartmentKey(KEY.secret), ROW)


def test_encrypting_twice_gives_different_bytes():
    assert encrypt_field(KEY, b"words", **PLACE) != encrypt_field(KEY, b"words", **PLACE)


def test_a_compartment_key_is_its_boxs_and_not_its_seed():
    assert CompartmentKey.of(Identity(bytes(32))) == BOX != OTHER_BOX
    assert BOX.secret != bytes(32)


@pytest.mark.parametrize("wrapped", [b"", bytes(61), b"\x01" + bytes(59), b"\x02" + bytes(60)])
def test_what_is_no_wrapped_key_is_malformed(wrapped):
    with pytest.raises(MalformedError):
        unwrap(wrapped, BOX, ROW)


def test_keys_of_the_wrong_length_are_refused():
    for kind in (DataKey, CompartmentKey):
        with pytest.raises(MalformedError):
            kind(bytes(31))


@settings(deadline=None, max_examples=30)
@given(st.binary(min_size=32, max_size=32), st.text(max_size=40), st.text(max_size=40), st.binary(max_size=40))
def test_a_seed_opens_with_its_passphrase_only(seed, passphrase, other, context):
    sealed = seal_to_passphrase(seed, passphrase, CHEAP, context=context)
    assert open_with_passphrase(sealed, passphrase, context=context) == seed
    with pytest.raises(WrongPassphraseError):
        open_with_passphrase(sealed, passphrase + "x", context=context)
    with pytest.raises(WrongPassphraseError):
        open_with_passphrase(sealed, passphrase, context=context + b"x")


def test_a_passphrase_is_the_same_however_the_keyboard_composes_it():
    sealed = seal_to_passphrase(bytes(32), "caf\u00e9 \ufb01n", CHEAP)
    assert open_with_passphrase(
        sealed,
        "cafe\u0301 fin",
    ) == bytes(32)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_changed_or_cut_seed_is_refused(data):
    sealed = bytearray(seal_to_passphrase(bytes(32), "passphrase", CHEAP))
    # The first thirteen bytes are version and cost: another cost may be dear, so it is only tried where it is refused.
    place = data.draw(st.one_of(st.just(0), st.integers(13, len(sealed) - 1)))
    with pytest.raises(EnvelopeError):
        open_with_passphrase(bytes(sealed[:place]), "passphrase")
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(EnvelopeError):
        open_with_passphrase(bytes(sealed), "passphrase")


@pytest.mark.parametrize(
    "cost",
    [
        (0, 1, 1),
        (7, 1, 1),
        (64, 0, 1),
        (64, 1, 0),
        (64, 1, 16),
        (1024 * 1024 + 1, 1, 1),
        (64, 17, 1),
        (2**32 - 1, 1, 1),
    ],
)
def test_a_cost_that_would_stop_the_host_or_no_guesser_is_refused(cost):
    with pytest.raises(MalformedError):
        KdfCost(*cost)
    sealed = bytearray(seal_to_passphrase(bytes(32), "passphrase", CHEAP))
    sealed[1:13] = b"".join(number.to_bytes(4, "big") for number in cost)
    with pytest.raises(MalformedError):
        open_with_passphrase(bytes(sealed), "passphrase")


def test_the_default_cost_is_the_designs():
    assert KdfCost() == KdfCost(memory_kib=256 * 1024, iterations=3, lanes=4)


def test_the_cost_travels_with_the_seed():
    dearer = KdfCost(memory_kib=128, iterations=2, lanes=2)
    assert open_with_passphrase(seal_to_passphrase(bytes(32), "passphrase", dearer), "passphrase") == bytes(32)


def test_a_key_from_a_passphrase_needs_a_salt_of_sixteen_bytes():
    assert derive_kek("passphrase", bytes(16), CHEAP) != derive_kek("passphrase", bytes(15) + b"\x01", CHEAP)
    with pytest.raises(MalformedError):
        derive_kek("passphrase", b"short", CHEAP)


def test_passphrases_are_tried_one_at_a_time(monkeypatch):
    """One is held inside; while it is, there is no room for another."""
    inside, go_on = threading.Semaphore(0), threading.Event()

    class Held:
        def __init__(self, **_: object) -> None: ...

        def derive(self, _: bytes) -> bytes:
            inside.release()
            go_on.wait(120)
            return bytes(32)

    monkeypatch.setattr(passphrases, "Argon2id", Held)
    threads = [threading.Thread(target=derive_kek, args=("x", bytes(16), CHEAP)) for _ in range(5)]
    for thread in threads:
        thread.start()
    try:
        assert inside.acquire(timeout=120)
        assert not passphrases._ONE_AT_A_TIME.acquire(blocking=False)
        assert not inside.acquire(blocking=False)
    finally:
        go_on.set()
        for thread in threads:
            thread.join()
    assert [inside.acquire(blocking=False) for _ in range(5)] == [True, True, True, True, False]


def test_many_passphrases_of_several_lanes_are_all_tried():
    """OpenSSL's threads are one pool for a process: two at once there fail, or wait for ever."""
    cost, made = KdfCost(memory_kib=64, iterations=1, lanes=4), []

    def try_some() -> None:
        made.extend(derive_kek("x", bytes(16), cost) for _ in range(5))

    threads = [threading.Thread(target=try_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(made) == 20
    assert len(set(made)) == 1


def test_derived_keys_differ_by_secret_and_label_and_have_the_length_asked_for():
    assert len({derive(secret, label) for secret in (b"a", b"b") for label in ("one", "two")}) == 4
    assert [len(derive(b"a", "one", length)) for length in (1, 16, 64)] == [1, 16, 64]


def test_keyed_digests_differ_by_key_label_and_data():
    digests = {keyed_digest(k, label, data) for k in (b"a", b"b") for label in ("x", "xy") for data in (b"yz", b"z")}
    assert len(digests) == 8
    assert {len(one) for one in digests} == {32}


def test_random_bytes_do_not_repeat():
    assert len({random_bytes(16) for _ in range(100)}) == 100


def test_secrets_do_not_print():
    assert repr((KEY, BOX)) == "(DataKey(), CompartmentKey())"
    assert uuid4().hex not in repr(KEY)
