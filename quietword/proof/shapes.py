"""How a whole value that is no word of ours, such as an address, may have been written down; and digests of any."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from ipaddress import IPv4Address, ip_address
from urllib.parse import quote

from quietword.proof.canaries import Canary, Kind

DIGESTS = ("md5", "sha1", "sha256")
# A digest of these would tell who asked to anybody who can guess; the words of a report cannot be guessed.
DIGESTED = frozenset({Kind.ADDRESS, Kind.BROWSER, Kind.RECEIPT})


def shapes_of_value(canary: Canary) -> Iterator[tuple[str, bytes, bool]]:
    """Each way of writing, its bytes, and whether they are in small letters and any letters will do."""
    if canary.word is None:
        yield from _written(canary.value)
        if canary.kind is Kind.ADDRESS:
            yield from _packed(canary.value)
    if canary.kind in DIGESTED:
        for name in DIGESTS:
            digest = hashlib.new(name, canary.value.encode(), usedforsecurity=False).digest()
            yield name, digest, False
            yield f"{name} in hex", digest.hex().encode(), True


def _written(value: str) -> Iterator[tuple[str, bytes, bool]]:
    plain = value.encode()
    yield "plain", plain.lower(), True
    yield "UTF-16", value.lower().encode("utf-16-le")[:-1], True
    yield "hex", plain.hex().encode(), True
    if quote(value, safe="") != value:
        yield "URL", quote(value, safe="").lower().encode(), True
    for skipped in range(3):
        text = b64encode(bytes(skipped) + plain)
        yield f"base64 at offset {skipped}", text[-(-8 * skipped // 6) : 8 * (skipped + len(plain)) // 6], False


def _packed(value: str) -> Iterator[tuple[str, bytes, bool]]:
    address = ip_address(value)
    if isinstance(address, IPv4Address):
        # The four bytes alone stand in any few gigabytes of chance, so they count only in the longer forms.
        yield "a number", str(int(address)).encode(), True
        yield "packed, IPv6-mapped", bytes(10) + b"\xff\xff" + address.packed, False
    else:
        yield "packed", address.packed, False
        yield "written out", address.exploded.encode(), True
