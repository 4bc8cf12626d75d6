"""Merkle proofs of RFC 6962 §2.1.1 and §2.1.2: that a line is in the log, and that a log only grew.

Making one needs the root over any run of leaves, which is handed in; checking one needs nothing but hashes
(RFC 9162 §2.1.3.2 and §2.1.4.2).
"""

from collections.abc import Callable, Sequence

from triage.audit.merkle import node_hash

# The root over the leaves from the first number up to the second, which is left out.
RootOf = Callable[[int, int], bytes]


def split(count: int) -> int:
    """The largest power of two smaller than `count`, which is 2 or more: where a tree divides."""
    return 1 << (count - 1).bit_length() - 1


def inclusion(line: int, size: int, root_of: RootOf) -> tuple[bytes, ...]:
    """The hashes that lead from leaf `line` to the root over `size` leaves; raises ValueError where there is none."""
    if not 0 <= line < size:
        raise ValueError("no such line")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + split(end - begin)
        if line < middle:
            path.append(root_of(middle, end))
            end = middle
        else:
            path.append(root_of(begin, middle))
            begin = middle
    return tuple(reversed(path))


def includes(leaf: bytes, line: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf of that hash is line `line` of the log of `size` lines whose root that is."""
    if not 0 <= line < size:
        return False
    place, last, found = line, size - 1, leaf
    for one in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(one, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency(old: int, new: int, root_of: RootOf) -> tuple[bytes, ...]:
    """The hashes that show that the log of `new` lines begins with the one of `old`; ValueError where it cannot."""
    if not 0 < old <= new:
        raise ValueError("no such sizes")
    path: list[bytes] = []
    begin, end, whole = 0, new, True
    while old != end:
        middle = begin + split(end - begin)
        if old <= middle:
            path.append(root_of(middle, end))
            end = middle
        else:
            path.append(root_of(begin, middle))
            begin, whole = middle, False
    if not whole:
        path.append(root_of(begin, end))
    return tuple(reversed(path))


def only_grew(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the log of `new` lines begins with exactly the `old` lines whose root was `old_root`."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not hashes:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    was = now = hashes[0]
    for one in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            was, now = node_hash(one, was), node_hash(one, now)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            now = node_hash(now, one)
        place, last = place >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root
