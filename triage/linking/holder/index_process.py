"""`quietword index`: answers workers on a Unix socket, and hands each question to the keeper of its compartment.

It has no database, no key and no network. It reads what is asked and under which token; what the register says and what
a report says goes through it unread. It answers processes of its own user and nobody else.
"""

import os
import socket
import stat
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from triage.errors import TriageError
from triage.linking.holder.asking import (
    Asked,
    Build,
    Entries,
    Fill,
    Leave,
    Mentions,
    Open,
    Rank,
    Stand,
    Suggest,
    Why,
    asked_of,
)
from triage.linking.holder.doors import IDLE_SECONDS, RefusedError
from triage.linking.holder.frames import (
    BATCH_MOST,
    MANIFEST_MOST,
    TEXT_MOST,
    ClosedError,
    Control,
    FrameError,
    Message,
    receive,
    send,
)
from triage.linking.holder.sub_indexes import Claim, SubIndexes
from web.incidents import log_incident

MOST_CONNECTIONS = 512
SWEEPS = 15  # in the idle time
LOOK_SECONDS = 0.5
CONTENT_MOST = {
    "fill": MANIFEST_MOST,
    "entries": BATCH_MOST,
    "suggest": TEXT_MOST,
    "rank": TEXT_MOST,
    "mentions": TEXT_MOST,
}
_CREDENTIALS = struct.Struct("3i")  # process, user and group: struct ucred of unix(7)


class SocketError(TriageError):
    """The index cannot listen where it is told to; the message says what to do."""


def peer_of(connection: socket.socket) -> int:
    """The user whose process is at the other end, as the kernel says (unix(7), SO_PEERCRED)."""
    said = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(said)[1])


def listen_on(path: Path) -> socket.socket:
    """A socket of mode 0600 in a folder of mode 0700, both ours; the folder is made where it is missing.

    Raises:
        SocketError: another index listens there, or others may enter the folder.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = path.parent.stat()
    if folder.st_uid != os.geteuid() or stat.S_IMODE(folder.st_mode) & 0o077:
        raise SocketError(f"Others may enter {path.parent}: give the socket a folder of its own, with mode 0700.")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, suppress(OSError):
        probe.connect(str(path))
        raise SocketError(f"Another index listens on {path}: stop it, or set QUIETWORD_INDEX_SOCKET differently.")
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listening.bind(str(path))
    finally:
        os.umask(before)
    listening.listen(64)
    return listening


class IndexProcess:
    """Serves until it is told to stop, and wipes everything at its end; `keeper` in `environ` starts a keeper."""

    def __init__(
        self,
        path: Path,
        *,
        keeper: Sequence[str],
        environ: Mapping[str, str],
        idle_seconds: float = IDLE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._idle_seconds = idle_seconds
        self._held = SubIndexes(keeper, environ, clock)
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()

    def serve(self, stopping: threading.Event, *, ready: Callable[[], None] = lambda: None) -> None:
        """Listen, and sweep what is idle; raises SocketError."""
        with listen_on(self._path) as listening:
            listening.settimeout(LOOK_SECONDS)
            ready()
            threading.Thread(target=self._held.come_up, daemon=True).start()
            swept_at = time.monotonic()
            try:
                while not stopping.is_set():
                    with suppress(TimeoutError):
                        self._welcome(listening.accept()[0])
                    if time.monotonic() - swept_at >= min(60.0, self._idle_seconds / SWEEPS):
                        swept_at = time.monotonic()
                        self._held.sweep(self._idle_seconds)
            finally:
                self._path.unlink(missing_ok=True)
                self._held.end()
                with self._lock:
                    for one in self._connections:
                        with suppress(OSError):
                            one.shutdown(socket.SHUT_RDWR)

    def _welcome(self, connection: socket.socket) -> None:
        with self._lock:
            if peer_of(connection) != os.geteuid() or len(self._connections) >= MOST_CONNECTIONS:
                connection.close()
                return
            self._connections.add(connection)
        threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        conversation = Conversation(connection, self._held)
        try:
            conversation.run()
        except (ClosedError, FrameError):
            pass  # nobody is there any more, or nothing after this can be understood
        except Exception as error:  # noqa: BLE001 - Python's own report of a thread would quote what failed
            log_incident(error)
        finally:
            conversation.hang_up()
            with self._lock:
                self._connections.discard(connection)
            connection.close()


class Conversation:
    """One worker's connection. What it fills is given up when it ends before the building begins."""

    def __init__(self, connection: socket.socket, held: SubIndexes) -> None:
        self._connection = connection
        self._held = held
        self._claim: Claim | None = None

    def run(self) -> None:
        """Answer one question after another."""
        while True:
            self._exchange()

    def _exchange(self) -> None:
        """One question and its answer, of which nothing is left while the next is waited for."""
        message = receive(self._connection, most=lambda control: CONTENT_MOST.get(str(control.get("op")), 0))
        try:
            answer = self._answer(asked_of(message.control), message.content)
        except RefusedError as refused:
            answer = Message({"why": refused.why.value})
        send(self._connection, answer.control, answer.content)

    def hang_up(self) -> None:
        """Give up what was not filled to its end."""
        if self._claim is not None:
            self._held.give_up(self._claim)
            self._claim = None

    def _answer(self, asked: Asked, content: bytes) -> Message:
        match asked:
            case Open():
                return Message(self._held.open(asked))
            case Leave():
                return Message(self._held.leave(asked))
            case Stand():
                return Message(self._held.stand(asked.token))
            case Suggest() | Rank() | Mentions():
                return self._held.ask(asked, content)
            case Fill():
                self.hang_up()
                self._claim, wanted = self._held.claim(asked.token, asked.version, content)
                return wanted
            case Entries():
                return Message(self._take(asked.token, content))
            case Build():
                claim, self._claim = self._claim, None
                if claim is None:
                    raise RefusedError(Why.NOT_HELD)
                threading.Thread(target=self._build, args=(claim,), daemon=True).start()
                return Message(self._held.stand(asked.token))

    def _build(self, claim: Claim) -> None:
        try:
            self._held.build(claim)
        except Exception as error:  # noqa: BLE001 - Python's own report of a thread would quote what failed
            log_incident(error)
            self._held.give_up(claim)

    def _take(self, token: bytes, content: bytes) -> Control:
        if self._claim is None:
            raise RefusedError(Why.NOT_HELD)
        try:
            return self._held.take(self._claim, token, content)
        except RefusedError:
            self.hang_up()
            raise
