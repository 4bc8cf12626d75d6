"""Who acts: an officer with keys, or the system when nobody is there."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from envelope.signing import SigningKey


@dataclass(frozen=True)
class AuditKey:
    """The key under which one session writes its audit lines; it was sealed to the audit box when made.

    `digest` is the SHA-256 of it as sealed (32 bytes): every line holds it, so that nobody changes the key unseen.
    """

    id: UUID
    digest: bytes = field(repr=False)
    secret: bytes = field(repr=False)


class Actor(Protocol):
    """Anybody whose acts leave a line."""

    @property
    def id(self) -> UUID: ...

    @property
    def signing_key(self) -> SigningKey: ...

    @property
    def audit_key(self) -> AuditKey: ...

    @property
    def is_system(self) -> bool: ...
