"""One secret into many, each for one use: derived keys and keyed digests."""

import hashlib
import hmac

from envelope.suite import hkdf

_DERIVE_SALT = b"quietword derived key v1"
_DIGEST_LABEL = b"quietword keyed digest v1\0"


def derive(secret: bytes, label: str, length: int = 32) -> bytes:
    """A key of `length` bytes (at most 8,160) for the use that `label` names: HKDF-SHA256, RFC 5869."""
    return hkdf(secret, salt=_DERIVE_SALT, info=label.encode("utf-8"), length=length)


def keyed_digest(key: bytes, label: str, data: bytes) -> bytes:
    """32 bytes that only a holder of `key` can compute from `data`: HMAC-SHA256 over label and data.

    For looking an encrypted value up by equality; the label keeps one column's digests from matching another's.
    """
    named = label.encode("utf-8")
    return hmac.digest(key, _DIGEST_LABEL + len(named).to_bytes(2, "big") + named + data, hashlib.sha256)
