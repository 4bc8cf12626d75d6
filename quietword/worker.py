"""A server's worker that lends a thread to a request that is here, and not to whoever may send one."""

import errno
import fcntl
import gc
import re
import resource
import selectors
import socket
import sys
import termios
import time
import urllib.parse
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.http import wsgi
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from quietword.gauge import Come
from quietword.waiting import Lent, Place, Sender, WaitingRoom
from web.patience import Arrival, begin_arrival

# In each worker. Past so many, whoever fell furthest behind goes: to push out somebody who sends as fast as a bad
# telephone line, a flooder has to connect so many times in the second or two for which such a line may pause.
MOST_WAITING = 2000
MOST_HELD = 64 << 20  # bytes of unfinished requests; see WaitingRoom.too_much for the little that may go beyond
OTHER_FILES = 256  # that a worker has open: databases, pipes, children that clean
SECONDS_FOR_A_TURN = 20.0
SECONDS_TO_LEAVE = 2.0  # as gunicorn has it, which closes one after the other and meanwhile answers nobody
SECONDS_TO_LEAVE_UNREAD = 30.0
MOST_READ_AWAY = 64 << 20
ONE_READ_AWAY = 1 << 16
LONGEST_ANSWER = 1 << 18  # bytes; the kernel doubles it for its own needs
MOST_UNREAD = 1 << 16  # bytes, when somebody asks again
PASSING = frozenset({errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK, errno.EMFILE, errno.ENFILE})


class NamelessResponse(wsgi.Response):
    """An answer that does not say which server gave it, and so which of its faults to try."""

    def default_headers(self) -> list[str]:
        return [header for header in super().default_headers() if not header.startswith("Server:")]


wsgi.Response = NamelessResponse  # gunicorn has no setting for it


