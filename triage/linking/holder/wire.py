"""Suggestions, mentions and entries as plain JSON and back, exactly: what does not fit their shape is refused."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from triage.linking.holder.frames import FrameError, dumps, loads
from triage.linking.matching import Suggestion
from triage.linking.mentions import Mention

T = TypeVar("T")
_MANIFEST: msgspec.json.Decoder[list[tuple[str, int]]] = msgspec.json.Decoder(list[tuple[str, int]])
_IDS: msgspec.json.Decoder[list[str]] = msgspec.json.Decoder(list[str])
_BATCH: msgspec.json.Decoder[list[tuple[str, int, msgspec.Raw]]] = msgspec.json.Decoder(
    list[tuple[str, int, msgspec.Raw]]
)
_HEX = re.compile("[0-9a-f]{32}").fullmatch
_NULL = b"null"
# Which entries there are and at which version; an entry that cannot be opened, or is archived, has no text. An id is 32
# hexadecimal digits, and a text the JSON that was sealed: whoever holds it reads it strictly (`read_stored`).
Manifest = Mapping[str, int]
Batch = Sequence[tuple[str, int, bytes | None]]
# What the matcher is not given: no report is compared with the officers' notes. They are taken out of the text as it
# was sealed (`entry_body`, written without spaces): inside a text of it no quotation mark stands without a backslash.
_UNSEEN = re.compile(rb'"(notes|archived_because)":"(?:[^"\\]|\\.)*"')
_WITHOUT = rb'"\1":""'
_BARE = (b'"notes":""', b'"archived_because":""')
_ARCHIVED = b'"status":"archived"'


def text_for_matching(text: bytes) -> bytes | None:
    """What the matcher is given of a stored body: nothing of an archived entry, and of no other what is unseen.

    The text is not read for it; whether it is a body at all, whoever reads it sees.
    """
    if _ARCHIVED in text:
        return None
    return text if all(one in text for one in _BARE) else _UNSEEN.sub(_WITHOUT, text)


def suggestions_out(suggestions: tuple[Suggestion, ...]) -> bytes:
    return dumps([_plain(one) for one in suggestions])


def suggestions_in(data: bytes) -> tuple[Suggestion, ...]:
    """Raises FrameError."""
    return tuple(_value(Suggestion, one) for one in _list(loads(data)))


def mentions_out(mentions: tuple[Mention, ...]) -> bytes:
    return dumps([_plain(one) for one in mentions])


def mentions_in(data: bytes) -> tuple[Mention, ...]:
    """Raises FrameError."""
    return tuple(_value(Mention, one) for one in _list(loads(data)))


def manifest_out(manifest: Manifest) -> bytes:
    return msgspec.json.encode(list(manifest.items()))


def manifest_in(data: bytes) -> dict[str, int]:
    """Raises FrameError."""
    rows = _decoded(_MANIFEST, data)
    return {_hex(entry_id): version for entry_id, version in rows}


def ids_out(ids: Iterable[str]) -> bytes:
    return msgspec.json.encode(list(ids))


def ids_in(data: bytes) -> tuple[str, ...]:
    """Raises FrameError."""
    ids = _decoded(_IDS, data)
    return tuple(map(_hex, ids))


def batch_out(batch: Batch) -> bytes:
    """The bodies go as the texts they were sealed as: reading and writing them again would take as long as opening."""
    return (
        b"["
        + b",".join([b'["%s",%d,%s]' % (one.encode(), version, text or _NULL) for one, version, text in batch])
        + b"]"
    )


def batch_in(data: bytes) -> list[tuple[str, int, bytes | None]]:
    """Raises FrameError for what is no batch; the texts in it are JSON and no more is known of them."""
    rows = _decoded(_BATCH, data)
    texts = [(_hex(one), version, bytes(text)) for one, version, text in rows]
    return [(one, version, None if text == _NULL else text) for one, version, text in texts]


def text_out(text: str) -> bytes:
    return dumps(text)


def text_in(data: bytes) -> str:
    """Raises FrameError."""
    return _value(str, loads(data))


def _hex(text: str) -> str:
    if not _HEX(text):
        raise FrameError("An id is written in one way")
    return text


def _decoded(decoder: msgspec.json.Decoder[T], data: bytes) -> T:
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, RecursionError):
        raise FrameError("Another shape") from None


def _list(value: object) -> list[Any]:  # Any: as above
    if not isinstance(value, list):
        raise FrameError("Not a list")
    return value


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case tuple():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


@lru_cache(maxsize=32)
def _shape(of: type) -> Mapping[str, Any]:  # Any: annotations
    hints = get_type_hints(of)
    return {field.name: hints[field.name] for field in fields(of)}


def _value(wanted: type[T], data: object) -> T:
    """What `data` is of a type that may cross: plain values, ids, codes, tuples of such, and frozen dataclasses."""
    return _of(wanted, data)  # type: ignore[no-any-return]  # `_of` gives what it was asked for, or raises


def _of(wanted: Any, data: object) -> Any:  # Any: an annotation, and what is of it
    if get_origin(wanted) in (Union, UnionType):
        return _of_either(get_args(wanted), data)
    if get_origin(wanted) is tuple:
        return tuple(_of(get_args(wanted)[0], one) for one in _list(data))
    if is_dataclass(wanted) and isinstance(wanted, type):
        shape = _shape(wanted)
        if not isinstance(data, dict) or data.keys() != shape.keys():
            raise FrameError("Other fields")
        return wanted(**{name: _of(shape[name], one) for name, one in data.items()})
    if isinstance(wanted, type) and (issubclass(wanted, UUID) or issubclass(wanted, Enum)):
        return _named(wanted, data)
    if type(data) is not wanted:
        raise FrameError("Another type")
    return data


def _of_either(kinds: tuple[Any, ...], data: object) -> Any:  # Any: as above
    if data is None and type(None) in kinds:
        return None
    return _of(next(one for one in kinds if one is not type(None)), data)


def _named(wanted: type, data: object) -> object:
    if not isinstance(data, str):
        raise FrameError("Another type")
    try:
        found: object = wanted(data)
    except ValueError:
        raise FrameError("No such id or code") from None
    if issubclass(wanted, UUID) and str(found) != data:
        raise FrameError("An id is written in one way")
    return found
