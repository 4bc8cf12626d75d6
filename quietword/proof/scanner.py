"""Finds the canaries of a run in bytes, in every way in which they may have been written down.

All words of a run share an anchor, so a chunk is searched for some thirty short patterns and not for thousands. What a
canary is named by stands behind the anchor. Compressed streams are unpacked where they begin, and searched too.
"""

import re
import zlib
from base64 import b32encode, b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from quietword.proof.canaries import Canaries
from quietword.proof.shapes import shapes_of_value

CHUNK = 4 << 20
# What two chunks share: a word in its widest form, and most of a compressed stream that begins near an end.
OVERLAP = 64 << 10
MOST_UNPACKED = 1 << 20
LEAST_UNPACKED = 16
DEEPEST = 2
CUT_SHORT = "a word of this run, cut short"

_COMPRESSED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
# How zlib and gzip begin when they were put into base64.
_COMPRESSED_IN_BASE64 = re.compile(rb"(?:eJ|eA|eN|eF|H4sI)[A-Za-z0-9+/_-]{24,}")


@dataclass(frozen=True)
class Hit:
    """One canary found: its name, how it was written down, and the offset in bytes where it begins."""

    canary: str
    how: str
    offset: int


@dataclass(frozen=True)
class _Form:
    """One way of writing: the anchor in it, and each whole word in it. Caseless forms are in small letters."""

    how: str
    anchor: bytes
    words: tuple[tuple[bytes, str], ...]
    caseless: bool


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
WAYS = (*_CASELESS, *_EXACT_CASE)


class Scanner:
    """Looks for the canaries planted by the time it is made."""

    def __init__(self, canaries: Canaries) -> None:
        named = [(canary.word, canary.name) for canary in canaries if canary.word]
        self._forms = [
            _Form(how, write(canaries.anchor), tuple((write(word), name) for word, name in named), how in _CASELESS)
            for how, write in {**_CASELESS, **_EXACT_CASE}.items()
        ]
        self._values = [
            (canary.name, how, value, caseless)
            for canary in canaries
            for how, value, caseless in shapes_of_value(canary)
        ]

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
            yield from _with_anchor(small if form.caseless else data, form)
        for name, how, value, caseless in self._values:
            yield from (Hit(name, how, at) for at in _places(small if caseless else data, value))
        if depth:
            for how, at, unpacked in _unpacked(data):
                yield from (Hit(hit.canary, f"{hit.how}, {how}", at) for hit in self._scan(unpacked, depth - 1))


def _with_anchor(data: bytes, form: _Form) -> Iterator[Hit]:
    for at in _places(data, form.anchor):
        named = [name for word, name in form.words if data.startswith(word, at)]
        yield from (Hit(name, form.how, at) for name in named or (CUT_SHORT,))


def _in_order(found: set[Hit]) -> list[Hit]:
    # What is cut short at the end of one piece is whole in the next, which begins earlier.
    named = {(hit.offset, hit.how) for hit in found if hit.canary != CUT_SHORT}
    kept = (hit for hit in found if hit.canary != CUT_SHORT or (hit.offset, hit.how) not in named)
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
