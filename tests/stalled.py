"""Senders who never finish, many at once, from one thread: each begins, and brings a byte now and then or nothing."""

import random
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum

PHOTO = 5_000_000  # bytes that are announced and never come
_POST = b"POST / HTTP/1.1\r\nHost: form.example\r\nOrigin: null\r\n"
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
_PARTS = b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n" % PHOTO
_FILE = (
    b'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\nstale\r\n'
    b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
)


class Stalled(Enum):
    """What is sent at once, and what comes after it, again and again, until the test is over."""

    SILENT = (b"", b"")
    HEADERS = (_POST, b"X-A: 1\r\n")
    BODY = (_POST + _FORM + b"Content-Length: 9000\r\n\r\nwho=", b"a")
    CHUNKS = (_POST + _FORM + b"Transfer-Encoding: chunked\r\n\r\n4\r\nwho=\r\n", b"1\r\na\r\n")
    UPLOAD = (_POST + _PARTS + _FILE, b"a")
    # Enough of it that a thread is lent.
    LONG_UPLOAD = (_POST + _PARTS + _FILE + bytes(1_100_000), b"a")
    # Answered, and never reads the answer or goes.
    ANSWERED = (b"GET / HTTP/1.1\r\nHost: form.example\r\nConnection: close\r\n\r\n", b"")


Connect = Callable[[], socket.socket]


@contextmanager
def stalled(connect: Connect, many: dict[Stalled, int], *, before: Callable[[], bytes] = bytes) -> Iterator[None]:
    """So many of each kind, for the time of the block; each says `before` when it connects.

    Whoever is cut comes again, as somebody who means harm would.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4096)), hard))
    kinds = [kind for kind, count in many.items() for _ in range(count)]
    random.Random(1).shuffle(kinds)
    over, all_there = threading.Event(), threading.Event()

    def begin(kind: Stalled) -> tuple[socket.socket, memoryview]:
        sock = connect()
        sock.setblocking(False)
        return sock, memoryview(before() + kind.value[0])

    def attack() -> None:
        senders = {}
        while not over.is_set():
            for number, kind in enumerate(kinds):
                try:
                    sock, left = senders.get(number) or begin(kind)
                    sent = sock.send(left) if left else 0
                    senders[number] = sock, left[sent:] or memoryview(kind.value[1])
                    if sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b"":
                        raise ConnectionError
                except BlockingIOError:
                    senders.setdefault(number, (sock, left))
                except OSError:
                    if number in senders:
                        senders.pop(number)[0].close()
            all_there.set()
            over.wait(0.5)
        for sock, _ in senders.values():
            sock.close()

    attacker = threading.Thread(target=attack)
    attacker.start()
    try:
        assert all_there.wait(120)
        yield
    finally:
        over.set()
        attacker.join()
        with suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def seconds_of(act: Callable[[], object]) -> float:
    """How long this takes."""
    begun = time.monotonic()
    act()
    return time.monotonic() - begun
