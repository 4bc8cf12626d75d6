"""Those who are connected and hold no thread: how much of each is held, and who goes first when there are too many."""

import random
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum, auto
from heapq import nsmallest
from typing import Any

from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import TConn

from quietword.gauge import Come, Gauge
from web.patience import SECONDS_TO_ARRIVE, Arrival

# A sender this slow, in bytes a second, is as if silent: a bad telephone line brings twice as much.
SLOWEST_WORDS = 512
SMALL = 1 << 16  # bytes; who holds no more is never cut for the sake of memory
SHARE_THAT_GOES = 20
_ONE_READ = (1 << 14, 1 << 18)  # bytes asked of a socket at once: the least and the most


class Place(Enum):
    """What somebody who holds no thread waits for."""

    ARRIVING = auto()
    IDLE = auto()  # between two requests
    FOR_A_TURN = auto()  # with a long request
    LEAVING = auto()  # answered; the rest of what comes is read away
    NOWHERE = auto()  # has a thread, or is gone


class Lent(Enum):
    """For what a thread was lent."""

    WHOLE = auto()
    AS_IT_COMES = auto()  # the beginning is held, the rest arrives in the thread
    BEGINNING = auto()  # the rest is read by nobody, for want of a thread that could wait for it


class Source:
    """The bytes of one request as gunicorn's parser reads them: what is held, then the socket's where one may wait."""

    def __init__(self, sock: Any) -> None:  # Any: a socket, or what a test has for one
        self._sock = sock
        self._held = memoryview(b"")
        self.goes_on: Arrival | None = None
        self.told_to_go_on = False
        self.ends_unread = False

    def hold(self, held: bytearray) -> None:
        """Read these next."""
        self._held = memoryview(held)

    def left(self) -> bytearray:
        """What is held and was not read."""
        left, self._held = bytearray(self._held), memoryview(b"")
        return left

    def recv(self, most: int) -> bytes:
        """As a socket does. Nothing, as at a connection's end, behind a request that is held whole."""
        if len(self._held):
            piece, self._held = bytes(self._held[:most]), self._held[most:]
            return piece
        if self.goes_on is None:
            return b""
        came: bytes = self._sock.recv(most)
        self.goes_on.heard_from(len(came))
        return came

    def gettimeout(self) -> float | None:
        """As a socket does, where the socket is read."""
        seconds: float | None = self._sock.gettimeout() if self.goes_on else None
        return seconds

    def settimeout(self, seconds: float | None) -> None:
        """As a socket does, where the socket is read."""
        if self.goes_on:
            self._sock.settimeout(seconds)


class HeldParser(RequestParser):
    """Gunicorn's, for requests that were held: what the loop has done for one is not done again."""

    def __next__(self) -> Any:  # Any: gunicorn ships no types
        request = super().__next__()
        if self.unreader.sock.told_to_go_on:
            request._expected_100_continue = False  # noqa: SLF001 - gunicorn has no other way to say so
        if self.unreader.sock.ends_unread:
            request.force_close()
        return request


class Sender(TConn):
    """One connection, and what is held of the request that comes on it."""

    def __init__(self, cfg: Any, sock: Any, client: Any, server: Any, now: float) -> None:  # Any: as above
        super().__init__(cfg, sock, client, server)
        self.initialized = True  # by us: a connection is never TLS here, and never HTTP/2
        self.source = Source(sock)
        self.parser = HeldParser(cfg, self.source, client)
        self.place = Place.NOWHERE
        self.watched = False
        self.gone = False
        self.lent = Lent.WHOLE
        self.read_away = 0
        self.begin_request(now)

    def begin_request(self, now: float, held: bytearray | None = None) -> None:
        """Wait for a request, of which this came behind the last one."""
        self.held = bytearray() if held is None else held
        self.size = 0
        self.gauge = Gauge()
        self.heard = self.since = now
        self.source.told_to_go_on = False

    def most(self) -> int:
        """How many bytes to ask its socket for."""
        least, most = _ONE_READ
        return max(least, min(most, self.gauge.missing(len(self.held))))

    def take(self, data: bytes, now: float) -> Come:
        """Hold this too. Whoever sends more slowly than SLOWEST_WORDS falls behind."""
        self.held += data
        self.heard = min(now, self.heard + len(data) / SLOWEST_WORDS)
        return self.gauge.look(self.held)

    def late(self, now: float) -> bool:
        """Whether it has been silent, or as good as silent, for too long."""
        return now - self.heard > SECONDS_TO_ARRIVE

    def tell_to_go_on(self) -> None:
        """Some send their head alone, and wait to be told that the rest is welcome (RFC 9110, 10.1.1)."""
        if self.gauge.expects and not self.source.told_to_go_on:
            self.source.told_to_go_on = True
            with suppress(OSError):
                self.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def hand_over(self, lent: Lent) -> None:
        """Let the parser read what is held."""
        self.lent = lent
        self.size = len(self.held)
        self.source.hold(self.held)
        self.source.goes_on, self.source.ends_unread = None, lent is Lent.BEGINNING
        self.held = bytearray()

    def behind(self) -> bytearray:
        """What came behind the request that is over."""
        return bytearray(self.parser.unreader.take_buffered()) + self.source.left()


class WaitingRoom:
    """Everybody who holds no thread. It only counts and chooses; the worker does what is to be done."""

    def __init__(self, most: int, most_held: int) -> None:
        self.most = most
        self._most_held = most_held
        self._here: set[Sender] = set()
        self._held = 0  # bytes, of those who are here
        self._lent = 0  # bytes, of requests that are being handled or wait for a thread

    def __len__(self) -> int:
        return len(self._here)

    def __iter__(self) -> Iterator[Sender]:
        return iter(tuple(self._here))

    def put(self, sender: Sender, place: Place) -> None:
        """It waits for this now."""
        if sender not in self._here:
            self._here.add(sender)
            self._held += len(sender.held)
        sender.place = place

    def take_out(self, sender: Sender) -> None:
        """It waits no more."""
        if sender in self._here:
            self._here.remove(sender)
            self._held -= len(sender.held)
        sender.place = Place.NOWHERE

    def take(self, sender: Sender, data: bytes, now: float) -> Come:
        """This came of somebody's request."""
        if sender in self._here:
            self._held += len(data)
        return sender.take(data, now)

    def lend(self, size: int) -> None:
        """So many bytes more (or less, below 0) are with the threads."""
        self._lent += size

    def turns(self) -> list[Sender]:
        """Those who wait for a thread with a long request, in no order."""
        waiting = [sender for sender in self._here if sender.place is Place.FOR_A_TURN]
        random.shuffle(waiting)  # nobody is first by having come first with a hundred of them
        return waiting

    def too_many(self) -> list[Sender]:
        """Who must go because there is no room: some who are answered or idle, else who fell furthest behind."""
        if len(self._here) <= self.most:
            return []
        # Some at once, because to look through all of them for each that comes would keep the loop busy.
        return nsmallest(1 + self.most // SHARE_THAT_GOES, self._here, key=_goes_first)

    def too_much(self) -> Sender | None:
        """Who must go because too much is held: whoever holds most. No report that is made of words holds so much."""
        if self._lent + self._held <= self._most_held:
            return None
        largest = max(self._here, key=lambda sender: len(sender.held), default=None)
        return largest if largest is not None and len(largest.held) > SMALL else None


def _goes_first(sender: Sender) -> tuple[bool, float]:
    return sender.place not in {Place.LEAVING, Place.IDLE}, sender.heard
