"""How long somebody waits after wrong tries: longer each time, by name, and apart for browsers known before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from triage.officers.errors import SlowDownError

FREE_TRIES = 4
LONGEST = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
NAMES_REMEMBERED = 10_000


@dataclass(frozen=True)
class _Tries:
    wrong: int
    last: datetime

    @property
    def not_before(self) -> datetime:
        """After the free tries, 2, 4, 8 … seconds, up to a quarter of an hour."""
        over = self.wrong - FREE_TRIES
        if over < 0:
            return self.last
        return self.last + min(LONGEST, timedelta(seconds=2 ** min(over + 1, 16)))


class Patience:
    """Counts wrong tries in memory, at most `NAMES_REMEMBERED` of them; existing and invented names alike.

    A try counts as wrong from its beginning, so that many at once are slowed like many in a row.
    """

    def __init__(self, clock: Callable[[], datetime], *, remembered: int = NAMES_REMEMBERED) -> None:
        self._clock = clock
        self._remembered = remembered
        self._tries: dict[bytes, _Tries] = {}
        self._lock = Lock()

    def begin(self, whom: bytes) -> None:
        """Count a try.

        Raises:
            SlowDownError: it is too early for another; it is not counted, and no work is done for it.
        """
        now = self._clock()
        with self._lock:
            tries = self._tries.get(whom, _Tries(0, now))
            if now - tries.last > FORGOTTEN_AFTER:
                tries = _Tries(0, now)
            elif tries.last > now:  # the clock was set back
                tries = _Tries(tries.wrong, now)
                self._tries[whom] = tries
            wait = (tries.not_before - now).total_seconds()
            if wait > 0:
                raise SlowDownError(max(1, round(wait)))
            self._make_room(whom)
            self._tries[whom] = _Tries(tries.wrong + 1, now)

    def succeeded(self, whom: bytes) -> None:
        """Forget the wrong tries: the right person has come."""
        with self._lock:
            self._tries.pop(whom, None)

    def _make_room(self, whom: bytes) -> None:
        """Let go whoever waits least: a flood of invented names never pushes out a name under attack."""
        if whom in self._tries or len(self._tries) < self._remembered:
            return
        by_wait = sorted(self._tries, key=lambda one: self._tries[one].not_before)
        for one in by_wait[: max(1, self._remembered // 10)]:
            del self._tries[one]
