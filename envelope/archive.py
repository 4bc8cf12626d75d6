"""A whole age v1 file for one recipient, written and read as a stream: what a backup is. Inside the wall only."""

from collections.abc import Iterable, Iterator
from secrets import token_bytes

from envelope.agefile import check_mac, read_header, unwrap_file_key, write_header
from envelope.errors import MalformedError
from envelope.identity import Identity
from envelope.recipient import Recipient
from envelope.stream import CHUNK_LENGTH, FILE_KEY_LENGTH, PayloadReader, PayloadWriter

# One post-quantum recipient takes about 1,600 bytes; what has no header in this much is no file of ours.
_MOST_HEADER = 16 * 1024


def seal_stream(plaintext: Iterable[bytes], to: Recipient) -> Iterator[bytes]:
    """The file, piece by piece; holds about one chunk (64 KiB) in memory."""
    file_key = token_bytes(FILE_KEY_LENGTH)
    yield write_header(file_key, [to.wrap_file_key(file_key)])
    writer = PayloadWriter(file_key)
    for piece in plaintext:
        ready = writer.write(piece)
        if ready:
            yield ready
    yield writer.finish()


def open_stream(file: Iterable[bytes], identity: Identity) -> Iterator[bytes]:
    """The plaintext, piece by piece. It is whole only when this ends without an error: keep it out of sight until then.

    Raises:
        MalformedError, NotForUsError, TamperedError.
    """
    begun, pieces = b"", iter(file)
    for piece in pieces:
        begun += piece
        if b"\n--- " in begun and begun.endswith(b"\n", 0, begun.find(b"\n", begun.find(b"\n--- ") + 1) + 1):
            break
        if len(begun) > _MOST_HEADER:
            raise MalformedError("Not an age v1 file")
    header = read_header(begun)
    file_key = unwrap_file_key(header, identity.private_key)
    check_mac(header, file_key)
    reader = PayloadReader(file_key)
    for piece in _after(begun[header.length :], pieces):
        for start in range(0, len(piece), CHUNK_LENGTH):
            opened = reader.feed(piece[start : start + CHUNK_LENGTH])
            if opened:
                yield opened
    yield reader.finish()


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
