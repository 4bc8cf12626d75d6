"""The chunked payload, while it arrives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envelope.errors import MalformedError, TamperedError
from envelope.stream import (
    CHUNK_LENGTH,
    SEALED_CHUNK_LENGTH,
    PayloadReader,
    PayloadWriter,
    open_payload,
    payload_length,
    seal_payload,
)

KEY = b"sixteen byte key"
AROUND_CHUNKS = st.sampled_from([0, 1, CHUNK_LENGTH - 1, CHUNK_LENGTH, CHUNK_LENGTH + 1, 2 * CHUNK_LENGTH, 150_000])


@settings(deadline=None)
@given(AROUND_CHUNKS, st.integers(1, 100_000), st.integers(1, 100_000))
def test_it_does_not_matter_how_the_bytes_arrive(length, written_by, read_by):
    plaintext = bytes(length)
    writer = PayloadWriter(KEY)
    sealed = b"".join(writer.write(plaintext[at : at + written_by]) for at in range(0, length, written_by))
    sealed += writer.finish()
    assert len(sealed) == payload_length(length)
    reader = PayloadReader(KEY)
    opened = b"".join(reader.feed(sealed[at : at + read_by]) for at in range(0, len(sealed), read_by))
    assert opened + reader.finish() == plaintext


@settings(deadline=None)
@given(AROUND_CHUNKS)
def test_a_clean_end_of_file_is_not_an_end_of_stream(length):
    sealed = seal_payload(KEY, bytes(length))
    for chunks in range(-(-len(sealed) // SEALED_CHUNK_LENGTH)):
        cut = 16 + chunks * SEALED_CHUNK_LENGTH
        if cut < len(sealed):
            with pytest.raises(TamperedError):
                open_payload(KEY, sealed[:cut])


def test_the_last_bytes_are_given_only_by_finish():
    sealed = seal_payload(KEY, bytes(CHUNK_LENGTH))
    reader = PayloadReader(KEY)
    assert reader.feed(sealed) == b""
    assert reader.finish() == bytes(CHUNK_LENGTH)


def test_a_payload_without_its_nonce_is_malformed():
    with pytest.raises(MalformedError):
        open_payload(KEY, bytes(15))


@pytest.mark.parametrize("key", [b"", bytes(15), bytes(32)])
def test_a_file_key_has_sixteen_bytes(key):
    with pytest.raises(MalformedError):
        seal_payload(key, b"")


def test_the_writer_holds_no_more_than_a_chunk():
    writer = PayloadWriter(KEY)
    given_out = sum(len(writer.write(bytes(10_000))) for _ in range(100))
    assert payload_length(1_000_000) - given_out <= SEALED_CHUNK_LENGTH + 10_000
