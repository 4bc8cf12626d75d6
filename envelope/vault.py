"""Case data at rest: a data key for each report, wrapped by its compartment's key, and fields encrypted under it.

Destroying a wrapped data key is deleting what it encrypts. Inside the wall only; the public host cannot import this.

    wrapped key       version 1 ‖ nonce 12 ‖ ChaCha20-Poly1305(32) ‖ tag 16            = 61 bytes
    field and blob    version 1 ‖ nonce 12 ‖ ChaCha20-Poly1305(plaintext) ‖ tag 16
                      version 02: the plaintext was first padded to a bucket
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from secrets import token_bytes
from uuid import UUID

from envelope.derivation import derive, keyed_digest
from envelope.errors import MalformedError, WrongPassphraseError
from envelope.identity import Identity
from envelope.padding import pad_to_bucket, unpad
from envelope.passphrase import KdfCost, derive_kek, open_with_passphrase, seal_to_passphrase
from envelope.suite import hkdf, lock, unlock, unlocker_of_two

__all__ = [
    "WRAPPED_KEY_LENGTH",
    "CompartmentKey",
    "DataKey",
    "KdfCost",
    "RowOpener",
    "WrongPassphraseError",
    "decrypt_blob",
    "decrypt_field",
    "derive",
    "derive_kek",
    "encrypt_blob",
    "encrypt_field",
    "keyed_digest",
    "open_with_passphrase",
    "random_bytes",
    "seal_to_passphrase",
    "unwrap",
    "wrap",
]

KEY_LENGTH = 32
WRAPPED_KEY_LENGTH = 61

_PLAIN = b"\x01"
_PADDED = b"\x02"
_WRAP_LABEL = b"quietword wrapped data key v1\0"
_FIELD_LABEL = b"quietword field v1\0"
_BLOB_LABEL = b"quietword blob v1\0"
_UNKNOWN = "Encrypted in a version we do not know"
_COMPARTMENT_SALT = b"quietword compartment key v1"


@dataclass(frozen=True)
class DataKey:
    """The key of one report, one register compartment, one row: 32 random bytes, kept only wrapped."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_LENGTH:
            raise MalformedError("A data key is 32 bytes")

    @classmethod
    def generate(cls) -> "DataKey":
        """A new one, from the system's randomness."""
        return cls(random_bytes(KEY_LENGTH))


@dataclass(frozen=True)
class CompartmentKey:
    """The symmetric key that a box guards: unwrapping with it costs 1 µs, where opening an envelope costs 100."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_LENGTH:
            raise MalformedError("A compartment key is 32 bytes")

    @classmethod
    def of(cls, identity: Identity) -> "CompartmentKey":
        """The one that belongs to a box: whoever holds its seed has both."""
        return cls(hkdf(identity.seed, salt=_COMPARTMENT_SALT, info=b""))


def random_bytes(length: int) -> bytes:
    """From the system's randomness."""
    return token_bytes(length)


def wrap(data_key: DataKey, compartment_key: CompartmentKey, key_id: UUID) -> bytes:
    """A data key as *keys* stores it, bound to the id it is stored under: 61 bytes."""
    return _PLAIN + lock(compartment_key.secret, data_key.secret, _WRAP_LABEL + key_id.bytes)


def unwrap(wrapped: bytes, compartment_key: CompartmentKey, key_id: UUID) -> DataKey:
    """The data key again; raises MalformedError, or TamperedError for another compartment's or another id's."""
    _require_wrapped(wrapped)
    return DataKey(unlock(compartment_key.secret, wrapped[1:], _WRAP_LABEL + key_id.bytes))


def _require_wrapped(wrapped: bytes) -> None:
    if len(wrapped) != WRAPPED_KEY_LENGTH or not wrapped.startswith(_PLAIN):
        raise MalformedError("This is not a wrapped data key of a version we know")


class RowOpener:
    """Opens one column of many rows, each under a data key of its own that one compartment key wraps.

    It is `unwrap` and then `decrypt_field`, with what is the same for a hundred thousand rows made once. Ids are the
    16 bytes of theirs.
    """

    def __init__(self, compartment_key: CompartmentKey, *, table: str, column: str) -> None:
        self._unlock = unlocker_of_two(compartment_key.secret, after=len(_PLAIN))
        self._context = {version: version + _column_context(table, column) for version in (_PLAIN, _PADDED)}

    def open(self, wrapped: bytes, key_id: bytes, encrypted: bytes, row: bytes) -> bytes:
        """The plaintext of a row; raises MalformedError or TamperedError, as both do."""
        _require_wrapped(wrapped)
        version = encrypted[:1]
        if version not in self._context:
            raise MalformedError(_UNKNOWN)
        plaintext = self._unlock(wrapped, _WRAP_LABEL + key_id, encrypted, self._context[version] + row)
        return unpad(plaintext) if version == _PADDED else plaintext


def encrypt_field(
    data_key: DataKey, plaintext: bytes, *, table: str, column: str, row: UUID, buckets: Sequence[int] | None = None
) -> bytes:
    """One column of one row: 29 bytes more than the plaintext, or than the bucket that it is padded to."""
    return _encrypt(data_key.secret, plaintext, _field_context(table, column, row), buckets)


def decrypt_field(data_key: DataKey, encrypted: bytes, *, table: str, column: str, row: UUID) -> bytes:
    """The plaintext of that very column of that very row; raises MalformedError or TamperedError."""
    return _decrypt(data_key.secret, encrypted, _field_context(table, column, row))


def encrypt_blob(key: bytes, plaintext: bytes, context: bytes, *, buckets: Sequence[int] | None = None) -> bytes:
    """Anything under a raw key of 32 bytes, such as a session row; `context` says what it is and whose."""
    return _encrypt(key, plaintext, _BLOB_LABEL + context, buckets)


def decrypt_blob(key: bytes, encrypted: bytes, context: bytes) -> bytes:
    """The plaintext again; raises MalformedError or TamperedError (another key's and a changed one look alike)."""
    return _decrypt(key, encrypted, _BLOB_LABEL + context)


def _encrypt(key: bytes, plaintext: bytes, context: bytes, buckets: Sequence[int] | None) -> bytes:
    if buckets is None:
        return _PLAIN + lock(key, plaintext, _PLAIN + context)
    return _PADDED + lock(key, pad_to_bucket(plaintext, buckets), _PADDED + context)


def _decrypt(key: bytes, encrypted: bytes, context: bytes) -> bytes:
    version = encrypted[:1]
    if version not in (_PLAIN, _PADDED):
        raise MalformedError(_UNKNOWN)
    plaintext = unlock(key, encrypted[1:], version + context)
    return unpad(plaintext) if version == _PADDED else plaintext


def _field_context(table: str, column: str, row: UUID) -> bytes:
    return _column_context(table, column) + row.bytes


@lru_cache(maxsize=256)
def _column_context(table: str, column: str) -> bytes:
    return _FIELD_LABEL + f"{table}\0{column}\0".encode()
