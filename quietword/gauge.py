"""Tells how much of a request is still to come, so that a thread is lent only to one that is here.

It decides when to hand on and nothing else. Gunicorn's own parser reads the same bytes afterwards, and whatever the two
understand differently ends as a request that was cut: no other request can begin where this one says so.
"""

import re
from enum import Enum, auto

MOST_WHOLE = 1 << 20  # bytes of a body; what a page of the form may hold (web.app's MAX_CONTENT_LENGTH)
MOST_HEAD = 1 << 16  # bytes; nginx passes on no more than 32 KiB, a browser sends one or two
MOST_CHUNKS = 4096  # of a body that is held: each costs the server's one loop a step
MOST_CHUNK_LINE = 1024
MOST_DIGITS = 16
_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"
_CODING = b"\r\ntransfer-encoding:"
_EXPECTS = b"\r\nexpect:"
_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;|$)")


class Come(Enum):
    """What has come of a request."""

    PART = auto()
    WHOLE = auto()  # or as much as shows that it is none: gunicorn says so to its sender
    LONG = auto()  # longer than is held; its beginning is here


class Gauge:
    """Looks at what is held of one request, each time that more of it came."""

    def __init__(self) -> None:
        self._looked = 0
        self._end: int | None = None  # of a request that said how long it is; offsets, as all of these
        self._body: int | None = None
        self._chunk = 0
        self._chunks = 0
        self._trailers = False
        self.expects = False

    @property
    def in_body(self) -> bool:
        """Whether its head is here."""
        return self._body is not None

    def missing(self, held: int) -> int:
        """How many more bytes are known to come, of a request of which so many are held."""
        return max(0, min(self._end, MOST_HEAD + MOST_WHOLE) - held) if self._end is not None else 0

    def look(self, held: bytearray) -> Come:
        """What is held by now, from the request's first byte on."""
        if self._body is None:
            end = held.find(_END, max(0, self._looked - len(_END) + 1))
            self._looked = len(held)
            if end < 0:
                return Come.PART if len(held) <= MOST_HEAD else Come.WHOLE
            self._begin_body(bytes(held[: end + 2]))
        if self._end is not None:
            return self._within(held, self._end)
        return self._look_for_last_chunk(held)

    def _begin_body(self, head: bytes) -> None:
        self._body = self._chunk = len(head) + 2
        said = head.lower()
        self.expects = _value(said, _EXPECTS) == b"100-continue" and b" http/1.0\r\n" not in said
        lengths, chunked = said.count(_LENGTH), _CODING in said
        if not chunked or lengths:
            # Two answers to one question, or none that can be understood, are refused by gunicorn from the head alone.
            length = _value(said, _LENGTH) if lengths == 1 and not chunked else b""
            self._end = self._body + (int(length) if length.isdigit() and len(length) < MOST_DIGITS else 0)

    def _within(self, held: bytearray, end: int) -> Come:
        if len(held) >= end:
            return Come.WHOLE
        return Come.LONG if self._too_long(end) and self._too_long(len(held)) else Come.PART

    def _too_long(self, end: int) -> bool:
        return self._body is not None and end - self._body > MOST_WHOLE

    def _look_for_last_chunk(self, held: bytearray) -> Come:
        while not self._trailers:
            if self._too_long(len(held)) or self._chunks > MOST_CHUNKS:
                return Come.LONG
            end = held.find(b"\r\n", self._chunk, self._chunk + MOST_CHUNK_LINE)
            if end < 0:
                return Come.PART if len(held) < self._chunk + MOST_CHUNK_LINE else Come.WHOLE
            size = _SIZE.match(bytes(held[self._chunk : end]))
            if size is None:
                return Come.WHOLE
            length = int(size[1], 16)
            self._chunks += 1
            self._trailers = length == 0
            self._chunk = end if self._trailers else end + 2 + length + 2
        # The last chunk's own line ends as the lines of trailers do, so that no trailer at all is found the same way.
        ended = held.find(_END, self._chunk) >= 0 or len(held) > self._chunk + MOST_HEAD
        return Come.WHOLE if ended else Come.PART


def _value(head: bytes, name: bytes) -> bytes:
    at = head.find(name)
    return head[at + len(name) : head.find(b"\r\n", at + len(name))].strip(b" \t") if at >= 0 else b""
