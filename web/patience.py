"""How long a request may take to arrive: a page's answers soon, a photo over a slow line longer, nothing for ever.

The server's worker holds a request until it is here whole, and asks `late` about each that is too long for that and
arrives in a thread; a view that takes files says so with `expect_files`, in that thread, and counts what came.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_TO_ARRIVE = 60.0  # a report of the longest size over a bad telephone line takes less
# A file may take longer for so long as it really comes: 100 MB at this rate takes the longest time below. Whoever
# sends more slowly, or nothing, is read no further.
SLOWEST_RATE = 64 << 10  # bytes a second
LONGEST_ARRIVAL = 1800.0
# Where others wait for the thread, whoever brings less than this (bytes a second) for so long gives it back.
SLOWEST_WHERE_OTHERS_WAIT = 16 << 10
SECONDS_WHERE_OTHERS_WAIT = 10.0


class Arrival:
    """One request that is being read. Written by its own thread, read by the server's."""

    def __init__(self, since: float) -> None:
        self.since = self.heard = since
        self.file_bytes = 0
        self.with_files = False
        self.at_work = False
        self.worked = 0.0
        self.goes_unread = False

    def heard_from(self, length: int) -> None:
        """So many bytes came. Whoever brings too few falls behind."""
        self.heard = min(time.monotonic(), self.heard + length / SLOWEST_WHERE_OTHERS_WAIT)

    def late(self, now: float, *, others_wait: bool = False) -> bool:
        """Whether it has had its time; the time that we took over what came already is not counted."""
        if others_wait and not self.at_work and now - self.heard > SECONDS_WHERE_OTHERS_WAIT:
            return True
        seconds = SECONDS_TO_ARRIVE
        if self.with_files:
            seconds = min(LONGEST_ARRIVAL, seconds + self.file_bytes / SLOWEST_RATE)
        return not self.at_work and now - self.since > seconds + self.worked


_here = threading.local()


def begin_arrival(since: float) -> Arrival:
    """The arrival of the request that this thread is about to handle."""
    arrival = _here.arrival = Arrival(since)
    return arrival


def expect_files() -> None:
    """Say that the request of this thread may bring files."""
    if (arrival := _arrival()) is not None:
        arrival.with_files = True


def came(length: int) -> None:
    """Count so many bytes that came for it."""
    if (arrival := _arrival()) is not None:
        arrival.file_bytes += length


def goes_unread() -> bool:
    """Whether only the beginning of this thread's request is here, and nobody has time for the rest."""
    arrival = _arrival()
    return arrival is not None and arrival.goes_unread


@contextmanager
def at_work() -> Iterator[None]:
    """Do not hold against the sender what we do with a file while the rest of the request waits."""
    arrival, begun = _arrival(), time.monotonic()
    if arrival is not None:
        arrival.at_work = True
    try:
        yield
    finally:
        if arrival is not None:
            took = time.monotonic() - begun
            arrival.worked += took
            arrival.heard += took
            arrival.at_work = False


def _arrival() -> Arrival | None:
    arrival: Arrival | None = getattr(_here, "arrival", None)
    return arrival
