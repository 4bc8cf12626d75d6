"""Runs the public form, triage and the collector beside each other; when one stops, all do."""

import contextlib
import ctypes
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from config import Bind
from quietword.demo.notebook import DemoError

PR_SET_PDEATHSIG = 1
SECONDS_TO_START = 90
SECONDS_TO_STOP = 15
LOOK_EVERY = 0.25


@dataclass(frozen=True)
class Program:
    """One program of the demo: what people call it, how to start it, and where it answers when it is ready."""

    name: str
    arguments: tuple[str, ...]
    bind: Bind | None = None


class Running:
    """The children, until somebody stops them or one of them stops by itself."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)
        self._children: list[tuple[Program, subprocess.Popen[bytes]]] = []
        self.asked_to_stop = threading.Event()

    @contextlib.contextmanager
    def until_stopped(self, programs: Sequence[Program]) -> Iterator[None]:
        """Start the programs, wait until each answers, and stop all of them at the end, whatever happens.

        Raises:
            DemoError: a program stopped by itself or did not answer in time.
        """
        before = {
            number: signal.signal(number, lambda *_: self.asked_to_stop.set())
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            for program in programs:
                self._children.append((program, self._start(program)))
            self._wait_until_ready()
            yield
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def watch(self) -> None:
        """Wait until somebody asks to stop.

        Raises:
            DemoError: a program stopped by itself.
        """
        while not self.asked_to_stop.wait(LOOK_EVERY):
            self._see_that_all_run()

    def _start(self, program: Program) -> subprocess.Popen[bytes]:
        # In a session of its own, so that Ctrl-C reaches this process alone, which then stops the others in order.
        return subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-P", "-m", "quietword", *program.arguments],
            env=self._environ,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_the_parent,
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        for program in (program for program, _ in self._children if program.bind):
            while program.bind and not answers(program.bind) and not self.asked_to_stop.is_set():
                self._see_that_all_run()
                if time.monotonic() > deadline:
                    raise DemoError(f"{program.name} did not answer in {SECONDS_TO_START} seconds. All were stopped.")
                self.asked_to_stop.wait(0.05)

    def _see_that_all_run(self) -> None:
        for program, child in self._children:
            code = child.poll()
            if code is not None:
                raise DemoError(f"{program.name} stopped by itself (code {code}), so the rest was stopped too.")

    def _stop_all(self) -> None:
        for _, child in reversed(self._children):
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for _, child in reversed(self._children):
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def answers(bind: Bind) -> bool:
    """Whether the program at this address says that it is well."""
    connection = http.client.HTTPConnection(bind.host, bind.port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _end_with_the_parent() -> None:
    """Should the demo itself be killed outright, the kernel ends its children (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() == 1:
        os._exit(1)
