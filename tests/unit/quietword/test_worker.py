"""A long request that never ends gives its thread back, and whoever sent it all still gets an answer."""

import resource
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from gunicorn.workers.gthread import ThreadWorker

from quietword import worker
from quietword.waiting import Lent, Source
from quietword.worker import PunctualWorker, room_for_sockets
from web import patience
from web.patience import Arrival


class Connection:
    lent = Lent.AS_IT_COMES

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.source = Source(sock)


@pytest.mark.parametrize(("seconds", "ended"), [(-1.0, True), (3600.0, False)])
def test_whoever_sends_half_an_upload_holds_a_thread_for_so_long_and_no_longer(
    monkeypatch: pytest.MonkeyPatch, seconds: float, ended: bool
) -> None:
    reading = threading.Event()

    def read(_worker: ThreadWorker, conn: Connection) -> bytes:
        reading.set()
        return conn.source.recv(1)

    monkeypatch.setattr(patience, "SECONDS_TO_ARRIVE", seconds)
    monkeypatch.setattr(ThreadWorker, "__init__", lambda _worker: None)
    monkeypatch.setattr(ThreadWorker, "notify", lambda _worker: None)
    monkeypatch.setattr(ThreadWorker, "handle", read)
    ours, theirs = socket.socketpair()
    one = PunctualWorker()
    with ours, theirs, ThreadPoolExecutor() as pool:
        waiting = pool.submit(one.handle, Connection(ours))  # type: ignore[arg-type]  # as much of one as is asked for
        assert reading.wait(60)
        one.notify()
        if not ended:
            theirs.sendall(b"e")
        assert waiting.result(60) == (b"" if ended else b"e")
        ours.sendall(b"answer")
        assert theirs.recv(6) == b"answer"


def test_where_others_wait_a_stalled_upload_ends_sooner_and_a_slow_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    stalled, slow = Arrival(100.0), Arrival(100.0)
    for second in range(101, 131):
        monkeypatch.setattr(patience.time, "monotonic", lambda now=second: float(now))
        stalled.heard_from(1000)
        slow.heard_from(20_000)
    assert not stalled.late(130.0)
    assert stalled.late(130.0, others_wait=True)
    assert not slow.late(130.0, others_wait=True)
    stalled.at_work = True
    assert not stalled.late(130.0, others_wait=True)


@pytest.mark.parametrize(
    ("soft", "hard", "room", "asked"),
    [(1024, 524288, 2000, 3256), (1024, 1024, 512, 1024), (1024, -1, 2000, 3256), (8192, 8192, 2000, None)],
)
def test_as_many_may_wait_as_the_system_gives_files(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, room: int, asked: int | None
) -> None:
    limits: list[int] = []
    monkeypatch.setattr(worker.resource, "getrlimit", lambda _what: (soft, hard))
    monkeypatch.setattr(worker.resource, "setrlimit", lambda _what, both: limits.append(both[0]))
    assert resource.RLIM_INFINITY == -1
    assert room_for_sockets(2000) == room
    assert limits == ([] if asked is None else [asked])
