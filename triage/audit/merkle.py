"""The RFC 6962 Merkle tree over audit leaves, kept as the roots of its full subtrees."""

import hashlib
from dataclasses import dataclass

HASH_BYTES = 32
# How many lines one tile is the root over: an aligned subtree.
TILE_LINES = 1 << 10


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
        return self.extend(leaf)

    def extend(self, leaves: bytes) -> "Frontier":
        """The frontier after more leaf hashes, 32 bytes each."""
        roots, total = list(self.roots), self.size
        for at in range(0, len(leaves), HASH_BYTES):
            carried, size = leaves[at : at + HASH_BYTES], total
            while size & 1:
                carried = node_hash(roots.pop(), carried)
                size >>= 1
            roots.append(carried)
            total += 1
        return Frontier(total, tuple(roots))

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


def root_over(leaves: bytes) -> bytes:
    """The root over hashes of leaves, 32 bytes each."""
    return Frontier().extend(leaves).root()
