"""Reads a form with files as it arrives: its fields are kept, its files handed on piece by piece and kept nowhere."""

from collections.abc import Callable, Iterator

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

MULTIPART = "multipart/form-data"
MOST_HELD = 1 << 18  # bytes of one part's headers, or of a line that may be a boundary
MOST_PARTS = 100
_PIECE = 1 << 16


class ArrivingFile:
    """One file of a form. Its name is not kept: only whether there was one, for an empty choice has none."""

    def __init__(self, form: "ArrivingForm", event: File) -> None:
        self.named = bool(event.filename)
        self.content_type = event.headers.get("content-type", "")
        self._form = form

    def pieces(self) -> Iterator[bytes]:
        """What is in it, as it comes; what is not asked for is read away when the next part is."""
        return self._form.data()


class ArrivingForm:
    """A body of ``multipart/form-data`` whose source is read only as far as its reader asks."""

    def __init__(self, read: Callable[[int], bytes], boundary: str, *, most_fields: int) -> None:
        self._read = read
        self._decoder = MultipartDecoder(boundary.encode("ascii", "replace"), MOST_HELD, max_parts=MOST_PARTS)
        self._most = most_fields
        self._fields: list[tuple[str, str]] = []
        self._in_part = False

    @property
    def fields(self) -> ImmutableMultiDict[str, str]:
        """The fields that came by now."""
        return ImmutableMultiDict(self._fields)

    def files(self) -> Iterator[ArrivingFile]:
        """Each file when it begins; the fields before it are there by then.

        Raises:
            RequestEntityTooLarge: the fields are longer than they may be, or there are too many parts.
            BadRequest: it is no such form, or it was cut.
        """
        while not isinstance(event := self._next(), Epilogue):
            match event:
                case Field(name=name):
                    self._in_part = True
                    self._take_field(name or "")
                case File():
                    self._in_part = True
                    yield ArrivingFile(self, event)
                    for _ in self.data():
                        pass
                case _:
                    pass

    def data(self) -> Iterator[bytes]:
        """What is left of the part that is being read."""
        while self._in_part:
            event = self._next()
            if isinstance(event, Data):
                self._in_part = event.more_data
                if event.data:
                    yield event.data

    def _take_field(self, name: str) -> None:
        value = bytearray()
        for piece in self.data():
            value += piece
            self._most -= len(piece)
            if self._most < 0:
                raise RequestEntityTooLarge
        self._fields.append((name, value.decode("utf-8", "replace")))

    def _next(self) -> Event:
        try:
            while isinstance(event := self._decoder.next_event(), NeedData):
                self._decoder.receive_data(self._read(_PIECE) or None)
        except ValueError as error:
            raise BadRequest from error
        return event


def arriving_form(request: Request, read: Callable[[int], bytes], *, most_fields: int) -> ArrivingForm:
    """The form of a request, whose body ``read`` gives in pieces."""
    return ArrivingForm(read, request.mimetype_params.get("boundary", ""), most_fields=most_fields)


def body_of(request: Request, most: int) -> Callable[[int], bytes]:
    """Reads the body of a request and no more than it or ``most`` bytes, past Flask's limit for ordinary pages."""
    source = request.environ["wsgi.input"]
    left = most if request.environ.get("wsgi.input_terminated") else 0
    if request.content_length is not None:
        left = min(request.content_length, most)

    def read(length: int) -> bytes:
        nonlocal left
        piece: bytes = source.read(min(length, left)) if left else b""
        left -= len(piece)
        return piece

    return read
