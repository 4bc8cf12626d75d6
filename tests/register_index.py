"""The index as a process of its own for tests: in a thread of this one, or started as `quietword index` is."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from quietword.indexing import KEEPER, keeper_environ
from tests.force import Force
from triage.linking import index
from triage.linking.holder.in_process import InProcessIndex
from triage.linking.holder.index_process import IndexProcess
from triage.linking.holder.on_socket import SocketIndex

SECONDS_TO_START = 180
Made = TypeVar("Made", InProcessIndex, SocketIndex)


@contextmanager
def socket_path() -> Iterator[Path]:
    """A short path in a folder that nobody else may enter."""
    with tempfile.TemporaryDirectory(prefix="qw-") as folder:
        yield Path(folder) / "index.sock"


@contextmanager
def index_here(
    path: Path, *, clock: Callable[[], float] = time.monotonic, idle: float = 900.0
) -> Iterator[IndexProcess]:
    """The index in a thread, whose keepers are processes all the same."""
    process, stopping, up = (
        IndexProcess(path, keeper=KEEPER, environ=keeper_environ(), idle_seconds=idle, clock=clock),
        threading.Event(),
        threading.Event(),
    )
    thread = threading.Thread(target=process.serve, args=(stopping,), kwargs={"ready": up.set})
    thread.start()
    assert up.wait(SECONDS_TO_START)
    try:
        yield process
    finally:
        stopping.set()
        thread.join()


def children(pid: int) -> list[int]:
    """Those that a process or one of its threads has, the eldest first."""
    while True:
        with suppress(FileNotFoundError, ProcessLookupError):  # one that ended while we looked: look again
            lists = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
            return sorted((int(one) for some in lists for one in some), key=_started_at)


def _started_at(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])


def is_listening(path: Path) -> bool:
    """Whether anybody answers there: an index that was killed leaves its socket behind."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


@dataclass
class IndexCommand:
    """`quietword index` in a process of its own."""

    path: Path
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Start it and wait until it listens."""
        environ = {**os.environ, "QUIETWORD_INDEX_SOCKET": f"unix:{self.path}"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quietword", "index"], env=environ, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + SECONDS_TO_START
        while not is_listening(self.path):
            assert self.process.poll() is None, "The index stopped"
            assert time.monotonic() < deadline, "The index did not listen in time"
            time.sleep(0.02)

    def kill(self) -> None:
        """End it between two instructions, and not its keepers."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(SECONDS_TO_START)

    def keepers(self) -> list[int]:
        """The processes that hold something just now."""
        empty, *others = self.children()
        return [*children(empty), *others]

    def empty_keeper(self) -> int:
        """The one that is given nothing, of which the others come."""
        return self.children()[0]

    def children(self) -> list[int]:
        """What it has started itself."""
        return children(self.pid)


@contextmanager
def index_command(path: Path) -> Iterator[IndexCommand]:
    """Started, and stopped at the end whatever happens."""
    command = IndexCommand(path)
    command.start()
    try:
        yield command
    finally:
        command.stop()


@contextmanager
def only_index(force: Force, made: Made) -> Iterator[Made]:
    """The index that every service over this force uses."""
    index._INDEXES[force.database.case] = made
    try:
        yield made
    finally:
        index._INDEXES.pop(force.database.case)
        made.close()


@contextmanager
def worker_of(force: Force, path: Path, **more: int) -> Iterator[SocketIndex]:
    """A worker's own side of the socket, used by every service over this force."""
    with only_index(force, SocketIndex(path, **more)) as made:
        yield made
