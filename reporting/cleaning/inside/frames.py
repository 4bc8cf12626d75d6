"""How the sandbox answers: pieces of the cleaned copy, then what it is; or why there is none.

    kind 1 ‖ length 4, big-endian ‖ payload

An answer that ends without its last frame is no answer: the child was ended in the middle.
"""

import struct
from dataclasses import dataclass
from enum import Enum, StrEnum

LONGEST_PAYLOAD = 1 << 16

_HEAD = struct.Struct(">cI")
_DONE = struct.Struct(">BH?")


class Frame(Enum):
    """What a frame says."""

    DATA = b"D"
    DONE = b"E"
    REFUSED = b"R"


class Refusal(StrEnum):
    """Why a file is not taken. The sentences are in `reporting.cleaning.sentences`."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    MISLABELLED = "mislabelled"
    TWO_IN_ONE = "two-in-one"
    CUT = "cut"
    DAMAGED = "damaged"
    LOCKED = "locked"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_HARD = "too-hard"
    TOO_LARGE = "too-large"
    TOO_MUCH_IN_ALL = "too-much-in-all"
    TOO_MANY = "too-many"
    BUSY = "busy"
    NO_ROOM = "no-room"
    NO_SANDBOX = "no-sandbox"


class Copy(Enum):
    """What a cleaned copy is, by the number that stands in the last frame."""

    JPEG = 1
    PNG = 2
    PDF = 3


@dataclass(frozen=True)
class Done:
    """What was made. `moving`: the file moved, and only its first picture was kept."""

    copy: Copy
    pages: int = 1
    moving: bool = False

    def to_bytes(self) -> bytes:
        """As it stands in the last frame."""
        return _DONE.pack(self.copy.value, self.pages, self.moving)

    @classmethod
    def from_bytes(cls, payload: bytes) -> "Done":
        """Read a last frame; raises ValueError for anything that `to_bytes` does not write."""
        if len(payload) != _DONE.size:
            raise ValueError("A last frame has another length")
        number, pages, moving = _DONE.unpack(payload)
        done = cls(Copy(number), pages, moving)
        if done.to_bytes() != payload or pages < 1 or (pages > 1 and done.copy is not Copy.PDF):
            raise ValueError("A last frame says what cannot be")
        return done


class RefusedError(Exception):
    """This file is not taken, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def framed(kind: Frame, payload: bytes) -> bytes:
    """One frame, as bytes."""
    return _HEAD.pack(kind.value, len(payload)) + payload


class FrameReader:
    """Takes the answer as it comes; raises ValueError for what the child does not write."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[tuple[Frame, bytes]]:
        """The frames that are whole by now."""
        self._held += data
        frames: list[tuple[Frame, bytes]] = []
        while len(self._held) >= _HEAD.size:
            kind, length = _HEAD.unpack_from(self._held)
            if length > LONGEST_PAYLOAD:
                raise ValueError("A frame is too long")
            end = _HEAD.size + length
            if len(self._held) < end:
                break
            frames.append((Frame(kind), bytes(self._held[_HEAD.size : end])))
            del self._held[:end]
        return frames
