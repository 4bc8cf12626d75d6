"""Frames between a worker, the index and its keepers: a version, a short JSON object, and content of bounded length.

    1 byte   version (1)
    4 bytes  length of the control object, big-endian, at most CONTROL_MOST
    4 bytes  length of the content, 0 for none
    then both

The control object says what is asked or answered and holds nothing of the register or of a report; the content does,
and whoever only hands it on never reads it. JSON alone: nothing in a frame can become code.
"""

import json
import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

VERSION = 1
CONTROL_MOST = 4096
TEXT_MOST = 2 << 20  # a report has at most 256 KiB, and a control character takes six bytes in JSON
BATCH_MOST = 8 << 20
MANIFEST_MOST = 64 << 20  # a million entries
ANSWER_MOST = 16 << 20
FRAME_SECONDS = 30.0  # from its first byte to its last
_HEADER = struct.Struct(">BII")
_PIECE = 1 << 20

# JSON by nature; `request_of` and `wire` turn it into values at once.
Control = Mapping[str, Any]


class FrameError(Exception):
    """What came is no frame of ours: too long, cut, of another version, or not strict JSON."""


class ClosedError(Exception):
    """The other side is gone."""


@dataclass(frozen=True)
class Message:
    """One frame."""

    control: Control
    content: bytes = field(default=b"", repr=False)


def send(to: socket.socket, control: Control, content: bytes = b"") -> None:
    """Send one frame.

    Raises:
        ClosedError: nobody takes it.
    """
    head = json.dumps(control, separators=(",", ":")).encode()
    if len(head) > CONTROL_MOST:
        raise FrameError("A control object is short")
    try:
        to.settimeout(FRAME_SECONDS)
        to.sendall(_HEADER.pack(VERSION, len(head), len(content)) + head)
        if content:
            to.sendall(content)
    except OSError as error:
        raise ClosedError from error


def receive(from_: socket.socket, *, most: int | Callable[[Control], int], wait: float | None = None) -> Message:
    """Receive one frame, whose content has at most `most` bytes, which may hang on what the control object says;
    `wait` seconds for its beginning, None for ever.

    Raises:
        FrameError: it is malformed; close the connection, for nothing after it can be understood.
        ClosedError: the other side closed it, or let us wait too long.
    """
    first = _take(from_, 1, None if wait is None else time.monotonic() + wait, at_its_beginning=True)
    ends = time.monotonic() + FRAME_SECONDS
    version, control_length, content_length = _HEADER.unpack(first + _take(from_, _HEADER.size - 1, ends))
    if version != VERSION or control_length > CONTROL_MOST:
        raise FrameError("Another version, or too long")
    control = loads(_take(from_, control_length, ends))
    if not isinstance(control, dict):
        raise FrameError("A control object is an object")
    if content_length > (most if isinstance(most, int) else most(control)):
        raise FrameError("Too long")
    return Message(control, _take(from_, content_length, ends))


def dumps(value: object) -> bytes:
    """JSON of a content; what a lone surrogate stands for survives."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def loads(data: bytes) -> Any:  # Any: JSON by nature
    """Strict JSON again: no name twice, no NaN.

    Raises:
        FrameError: it is none.
    """
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise FrameError("Not JSON") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(_name: str) -> float:
    raise ValueError


def _take(from_: socket.socket, length: int, ends: float | None, *, at_its_beginning: bool = False) -> bytes:
    pieces: list[bytes] = []
    left = length
    while left:
        try:
            from_.settimeout(None if ends is None else max(0.001, ends - time.monotonic()))
            piece = from_.recv(min(left, _PIECE))
        except OSError as error:
            raise ClosedError from error
        if not piece:
            if at_its_beginning:
                raise ClosedError
            raise FrameError("Cut")
        pieces.append(piece)
        left -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
