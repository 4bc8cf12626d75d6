"""Finds the canaries of a run in bytes, in every way in which they may have been written down.

All words of a run share an anchor, so a chunk is searched for some thirty short patterns and not for thousands. What a
canary is named by stands behind the anchor. Compressed streams are unpacked where they begin, and searched too.
"""

import re
import zlib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import IO

from quietword.proof.canaries import Canaries, Kind
from quietword.proof.writing import CUT_ADDRESS, CUT_SHORT, Form, digests_of, forms_of

CHUNK = 4 << 20
# What two chunks share: a word in its widest form, and most of a compressed stream that begins near an end.
OVERLAP = 64 << 10
MOST_UNPACKED = 1 << 20
LEAST_UNPACKED = 16
DEEPEST = 2

_CUT = frozenset({CUT_SHORT, CUT_ADDRESS})
_HEX, _HEX_LENGTHS = re.compile(rb"[0-9a-f]{32,}"), (32, 40, 64)
_DIGITS, _DIGITS_LENGTHS = re.compile(rb"[0-9]{9,}"), (10,)
_COMPRESSED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
# How zlib and gzip begin when they were put into base64.
_COMPRESSED_IN_BASE64 = re.compile(rb"(?:eJ|eA|eN|eF|H4sI)[A-Za-z0-9+/_-]{24,}")


@dataclass(frozen=True)
class Hit:
    """One canary found: its name, how it was written down, and the offset in bytes where it begins."""

    canary: str
    how: str
    offset: int


class Scanner:
    """Looks for the canaries planted by the time it is made."""

    def __init__(self, canaries: Canaries) -> None:
        self._forms = tuple(forms_of(canaries))
        self._digests = {
            digest.hex().encode(): (canary.name, f"{name} in hex")
            for canary in canaries
            for name, digest in digests_of(canary)
        }
        self._numbers = {
            str(int(ip_address(canary.value))).encode(): (canary.name, "a number")
            for canary in canaries
            if canary.word is None and canary.kind is Kind.ADDRESS
        }

    def in_bytes(self, data: bytes) -> list[Hit]:
        """Every canary in these bytes."""
        return _in_order(set(self._scan(data, DEEPEST)))

    def in_stream(self, stream: IO[bytes]) -> tuple[list[Hit], int]:
        """Every canary in what is left of a stream, read in pieces; and how many bytes that was."""
        found: set[Hit] = set()
        kept, start, total = b"", 0, 0
        while piece := stream.read(CHUNK):
            total += len(piece)
            data = kept + piece
            found.update(Hit(hit.canary, hit.how, start + hit.offset) for hit in self._scan(data, DEEPEST))
            kept = data[-OVERLAP:]
            start += len(data) - len(kept)
        return _in_order(found), total

    def _scan(self, data: bytes, depth: int) -> Iterator[Hit]:
        small = data.lower()
        for form in self._forms:
            yield from _written(small if form.caseless else data, form)
        yield from _listed(_HEX, small, self._digests, _HEX_LENGTHS)
        yield from _listed(_DIGITS, small, self._numbers, _DIGITS_LENGTHS)
        if depth:
            for how, at, unpacked in _unpacked(data):
                yield from (Hit(hit.canary, f"{hit.how}, {how}", at) for hit in self._scan(unpacked, depth - 1))


def _written(data: bytes, form: Form) -> Iterator[Hit]:
    for at in _places(data, form.shared):
        named = [name for whole, name in form.wholes if data.startswith(whole, at)]
        if not named and form.cut:
            named = [form.cut]
        yield from (Hit(name, form.how, at) for name in named)


def _listed(
    shape: re.Pattern[bytes], data: bytes, wanted: Mapping[bytes, tuple[str, str]], lengths: tuple[int, ...]
) -> Iterator[Hit]:
    """Every run of such characters, and whether one of these stands in it."""
    for run in shape.finditer(data):
        text = run.group()
        for length in lengths:
            for at in range(len(text) - length + 1):
                if found := wanted.get(text[at : at + length]):
                    yield Hit(*found, run.start() + at)


def _in_order(found: set[Hit]) -> list[Hit]:
    # What is cut short at the end of one piece is whole in the next, which begins earlier.
    named = {(hit.offset, hit.how) for hit in found if hit.canary not in _CUT}
    kept = (hit for hit in found if hit.canary not in _CUT or (hit.offset, hit.how) not in named)
    return sorted(kept, key=lambda hit: (hit.offset, hit.canary, hit.how))


def _places(data: bytes, look: bytes) -> Iterator[int]:
    at = data.find(look)
    while at >= 0:
        yield at
        at = data.find(look, at + 1)


def _unpacked(data: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Whatever a compressed stream that begins somewhere in here holds, up to a bound."""
    for start in _COMPRESSED.finditer(data):
        unpacked = _unpack(data[start.start() : start.start() + MOST_UNPACKED])
        if len(unpacked) >= LEAST_UNPACKED:
            yield "compressed", start.start(), unpacked
    for start in _COMPRESSED_IN_BASE64.finditer(data):
        text = start.group().translate(bytes.maketrans(b"-_", b"+/"))
        unpacked = _unpack(b64decode(text[: len(text) // 4 * 4]))
        if len(unpacked) >= LEAST_UNPACKED:
            yield "compressed in base64", start.start(), unpacked


def _unpack(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(data, MOST_UNPACKED)
    except zlib.error:
        return b""
