"""What a worker may ask the index, each a frozen value read strictly from a control object."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any
from uuid import UUID

from triage.linking.holder.frames import Control, FrameError

SECRET_BYTES = 32
MOST_SUGGESTIONS = 100
MOST_VERSION = 2**62


class Op(StrEnum):
    """One thing to ask."""

    OPEN = "open"
    STAND = "stand"
    SUGGEST = "suggest"
    RANK = "rank"
    MENTIONS = "mentions"
    FILL = "fill"
    ENTRIES = "entries"
    BUILD = "build"
    LEAVE = "leave"


class Why(StrEnum):
    """Why nothing is answered; it says nothing of what is held."""

    NOT_HELD = "not held"  # no such token, or what it was for has been wiped
    BUSY = "busy"  # somebody else fills or builds it
    NOT_BUILT = "not built"
    FULL = "full"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Open:
    """Begin to hold a compartment: `door` can be derived from its key alone."""

    compartment: UUID
    holder: UUID
    door: bytes = field(repr=False)


@dataclass(frozen=True)
class Leave:
    """Hold it no more."""

    compartment: UUID
    holder: UUID
    door: bytes = field(repr=False)


@dataclass(frozen=True)
class Stand:
    """How the sub-index stands."""

    token: bytes = field(repr=False)


@dataclass(frozen=True)
class Suggest:
    """Whom the text in the content may be about."""

    token: bytes = field(repr=False)
    limit: int = 8


@dataclass(frozen=True)
class Rank:
    """Who comes nearest to the text in the content, near enough or not."""

    token: bytes = field(repr=False)
    limit: int = 8


@dataclass(frozen=True)
class Mentions:
    """What in the text of the content to mark."""

    token: bytes = field(repr=False)


@dataclass(frozen=True)
class Fill:
    """Begin to bring the sub-index to a version; the content is the manifest, the answer which entries are wanted."""

    token: bytes = field(repr=False)
    version: int = 0


@dataclass(frozen=True)
class Entries:
    """The next of the entries that were wanted."""

    token: bytes = field(repr=False)


@dataclass(frozen=True)
class Build:
    """All that was wanted is there."""

    token: bytes = field(repr=False)


Asked = Open | Leave | Stand | Suggest | Rank | Mentions | Fill | Entries | Build
_SHAPES: dict[Op, type[Asked]] = {
    Op.OPEN: Open,
    Op.LEAVE: Leave,
    Op.STAND: Stand,
    Op.SUGGEST: Suggest,
    Op.RANK: Rank,
    Op.MENTIONS: Mentions,
    Op.FILL: Fill,
    Op.ENTRIES: Entries,
    Op.BUILD: Build,
}


def control_of(asked: Asked) -> Control:
    """As it goes over the socket."""
    op = next(op for op, shape in _SHAPES.items() if shape is type(asked))
    return {"op": op.value, **{one.name: _plain(getattr(asked, one.name)) for one in fields(asked)}}


def asked_of(control: Control) -> Asked:
    """What is asked.

    Raises:
        FrameError: a field is missing, unknown, of another type or out of its bounds.
    """
    try:
        shape = _SHAPES[Op(control.get("op", ""))]
    except (ValueError, TypeError):
        raise FrameError("No such question") from None
    names = {one.name: one.type for one in fields(shape)}
    if control.keys() != {"op", *names}:
        raise FrameError("Other fields")
    return shape(**{name: _read(name, control[name]) for name in names})


def _plain(value: object) -> object:
    match value:
        case bytes():
            return value.hex()
        case UUID():
            return str(value)
        case _:
            return value


def _read(name: str, value: object) -> Any:  # Any: of the type that the field of this name has
    match name:
        case "token" | "door" if isinstance(value, str) and len(value) == 2 * SECRET_BYTES:
            if set(value) <= set("0123456789abcdef"):
                return bytes.fromhex(value)
        case "compartment" | "holder" if isinstance(value, str) and len(value) == 36:
            try:
                return UUID(value)
            except ValueError:
                raise FrameError("Not an id") from None
        case "limit" if type(value) is int and 1 <= value <= MOST_SUGGESTIONS:
            return value
        case "version" if type(value) is int and 0 <= value <= MOST_VERSION:
            return value
    raise FrameError("A field of another kind")
