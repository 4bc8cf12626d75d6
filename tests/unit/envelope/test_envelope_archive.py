"""A backup is a standard age file that is written and read piece by piece, and is whole or refused."""

import pytest

from envelope.archive import open_stream, seal_stream
from envelope.errors import EnvelopeError, NotForUsError
from envelope.identity import Identity

ONE, OTHER = Identity(b"1" * 32), Identity(b"2" * 32)
PLAIN = bytes(range(256)) * 800


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("size", [97, 65_536, 10**7])
def test_what_was_sealed_by_pieces_is_opened_by_other_pieces(size: int) -> None:
    file = b"".join(seal_stream(pieces(PLAIN, 1000), ONE.recipient()))
    assert b"".join(open_stream(pieces(file, size), ONE)) == PLAIN


def test_an_empty_backup_is_a_whole_file() -> None:
    file = b"".join(seal_stream([], ONE.recipient()))
    assert b"".join(open_stream([file], ONE)) == b""


def test_it_opens_with_its_own_key_alone() -> None:
    file = b"".join(seal_stream([PLAIN], ONE.recipient()))
    with pytest.raises(NotForUsError):
        list(open_stream([file], OTHER))


@pytest.mark.parametrize("cut", [1, 20, 70_000, 150_000])
def test_a_file_that_was_cut_is_refused(cut: int) -> None:
    file = b"".join(seal_stream([PLAIN], ONE.recipient()))
    with pytest.raises(EnvelopeError):
        list(open_stream([file[:-cut]], ONE))


def test_a_changed_byte_is_refused_wherever_it_is() -> None:
    file = b"".join(seal_stream([PLAIN[:70_000]], ONE.recipient()))
    for place in range(0, len(file), 997):
        broken = file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]
        with pytest.raises(EnvelopeError):
            list(open_stream(pieces(broken, 4096), ONE))


def test_what_is_no_file_of_ours_is_refused() -> None:
    for junk in (b"", b"not an age file", bytes(40_000)):
        with pytest.raises(EnvelopeError):
            list(open_stream(pieces(junk, 1000), ONE))