class PunctualWorker(ThreadWorker):
    """Gunicorn's own lends a thread to whoever connects, and a handful who send nothing close the form to all.

    Here the loop that accepts also reads. What fits (`quietword.gauge`) is held until it is whole; what does not waits,
    with its beginning, for one of few threads. No callback of the loop waits for anybody.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as gunicorn has it
        super().__init__(*args, **kwargs)
        self._room = WaitingRoom(MOST_WAITING, MOST_HELD)
        self._arriving: dict[Sender, Arrival] = {}
        self._long = 0
        self._finished = False
        self._next_sweep = 0.0

    def init_process(self) -> None:
        """What the master made is looked through once, here, so that forgetting after each request is quick."""
        self._room.most = room_for_sockets(MOST_WAITING)
        self.worker_connections = self._room.most * 3 // 2
        gc.collect()
        gc.freeze()
        super().init_process()

    def accept(self, listener: Any) -> None:  # Any: as above
        """Called when somebody connects: they wait, and not for a thread."""
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno not in PASSING:
                raise
            return
        with suppress(OSError):  # an answer leaves its thread at once, however slowly it is read
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST_ANSWER)
        self.nr_conns += 1
        self._read(Sender(self.cfg, sock, address, listener.getsockname(), time.monotonic()))
        for one in self._room.too_many():
            self._drop(one)

    def handle(self, conn: Sender) -> Any:  # Any: as above
        """Handle one request, in a thread."""
        arrival = begin_arrival(time.monotonic())
        arrival.goes_unread = conn.lent is Lent.BEGINNING
        if conn.lent is Lent.AS_IT_COMES:
            conn.source.goes_on = self._arriving[conn] = arrival
        try:
            return super().handle(conn)
        finally:
            self._arriving.pop(conn, None)

    def finish_request(self, conn: Sender, fs: Any) -> None:  # Any: as above
        """Called when a request is over."""
        self._finished = True
        self._room.lend(-conn.size)
        behind = conn.behind()
        if conn.lent is Lent.AS_IT_COMES:
            self._long -= 1
            self._take_turns()
        if fs.cancelled() or fs.exception() is not None or not fs.result() or conn.lent is Lent.BEGINNING:
            self._leave(conn)
            return
        conn.begin_request(time.monotonic(), behind)
        conn.sock.setblocking(False)
        if behind:
            self._came(conn, conn.gauge.look(behind))
        else:
            self._watch(conn, Place.IDLE)

    def notify(self) -> None:
        """Called each second and after each request."""
        super().notify()
        if self._finished:
            self._finished = False
            forget_requests()
        now = time.monotonic()
        if now >= self._next_sweep:
            self._next_sweep = now + 1.0
            self._sweep(now)

    def _read(self, sender: Sender, _socket: object = None) -> None:
        if sender.gone:
            return
        if sender.place is Place.LEAVING:
            self._read_away(sender)
            return
        try:
            data = sender.sock.recv(sender.most())
        except BlockingIOError:
            self._watch(sender, Place.ARRIVING if sender.place is Place.NOWHERE else sender.place)
            return
        except OSError:
            self._drop(sender)
            return
        if not data:  # whoever ends in the middle does not wait for an answer
            self._drop(sender)
            return
        now = time.monotonic()
        if sender.place is Place.IDLE:
            sender.heard = now
        self._came(sender, self._room.take(sender, data, now))

    def _came(self, sender: Sender, come: Come) -> None:
        if come is not Come.PART and sender.parser.req_count and unread(sender.sock) > MOST_UNREAD:
            self._drop(sender)  # who asks again and again and reads nothing would keep a thread at the next answer
            return
        match come:
            case Come.PART:
                self._watch(sender, Place.ARRIVING)
                sender.tell_to_go_on()
            case Come.WHOLE:
                self._lend(sender, Lent.WHOLE)
            case Come.LONG:
                self._unwatch(sender)
                sender.since = time.monotonic()
                self._room.put(sender, Place.FOR_A_TURN)
                self._take_turns()
        while (largest := self._room.too_much()) is not None:
            self._drop(largest)

    def _take_turns(self) -> None:
        """Words always find a thread, so few are lent to what is long."""
        if self._long >= self._most_long:
            return
        for sender in self._room.turns()[: self._most_long - self._long]:
            self._long += 1
            self._lend(sender, Lent.AS_IT_COMES)

    def _lend(self, sender: Sender, lent: Lent) -> None:
        self._unwatch(sender)
        self._room.take_out(sender)
        sender.hand_over(lent)
        self._room.lend(sender.size)
        self.enqueue_req(sender)

    def _leave(self, sender: Sender) -> None:
        """End our side, and read away what still comes: a connection that is closed before loses its answer."""
        sender.since, sender.read_away = time.monotonic(), MOST_READ_AWAY
        try:
            sender.sock.setblocking(False)
            sender.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(sender)
            return
        self._room.put(sender, Place.LEAVING)
        self._read_away(sender)

    def _read_away(self, sender: Sender) -> None:
        try:
            came = len(sender.sock.recv(ONE_READ_AWAY))
        except BlockingIOError:
            self._watch(sender, Place.LEAVING)
            return
        except OSError:
            came = 0
        sender.read_away -= came
        if not came or sender.read_away < 0:
            self._drop(sender)
        else:
            self._watch(sender, Place.LEAVING)

    def _watch(self, sender: Sender, place: Place) -> None:
        self._room.put(sender, place)
        if not sender.watched:
            self.poller.register(sender.sock, selectors.EVENT_READ, partial(self._read, sender))
            sender.watched = True

    def _unwatch(self, sender: Sender) -> None:
        if sender.watched:
            self.poller.unregister(sender.sock)
            sender.watched = False

    def _drop(self, sender: Sender) -> None:
        self._unwatch(sender)
        self._room.take_out(sender)
        sender.gone, sender.held = True, bytearray()
        self.nr_conns -= 1
        sender.close()

    def _sweep(self, now: float) -> None:
        """Let go of whoever has had their time."""
        others_wait = False
        for sender in self._room:
            waits = now - sender.since
            match sender.place:
                case Place.IDLE:
                    over = waits > (self.cfg.keepalive if self.alive else STOP_KEEPALIVE_LINGER)
                case Place.ARRIVING:
                    over = sender.late(now) or (not self.alive and not sender.held and waits > STOP_KEEPALIVE_LINGER)
                case Place.LEAVING:
                    over = waits > (SECONDS_TO_LEAVE_UNREAD if sender.lent is Lent.BEGINNING else SECONDS_TO_LEAVE)
                case _:
                    others_wait, over = True, False
                    if waits > SECONDS_FOR_A_TURN:
                        self._lend(sender, Lent.BEGINNING)
            if over:
                self._drop(sender)
        for conn, arrival in list(self._arriving.items()):
            if arrival.late(now, others_wait=others_wait):
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)  # its answer still goes out

    @property
    def _most_long(self) -> int:
        return max(1, int(self.cfg.threads) // 2)


def unread(sock: socket.socket) -> int:
    """How many bytes of our answers the other side has not taken yet."""
    with suppress(OSError):
        return int.from_bytes(fcntl.ioctl(sock, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    return 0


def room_for_sockets(wanted: int) -> int:
    """How many connections may wait, of so many that are wanted; asks the system for as many files as that takes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted * 3 // 2 + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return wanted
    return max(1, min(wanted, (soft - OTHER_FILES) * 2 // 3))


def forget_requests() -> None:
    """Let go of what is over: addresses that Python remembers having taken apart, patterns that were made of what a
    browser said (the boundary of its parts), and what only points at itself.

    What is let go is overwritten by the C library (`quietword.memory`).
    """
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # Python's own tests call it; the stubs leave it out
    for name in ("_cache", "_cache2"):  # Python's own; the second came with 3.12
        patterns: dict[Any, Any] = getattr(re, name, {})
        for key in [key for key in list(patterns) if key[0] is bytes]:
            patterns.pop(key, None)
    gc.collect()
