"""The secret half of a key pair: a 32-byte seed. Inside the wall only; the public host cannot import this."""

from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_bytes

from envelope import bech32
from envelope.errors import MalformedError
from envelope.recipient import Recipient
from envelope.suite import SEED_LENGTH, PrivateKey, expand_seed

_PREFIX = "age-secret-key-pq-"


@dataclass(frozen=True)
class Identity:
    """Someone who can open: an X-Wing seed of 32 bytes. Raises MalformedError for any other length."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_LENGTH:
            raise MalformedError("An identity's seed is 32 bytes")

    @classmethod
    def generate(cls) -> "Identity":
        """A new one, from the system's randomness."""
        return cls(token_bytes(SEED_LENGTH))

    @cached_property
    def private_key(self) -> PrivateKey:
        """The expanded key (90 µs to make); it lives exactly as long as this object."""
        return expand_seed(self.seed)

    def recipient(self) -> Recipient:
        """The public half."""
        return Recipient(self.private_key.encoded_public)

    def encode(self) -> str:
        """`AGE-SECRET-KEY-PQ-1…`, as any age tool takes it."""
        return bech32.encode(_PREFIX, self.seed).upper()

    @classmethod
    def decode(cls, text: str) -> "Identity":
        """Read `AGE-SECRET-KEY-PQ-1…`; raises MalformedError."""
        return cls(bech32.decode(_PREFIX, text))
