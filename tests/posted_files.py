"""A form with files as a browser posts it: the page state first, the pressed button last."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from sqlalchemy import select

from envelope.file import open_file_parts
from envelope.report import PartReference
from reporting.cleaning.cleaner import Cleaner
from store.collection import Collection
from store.tables import parts
from tests.pages import PageClient
from tests.public_form import PublicForm

BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"


@dataclass(frozen=True)
class Chosen:
    """One chosen file: what is in it, what it is called, and what the browser says it is."""

    content: bytes
    name: str = "IMG_20261122_143210.jpg"
    content_type: str = "image/jpeg"


def body_of_form(token: str, files: Sequence[Chosen], go: str) -> bytes:
    """The body of the post, in the order of the page."""
    edge = f"--{BOUNDARY}\r\n".encode()
    pieces = [edge, b'Content-Disposition: form-data; name="csrf_token"\r\n\r\n', token.encode(), b"\r\n"]
    for file in files:
        head = f'Content-Disposition: form-data; name="files"; filename="{file.name}"\r\n'
        pieces += [edge, head.encode(), f"Content-Type: {file.content_type}\r\n\r\n".encode(), file.content, b"\r\n"]
    pieces += [edge, b'Content-Disposition: form-data; name="go"\r\n\r\n', go.encode(), b"\r\n"]
    return b"".join([*pieces, f"--{BOUNDARY}--\r\n".encode()])


def post_files(person: PageClient, *files: Chosen, go: str = "add", status: int = 200) -> None:
    """Choose these files on the page that is open, and press a button."""
    response = person.client.post(
        "/",
        input_stream=BytesIO(body := body_of_form(person.value("csrf_token"), files, go)),
        content_length=len(body),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        base_url=person.base_url,
    )
    person._seen(response, "/", status)


def at_files(form: PublicForm, what: str = "Men carry boxes at night") -> PageClient:
    """Somebody who has come to the page about photos and documents."""
    person = form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what=what, button="check")
    person.submit(button="change-files")
    assert person.heading() == "Do you have photos or documents?"
    return person


def stored(form: PublicForm) -> dict[bytes, list[bytes]]:
    """Every stored piece, by file."""
    found: dict[bytes, list[bytes]] = {}
    with form.engine.connect() as connection:
        for row in connection.execute(select(parts).order_by(parts.c.file_id, parts.c.sequence)):
            found.setdefault(row.file_id, []).append(row.sealed)
    return found


def opened(form: PublicForm, part: PartReference) -> bytes:
    """What a force that read the report gets of one of its files."""
    return open_file_parts(part, (row.sealed for row in Collection(form.engine).parts_for(part.file_id)))


def without_sandbox() -> Cleaner:
    return Cleaner(None, missing="bubblewrap is missing")
