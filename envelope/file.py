"""A file sent along with a report: sealed while it arrives, cut into pieces, opened whole or refused.

The plaintext of an age payload (envelope/stream.py) under a random file key, which the report carries:

    magic, version    4       as in envelope/wire.py: 51 57 45 01
    context          24       purpose "file", the file id
    the file
    zeros                     up to the Padmé length of the whole
    true length       8       big-endian: the trailer, since nobody knows the length when the first piece is stored

The payload is cut into pieces of 1 MiB, the last one shorter; a piece is a row, numbered from 0.
"""

import hashlib
from collections.abc import Iterable, Iterator
from secrets import token_bytes

from envelope.errors import TamperedError
from envelope.padding import padme
from envelope.report import PART_ID_LENGTH, MediaType, PartReference
from envelope.stream import CHUNK_LENGTH, FILE_KEY_LENGTH, PayloadReader, PayloadWriter, payload_length
from envelope.wire import MAGIC, Context, Purpose

PIECE_LENGTH = 1 << 20

_LENGTH_BYTES = 8


def sealed_file_length(length: int) -> int:
    """How many bytes all pieces of a file of so many bytes have together."""
    return payload_length(_padded_length(length))


class FileSealer:
    """Seals one file while it arrives; holds little more than one piece in memory.

    What `write` and `finish` give are the pieces in their order, each exactly 1 MiB except the last.
    """

    def __init__(self, file_id: bytes | None = None) -> None:
        self.file_id = token_bytes(PART_ID_LENGTH) if file_id is None else file_id
        self._key = token_bytes(FILE_KEY_LENGTH)
        self._payload = PayloadWriter(self._key)
        self._sealed = bytearray(self._payload.write(_header(self.file_id)))
        self._digest = hashlib.sha256()
        self._length = 0

    def write(self, data: bytes) -> tuple[bytes, ...]:
        """Take some of the file; give the pieces that are full."""
        self._digest.update(data)
        self._length += len(data)
        self._sealed += self._payload.write(data)
        return tuple(self._full_pieces())

    def finish(self, media_type: MediaType, pages: int = 1) -> tuple[tuple[bytes, ...], PartReference]:
        """The last pieces, and what the report must carry to open them; the sealer is then spent."""
        length = self._length
        zeros = _padded_length(length) - len(_header(self.file_id)) - length - _LENGTH_BYTES
        self._sealed += self._payload.write(bytes(zeros) + length.to_bytes(_LENGTH_BYTES, "big"))
        self._sealed += self._payload.finish()
        pieces = [*self._full_pieces(), bytes(self._sealed)]
        self._sealed.clear()
        digest = self._digest.digest()
        reference = PartReference(self.file_id, length, digest, self._key, media_type, pages)
        return tuple(piece for piece in pieces if piece), reference

    def _full_pieces(self) -> Iterator[bytes]:
        while len(self._sealed) >= PIECE_LENGTH:
            yield bytes(self._sealed[:PIECE_LENGTH])
            del self._sealed[:PIECE_LENGTH]


def open_parts(reference: PartReference, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The file, some 64 KiB at a time, from its pieces in their order.

    The last bytes are given only when all of it was found whole, so what came before an error is never the file.

    Raises:
        TamperedError: a piece is missing, changed, cut, added, out of place or another file's, or the file is not
            the one that the report speaks of.
    """
    header, length = _header(reference.file_id), reference.length
    body_end = len(header) + length
    reader = PayloadReader(reference.key)
    digest = hashlib.sha256()
    position, begun, held, trailer = 0, b"", b"", b""
    for opened in _opened(reader, pieces, sealed_file_length(length)):
        begun += opened[: max(0, len(header) - position)]
        if begun != header[: len(begun)]:
            raise TamperedError("It is not the file that the report speaks of")
        body = opened[max(0, len(header) - position) : max(0, body_end - position)]
        rest = opened[max(0, body_end - position) :]
        position += len(opened)
        digest.update(body)
        trailer = _past_zeros(trailer + rest)
        if body:
            if held:
                yield held
            held = body
    if trailer != length.to_bytes(_LENGTH_BYTES, "big") or digest.digest() != reference.digest:
        raise TamperedError("It is not the file that the report speaks of")
    if held:
        yield held


def open_file_parts(reference: PartReference, pieces: Iterable[bytes]) -> bytes:
    """The whole file in memory; raises TamperedError as `open_parts` does."""
    return b"".join(open_parts(reference, pieces))


def _opened(reader: PayloadReader, pieces: Iterable[bytes], expected: int) -> Iterator[bytes]:
    """The plaintext of the payload by chunks; more or fewer bytes than the report speaks of are refused."""
    taken = 0
    for piece in pieces:
        taken += len(piece)
        if taken > expected:
            raise TamperedError("It is longer than the report says")
        for start in range(0, len(piece), CHUNK_LENGTH):
            yield reader.feed(piece[start : start + CHUNK_LENGTH])
    if taken != expected:
        raise TamperedError("It is shorter than the report says")
    yield reader.finish()


def _past_zeros(rest: bytes) -> bytes:
    """The last bytes of what follows the file, once what stands before them is known to be zeros."""
    padding = rest[:-_LENGTH_BYTES]
    if padding.count(0) != len(padding):
        raise TamperedError("The padding holds something")
    return rest[-_LENGTH_BYTES:]


def _header(file_id: bytes) -> bytes:
    return MAGIC + Context(Purpose.FILE, (file_id,)).to_bytes()


def _padded_length(length: int) -> int:
    return padme(len(_header(bytes(PART_ID_LENGTH))) + length + _LENGTH_BYTES)
