"""A file sent along: sealed while it arrives, opened whole or refused, never in part."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envelope.errors import EnvelopeError, TamperedError
from envelope.file import PIECE_LENGTH, FileSealer, open_file_parts, open_parts, sealed_file_length
from envelope.padding import padme
from envelope.report import MediaType, PartReference
from envelope.stream import CHUNK_LENGTH, SEALED_CHUNK_LENGTH, PayloadWriter

FILE_ID = b"f" * 16
LENGTHS = st.sampled_from([0, 1, 30, CHUNK_LENGTH - 28, CHUNK_LENGTH, 200_000, PIECE_LENGTH, 2 * PIECE_LENGTH + 7])


def sealed(content: bytes, file_id: bytes = FILE_ID, written_by: int = 100_000) -> tuple[list[bytes], PartReference]:
    sealer = FileSealer(file_id)
    pieces: list[bytes] = []
    for start in range(0, len(content), written_by):
        pieces += sealer.write(content[start : start + written_by])
    last, reference = sealer.finish(MediaType.JPEG)
    return [*pieces, *last], reference


def content_of(length: int) -> bytes:
    return bytes(place % 251 for place in range(length))


SMALL, SMALL_REFERENCE = sealed(content_of(5_000))
LARGE, LARGE_REFERENCE = sealed(content_of(2_500_000))


@settings(deadline=None, max_examples=30)
@given(LENGTHS, st.integers(1_000, 2_000_000))
def test_a_file_is_opened_as_it_was_sealed_however_it_arrived(length, written_by):
    content = content_of(length)
    pieces, reference = sealed(content, written_by=written_by)
    assert open_file_parts(reference, pieces) == content
    assert b"".join(open_parts(reference, iter(pieces))) == content
    assert reference.length == length


@pytest.mark.parametrize("chunks", range((sum(map(len, LARGE)) - 17) // SEALED_CHUNK_LENGTH + 1))
def test_a_file_that_is_cut_where_a_chunk_ends_is_refused(chunks):
    whole = b"".join(LARGE)
    cut = whole[: 16 + chunks * SEALED_CHUNK_LENGTH]
    assert len(cut) < len(whole)
    with pytest.raises(TamperedError):
        open_file_parts(LARGE_REFERENCE, [cut])


@pytest.mark.parametrize("kept", range(3))
def test_a_file_that_lacks_its_last_pieces_is_refused(kept):
    assert len(LARGE) == 3
    with pytest.raises(TamperedError):
        open_file_parts(LARGE_REFERENCE, LARGE[:kept])


def test_a_shorter_payload_that_ends_as_a_payload_should_is_refused():
    """Whoever holds the key could end the stream early; the trailer and the report's length still tell."""
    shorter, reference = sealed(content_of(4_000))
    lying = replace(reference, length=5_000)
    with pytest.raises(TamperedError):
        open_file_parts(lying, shorter)


@pytest.mark.parametrize(
    "order",
    [(1, 0, 2), (0, 2, 1), (2, 1, 0), (0, 0, 1, 2), (0, 1, 1), (1, 2), (0, 1, 2, 2), (0, 1, 2, 0)],
)
def test_pieces_that_are_reordered_doubled_or_missing_are_refused(order):
    with pytest.raises(TamperedError):
        open_file_parts(LARGE_REFERENCE, [LARGE[place] for place in order])


@settings(deadline=None, max_examples=200)
@given(st.integers(0, sum(map(len, SMALL)) - 1), st.integers(1, 255))
def test_a_file_with_any_byte_changed_is_refused(place, difference):
    changed = bytearray(b"".join(SMALL))
    changed[place] ^= difference
    with pytest.raises(TamperedError):
        open_file_parts(SMALL_REFERENCE, [bytes(changed)])


@settings(deadline=None, max_examples=50)
@given(st.binary(min_size=1, max_size=100))
def test_a_file_with_anything_behind_it_is_refused(appended):
    with pytest.raises(TamperedError):
        open_file_parts(SMALL_REFERENCE, [*SMALL, appended])


