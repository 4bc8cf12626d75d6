"""The RFC 6962 Merkle tree over audit leaves, kept as the roots of its full subtrees."""

import hashlib
from dataclasses import dataclass

HASH_BYTES = 32


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x00 ‖ leaf)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """The tree's full subtrees, largest first: one 32-byte root for each one-bit of `size`."""

    size: int = 0
    roots: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> "Frontier":
        """The frontier after one more leaf hash; joins equal subtrees from the right, in O(log n)."""
        roots, carried, size = list(self.roots), leaf, self.size
        while size & 1:
            carried = node_hash(roots.pop(), carried)
            size >>= 1
        return Frontier(self.size + 1, (*roots, carried))

    def root(self) -> bytes:
        """The tree head of RFC 6962 §2.1 (the hash of nothing for an empty tree)."""
        if not self.roots:
            return hashlib.sha256(b"").digest()
        head = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            head = node_hash(left, head)
        return head

    def to_bytes(self) -> bytes:
        return b"".join(self.roots)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> "Frontier":
        roots = tuple(data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES))
        return cls(size, roots)
