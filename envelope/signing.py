"""Ed25519 signatures, and the signed public keys by which a day's reports are sealed."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from secrets import token_bytes

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from envelope import bech32
from envelope.errors import MalformedError, TamperedError
from envelope.recipient import PUBLIC_KEY_LENGTH, Recipient
from envelope.suite import hkdf

SIGNING_SEED_LENGTH = 32
SIGNATURE_LENGTH = 64
BOX_ID_LENGTH = 16

_VERIFYING_KEY_LENGTH = 32
_DAY_LENGTH = len("2026-11-22")
_VERIFYING_PREFIX = "qwverify"
_SEED_SALT = b"quietword signing key v1"
_INTAKE_LABEL = b"quietword intake key v1\0"


@lru_cache(maxsize=1024)
def _key_object(public_key: bytes) -> Ed25519PublicKey:
    """Kept, because a log of millions of lines is signed by hundreds of keys; it cannot be handed to a process."""
    return Ed25519PublicKey.from_public_bytes(public_key)


@dataclass(frozen=True)
class VerifyingKey:
    """The public half, 32 bytes; pinned in the settings of whoever must not be misled."""

    public_key: bytes

    def __post_init__(self) -> None:
        if len(self.public_key) != _VERIFYING_KEY_LENGTH:
            raise MalformedError("A verifying key is 32 bytes")

    def verify(self, message: bytes, signature: bytes) -> None:
        """Return if `signature` (64 bytes) is over exactly `message`; raises TamperedError otherwise."""
        try:
            _key_object(self.public_key).verify(signature, message)
        except InvalidSignature as error:
            raise TamperedError("The signature is not this key's, or what it signs was changed") from error

    def encode(self) -> str:
        """`qwverify1…`, with a checksum, for a setting or a printed page."""
        return bech32.encode(_VERIFYING_PREFIX, self.public_key)

    @classmethod
    def decode(cls, text: str) -> "VerifyingKey":
        """Read `qwverify1…`; raises MalformedError."""
        return cls(bech32.decode(_VERIFYING_PREFIX, text))


@dataclass(frozen=True)
class SigningKey:
    """The secret half: an Ed25519 seed of 32 bytes (RFC 8032)."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SIGNING_SEED_LENGTH:
            raise MalformedError("A signing seed is 32 bytes")

    @classmethod
    def generate(cls) -> "SigningKey":
        """A new one, from the system's randomness."""
        return cls(token_bytes(SIGNING_SEED_LENGTH))

    @classmethod
    def of_seed(cls, seed: bytes, label: str) -> "SigningKey":
        """The signing key that belongs to another key's seed, such as an officer's; one for each label."""
        return cls(hkdf(seed, salt=_SEED_SALT, info=label.encode("utf-8")))

    @cached_property
    def _private_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def verifying_key(self) -> VerifyingKey:
        """The public half."""
        return VerifyingKey(self._private_key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes. Begin every kind of message with a label of its own, so that none can pass for another."""
        return self._private_key.sign(message)


@dataclass(frozen=True)
class IntakeKey:
    """The public key of one intake box and the days it may be used on, both included."""

    box_id: bytes
    public_key: bytes
    not_before: date
    not_after: date
    purpose: str

    def __post_init__(self) -> None:
        if len(self.box_id) != BOX_ID_LENGTH or len(self.public_key) != PUBLIC_KEY_LENGTH:
            raise MalformedError("An intake key has an id of 16 bytes and a key of 1,216")
        if not (self.purpose.isascii() and 1 <= len(self.purpose) <= 64):
            raise MalformedError("An intake key's purpose is 1 to 64 ASCII characters")
        if self.not_after < self.not_before:
            raise MalformedError("An intake key ends before it begins")

    def valid_on(self, day: date) -> bool:
        """Whether reports may be sealed to it on that day."""
        return self.not_before <= day <= self.not_after

    def recipient(self) -> Recipient:
        """The key to seal to; raises MalformedError if the bytes are no key."""
        return Recipient(self.public_key)

    def to_signed_bytes(self) -> bytes:
        """What the signature is over: label, box id (16), purpose with its length, both days (10 + 10), key (1,216)."""
        purpose = self.purpose.encode("ascii")
        days = self.not_before.isoformat() + self.not_after.isoformat()
        return b"".join(
            (_INTAKE_LABEL, self.box_id, bytes([len(purpose)]), purpose, days.encode("ascii"), self.public_key)
        )

    @classmethod
    def from_signed_bytes(cls, data: bytes) -> "IntakeKey":
        """Read exactly what `to_signed_bytes` wrote; raises MalformedError."""
        at = len(_INTAKE_LABEL) + BOX_ID_LENGTH
        if not data.startswith(_INTAKE_LABEL) or len(data) <= at:
            raise MalformedError("This is not an intake key of a version we know")
        days_at = at + 1 + data[at]
        key_at = days_at + 2 * _DAY_LENGTH
        try:
            days = data[days_at:key_at].decode("ascii")
            first, last = date.fromisoformat(days[:_DAY_LENGTH]), date.fromisoformat(days[_DAY_LENGTH:])
            purpose = data[at + 1 : days_at].decode("ascii")
        except ValueError as error:
            raise MalformedError("This intake key's days or purpose cannot be read") from error
        key = cls(data[len(_INTAKE_LABEL) : at], data[key_at:], first, last, purpose)
        if key.to_signed_bytes() != data:
            raise MalformedError("This intake key is not written as ours are")
        return key


@dataclass(frozen=True)
class SignedIntakeKey:
    """An intake key with the force's signature. Nothing in it may be believed before `verify`."""

    key: IntakeKey
    signature: bytes

    def to_bytes(self) -> bytes:
        """The signed bytes, then the signature (64), as the noticeboard stores them."""
        return self.key.to_signed_bytes() + self.signature

    @classmethod
    def from_bytes(cls, data: bytes) -> "SignedIntakeKey":
        """Read what `to_bytes` wrote; raises MalformedError. It says nothing about who signed: call `verify`."""
        return cls(IntakeKey.from_signed_bytes(data[:-SIGNATURE_LENGTH]), data[-SIGNATURE_LENGTH:])

    def verify(self, verifying_key: VerifyingKey) -> IntakeKey:
        """The key, if it is signed by the pinned one; raises TamperedError."""
        verifying_key.verify(self.key.to_signed_bytes(), self.signature)
        return self.key


def sign_intake_key(key: IntakeKey, signing_key: SigningKey) -> SignedIntakeKey:
    """Vouch for one box on its days."""
    return SignedIntakeKey(key, signing_key.sign(key.to_signed_bytes()))
