"""The public half of a key pair, and sealing to it: all that a public host needs, and all it can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from envelope import bech32, wire
from envelope.agefile import Stanza, seal_file, sealed_length, wrap_file_key
from envelope.padding import REPORT_BUCKETS
from envelope.suite import PUBLIC_KEY_LENGTH, PublicKey, hybrid_seal, load_public_key
from envelope.wire import Context

__all__ = ["PUBLIC_KEY_LENGTH", "SEALED_REPORT_LENGTHS", "Recipient", "seal", "seal_small", "sealed_length"]

_PREFIX = "age1pq"
SMALL_INFO = b"quietword small envelope v1\0"

# The four lengths a stored report can have, and no other.
SEALED_REPORT_LENGTHS = tuple(sealed_length(bucket) for bucket in REPORT_BUCKETS)


@dataclass(frozen=True)
class Recipient:
    """Someone to seal to: 1,216 bytes of X-Wing public key. Raises MalformedError if they are no key."""

    public_key: bytes

    def __post_init__(self) -> None:
        self._loaded  # noqa: B018 - a recipient that exists is one that can be sealed to

    @cached_property
    def _loaded(self) -> PublicKey:
        # Kept on the object (17 µs to make), never in a table of the process: there a stranger's mailbox key
        # would stay in memory long after the request.
        return load_public_key(self.public_key)

    def encode(self) -> str:
        """`age1pq1…`, as any age tool takes it."""
        return bech32.encode(_PREFIX, self.public_key)

    @classmethod
    def decode(cls, text: str) -> "Recipient":
        """Read `age1pq1…`; raises MalformedError."""
        return cls(bech32.decode(_PREFIX, text))

    def wrap_file_key(self, file_key: bytes) -> Stanza:
        """The stanza that carries a file key of 16 bytes to this recipient."""
        return wrap_file_key(file_key, self._loaded)

    def seal_file(self, plaintext: bytes) -> bytes:
        """A bare age file; most callers want `seal`, which binds it to its place."""
        return seal_file(plaintext, self._loaded)

    def seal_bytes(self, plaintext: bytes, info: bytes) -> bytes:
        """A bare HPKE message; most callers want `seal_small`."""
        return hybrid_seal(self._loaded, plaintext, info)


def seal(plaintext: bytes, to: Recipient, context: Context, *, buckets: Sequence[int] | None = None) -> bytes:
    """One whole age v1 file for `to`, holding the header of envelope/wire.py and then the plaintext.

    With `buckets`, what is inside is filled to exactly one of them, so that the file has one of as many lengths
    (`sealed_length`). Raises TooLongError when none is large enough.
    """
    return to.seal_file(wire.write(plaintext, context, buckets))


def seal_small(secret: bytes, to: Recipient, context: Context) -> bytes:
    """A key or a seed sealed without age's framing: 1,136 bytes more than the secret, its context bound in.

    For the many grants and data keys between our own boxes, which no outside tool needs to open.
    """
    return to.seal_bytes(secret, SMALL_INFO + context.to_bytes())
