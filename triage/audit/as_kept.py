"""A line as the database keeps it: quick to read by the million, and taken in the one spelling that is ours.

SQLite keeps an id and a day as text. `verify` reads that text itself and not what it means: an id in capital letters
would hash like ours, and a search for it would not find the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, TextClause, bindparam, text

from triage.audit.merkle import HASH_BYTES
from triage.audit.service import BINDING_LEAF_VERSION, LEAF_VERSION, SALT_BYTES

NOBODY = UUID(int=0)
# Without types, so that nothing turns a value into another on the way.
_COLUMNS = (
    "SELECT sequence, id, signer_id, key_id, key_digest, recorded_on, salt, sealed, leaf_hash, signature, binding"
    " FROM audit_leaves"
)
_LINES = text(f"{_COLUMNS} WHERE sequence >= :begin AND sequence < :end ORDER BY sequence").bindparams(
    bindparam("begin", type_=BigInteger), bindparam("end", type_=BigInteger)
)
_TILES = text(
    "SELECT number, root, first_on, last_on FROM audit_tiles WHERE number >= :begin AND number < :end ORDER BY number"
).bindparams(bindparam("begin", type_=BigInteger), bindparam("end", type_=BigInteger))
LINES_THAT_BIND = text(f"{_COLUMNS} WHERE binding IS NOT NULL ORDER BY sequence")


@dataclass(frozen=True, slots=True)
class Kept:
    """One line. `leaf` is what its hash is over, empty where a column holds what no line of ours does."""

    sequence: int
    signer_id: UUID = NOBODY
    key_id: bytes = b""
    key_digest: bytes = b""
    leaf: bytes = field(default=b"", repr=False)
    leaf_hash: bytes = b""
    signature: bytes = b""
    binding: bytes | None = None
    day: bytes = b""

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Kept":
        """`Any`, because the database says what is in it, and not what ought to be."""
        number, line_id, signer, key, key_digest, day, salt, sealed, kept_hash, signature, binding = row
        try:
            signer_id, key_id = _id(signer), _id(key).bytes
            fixed = len(key_digest) == HASH_BYTES and len(salt) == SALT_BYTES
            if not fixed or not isinstance(signature, bytes) or not isinstance(kept_hash, bytes):
                return cls(_number(number))
            leaf = b"".join(
                (
                    LEAF_VERSION if binding is None else BINDING_LEAF_VERSION,
                    number.to_bytes(8, "big"),
                    line_id.bytes if isinstance(line_id, UUID) else _sixteen(line_id),
                    signer_id.bytes,
                    key_id,
                    key_digest,
                    day_of(day),
                    salt,
                    b"" if binding is None else len(binding).to_bytes(2, "big") + binding,
                    sealed,
                )
            )
        except (ValueError, TypeError, AttributeError, OverflowError):
            return cls(_number(number))
        return cls(number, signer_id, key_id, key_digest, leaf, kept_hash, signature, binding, day_of(day))


def lines_as_kept(begin: int, end: int) -> TextClause:
    """Lines `begin` to `end` (without `end`), in order."""
    return _LINES.bindparams(begin=begin, end=end)


def _number(found: object) -> int:
    """Of a line that is none: as near as it comes, for the sentence about it."""
    return int(found) if isinstance(found, int | float) else -1


def tiles_as_kept(begin: int, end: int) -> TextClause:
    """Number, root, first and last day of tiles `begin` to `end` (without `end`), in order."""
    return _TILES.bindparams(begin=begin, end=end)


@lru_cache(maxsize=4096)
def _id(kept: str | UUID) -> UUID:
    return kept if isinstance(kept, UUID) else UUID(bytes=_sixteen(kept))


def _sixteen(kept: str) -> bytes:
    found = bytes.fromhex(kept)
    if found.hex() != kept:
        raise ValueError("an id of another spelling")
    return found


@lru_cache(maxsize=4096)
def day_of(kept: str | date) -> bytes:
    """A day as lines hash it, such as 2026-11-22; raises ValueError or TypeError for what is none or is misspelt."""
    day = date.fromisoformat(kept) if isinstance(kept, str) else kept
    said = day.isoformat()
    if isinstance(kept, str) and said != kept:
        raise ValueError("a day of another spelling")
    return said.encode("ascii")
