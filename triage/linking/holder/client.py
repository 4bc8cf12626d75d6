"""A worker's side of the index's socket: connections that are used again, and one error when nobody answers."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from triage.linking.holder.asking import Asked, Why, control_of
from triage.linking.holder.doors import RefusedError
from triage.linking.holder.frames import ANSWER_MOST, ClosedError, FrameError, Message, receive, send
from triage.linking.holder.index_process import peer_of

ANSWER_SECONDS = 15.0
PATIENCE_SECONDS = 10.0  # after an index that hung: pages do not wait for it again and again
MOST_IDLE = 8


class AwayError(Exception):
    """The index does not answer."""


class IndexClient:
    """Speaks to the index on its socket. Safe for threads, and for a process that forks before it speaks."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._idle: list[socket.socket] = []
        self._hung_at: float | None = None

    def ask(self, asked: Asked, content: bytes = b"") -> Message:
        """Ask one thing. After the index was started anew an old connection fails, so a new one is tried.

        Raises:
            AwayError: the index does not answer.
            RefusedError: it answers that it will not.
        """
        with self._lock:
            if self._hung_at is not None and self._clock() - self._hung_at < PATIENCE_SECONDS:
                raise AwayError
            connection = self._idle.pop() if self._idle else None
        if connection is not None:
            with suppress(AwayError):
                return self._ask_on(connection, asked, content)
        return self._ask_on(self._connect(), asked, content)

    @contextmanager
    def conversation(self) -> Iterator["Conversation"]:
        """A connection of one's own, for filling; its end gives up what was not filled. Raises as `ask` does."""
        connection = self._connect()
        try:
            yield Conversation(connection)
        finally:
            connection.close()

    def close(self) -> None:
        """Close what is not in use."""
        with self._lock:
            idle, self._idle = self._idle, []
        for one in idle:
            one.close()

    def _ask_on(self, connection: socket.socket, asked: Asked, content: bytes) -> Message:
        try:
            answer = _ask(connection, asked, content)
        except AwayError as error:
            if isinstance(error.__cause__, ClosedError) and isinstance(error.__cause__.__cause__, TimeoutError):
                self._hung_at = self._clock()
            connection.close()
            raise
        except RefusedError:
            self._put_back(connection)
            raise
        self._put_back(connection)
        return answer

    def _put_back(self, connection: socket.socket) -> None:
        with self._lock:
            if len(self._idle) < MOST_IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(ANSWER_SECONDS)
            connection.connect(str(self._path))
            if peer_of(connection) != os.geteuid():
                raise AwayError
        except (OSError, AwayError) as error:
            connection.close()
            raise AwayError from error
        return connection


class Conversation:
    """Asks one thing after another on one connection, and need not wait for an answer before it prepares the next."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._awaited = 0

    def ask(self, asked: Asked, content: bytes = b"") -> Message:
        """Ask, and wait; raises AwayError or RefusedError, also for what was begun before."""
        self.begin(asked, content)
        return self.finish()

    def begin(self, asked: Asked, content: bytes) -> None:
        """Ask, once the one before is answered."""
        while self._awaited:
            self.finish()
        _tell(self._connection, asked, content)
        self._awaited += 1

    def finish(self) -> Message:
        """Wait for the answer."""
        self._awaited -= 1
        return _hear(self._connection)


def _ask(connection: socket.socket, asked: Asked, content: bytes) -> Message:
    _tell(connection, asked, content)
    return _hear(connection)


def _tell(connection: socket.socket, asked: Asked, content: bytes) -> None:
    try:
        send(connection, control_of(asked), content)
    except (ClosedError, FrameError) as error:
        raise AwayError from error


def _hear(connection: socket.socket) -> Message:
    try:
        answer = receive(connection, most=ANSWER_MOST, wait=ANSWER_SECONDS)
    except (ClosedError, FrameError) as error:
        raise AwayError from error
    why = answer.control.get("why")
    if why is not None:
        try:
            raise RefusedError(Why(why))
        except ValueError as error:
            raise AwayError from error
    return answer
