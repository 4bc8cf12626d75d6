"""Clients: raw sockets in processes of their own, each with one kept-alive connection and its requests made beforehand.

On two cores the clients and the server share the machine, so a client does as little as it can: it writes bytes that
were made before the clock started and reads until the answer's end. Figures are still of both together.
"""

import multiprocessing
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from urllib.parse import urlencode

MOST_SECONDS = 120


class Connection:
    """One kept-alive HTTP/1.1 connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, bytes, int]:
        """Send a whole request; gives the status, the body and how many bytes came in all."""
        status, body, size, _ = self.ask_for_cookies(request)
        return status, body, size

    def ask_for_cookies(self, request: bytes) -> tuple[int, bytes, int, list[str]]:
        """The same, with the cookies that the answer sets."""
        try:
            return self._once(request)
        except (ConnectionError, IndexError):  # the server may close a connection that was idle
            self.close()
            return self._once(request)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def connect(self) -> socket.socket:
        """A new connection of the system's; whoever sends from another address makes it there."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def _once(self, request: bytes) -> tuple[int, bytes, int, list[str]]:
        if self._socket is None:
            self._socket = self.connect()
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")[1:]
        fields = dict(line.lower().split(b": ", 1) for line in lines)
        cookies = [line[12:].split(b";")[0].decode() for line in lines if line.lower().startswith(b"set-cookie: ")]
        length = int(fields.get(b"content-length", b"0"))
        while len(body) < length:
            body += self._more()
        if fields.get(b"connection") == b"close":
            self.close()
        return int(head[9:12]), body, len(head) + 4 + length, cookies

    def _more(self) -> bytes:
        assert self._socket is not None
        some = self._socket.recv(65536)
        if not some:
            raise ConnectionError
        return some


def get(path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Sec-Fetch-Site: same-origin", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def post(path: str, fields: dict[str, str], *headers: str) -> bytes:
    body = urlencode(fields).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Sec-Fetch-Site: same-origin",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


@dataclass(frozen=True)
class Result:
    """What a run of requests gave: seconds each took, which were acknowledged, and requests a second."""

    seconds: list[float]
    acknowledged: list[bool]
    per_second: float

    @property
    def p50(self) -> float:
        """Milliseconds within which half were answered."""
        return quantiles(self.seconds, n=100)[49] * 1000

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=100)[94] * 1000


def joined(results: Sequence[Result]) -> Result:
    """Several runs as one; the rate is over the time that they took together."""
    seconds = [second for result in results for second in result.seconds]
    acknowledged = [fine for result in results for fine in result.acknowledged]
    took = sum(len(result.seconds) / result.per_second for result in results)
    return Result(seconds, acknowledged, len(seconds) / took)


def together(port: int, requests: Sequence[bytes], clients: int, wanted: bytes) -> Result:
    """Send the requests from so many client processes at once; an answer that holds `wanted` acknowledges."""
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(clients)
    queue = context.Queue()
    parts = [list(range(number, len(requests), clients)) for number in range(clients)]
    children = [
        context.Process(target=_client, args=(port, requests, part, wanted, barrier, queue), daemon=True)
        for part in parts
    ]
    for child in children:
        child.start()
    told = [queue.get(timeout=MOST_SECONDS) for _ in children]
    for child in children:
        child.join(MOST_SECONDS)
    seconds, acknowledged = [0.0] * len(requests), [False] * len(requests)
    for _, _, answers in told:
        for place, took, fine in answers:
            seconds[place], acknowledged[place] = took, fine
    length = max(end for _, end, _ in told) - min(begin for begin, _, _ in told)
    return Result(seconds, acknowledged, len(requests) / length)


def _client(port, requests, part, wanted, barrier, queue) -> None:  # type: ignore[no-untyped-def]
    connection = Connection(port)
    connection.ask(get("/health"))
    barrier.wait(MOST_SECONDS)
    begin = time.perf_counter()
    answers = []
    for place in part:
        started = time.perf_counter()
        status, body, _ = connection.ask(requests[place])
        answers.append((place, time.perf_counter() - started, status == 200 and wanted in body))
    queue.put((begin, time.perf_counter(), answers))
