"""How long somebody waits after wrong tries: longer each time, by name, and apart for browsers known before."""

import fcntl
import hmac
import mmap
import os
import struct
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes
from threading import Lock

from triage.officers.errors import SlowDownError

FREE_TRIES = 4
LONGEST = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
NAMES_REMEMBERED = 10_000

# How many records there are; then each: a digest of whom, the number of wrong tries, and when the last was.
_COUNT = struct.Struct("=I")
_RECORD = struct.Struct("=16sId")
_DIGEST_BYTES = 16


@dataclass(frozen=True)
class _Tries:
    wrong: int
    last: float

    @property
    def not_before(self) -> float:
        """After the free tries, 2, 4, 8 … seconds, up to a quarter of an hour."""
        over = self.wrong - FREE_TRIES
        return self.last if over < 0 else self.last + min(LONGEST.total_seconds(), 2.0 ** min(over + 1, 16))


class Patience:
    """Counts wrong tries in memory, at most `remembered` of them; existing and invented names alike.

    The memory belongs to whoever makes this and to every process forked from it afterwards, so a server's workers
    count as one. Nothing of it is ever on a disk, where a passphrase typed as a name would leave a digest that is quick
    to guess at; and whoever reads the memory finds digests under a key that is made anew with it.

    A try counts as wrong from its beginning, so that many at once are slowed like many in a row.
    """

    def __init__(self, clock: Callable[[], datetime], *, remembered: int = NAMES_REMEMBERED) -> None:
        self._clock = clock
        self._remembered = remembered
        self._key = token_bytes(32)
        self._memory = mmap.mmap(-1, _COUNT.size + remembered * _RECORD.size)
        self._threads = Lock()
        self._processes = _nameless_file()
        weakref.finalize(self, os.close, self._processes)

    def begin(self, whom: bytes) -> None:
        """Count a try.

        Raises:
            SlowDownError: it is too early for another; it is not counted, and no work is done for it.
        """
        digest, now = self._digest(whom), self._clock().timestamp()
        with self._alone():
            at = self._find(digest)
            tries = _Tries(0, now) if at is None else self._read(at)
            if now - tries.last > FORGOTTEN_AFTER.total_seconds():
                tries = _Tries(0, now)
            elif tries.last > now and at is not None:  # the clock was set back
                tries = _Tries(tries.wrong, now)
                self._write(at, digest, tries)
            wait = tries.not_before - now
            if wait > 0:
                raise SlowDownError(max(1, round(wait)))
            if at is None:
                at = self._new_place()
            self._write(at, digest, _Tries(tries.wrong + 1, now))

    def succeeded(self, whom: bytes) -> None:
        """Forget the wrong tries: the right person has come."""
        digest = self._digest(whom)
        with self._alone():
            at = self._find(digest)
            if at is not None:
                last = len(self) - 1
                self._copy(last, at)
                _COUNT.pack_into(self._memory, 0, last)

    def __len__(self) -> int:
        """How many are remembered."""
        return int(_COUNT.unpack_from(self._memory, 0)[0])

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread and no other process at once; whoever dies within lets the others in."""
        with self._threads:
            fcntl.lockf(self._processes, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._processes, fcntl.LOCK_UN)

    def _digest(self, whom: bytes) -> bytes:
        return hmac.digest(self._key, whom, "sha256")[:_DIGEST_BYTES]

    def _find(self, digest: bytes) -> int | None:
        end, start = _place(len(self)), _place(0)
        while (found := self._memory.find(digest, start, end)) >= 0:
            at, inside = divmod(found - _place(0), _RECORD.size)
            if inside == 0:
                return at
            start = found + 1
        return None

    def _read(self, at: int) -> _Tries:
        _, wrong, last = _RECORD.unpack_from(self._memory, _place(at))
        return _Tries(wrong, last)

    def _write(self, at: int, digest: bytes, tries: _Tries) -> None:
        _RECORD.pack_into(self._memory, _place(at), digest, tries.wrong, tries.last)

    def _copy(self, source: int, to: int) -> None:
        start = _place(source)
        self._memory[_place(to) : _place(to) + _RECORD.size] = self._memory[start : start + _RECORD.size]

    def _new_place(self) -> int:
        """Let go whoever waits least: a flood of invented names never pushes out a name under attack."""
        count = len(self)
        if count >= self._remembered:
            by_wait = sorted(range(count), key=lambda at: self._read(at).not_before)
            kept = sorted(by_wait[max(1, self._remembered // 10) :])
            for to, source in enumerate(kept):
                self._copy(source, to)
            count = len(kept)
        _COUNT.pack_into(self._memory, 0, count + 1)
        return count


def _place(at: int) -> int:
    return _COUNT.size + at * _RECORD.size


def _nameless_file() -> int:
    """Something that processes lock and that is in no folder; nothing is written to it."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("quietword-patience")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
