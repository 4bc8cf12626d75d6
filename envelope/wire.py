"""The plaintext header inside every envelope: what it is, which rows it belongs to, how long it really is.

age has no associated data, so an envelope could be put in another row's place and would open there. The header
is sealed with the body and names version, purpose and ids; whoever opens it says which ones they expect.

    magic and version   4   51 57 45 01   "QWE", 1
    purpose             1 + n   length, then ASCII
    number of ids       1
    each id             1 + n   length, then bytes
    true length         4   big-endian, of the body
    body
    zeros               up to the bucket, or none
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from envelope.errors import MalformedError, TamperedError
from envelope.padding import bucket_for, require_zeros

MAGIC = b"QWE\x01"
_LENGTH_BYTES = 4
_MOST_IDS = 8
_LONGEST_ID = 64


class Purpose(StrEnum):
    """What an envelope is for. A new purpose is a new name; a name never changes its meaning."""

    REPORT = "report"
    NOTICE = "notice"
    GRANT = "grant"
    DATA_KEY = "data-key"
    FILE = "file"
    REFERRAL = "referral"
    RECORD = "record"
    RECOVERY = "recovery"
    PROBE = "probe"


@dataclass(frozen=True)
class Context:
    """What an envelope is for and which rows it belongs to, in an agreed order (at most eight ids of 1–64 bytes)."""

    purpose: Purpose
    ids: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.ids) > _MOST_IDS or not all(1 <= len(one) <= _LONGEST_ID for one in self.ids):
            raise ValueError("A context has at most eight ids of 1 to 64 bytes")

    def to_bytes(self) -> bytes:
        """One unmistakable encoding: every piece carries its length."""
        pieces = [_measured(self.purpose.value.encode("ascii")), bytes([len(self.ids)])]
        pieces.extend(_measured(one) for one in self.ids)
        return b"".join(pieces)


def header_length(context: Context) -> int:
    """How many bytes of a bucket the header takes."""
    return len(MAGIC) + len(context.to_bytes()) + _LENGTH_BYTES


def write(body: bytes, context: Context, buckets: Sequence[int] | None) -> bytes:
    """Header ‖ body, filled with zeros to one of the buckets (none: no padding). Raises TooLongError."""
    length = len(body).to_bytes(_LENGTH_BYTES, "big")
    plaintext = b"".join((MAGIC, context.to_bytes(), length, body))
    if buckets is None:
        return plaintext
    return plaintext.ljust(bucket_for(len(plaintext), buckets), b"\0")


def read(plaintext: bytes, context: Context) -> bytes:
    """The body, if this is the envelope that `context` names.

    Raises MalformedError if it is not our wire at all, TamperedError if it belongs elsewhere, is shorter than it
    says, or hides anything in its padding.
    """
    if not plaintext.startswith(MAGIC):
        raise MalformedError("It opened, but what is inside is not one of ours")
    expected = context.to_bytes()
    start = len(MAGIC)
    if plaintext[start : start + len(expected)] != expected:
        raise TamperedError("It was sealed for another purpose or another row")
    start += len(expected) + _LENGTH_BYTES
    end = start + int.from_bytes(plaintext[start - _LENGTH_BYTES : start], "big")
    if len(plaintext) < end:
        raise TamperedError("It is shorter than it says")
    require_zeros(plaintext, end)
    return plaintext[start:end]


def _measured(piece: bytes) -> bytes:
    return bytes([len(piece)]) + piece
