"""The primitives every envelope is made of, over raw keys; used inside this package alone.

Suite: X-Wing (ML-KEM-768 with X25519), HKDF-SHA256, ChaCha20-Poly1305, as HPKE (RFC 9180) and age v1 name
them. A seed is 32 bytes, a public key 1,216 (1,184 + 32), an encapsulated key 1,120 (1,088 + 32).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from envelope.errors import MalformedError, NotForUsError, TamperedError

SEED_LENGTH = 32
PUBLIC_KEY_LENGTH = 1216
ENCAPSULATED_LENGTH = 1120
NONCE_LENGTH = 12
TAG_LENGTH = 16

_MLKEM_PUBLIC_LENGTH = 1184
_MLKEM_CIPHERTEXT_LENGTH = 1088
_MLKEM_SEED_LENGTH = 64
_CHANGED = "It was changed, or is not what it is said to be"
_HPKE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

PublicKey = MLKEM768X25519PublicKey


@dataclass(frozen=True, eq=False)
class PrivateKey:
    """An expanded X-Wing seed. `encoded_public` is the 1,216 bytes others may know."""

    hybrid: MLKEM768X25519PrivateKey = field(repr=False)
    x25519: X25519PrivateKey = field(repr=False)
    encoded_public: bytes = field(repr=False)


def expand_seed(seed: bytes) -> PrivateKey:
    """Expand a 32-byte X-Wing seed: SHAKE256 gives 64 bytes for ML-KEM-768, then 32 for X25519.

    Source: draft-connolly-cfrg-xwing-kem, expandDecapsulationKey.
    """
    if len(seed) != SEED_LENGTH:
        raise MalformedError("An X-Wing seed is 32 bytes")
    expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED_LENGTH + 32)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_LENGTH])
    curve = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_LENGTH:])
    encoded = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return PrivateKey(MLKEM768X25519PrivateKey(lattice, curve), curve, encoded)


def load_public_key(encoded: bytes) -> PublicKey:
    """Read 1,216 public bytes; raises MalformedError if they are no key (FIPS 203 §7.2 modulus check)."""
    if len(encoded) != PUBLIC_KEY_LENGTH:
        raise MalformedError("An X-Wing public key is 1,216 bytes")
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(encoded[:_MLKEM_PUBLIC_LENGTH]),
            X25519PublicKey.from_public_bytes(encoded[_MLKEM_PUBLIC_LENGTH:]),
        )
    except ValueError as error:
        raise MalformedError("These bytes are not an X-Wing public key") from error


def hybrid_seal(public_key: PublicKey, plaintext: bytes, info: bytes) -> bytes:
    """HPKE base mode, single shot (RFC 9180 §6.1): encapsulated key ‖ ciphertext, 1,136 bytes longer."""
    try:
        return _HPKE.encrypt(plaintext, public_key, info=info)
    except ValueError as error:  # the X25519 half is a low-order point
        raise MalformedError("This public key cannot be sealed to") from error


def hybrid_open(private_key: PrivateKey, sealed: bytes, info: bytes) -> bytes:
    """Open what `hybrid_seal` made; raises NotForUsError, or MalformedError for a low-order share."""
    if len(sealed) < ENCAPSULATED_LENGTH + TAG_LENGTH:
        raise MalformedError("Too short to hold an encapsulated key")
    try:
        return _HPKE.decrypt(sealed, private_key.hybrid, info=info)
    except InvalidTag as error:
        # The library answers alike for a share that any key would "agree" with; age wants those refused by form.
        share = X25519PublicKey.from_public_bytes(sealed[_MLKEM_CIPHERTEXT_LENGTH:ENCAPSULATED_LENGTH])
        try:
            private_key.x25519.exchange(share)
        except ValueError:
            raise MalformedError("The encapsulated key holds a low-order point") from error
        raise NotForUsError("This key does not open it") from error


def hkdf(secret: bytes, *, info: bytes, salt: bytes = b"", length: int = 32) -> bytes:
    """HKDF-SHA256 (RFC 5869), extract then expand."""
    return HKDF(SHA256(), length, salt, info).derive(secret)


def lock(key: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Seal under a symmetric key of 32 bytes: random nonce (12) ‖ ChaCha20-Poly1305 ciphertext and tag.

    Random nonces are safe to some 2^32 messages a key (a collision is then below 2^-32).
    """
    nonce = token_bytes(NONCE_LENGTH)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, aad)


def unlock(key: bytes, locked: bytes, aad: bytes) -> bytes:
    """Open what `lock` made; raises TamperedError if anything at all differs, the key included."""
    if len(locked) < NONCE_LENGTH + TAG_LENGTH:
        raise TamperedError("Cut short")
    try:
        return ChaCha20Poly1305(key).decrypt(locked[:NONCE_LENGTH], locked[NONCE_LENGTH:], aad)
    except InvalidTag as error:
        raise TamperedError(_CHANGED) from error


def unlocker_of_two(key: bytes, *, after: int) -> Callable[[bytes, bytes, bytes, bytes], bytes]:
    """Opens what is locked by a key of its own that `key` locks, for whoever opens a hundred thousand such pairs.

    It is `unlock` twice in one call: of the locked key with its `aad`, and of what that key locks with the `aad` of
    that. Before the nonce of each stand `after` bytes that are the caller's.
    """
    end = after + NONCE_LENGTH
    open_key = ChaCha20Poly1305(key).decrypt

    def opened(locked_key: bytes, key_aad: bytes, locked: bytes, aad: bytes) -> bytes:
        try:
            own = ChaCha20Poly1305(open_key(locked_key[after:end], locked_key[end:], key_aad))
            return own.decrypt(locked[after:end], locked[end:], aad)
        except (InvalidTag, ValueError) as error:  # ValueError: what should be a nonce or a key is of another length
            raise TamperedError(_CHANGED) from error

    return opened
