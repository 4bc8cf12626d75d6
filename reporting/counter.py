"""Who a report is sealed to, and the decoys that make a report nobody at triage can open an ordinary thing."""

import secrets
from collections.abc import Callable, Mapping
from enum import StrEnum
from threading import Lock

from envelope.mailbox import Mailbox, Receipt
from envelope.padding import REPORT_BUCKETS
from envelope.recipient import SEALED_REPORT_LENGTHS, Recipient, seal
from envelope.wire import Context, Purpose
from reporting.questions import about_police

PURPOSE = "counter-corruption"

# About one send in ten is followed by a decoy.
CHANCE = 0.1
# Not with the send: beside a report that triage opens, a drop that it cannot open would be known for a decoy, and one
# that stands alone for a report about the police. Later by minutes or hours, each stands alone.
SOONEST_SECONDS, LATEST_SECONDS = 600, 6 * 3600
# A flood must not fill the memory with what is still to come.
MOST_PENDING = 5_000

_random = secrets.SystemRandom()


class Readers(StrEnum):
    """Whose key a report is sealed to."""

    TEAM = "team"
    SEPARATE_TEAM = "separate team"


def readers_of(answers: Mapping[str, str], *, send_to_team: bool) -> Readers:
    """About the police or this system's users it goes to the separate team, unless its sender chose otherwise."""
    return Readers.SEPARATE_TEAM if about_police(answers) and not send_to_team else Readers.TEAM


class Decoys:
    """Remembers, in memory alone, when a decoy is due and of which size; a restart forgets them, which harms nothing.

    Without a counter-corruption box (`wanted` says so) there is nothing to hide, and none are made. `seconds` is any
    clock that only goes forward; `chance` is for tests.
    """

    def __init__(self, *, wanted: Callable[[], bool], seconds: Callable[[], float], chance: float = CHANCE) -> None:
        self._wanted = wanted
        self._seconds = seconds
        self._chance = chance
        self._lock = Lock()
        self._pending: list[tuple[float, int]] = []

    def after_a_send(self, sealed_length: int) -> None:
        """A report was stored for the first time: sometimes a decoy of its size will follow, whoever it was for."""
        if not self._wanted() or _random.random() >= self._chance:
            return
        bucket = REPORT_BUCKETS[SEALED_REPORT_LENGTHS.index(sealed_length)]
        due = self._seconds() + _random.uniform(SOONEST_SECONDS, LATEST_SECONDS)
        with self._lock:
            if len(self._pending) < MOST_PENDING:
                self._pending.append((due, bucket))

    def due(self) -> tuple[int, ...]:
        """The sizes of the decoys to store now, each given once.

        Whatever request comes next asks, so that no request tells of a decoy of its own.
        """
        if not self._pending:
            return ()
        now = self._seconds()
        with self._lock:
            found = tuple(bucket for at, bucket in self._pending if at <= now)
            self._pending = [one for one in self._pending if one[0] > now]
        return found


def decoy(bucket: int) -> tuple[bytes, bytes]:
    """A drop's id and an envelope of that size, sealed to a key that was thrown away when it was made."""
    drop_id = secrets.token_bytes(16)
    thrown_away = Recipient(Mailbox.from_receipt(Receipt.generate()).address.public_key)
    return drop_id, seal(b"", thrown_away, Context(Purpose.REPORT, (drop_id,)), buckets=(bucket,))
