"""Hundreds who begin to send and never end keep nobody from the form: on its own, behind nginx, at its onion."""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

import pytest

from quietword.proof.parts import nginx, this_user
from quietword.shipped.filling import Proxy
from tests.force import Force
from tests.integration.quietword.test_onion import CIRCUIT, onion_server
from tests.real_parts import NAME, the_parts
from tests.shipped import Answer, ShippedForm, free_bind, running, shipped_form
from tests.stalled import Connect, Stalled, seconds_of, stalled

EACH = 200
A_FEW_SECONDS = 6.0
EVERY_KIND = {
    Stalled.SILENT: EACH,
    Stalled.HEADERS: EACH,
    Stalled.BODY: EACH,
    Stalled.CHUNKS: EACH,
    Stalled.UPLOAD: EACH,
    Stalled.LONG_UPLOAD: 12,
    Stalled.ANSWERED: 50,
}


@dataclass(frozen=True)
class Door:
    """One way in: how an attacker connects, what is said first there, and the form as others meet it."""

    connect: Connect
    before: Iterator[bytes]
    form: ShippedForm


class OverOnion(ShippedForm):
    """The form as tor hands visitors on: on its socket, each connection with a circuit of its own."""

    def request(
        self,
        method: str,
        path: str = "/",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        address: str = "",  # noqa: ARG002 - a socket in the file system has none
    ) -> Answer:
        connection = HTTPConnection("form.example")
        connection.sock = sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(30)
        try:
            sock.connect(str(self.folder))
            sock.sendall(CIRCUIT.format("fffe").encode())
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.read().decode("utf-8", "replace"), dict(response.headers))
        finally:
            connection.close()


@contextmanager
def door(which: str, force: Force, folder: Path) -> Iterator[Door]:
    """The server as it ships, with two workers, met directly, through nginx as it ships, or as tor meets it."""
    nothing = iter(lambda: b"", None)
    with ExitStack() as stack:
        if which == "onion":
            path = stack.enter_context(onion_server(force, folder, workers=2))

            def into_socket() -> socket.socket:
                sock = socket.socket(socket.AF_UNIX)
                sock.settimeout(5)
                sock.connect(str(path))
                return sock

            circuits = (CIRCUIT.format(f"{number:x}").encode() for number in count(1))
            yield Door(into_socket, circuits, OverOnion(path, free_bind(), {}))
            return
        bind = free_bind()
        hops = "1" if which == "nginx" else "0"
        form = shipped_form(
            force,
            folder / "shipped",
            QUIETWORD_REPORTING_BIND=str(bind),
            QUIETWORD_REPORTING_WORKERS="2",
            QUIETWORD_TRUSTED_HOPS=hops,
        )
        form.bind = bind
        stack.enter_context(running(form))
        if which == "nginx":
            proxy = Proxy(NAME, free_bind(), bind, user=this_user(), run=folder / "nginx")
            stack.enter_context(the_parts())
            stack.enter_context(nginx(folder / "nginx", proxy))
            form = InFront(folder, proxy.listen, {})
        there = (form.bind.host, form.bind.port)
        yield Door(lambda: socket.create_connection(there, timeout=5), nothing, form)


class InFront(ShippedForm):
    """The same, asked by its name."""

    def request(
        self,
        method: str,
        path: str = "/",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        address: str = "127.0.0.1",
    ) -> Answer:
        return super().request(method, path, body, {"Host": NAME, **(headers or {})}, address=address)


@pytest.mark.parametrize("which", ["direct", "nginx", "onion"])
def test_a_thousand_who_never_end_keep_nobody_from_sending(force: Force, tmp_path: Path, which: str) -> None:
    with (
        door(which, force, tmp_path) as way,
        stalled(way.connect, EVERY_KIND, before=lambda: next(way.before)),
    ):
        time.sleep(1)
        for number in range(3):
            words = f"A van stands by the old lock at night, number {number}"
            assert seconds_of(lambda: way.form.get("/")) < A_FEW_SECONDS
            begun = time.monotonic()
            assert way.form.press(way.form.ready_to_send(words), "send").heading == "Sent"
            assert time.monotonic() - begun < A_FEW_SECONDS
