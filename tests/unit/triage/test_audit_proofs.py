"""Proofs are those of RFC 6962 §2.1.1 and §2.1.2, checked against the definitions as they are written there."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.triage.test_audit_merkle import LEAVES, root_of
from triage.audit.merkle import leaf_hash
from triage.audit.proofs import consistency, includes, inclusion, only_grew

trees = st.lists(st.binary(max_size=4), min_size=1, max_size=40)
FLIPPED = b"\x01" + bytes(31)


def path_as_written(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of §2.1.1."""
    n = len(leaves)
    if n == 1:
        return []
    k = 1 << (n - 1).bit_length() - 1
    if m < k:
        return [*path_as_written(m, leaves[:k]), root_of(leaves[k:])]
    return [*path_as_written(m - k, leaves[k:]), root_of(leaves[:k])]


def proof_as_written(m: int, leaves: list[bytes], *, complete: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of §2.1.2."""
    n = len(leaves)
    if m == n:
        return [] if complete else [root_of(leaves)]
    k = 1 << (n - 1).bit_length() - 1
    if m <= k:
        return [*proof_as_written(m, leaves[:k], complete=complete), root_of(leaves[k:])]
    return [*proof_as_written(m - k, leaves[k:], complete=False), root_of(leaves[:k])]


def changed(one: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, FLIPPED, strict=True))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees, st.data())
def test_inclusion_is_as_the_standard_writes_it(leaves: list[bytes], data: st.DataObject) -> None:
    line = data.draw(st.integers(0, len(leaves) - 1))
    path = inclusion(line, len(leaves), lambda begin, end: root_of(leaves[begin:end]))
    assert list(path) == path_as_written(line, leaves)
    root, leaf = root_of(leaves), leaf_hash(leaves[line])
    assert includes(leaf, line, len(leaves), path, root)
    assert not includes(changed(leaf), line, len(leaves), path, root)
    assert not includes(leaf, line, len(leaves), path, changed(root))
    assert not includes(leaf, line, len(leaves), [*path, root], root)
    assert not includes(leaf, line + len(leaves), len(leaves), path, root)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert not includes(leaf, line, len(leaves), path[:at] + path[at + 1 :], root)
        assert not includes(leaf, line, len(leaves), [*path[:at], changed(path[at]), *path[at + 1 :]], root)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees, st.data())
def test_consistency_is_as_the_standard_writes_it(leaves: list[bytes], data: st.DataObject) -> None:
    old, new = data.draw(st.integers(1, len(leaves))), len(leaves)
    path = consistency(old, new, lambda begin, end: root_of(leaves[begin:end]))
    assert list(path) == proof_as_written(old, leaves)
    was, now = root_of(leaves[:old]), root_of(leaves)
    assert only_grew(old, was, new, now, path)
    assert not only_grew(old, changed(was), new, now, path)
    assert not only_grew(old, was, new, changed(now), path)
    assert not only_grew(old, was, new, now, [*path, now])
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert not only_grew(old, was, new, now, path[:at] + path[at + 1 :])
        assert not only_grew(old, was, new, now, [*path[:at], changed(path[at]), *path[at + 1 :]])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees, st.binary(min_size=1, max_size=4), st.data())
def test_no_proof_joins_a_log_to_another_that_forked_from_it(
    leaves: list[bytes], other: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    forked = [*leaves[:at], leaves[at] + other, *leaves[at + 1 :], other]
    path = consistency(len(leaves), len(forked), lambda begin, end: root_of(forked[begin:end]))
    assert not only_grew(len(leaves), root_of(leaves), len(forked), root_of(forked), path)


def test_a_proof_over_the_reference_logs_eight_leaves() -> None:
    """The example drawn in §2.1.3: of leaf 0 in seven, the path is [b, h, l]."""
    seven = LEAVES[:7]
    b, h, last = leaf_hash(seven[1]), root_of(seven[2:4]), root_of(seven[4:7])
    assert inclusion(0, 7, lambda begin, end: root_of(seven[begin:end])) == (b, h, last)


@pytest.mark.parametrize(("old", "new"), [(0, 5), (6, 5), (-1, 3)])
def test_there_is_no_proof_over_sizes_that_cannot_be(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no such sizes"):
        consistency(old, new, lambda _begin, _end: b"")
    nothing = hashlib.sha256(b"").digest()
    assert not only_grew(old, nothing, new, nothing, ())


def test_there_is_no_proof_of_a_line_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no such line"):
        inclusion(3, 3, lambda _begin, _end: b"")
