"""The age v1 payload: 64 KiB chunks under a key of their own, each bound to its place and to the end (STREAM).

    nonce     16, random
    chunk     up to 65,536 + 16   ChaCha20-Poly1305, nonce = counter (11, big-endian) ‖ final flag (1)

A clean end of file is not an end of stream: only a chunk sealed as the last one is.
Source: C2SP age.md, "Payload".
"""

from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from envelope.errors import MalformedError, TamperedError
from envelope.suite import TAG_LENGTH, hkdf

FILE_KEY_LENGTH = 16
CHUNK_LENGTH = 64 * 1024
SEALED_CHUNK_LENGTH = CHUNK_LENGTH + TAG_LENGTH
PAYLOAD_NONCE_LENGTH = 16
_COUNTER_BYTES = 11


def payload_length(plaintext_length: int) -> int:
    """How long the payload of so many bytes is."""
    chunks = max(1, -(-plaintext_length // CHUNK_LENGTH))
    return PAYLOAD_NONCE_LENGTH + plaintext_length + chunks * TAG_LENGTH


class PayloadWriter:
    """Seals a payload while it arrives; holds at most one chunk in memory."""

    def __init__(self, file_key: bytes) -> None:
        nonce = token_bytes(PAYLOAD_NONCE_LENGTH)
        self._chunks = _Chunks(file_key, nonce)
        self._sealed = bytearray(nonce)
        self._held = bytearray()

    def write(self, data: bytes) -> bytes:
        """Take plaintext; give the ciphertext that is ready."""
        self._held += data
        # A full chunk stays until more comes: it may be the last one, which must be sealed as such.
        while len(self._held) > CHUNK_LENGTH:
            self._sealed += self._chunks.seal(bytes(self._held[:CHUNK_LENGTH]), last=False)
            del self._held[:CHUNK_LENGTH]
        return self._take()

    def finish(self) -> bytes:
        """Seal the last chunk; the writer is then spent."""
        self._sealed += self._chunks.seal(bytes(self._held), last=True)
        self._held.clear()
        return self._take()

    def _take(self) -> bytes:
        ready = bytes(self._sealed)
        self._sealed.clear()
        return ready


class PayloadReader:
    """Opens a payload while it arrives. What it gives is verified, but is whole only once `finish` returned.

    Callers keep what they get out of everyone's sight until then.
    """

    def __init__(self, file_key: bytes) -> None:
        self._file_key = file_key
        self._chunks: _Chunks | None = None
        self._held = bytearray()

    def feed(self, data: bytes) -> bytes:
        """Take ciphertext; give the plaintext of each chunk that is certainly not the last."""
        self._held += data
        opened = bytearray()
        chunks = self._begin()
        while chunks is not None and len(self._held) > SEALED_CHUNK_LENGTH:
            opened += chunks.open(bytes(self._held[:SEALED_CHUNK_LENGTH]), last=False)
            del self._held[:SEALED_CHUNK_LENGTH]
        return bytes(opened)

    def finish(self) -> bytes:
        """Open the last chunk; raises TamperedError if the payload was cut anywhere."""
        chunks = self._begin()
        if chunks is None:
            raise MalformedError("The file ends before its payload")
        return chunks.open(bytes(self._held), last=True)

    def _begin(self) -> "_Chunks | None":
        if self._chunks is None and len(self._held) >= PAYLOAD_NONCE_LENGTH:
            self._chunks = _Chunks(self._file_key, bytes(self._held[:PAYLOAD_NONCE_LENGTH]))
            del self._held[:PAYLOAD_NONCE_LENGTH]
        return self._chunks


def seal_payload(file_key: bytes, plaintext: bytes) -> bytes:
    """A whole payload at once."""
    writer = PayloadWriter(file_key)
    return writer.write(plaintext) + writer.finish()


def open_payload(file_key: bytes, payload: bytes) -> bytes:
    """A whole payload at once, or nothing; raises TamperedError or MalformedError."""
    reader = PayloadReader(file_key)
    return reader.feed(payload) + reader.finish()


class _Chunks:
    """The chunks of one payload, in order."""

    def __init__(self, file_key: bytes, nonce: bytes) -> None:
        if len(file_key) != FILE_KEY_LENGTH:
            raise MalformedError("A file key is 16 bytes")
        self._cipher = ChaCha20Poly1305(hkdf(file_key, salt=nonce, info=b"payload"))
        self._counter = 0

    def seal(self, chunk: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._next_nonce(last=last), chunk, None)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        first = self._counter == 0
        try:
            chunk = self._cipher.decrypt(self._next_nonce(last=last), sealed, None)
        except InvalidTag as error:
            raise TamperedError("It was changed, cut, reordered or added to") from error
        if not chunk and not first:
            raise TamperedError("It ends with an empty chunk, which no writer makes")
        return chunk

    def _next_nonce(self, *, last: bool) -> bytes:
        nonce = self._counter.to_bytes(_COUNTER_BYTES, "big") + bytes([last])
        self._counter += 1
        return nonce
