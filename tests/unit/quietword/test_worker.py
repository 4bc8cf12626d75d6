"""A request that never ends gives its thread back, and whoever sent it all still gets an answer."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from gunicorn.workers.gthread import ThreadWorker

from quietword.worker import PunctualWorker
from web import patience


class Connection:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock


@pytest.mark.parametrize(("seconds", "ended"), [(-1.0, True), (3600.0, False)])
def test_whoever_sends_half_a_request_holds_a_thread_for_so_long_and_no_longer(
    monkeypatch: pytest.MonkeyPatch, seconds: float, ended: bool
) -> None:
    reading = threading.Event()

    def read(_worker: ThreadWorker, conn: Connection) -> bytes:
        reading.set()
        return conn.sock.recv(1)

    monkeypatch.setattr(patience, "SECONDS_TO_ARRIVE", seconds)
    monkeypatch.setattr(ThreadWorker, "__init__", lambda _worker: None)
    monkeypatch.setattr(ThreadWorker, "notify", lambda _worker: None)
    monkeypatch.setattr(ThreadWorker, "handle", read)
    ours, theirs = socket.socketpair()
    one = PunctualWorker()
    with ours, theirs, ThreadPoolExecutor() as pool:
        waiting = pool.submit(one.handle, Connection(ours))
        assert reading.wait(10)
        one.notify()
        if not ended:
            theirs.sendall(b"e")
        assert waiting.result(10) == (b"" if ended else b"e")
        ours.sendall(b"answer")
        assert theirs.recv(6) == b"answer"
