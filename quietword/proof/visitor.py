"""Somebody with a browser, over a real socket: reads pages as a browser without scripts does, and presses buttons."""

import gzip
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode

from config import Bind

FORM = "application/x-www-form-urlencoded"
SECONDS = 60.0
AWAY = (OSError, HTTPException)


@dataclass
class Page:
    """One answer: its status and headers, and what a reader of HTML finds in its body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    heading: str = ""
    hidden: dict[str, str] = field(default_factory=dict, repr=False)
    texts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    digits: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def has_button(self, value: str) -> bool:
        return any(value == one for _, one in self.buttons)


class _Reader(HTMLParser):
    """Collects what a page offers: fields to fill in, buttons to press, places to go."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.texts: list[str] = []
        self.files: list[str] = []
        self.buttons: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.actions: list[str] = []
        self.heading = ""
        self.digits = ""
        self._into: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in one element."""
        has = {name: value or "" for name, value in attrs}
        name, kind = has.get("name", ""), has.get("type", "text")
        if tag == "h1":
            self._into = "heading"
        elif "qw-receipt-digits" in has.get("class", ""):
            self._into = "digits"
        elif tag == "a" and has.get("href"):
            self.links.append(has["href"])
        elif tag == "form":
            self.actions.append(has.get("action", ""))
        elif tag == "button" or (tag == "input" and kind == "submit"):
            self.buttons.append((name, has.get("value", "")))
        elif tag == "textarea" or (tag == "input" and kind in {"text", "search", "tel"}):
            self.texts.append(name)
        elif tag == "input" and kind == "hidden":
            self.hidden[name] = has.get("value", "")
        elif tag == "input" and kind == "file":
            self.files.append(name)

    def handle_data(self, data: str) -> None:
        """Take in text between elements."""
        if self._into == "heading":
            self.heading += data
        elif self._into == "digits":
            self.digits += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as the parser calls it
        """A heading or a receipt ends with the first element that ends in it."""
        self._into = None


def read_page(status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> Page:
    """What this answer offers, when it is a page."""
    page = Page(status, headers, body)
    if not page.header("Content-Type").startswith("text/html"):
        return page
    reader = _Reader()
    reader.feed(page.text)
    page.heading, page.digits = reader.heading.strip(), reader.digits.strip()
    page.hidden, page.texts, page.files = reader.hidden, tuple(reader.texts), tuple(reader.files)
    page.buttons, page.links, page.actions = tuple(reader.buttons), tuple(reader.links), tuple(reader.actions)
    return page


@dataclass
class Visitor:
    """One browser: where it goes, from which address of this machine, and what it says of itself."""

    bind: Bind
    address: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    tls: bool = False

    def request(
        self, method: str, path: str = "/", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Page:
        """One request on a connection of its own.

        Raises:
            OSError, HTTPException: nothing that answers listens there.
        """
        source = (self.address, 0) if self.address else None
        connection: HTTPConnection
        if self.tls:
            context = ssl.create_default_context()
            connection = HTTPSConnection(
                self.bind.host, self.bind.port, timeout=SECONDS, source_address=source, context=context
            )
        else:
            connection = HTTPConnection(self.bind.host, self.bind.port, timeout=SECONDS, source_address=source)
        try:
            connection.request(method, path, body, {**self.headers, **(headers or {})})
            response = connection.getresponse()
            content = response.read()
            if response.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            return read_page(response.status, tuple(response.getheaders()), content)
        finally:
            connection.close()

    def get(self, path: str = "/", headers: Mapping[str, str] | None = None) -> Page:
        return self.request("GET", path, headers=headers)

    def press(
        self,
        page: Page,
        go: str,
        typed: Mapping[str, str] | None = None,
        *,
        path: str = "/",
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Post a page with these answers typed in and this button pressed."""
        body = urlencode({**page.hidden, **(typed or {}), "go": go}).encode()
        return self.request("POST", path, body, {"Content-Type": FORM, **(headers or {})})

    def tell(self, raw: bytes, *, seconds: float = 10.0) -> bytes:
        """Send bytes that no browser sends, and give back whatever is answered; a closed connection is an answer."""
        source = (self.address, 0) if self.address else None
        plain = socket.create_connection((self.bind.host, self.bind.port), timeout=seconds, source_address=source)
        answer = b""
        with plain:
            connection = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=self.bind.host) if self.tls else plain
            )
            try:
                connection.sendall(raw)
                connection.shutdown(socket.SHUT_WR)
                while piece := connection.recv(65536):
                    answer += piece
            except ConnectionError:
                pass
        return answer


def multipart(
    fields: Mapping[str, str],
    files: Mapping[str, tuple[str, str, bytes]],
    *,
    boundary: str = "----quietword-proof",
    whole: bool = True,
) -> tuple[bytes, str]:
    """A body with files in it (by field: file name, media type, content), and its content type."""
    body = b""
    for name, value in fields.items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, (filename, media, content) in files.items():
        body += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            f"Content-Type: {media}\r\n\r\n"
        ).encode()
        body += content + b"\r\n"
    return body + (f"--{boundary}--\r\n".encode() if whole else b""), f"multipart/form-data; boundary={boundary}"
