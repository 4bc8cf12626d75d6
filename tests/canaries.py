"""Canaries: words that stand nowhere else in the world, planted in a request and then looked for in every byte kept.

canaries = Canaries()
agent = canaries.plant("User-Agent")
... send a request that carries `agent` ...
assert canaries.found_in([folder]) == []
"""

import hashlib
import html
import json
import secrets
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

_LETTERS = "bcdfghjklmnpqrstvwxz"
CASELESS = frozenset({"utf-8", "latin-1", "utf-16 le", "utf-16 be", "url", "form", "json", "html", "hex"})


@dataclass(frozen=True)
class Found:
    """A canary that was kept: what carried it, how it was written, and in which file."""

    carrier: str
    form: str
    file: str


@dataclass
class Canaries:
    """What was planted, by what carried it."""

    planted: dict[str, str] = field(default_factory=dict)

    def plant(self, carrier: str, shape: str = "{}") -> str:
        """A new word for this carrier, in the shape given; the whole of it is looked for."""
        return self.plant_as(carrier, shape.format("".join(secrets.choice(_LETTERS) for _ in range(14))))

    def plant_as(self, carrier: str, value: str) -> str:
        """The same for a value that cannot be any word, such as an address."""
        assert carrier not in self.planted
        self.planted[carrier] = value
        return value

    def found_in(self, folders: Iterable[Path]) -> list[Found]:
        """Every canary in any form in any file (or in any file's name) under these folders."""
        forms = [(carrier, form, look) for carrier, word in self.planted.items() for form, look in forms_of(word)]
        found: list[Found] = []
        for folder in folders:
            assert folder.is_dir(), f"{folder} is not there to be looked through"
            for path in sorted(folder.rglob("*")):
                name = str(path.relative_to(folder)).encode()
                content = name + b"\n" + (path.read_bytes() if path.is_file() else b"")
                found.extend(_found(content, str(path), forms))
        return found


def found_in_bytes(content: bytes, words: Iterable[str]) -> list[Found]:
    """Which of these words stand in these bytes, in any form."""
    forms = [(word, form, look) for word in words for form, look in forms_of(word)]
    return list(_found(content, "bytes", forms))


def forms_of(word: str) -> Iterator[tuple[str, bytes]]:
    """Each way in which a word may have been written down, and its bytes; those in CASELESS are in small letters."""
    plain = word.encode()
    yield "utf-8", word.lower().encode()
    yield "utf-16 le", word.lower().encode("utf-16-le")
    yield "utf-16 be", word.lower().encode("utf-16-be")
    yield "url", quote(word, safe="").lower().encode()
    yield "form", quote_plus(word).lower().encode()
    yield "json", json.dumps(word)[1:-1].lower().encode()
    yield "html", html.escape(word).lower().encode()
    yield "hex", plain.hex().encode()
    if not word.isascii():
        yield "latin-1", word.lower().encode("latin-1", "replace")
    for skipped in range(3):
        # The same bytes look different in base64 at each of three offsets; the ends depend on what stands beside them.
        yield f"base64 {skipped}", b64encode(bytes(skipped) + plain)[-(-8 * skipped // 6) :].rstrip(b"=")[:-1]
    for name in ("md5", "sha1", "sha256"):
        digest = hashlib.new(name, plain, usedforsecurity=False).digest()
        yield name, digest
        yield f"{name} in hex", digest.hex().encode()


def _found(content: bytes, file: str, forms: Iterable[tuple[str, str, bytes]]) -> Iterator[Found]:
    small = content.lower()
    for carrier, form, look in forms:
        if look in (small if form in CASELESS else content):
            yield Found(carrier, form, file)
