"""Starts servers on this machine alone, waits until they answer, reads what they use, and stops them by their id."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config import Bind
from quietword.demo.running import answers

TICKS = os.sysconf("SC_CLK_TCK")
SECONDS_TO_START = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its master's process id, and how long it took to answer (s)."""

    port: int
    pid: int
    cold_start: float

    @property
    def workers(self) -> list[int]:
        text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in text.split()]

    def cpu_seconds(self) -> float:
        """User and system time of the master and its workers so far."""
        return sum(_ticks(pid) for pid in [self.pid, *self.workers]) / TICKS

    def largest_worker_mib(self) -> float:
        """Resident memory of the largest worker; what it shares with the master counts in full."""
        return max(_resident_kib(pid) for pid in self.workers) / 1024


@contextlib.contextmanager
def running(arguments: Sequence[str], port: int, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server for the time of the block. It is stopped by its own process group's id, whatever happens."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], env={**os.environ, **(environ or {})}, start_new_session=True
    )
    try:
        while not answers(Bind("127.0.0.1", port)):
            if child.poll() is not None or time.perf_counter() - started > SECONDS_TO_START:
                raise SystemExit(f"A server of the bench did not start: {' '.join(arguments)}")
            time.sleep(0.005)
        yield Server(port, child.pid, time.perf_counter() - started)
    finally:
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _resident_kib(pid: int) -> int:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])
