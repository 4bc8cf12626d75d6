"""The index's own end of a keeper: start one, ask it, let it become two, and end it for certain."""

import os
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from triage.linking.holder.frames import ANSWER_MOST, ClosedError, Control, FrameError, Message, receive, send
from triage.linking.holder.keeper import FORK, ONE_BYTE

ANSWER_SECONDS = 60.0  # the longest a keeper may think about one report; a hung one is ended
STEP_SECONDS = 300.0  # between two words about a build of millions
END_SECONDS = 10


class Keeper:
    """One keeper process. It is asked one thing at a time; `end` may be called at any moment."""

    def __init__(self, channel: socket.socket, started: "subprocess.Popen[bytes] | None" = None) -> None:
        self._channel = channel
        self._started = started
        self._lock = threading.Lock()
        self._ended = False
        self.pid = _pid_of(receive(channel, most=0, wait=ANSWER_SECONDS))
        self._process = os.pidfd_open(self.pid)

    @classmethod
    def start(cls, command: Sequence[str], environ: Mapping[str, str]) -> "Keeper":
        """A new one with nothing in it; `command` is given the number of its socket, and `environ` is its environment.

        Raises:
            ClosedError, FrameError: it does not come up.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            started = subprocess.Popen(  # noqa: S603 - our own program
                [*command, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        try:
            return cls(ours, started)
        except (ClosedError, FrameError):
            ours.close()
            started.kill()
            started.wait()
            raise

    def fork(self) -> "Keeper":
        """Another one that knows what this one knows; raises as `start`."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            send(self._channel, {"op": FORK})
            try:
                socket.send_fds(self._channel, [ONE_BYTE], [theirs.fileno()])
            except OSError as error:
                raise ClosedError from error
        return Keeper(ours)

    def ask(self, control: Control, content: bytes = b"") -> Message:
        """Ask one thing and wait for the answer; raises ClosedError or FrameError, and then it is of no more use."""
        with self._lock:
            send(self._channel, control, content)
            return receive(self._channel, most=ANSWER_MOST, wait=ANSWER_SECONDS)

    def build(self, progress: Callable[[float], None]) -> None:
        """Have it build, and hear how far it is; raises as `ask`."""
        with self._lock:
            send(self._channel, {"op": "build"})
            while True:
                said = receive(self._channel, most=0, wait=STEP_SECONDS).control
                if said.get("built") is True:
                    return
                progress(float(said.get("share", 0.0)))

    def end(self) -> None:
        """Kill it and wait until it is gone: from then on its memory is the kernel's, which hands out none unwiped."""
        if self._ended:
            return
        self._ended = True
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)
        waiting = select.poll()
        waiting.register(self._process, select.POLLIN)
        waiting.poll(END_SECONDS * 1000)
        if self._started is not None:
            self._started.wait(END_SECONDS)
        else:
            with suppress(ChildProcessError):
                os.waitpid(self.pid, os.WNOHANG)
        os.close(self._process)
        with suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)  # whoever waits for an answer stops waiting
        self._channel.close()


class EmptyKeeper:
    """A keeper that is given nothing and becomes two when one is wanted: to start Python anew takes a second."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self._command, self._environ = command, environ
        self._lock = threading.Lock()
        self._keeper: Keeper | None = None
        self._over = False

    def come_up(self) -> None:
        """Start it ahead of the first who wants one; raises as `Keeper.start`."""
        with self._lock:
            if not self._over:
                self._up()

    def another(self) -> Keeper:
        """A keeper with nothing in it; raises as `Keeper.start`, and ClosedError after the end."""
        with self._lock:
            if self._over:
                raise ClosedError
            try:
                return self._up().fork()
            except (ClosedError, FrameError, OSError):  # it was killed meanwhile
                self._down()
                return self._up().fork()

    def end(self) -> None:
        """End it for good; those that came of it go on."""
        with self._lock:
            self._over = True
            self._down()

    def _up(self) -> Keeper:
        if self._keeper is None:
            self._keeper = Keeper.start(self._command, self._environ)
        return self._keeper

    def _down(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.end()


def _pid_of(message: Message) -> int:
    pid = message.control.get("pid")
    if type(pid) is not int or pid <= 1:
        raise FrameError("A keeper says who it is")
    return pid
