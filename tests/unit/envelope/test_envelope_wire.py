"""The plaintext header and the padding, without any sealing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envelope import wire
from envelope.errors import MalformedError, TamperedError, TooLongError
from envelope.padding import RECORD_BUCKETS, REPORT_BUCKETS, pad_to_bucket, padme, unpad
from envelope.wire import Context, Purpose

CONTEXT = Context(Purpose.NOTICE, (b"0123456789abcdef",))


def test_the_header_is_laid_out_as_the_docs_draw_it():
    written = wire.write(b"body", CONTEXT, (64,))
    assert written == (b"QWE\x01\x06notice\x01\x100123456789abcdef\x00\x00\x00\x04body" + bytes(27))
    assert wire.header_length(CONTEXT) == 33


@given(st.binary(max_size=2000), st.sampled_from([None, REPORT_BUCKETS, RECORD_BUCKETS, (4096,)]))
def test_a_body_is_read_as_it_was_written(body, buckets):
    written = wire.write(body, CONTEXT, buckets)
    assert wire.read(written, CONTEXT) == body
    assert buckets is None or len(written) in buckets


@given(st.integers(0, 63))
def test_padding_that_holds_anything_is_refused(place):
    written = bytearray(wire.write(b"", CONTEXT, (33 + 64,)))
    written[33 + place] = 1
    with pytest.raises(TamperedError):
        wire.read(bytes(written), CONTEXT)


@pytest.mark.parametrize("length", [5, 60, 2**31, 2**32 - 1])
def test_a_length_that_does_not_fit_is_refused(length):
    written = bytearray(wire.write(b"body", CONTEXT, None))
    written[29:33] = length.to_bytes(4, "big")
    with pytest.raises(TamperedError):
        wire.read(bytes(written), CONTEXT)


@given(st.integers(0, 36))
def test_a_header_cut_anywhere_is_refused(at):
    with pytest.raises((MalformedError, TamperedError)):
        wire.read(wire.write(b"body", CONTEXT, None)[:at], CONTEXT)


@pytest.mark.parametrize("magic", [b"QWE\x00", b"QWE\x02", b"qwe\x01", b"\x00\x00\x00\x00"])
def test_another_version_is_not_guessed_at(magic):
    with pytest.raises(MalformedError):
        wire.read(magic + wire.write(b"body", CONTEXT, None)[4:], CONTEXT)


@pytest.mark.parametrize("ids", [(b"",), (bytes(65),), (b"a",) * 9])
def test_a_context_that_cannot_be_written_is_a_mistake_of_the_caller(ids):
    with pytest.raises(ValueError, match="eight ids"):
        Context(Purpose.GRANT, ids)


@given(st.binary(max_size=5000))
def test_padding_comes_off_as_it_went_on(data):
    padded = pad_to_bucket(data, RECORD_BUCKETS)
    assert len(padded) in RECORD_BUCKETS
    assert unpad(padded) == data


@pytest.mark.parametrize(("length", "bucket"), [(0, 512), (508, 512), (509, 1024), (1048572, 1048576)])
def test_a_bucket_is_filled_to_its_last_byte_and_not_beyond(length, bucket):
    assert len(pad_to_bucket(bytes(length), RECORD_BUCKETS)) == bucket


def test_what_fits_no_bucket_is_refused():
    with pytest.raises(TooLongError):
        pad_to_bucket(bytes(1048573), RECORD_BUCKETS)


@pytest.mark.parametrize("padded", [b"\0\0\0", b"\0\0\0\x02a", b"\xff\xff\xff\xffabc", b"\0\0\0\x01a\0\x01"])
def test_padding_that_was_meddled_with_is_refused(padded):
    with pytest.raises((MalformedError, TamperedError)):
        unpad(padded)


@given(st.integers(0, 2**40))
def test_padme_adds_at_most_an_eighth_and_never_takes(length):
    padded = padme(length)
    assert length <= padded <= length * 1.12 + 1
    assert padme(padded) == padded


@pytest.mark.parametrize(("length", "padded"), [(0, 0), (1, 1), (8, 8), (9, 10), (1000, 1024), (1_000_000, 1015808)])
def test_padme_gives_the_papers_lengths(length, padded):
    assert padme(length) == padded
