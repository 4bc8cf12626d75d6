"""Reads an over-long request to its end, so that its answer arrives, and keeps the words at its beginning."""

import re
from collections import deque
from contextlib import suppress
from io import BytesIO
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from web.multipart import MULTIPART, arriving_form

MOST_DRAINED = 64 << 20  # bytes; beyond it the connection may break rather than tie up a worker
PIECE = 1 << 16
HALF_A_CHARACTER = re.compile(rb"%[0-9A-Fa-f]?$")


def read_and_drain(request: Request, *, keep: int) -> None:
    """Make ``request.form`` hold what the first ``keep`` bytes of an over-long body say, and read away the rest.

    A server that answers before it has read the body resets the connection, and the sender sees a browser's error
    instead of our page. Of a form with files the fields before the first cut are kept; any other body than a form
    leaves an empty one.
    """
    source = request.environ["wsgi.input"]
    left = MOST_DRAINED if request.environ.get("wsgi.input_terminated") else 0
    if request.content_length is not None:
        left = min(request.content_length, MOST_DRAINED)
    if "form" not in request.__dict__:  # a body of undeclared length was parsed as far as the limit already
        head = source.read(min(keep, left))
        left -= len(head)
        request.__dict__.update(form=_fields_in(request, head), files=ImmutableMultiDict(), stream=BytesIO())
    while left > 0 and (piece := source.read(min(PIECE, left))):
        left -= len(piece)


def _fields_in(request: Request, head: bytes) -> ImmutableMultiDict[str, str]:
    if request.mimetype == MULTIPART:
        form = arriving_form(request, BytesIO(head).read, most_fields=len(head))
        with suppress(HTTPException):  # where it is cut
            deque(form.files(), maxlen=0)
        return form.fields
    if request.mimetype != "application/x-www-form-urlencoded":
        return ImmutableMultiDict()
    whole = HALF_A_CHARACTER.sub(b"", head).decode("utf-8", "ignore")
    return ImmutableMultiDict(parse_qsl(whole, keep_blank_values=True, errors="replace"))