def test_an_endless_file_is_refused_before_it_is_read():
    read = 0

    def endless():
        nonlocal read
        while True:
            read += 1
            yield bytes(PIECE_LENGTH)

    with pytest.raises(EnvelopeError):
        open_file_parts(SMALL_REFERENCE, endless())
    assert read == 1


def test_another_file_in_its_place_is_refused():
    other, other_reference = sealed(content_of(5_000), file_id=b"o" * 16)
    with pytest.raises(TamperedError):
        open_file_parts(SMALL_REFERENCE, other)
    # Even under the very key of the other: the header names the file.
    with pytest.raises(TamperedError):
        open_file_parts(replace(other_reference, file_id=FILE_ID), other)


def test_a_file_of_another_digest_or_length_than_the_report_says_is_refused():
    for wrong in (
        replace(SMALL_REFERENCE, digest=bytes(32)),
        replace(SMALL_REFERENCE, length=5_001),
        replace(SMALL_REFERENCE, length=4_999),
        replace(SMALL_REFERENCE, key=bytes(16)),
    ):
        with pytest.raises(TamperedError):
            open_file_parts(wrong, SMALL)


def test_the_last_bytes_are_held_back_until_the_whole_file_was_found_right():
    given_out: list[bytes] = []
    with pytest.raises(TamperedError):
        given_out.extend(open_parts(replace(LARGE_REFERENCE, digest=bytes(32)), LARGE))
    assert 0 < sum(map(len, given_out)) < LARGE_REFERENCE.length


@pytest.mark.parametrize("hidden", ["padding", "trailer"])
def test_nothing_hides_behind_the_file(hidden):
    """As somebody would write it who holds the key."""
    content = content_of(5_000)
    _, reference = sealed(content)
    header = b"QWE\x01" + b"\x04file" + b"\x01" + b"\x10" + FILE_ID
    padding = padme(len(header) + len(content) + 8) - len(header) - len(content) - 8
    assert padding > 0
    zeros, trailer = bytes(padding), len(content).to_bytes(8, "big")

    def written(zeros: bytes, trailer: bytes) -> list[bytes]:
        writer = PayloadWriter(reference.key)
        return [writer.write(header + content + zeros + trailer) + writer.finish()]

    assert open_file_parts(reference, written(zeros, trailer)) == content
    spoilt = written(zeros[:-1] + b"x", trailer) if hidden == "padding" else written(zeros, bytes(8))
    with pytest.raises(TamperedError):
        open_file_parts(reference, spoilt)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 300_000))
def test_the_length_of_the_pieces_is_a_padme_length_and_no_other(length):
    pieces, _ = sealed(bytes(length))
    stored = sum(map(len, pieces))
    assert stored == sealed_file_length(length)
    inside = padme(27 + length + 8)
    assert stored == 16 + inside + 16 * -(-inside // CHUNK_LENGTH)
    assert all(len(piece) == PIECE_LENGTH for piece in pieces[:-1])
    assert 0 < len(pieces[-1]) <= PIECE_LENGTH


def test_two_photos_of_nearly_one_size_are_stored_at_the_same_length():
    assert sealed_file_length(3_000_000) == sealed_file_length(3_001_000)


def test_the_sealer_holds_no_more_than_a_piece_and_a_chunk():
    sealer, given_out = FileSealer(), 0
    for taken in range(1, 50):
        given_out += sum(map(len, sealer.write(bytes(100_000))))
        assert taken * 100_000 - given_out <= PIECE_LENGTH + SEALED_CHUNK_LENGTH


def test_every_file_has_an_id_and_a_key_of_its_own():
    references = [FileSealer().finish(MediaType.PNG)[1] for _ in range(3)]
    assert len({reference.file_id for reference in references}) == 3
    assert len({reference.key for reference in references}) == 3
    assert all(reference.key.hex() not in repr(reference) for reference in references)
