"""A document, drawn page by page and made into a new one of pictures: no text, no link, no script, no attachment."""

import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, cast

from PIL import Image

from reporting.cleaning.inside.frames import Refusal, RefusedError
from reporting.cleaning.inside.limits import LONG_SIDE_OF_A_PAGE, MOST_PAGES
from reporting.cleaning.inside.pictures import jpeg
from reporting.cleaning.inside.written import PictureDocument

PDFINFO = "/usr/bin/pdfinfo"
PDFTOPPM = "/usr/bin/pdftoppm"
_PAGES = re.compile(rb"^Pages:\s+(\d+)\s*$", re.MULTILINE)
_LOCKED = re.compile(rb"^Encrypted:\s+yes\b", re.MULTILINE)
_HEADER = re.compile(rb"P6\n(\d{1,5}) (\d{1,5})\n255\n")
_LONGEST_HEADER = 32


def clean_document(content: bytearray) -> Iterator[bytes]:
    """The new document in pieces, while its pages are drawn; the number of pages is `pages_of`.

    Raises:
        RefusedError: a page cannot be drawn, or the drawing took more than it may.
    """
    document = PictureDocument()
    yield document.begin()
    expected = pages_of(content)
    drawn = 0
    with _Tool([PDFTOPPM, "-q", "-scale-to", str(LONG_SIDE_OF_A_PAGE), "-l", str(MOST_PAGES), "-"], content) as tool:
        while (page := _next_page(tool.says)) is not None:
            drawn += 1
            yield document.page(jpeg(page), page.width, page.height)
    if tool.code != 0 or drawn != expected:
        raise RefusedError(Refusal.TOO_HARD if tool.code < 0 else Refusal.DAMAGED)
    yield document.finish()


def pages_of(content: bytearray) -> int:
    """How many pages a document has.

    Raises:
        RefusedError: it is locked, damaged, or has too many.
    """
    with _Tool([PDFINFO, "-"], content) as tool:
        said = tool.says.read()
    if _LOCKED.search(said) or b"Incorrect password" in said:
        raise RefusedError(Refusal.LOCKED)
    pages = _PAGES.search(said)
    if tool.code != 0 or pages is None or int(pages[1]) < 1:
        raise RefusedError(Refusal.TOO_HARD if tool.code < 0 else Refusal.DAMAGED)
    if int(pages[1]) > MOST_PAGES:
        raise RefusedError(Refusal.TOO_MANY_PAGES)
    return int(pages[1])


class _Tool:
    """A tool of poppler's with the document on its way in; `says` is what comes out, `code` how it ended."""

    code = 0

    def __init__(self, command: list[str], content: bytearray) -> None:
        # Only pdfinfo's complaints are read: they say whether a password is missing.
        errors = subprocess.STDOUT if command[0] == PDFINFO else None
        self._run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603 - our own words
        self.says = cast("IO[bytes]", self._run.stdout)
        self._feeder = threading.Thread(target=_feed, args=(cast("IO[bytes]", self._run.stdin), content), daemon=True)
        self._feeder.start()

    def __enter__(self) -> "_Tool":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._run.kill()
        self.says.close()
        self.code = self._run.wait()
        self._feeder.join()


def _feed(into: IO[bytes], content: bytearray) -> None:
    with suppress(OSError), into:
        into.write(content)


def _next_page(pages: IO[bytes]) -> Image.Image | None:
    """The next of the pictures that pdftoppm writes one behind the other."""
    first = pages.read(1)
    if not first:
        return None
    header = first
    while header.count(b"\n") < 3 and len(header) < _LONGEST_HEADER:
        byte = pages.read(1)
        if not byte:
            raise RefusedError(Refusal.DAMAGED)
        header += byte
    size = _HEADER.fullmatch(header)
    if size is None:
        raise RefusedError(Refusal.DAMAGED)
    width, height = int(size[1]), int(size[2])
    if not 0 < width <= LONG_SIDE_OF_A_PAGE + 1 or not 0 < height <= LONG_SIDE_OF_A_PAGE + 1:
        raise RefusedError(Refusal.DAMAGED)
    pixels = pages.read(width * height * 3)
    if len(pixels) != width * height * 3:
        raise RefusedError(Refusal.DAMAGED)
    return Image.frombytes("RGB", (width, height), pixels)
