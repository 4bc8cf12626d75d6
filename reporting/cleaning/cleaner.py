"""Hands an upload to a child in the sandbox while it arrives, and the cleaned copy on while it is made.

Whatever the child does, one of two things comes of it: a whole copy, or a refusal.
"""

import contextlib
import os
import select
import subprocess
import time
from collections.abc import Iterator
from functools import cache
from threading import BoundedSemaphore
from types import TracebackType
from typing import IO, Protocol

from reporting.cleaning.inside.frames import Done, Frame, FrameReader, Refusal, RefusedError
from reporting.cleaning.inside.kinds import label_of
from reporting.cleaning.inside.limits import MOST_BYTES
from reporting.cleaning.sandbox import NoSandboxError, Sandbox, tried_sandbox

# Two uploads at a time in a process of four threads: whoever only writes still finds a thread.
AT_ONCE = 2
SECONDS_TO_TAKE = 20.0  # for the child to take what is written to it; it only ever puts it away
SECONDS_TO_CLEAN = 45.0  # from the last byte in to the last byte out; shorter than a proxy waits for an answer
_PIECE = 1 << 16
_ENDED_BY_LIMIT = {128 + 9, 128 + 24, -9, -24}  # SIGKILL, SIGXCPU; as bubblewrap says it, and as the kernel does


class Cleaning(Protocol):
    """One file on its way through."""

    def write(self, data: bytes) -> None:
        """Hand over some of the upload. Once the file is refused this does nothing."""

    def cleaned(self) -> Iterator[bytes]:
        """The copy in pieces; whole only when it ended without an error. Raises RefusedError."""

    def done(self) -> Done:
        """What the copy is, once `cleaned` has ended."""


class Cleaner:
    """Cleans files, `at_once` uploads at a time. Without a sandbox it cleans none and says why in `missing`."""

    def __init__(
        self, sandbox: Sandbox | None, *, missing: str = "", at_once: int = AT_ONCE, seconds: float = SECONDS_TO_CLEAN
    ) -> None:
        self._sandbox = sandbox
        self.missing = missing
        self._seconds = seconds
        self._free = BoundedSemaphore(at_once)

    @property
    def works(self) -> bool:
        return self._sandbox is not None

    @contextlib.contextmanager
    def one_upload(self) -> Iterator[None]:
        """Hold one of the places for as long as an upload takes; raises RefusedError (BUSY) when all are taken."""
        if not self._free.acquire(blocking=False):
            raise RefusedError(Refusal.BUSY)
        try:
            yield
        finally:
            self._free.release()

    def begin(self, content_type: str) -> "SandboxedCleaning":
        """Start a child for one file, of which the browser said this type.

        Raises:
            RefusedError: there is no sandbox.
        """
        if self._sandbox is None:
            raise RefusedError(Refusal.NO_SANDBOX)
        try:
            child = self._sandbox.start(label_of(content_type).value)
        except OSError as error:
            raise RefusedError(Refusal.NO_SANDBOX) from error
        return SandboxedCleaning(child, self._seconds)


class SandboxedCleaning:
    """A context: whatever happens in it, the child is gone at its end."""

    def __init__(self, child: "subprocess.Popen[bytes]", seconds: float) -> None:
        self._child = child
        self._seconds = seconds
        self._written = 0
        self._deaf = False
        self._done: Done | None = None

    def __enter__(self) -> "SandboxedCleaning":
        os.set_blocking(_pipe(self._child.stdin).fileno(), False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()
        self._child.wait()

    def write(self, data: bytes) -> None:
        """Hand over some of the upload. Once the file is refused this does nothing."""
        self._written += len(data)
        if self._written > MOST_BYTES:
            raise RefusedError(Refusal.TOO_LARGE)
        view = memoryview(data)
        into = _pipe(self._child.stdin).fileno()
        while view and not self._deaf:
            if not _within(SECONDS_TO_TAKE, into, select.POLLOUT):
                self._deaf = True
                return
            try:
                view = view[os.write(into, view) :]
            except BlockingIOError:
                continue
            except OSError:  # it has answered already, or is gone: `cleaned` will find out
                self._deaf = True

    def cleaned(self) -> Iterator[bytes]:
        """The copy in pieces; whole only when this ended without an error.

        Raises:
            RefusedError: the file is not taken, or the child was ended, crashed, or said what it must not say.
        """
        with contextlib.suppress(OSError):
            _pipe(self._child.stdin).close()
        reader, given, deadline = FrameReader(), 0, time.monotonic() + self._seconds
        try:
            while self._done is None and (data := self._answer(deadline)):
                for kind, payload in reader.feed(data):
                    given += len(payload)
                    if kind is Frame.REFUSED:
                        raise RefusedError(Refusal(payload.decode("ascii")))
                    if self._done is not None:
                        raise ValueError("The child went on after its last frame")
                    if kind is Frame.DONE:
                        self._done = Done.from_bytes(payload)
                    elif given > MOST_BYTES:
                        raise RefusedError(Refusal.TOO_LARGE)
                    else:
                        yield payload
        except ValueError as error:
            raise RefusedError(Refusal.DAMAGED) from error
        if self._done is None:
            raise RefusedError(self._why_it_ended())

    def done(self) -> Done:
        """What the copy is, once `cleaned` has ended."""
        if self._done is None:
            raise RefusedError(Refusal.DAMAGED)
        return self._done

    def _answer(self, deadline: float) -> bytes:
        answers = _pipe(self._child.stdout).fileno()
        if not _within(deadline - time.monotonic(), answers, select.POLLIN):
            raise RefusedError(Refusal.TOO_HARD)
        return os.read(answers, _PIECE)

    def _why_it_ended(self) -> Refusal:
        try:
            code = self._child.wait(timeout=SECONDS_TO_TAKE)
        except subprocess.TimeoutExpired:
            return Refusal.TOO_HARD
        return Refusal.TOO_HARD if code in _ENDED_BY_LIMIT else Refusal.DAMAGED


@cache
def sandboxed_cleaner() -> Cleaner:
    """The cleaner of this process; the sandbox is tried once, by really running it."""
    try:
        return Cleaner(tried_sandbox())
    except NoSandboxError as error:
        return Cleaner(None, missing=str(error))


def _within(seconds: float, pipe: int, event: int) -> bool:
    """Whether a pipe is ready, or broken, before the time is over."""
    poll = select.poll()
    poll.register(pipe, event)
    return bool(poll.poll(max(0.0, seconds) * 1000))


def _pipe(pipe: "IO[bytes] | None") -> "IO[bytes]":
    if pipe is None:  # never: the sandbox starts its child with both
        raise RefusedError(Refusal.NO_SANDBOX)
    return pipe
