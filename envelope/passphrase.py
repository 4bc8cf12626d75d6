"""Seeds sealed under a passphrase: Argon2id, so that a stolen copy cannot be guessed through quickly.

version           1   01
memory, KiB       4   big-endian
iterations        4
lanes             4
salt             16
nonce 12 ‖ ChaCha20-Poly1305(secret) ‖ tag 16     all above and the context are its associated data
"""

import struct
import threading
import unicodedata
from dataclasses import dataclass
from secrets import token_bytes

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from envelope.errors import MalformedError, TamperedError, WrongPassphraseError
from envelope.suite import NONCE_LENGTH, TAG_LENGTH, lock, unlock

SALT_LENGTH = 16

_VERSION = 1
_HEADER = struct.Struct(">BIII")
_LABEL = b"quietword passphrase v1\0"
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_ITERATIONS = 16
_MOST_LANES = 16
_LEAST_KIB_PER_LANE = 8  # RFC 9106 §3.1

# Each takes 256 MiB for some 0.7 s on every core there is. One at a time, and not only to spare the host: OpenSSL
# keeps one pool of threads for a process, and two derivations of several lanes fail in it (MemoryError) or hang.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class KdfCost:
    """What a guess costs. The default is 3 passes over 256 MiB in 4 lanes (RFC 9106 §4 names 64 MiB the least)."""

    memory_kib: int = 256 * 1024
    iterations: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        lanes_fit = 1 <= self.lanes <= _MOST_LANES
        memory_fits = _LEAST_KIB_PER_LANE * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
        if not (lanes_fit and memory_fits and 1 <= self.iterations <= _MOST_ITERATIONS):
            raise MalformedError("An Argon2id cost is outside what this program will spend")


def derive_kek(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """32 bytes from a passphrase (compared as NFKC, so that any keyboard gives the same) and a salt of 16 bytes.

    Waits while another runs in this process.
    """
    if len(salt) != SALT_LENGTH:
        raise MalformedError("A passphrase's salt is 16 bytes")
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    argon = Argon2id(salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib)
    with _ONE_AT_A_TIME:
        return argon.derive(typed)


def seal_to_passphrase(secret: bytes, passphrase: str, cost: KdfCost | None = None, *, context: bytes = b"") -> bytes:
    """Seal a seed. The cost travels with it, so that a later default opens what an earlier one sealed.

    `context` (an officer's id, say) keeps one row from being put in another's place.
    """
    cost = cost or KdfCost()
    salt = token_bytes(SALT_LENGTH)
    header = _HEADER.pack(_VERSION, cost.memory_kib, cost.iterations, cost.lanes) + salt
    return header + lock(derive_kek(passphrase, salt, cost), secret, _LABEL + header + context)


def open_with_passphrase(sealed: bytes, passphrase: str, *, context: bytes = b"") -> bytes:
    """The seed; raises WrongPassphraseError, or MalformedError for bytes that `seal_to_passphrase` never made."""
    start = _HEADER.size + SALT_LENGTH
    if len(sealed) < start + NONCE_LENGTH + TAG_LENGTH:
        raise MalformedError("Too short to be a seed under a passphrase")
    version, memory_kib, iterations, lanes = _HEADER.unpack_from(sealed)
    if version != _VERSION:
        raise MalformedError("A seed under a passphrase, of a version we do not know")
    cost = KdfCost(memory_kib, iterations, lanes)
    header = sealed[:start]
    kek = derive_kek(passphrase, header[_HEADER.size :], cost)
    try:
        return unlock(kek, sealed[start:], _LABEL + header + context)
    except TamperedError as error:
        raise WrongPassphraseError("That passphrase is not right") from error
