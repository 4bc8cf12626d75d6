"""The onion service's own server: a real process on a real socket, asked as tor asks."""

import os
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.force import Force
from tests.shipped import shipped_form

CIRCUIT = "PROXY TCP6 fc00:dead:beef:4dad::ffff:{} ::1 65535 42\r\n"
ASK = "GET /{} HTTP/1.1\r\nHost: quietwordquietword.onion\r\n\r\n"


@contextmanager
def onion_server(force: Force, folder: Path, *, workers: int = 1) -> Iterator[Path]:
    """`quietword serve reporting --onion`; gives the path of its socket."""
    path = folder / "form.sock"
    environ = shipped_form(
        force,
        folder / "shipped",
        QUIETWORD_ONION_BIND=f"unix:{path}",
        QUIETWORD_TLS="yes",
        QUIETWORD_REPORTING_WORKERS=str(workers),
    ).environ
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "quietword", "serve", "reporting", "--onion"],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        deadline = time.monotonic() + 180
        while not answered(path, CIRCUIT.format(0) + ASK.format("health")).startswith(b"HTTP/1.1 200"):
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield path
    finally:
        process.kill()
        process.wait()


def answered(path: Path, told: str) -> bytes:
    """What comes back for these bytes on a connection of its own."""
    answer = b""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(60)
        try:
            connection.connect(str(path))
            connection.sendall(told.encode())
            while piece := connection.recv(65536):
                answer += piece
        except OSError:
            return answer
    return answer


def test_the_onion_service_is_answered_by_circuit_and_by_nothing_else(force: Force, tmp_path: Path) -> None:
    with onion_server(force, tmp_path) as path:
        page = answered(path, CIRCUIT.format(1) + ASK.format(""))
        assert page.startswith(b"HTTP/1.1 200")
        # An onion address has no certificate, and a browser told to insist on one could never come back.
        assert b"Strict-Transport-Security" not in page
        assert answered(path, ASK.format("")).startswith(b"HTTP/1.1 403")
        elsewhere = "PROXY TCP4 203.0.113.7 127.0.0.1 5 80\r\n"
        assert answered(path, elsewhere + ASK.format("")).startswith(b"HTTP/1.1 403")
        # A visitor cannot put a line of their own behind tor's, nor ask again on the same connection without one.
        assert answered(path, CIRCUIT.format(1) + elsewhere + ASK.format("")).startswith(b"HTTP/1.1 400")
        both = answered(path, CIRCUIT.format(1) + ASK.format("health") + ASK.format("health"))
        assert len(re.findall(rb"HTTP/1\.1 ", both)) == 1
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o070 == 0o070
        assert mode & 0o007 == 0


@pytest.mark.parametrize("missing", ["setting", "folder"])
def test_a_server_for_tor_alone_says_what_it_lacks(force: Force, tmp_path: Path, missing: str) -> None:
    named = {} if missing == "setting" else {"QUIETWORD_ONION_BIND": f"unix:{tmp_path}/nowhere/form.sock"}
    environ = shipped_form(force, tmp_path / "shipped", **named).environ
    began = [sys.executable, "-P", "-m", "quietword", "serve", "reporting", "--onion"]
    ended = subprocess.run(began, env={**os.environ, **environ}, capture_output=True, text=True, check=False)
    if missing == "setting":
        assert ended.returncode == 2
        assert "QUIETWORD_ONION_BIND is not set: name the socket" in ended.stderr
    else:
        assert ended.returncode == 1
        assert "of QUIETWORD_ONION_BIND is not there: make it" in ended.stderr
