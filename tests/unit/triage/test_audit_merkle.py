"""The tree over the audit log is that of RFC 6962, however the leaves come."""

import hashlib
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.audit.merkle import Frontier, leaf_hash

# The inputs and roots of the reference log's own tests (certificate-transparency, merkletree): eight leaves.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference_log(size: int) -> None:
    assert reduce(Frontier.append, map(leaf_hash, LEAVES[:size]), Frontier()).root().hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert Frontier().root() == hashlib.sha256(b"").digest()


def root_of(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1 as it is written: by halves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root_of(leaves[:half]) + root_of(leaves[half:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_leaf_by_leaf_and_by_halves_are_one_tree(leaves: list[bytes]) -> None:
    frontier = reduce(Frontier.append, map(leaf_hash, leaves), Frontier())
    assert frontier.root() == root_of(leaves)
    assert Frontier.from_bytes(frontier.size, frontier.to_bytes()) == frontier
