"""The ways in which a canary may have been written down, and for each the few bytes that all canaries of a run share.

Words share an anchor. Addresses share a network, so that one cut to its network, as some logs keep them, is found too.
"""

import hashlib
from base64 import b32encode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address
from itertools import groupby

from quietword.proof.canaries import Canaries, Canary, Kind

CUT_SHORT = "a word of this run, cut short"
CUT_ADDRESS = "an address of this run, cut short"
DIGESTS = ("md5", "sha1", "sha256")


@dataclass(frozen=True)
class Form:
    """One way of writing some canaries: the bytes they share, and the whole of each with its name.

    Caseless forms are in small letters. `cut` names what is found where the shared bytes stand without any whole.
    """

    how: str
    shared: bytes
    wholes: tuple[tuple[bytes, str], ...]
    caseless: bool
    cut: str | None


def _every(letter: Callable[[str], str]) -> Callable[[str], bytes]:
    return lambda word: "".join(letter(one) for one in word).encode()


def _base64(skipped: int, write: Callable[[str], bytes] = str.encode) -> Callable[[str], bytes]:
    """The characters that a word fixes when `skipped` bytes (modulo 3) stand before it, whatever stands beside."""

    def fixed(word: str) -> bytes:
        written = write(word)
        text = b64encode(bytes(skipped) + written)
        return text[-(-8 * skipped // 6) : 8 * (skipped + len(written)) // 6]

    return fixed


def _base32(skipped: int) -> Callable[[str], bytes]:
    def fixed(word: str) -> bytes:
        text = b32encode(bytes(skipped) + word.encode())
        return text[-(-8 * skipped // 5) : 8 * (skipped + len(word)) // 5].lower()

    return fixed


def _utf16(word: str) -> bytes:
    """Without the last zero, so that it fits whichever end comes first."""
    return word.encode("utf-16-le")[:-1]


def _utf32(word: str) -> bytes:
    return word.encode("utf-32-le")[:-3]


# Our letters are ASCII, so JSON, HTML, form and URL encoding leave them alone unless they encode every letter.
_CASELESS: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "every letter as %XX": _every(lambda one: f"%{ord(one):02x}"),
    "hex": lambda word: word.encode().hex().encode(),
    r"every letter as \uXXXX": _every(lambda one: f"\\u{ord(one):04x}"),
    r"every letter as \xXX": _every(lambda one: f"\\x{ord(one):02x}"),
    r"every letter as \OOO": _every(lambda one: f"\\{ord(one):03o}"),
    "every letter as &#N;": _every(lambda one: f"&#{ord(one)};"),
    "every letter as &#xN;": _every(lambda one: f"&#x{ord(one):x};"),
    "UTF-16": _utf16,
    "UTF-32": _utf32,
    **{f"base32 at offset {skipped}": _base32(skipped) for skipped in range(5)},
}
_EXACT_CASE: dict[str, Callable[[str], bytes]] = {
    **{f"base64 at offset {skipped}": _base64(skipped) for skipped in range(3)},
    **{f"UTF-16 in base64 at offset {skipped}": _base64(skipped, _utf16) for skipped in range(3)},
}
_WAYS = {**_CASELESS, **_EXACT_CASE}
# Those of a value that shares nothing with another, so that each costs a search of its own.
_COMMON = ("plain", "hex", "UTF-16", *(way for way in _EXACT_CASE if way.startswith("base64")))
# What may be a receipt or an address and is not ASCII letters alone, as a query string has it.
_QUOTED = str.maketrans({" ": "%20", ":": "%3a"})


def forms_of(canaries: Canaries) -> Iterator[Form]:
    """Every way of writing any canary of this run."""
    words = [(canary.word, canary.name) for canary in canaries if canary.word]
    yield from _family(canaries.anchor, words, CUT_SHORT)
    addresses = [canary for canary in canaries if canary.word is None and canary.kind is Kind.ADDRESS]
    for network, members in groupby(
        sorted(addresses, key=lambda one: one.value), key=lambda one: network_of(one.value)
    ):
        found = list(members)
        yield from _family(network, [(one.value, one.name) for one in found], CUT_ADDRESS)
        yield from _packed(found)
    for canary in canaries:
        if canary.word is None and canary.kind is not Kind.ADDRESS:
            yield from _family(canary.value, [(canary.value, canary.name)], None, _COMMON)
        if canary.digested:
            yield from (
                Form(name, digest, ((digest, canary.name),), caseless=False, cut=None)
                for name, digest in digests_of(canary)
            )


def network_of(address: str) -> str:
    """All of an address, as text, but its last part."""
    return address[: max(address.rfind("."), address.rfind(":")) + 1]


def digests_of(canary: Canary) -> Iterator[tuple[str, bytes]]:
    """What would tell this value to anybody who can guess it."""
    for name in DIGESTS:
        yield name, hashlib.new(name, canary.value.encode(), usedforsecurity=False).digest()


def _family(
    shared: str, members: Iterable[tuple[str, str]], cut: str | None, ways: Iterable[str] = (*_WAYS,)
) -> Iterator[Form]:
    members = list(members)
    for how in ways:
        write = _WAYS[how]
        wholes = tuple((_small(write(value.lower()), how), name) for value, name in members)
        yield Form(how, _small(write(shared.lower()), how), wholes, how in _CASELESS, cut)
    if shared.translate(_QUOTED) != shared:
        wholes = tuple((value.lower().translate(_QUOTED).encode(), name) for value, name in members)
        yield Form("URL", shared.lower().translate(_QUOTED).encode(), wholes, caseless=True, cut=cut)


def _small(written: bytes, how: str) -> bytes:
    return written.lower() if how in _CASELESS else written


def _packed(addresses: list[Canary]) -> Iterator[Form]:
    """As programs keep addresses that count in bytes; four bytes alone stand in any few gigabytes by chance."""
    whole = [(ip_address(one.value), one.name) for one in addresses]
    if isinstance(whole[0][0], IPv4Address):
        mapped = tuple((bytes(10) + b"\xff\xff" + address.packed, name) for address, name in whole)
        yield Form("packed, IPv6-mapped", mapped[0][0][:-1], mapped, caseless=False, cut=None)
        return
    packed = tuple((address.packed, name) for address, name in whole)
    yield Form("packed", packed[0][0][:-2], packed, caseless=False, cut=CUT_ADDRESS)
    written = tuple((address.exploded.encode(), name) for address, name in whole)
    yield Form("written out", written[0][0][:-4], written, caseless=True, cut=CUT_ADDRESS)
