"""Copy drops out of the one-way store, commit, and only then destroy them there; no key is needed for any of it."""

import logging
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from threading import Event
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

from config import Release, TriageSettings
from store.batches import batches
from store.collection import Collection
from store.dropbox import Drop
from store.errors import StoreError
from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.copies.service import copies_are_kept, keep_copies
from triage.database import CaseSession, Database
from triage.intake.models import CollectedDropRow, HeldDropRow
from triage.intake.pieces import release_pieces, room_for_pieces
from triage.keys.system import system_actor

_log = logging.getLogger(__name__)
# A drop is up to a quarter of a megabyte, and a batch of them is held in memory.
DROPS_A_BATCH = 200
DANGER_EVERY_SECONDS = 20.0
# Settings and stored dates are in UTC; what a reporter reads is the clock on their wall.
HERE = "Europe/London"


class Wanted(StrEnum):
    """Which of the waiting drops to collect: the few in danger now go at any minute, the rest at set hours."""

    EVERYTHING = "everything"
    DANGER_ONLY = "danger only"


@dataclass(frozen=True)
class Collected:
    """How many drops were new, how many had been collected before, and the ids to destroy once this is committed.

    `files_left` says that files stay at the drop, because the case database has no room for them.
    """

    new: int
    replayed: int
    danger: int
    drop_ids: tuple[bytes, ...] = field(repr=False)
    files_left: bool = False


def collect(session: CaseSession, collection: Collection, *, release: Wanted, by: Actor) -> Collected:
    """Copy what waits into the case database, in random order within one transaction.

    Where there is a counter-corruption box a second copy goes where nobody here can delete it: from its looks no
    drop can be told from another, so each is kept until that box has been tried on it.

    The caller commits and then calls `clear_collected`: a crash between the two loses nothing, and the next
    collection finds the same ids known and only destroys them. An id collected before is discarded.

    Raises:
        StoreUnavailableError: the store could not be read; nothing was copied.
    """
    waiting = collection.waiting(danger_only=release is Wanted.DANGER_ONLY)
    new = danger = 0
    copying = copies_are_kept(session)
    taken: list[bytes] = []
    for ids in batches(waiting, DROPS_A_BATCH):
        drops = collection.take(ids)
        unknown = _remember(session, drops)
        fresh = [drop for drop in drops if drop.drop_id in unknown]
        if fresh:
            session.execute(insert(HeldDropRow), [_held(drop) for drop in fresh])
        if copying:
            keep_copies(session, fresh)
        taken.extend(drop.drop_id for drop in drops)
        new += len(fresh)
        danger += sum(drop.danger for drop in fresh)
    if new:
        record(session, Act.COLLECTED, None, by=by, count=new)
    return Collected(new=new, replayed=len(taken) - new, danger=danger, drop_ids=tuple(taken))


def clear_collected(collection: Collection, collected: Collected) -> None:
    """Destroy at the drop what has been committed here. Safe to repeat.

    Raises:
        StoreUnavailableError: some may still be there; the next collection destroys them.
    """
    if collected.drop_ids:
        collection.destroy(collected.drop_ids)


def release_drops(
    database: Database, settings: TriageSettings, collection: Collection, *, release: Wanted
) -> Collected:
    """Both phases in their order, by the system: copy, commit, destroy; then the files, which need no report's words.

    Raises:
        StoreUnavailableError: the store could not be read, or what was copied could not yet be destroyed there.
    """
    collected = Collected(0, 0, 0, ())
    if collection.waiting(danger_only=release is Wanted.DANGER_ONLY):
        with database.begin() as session:
            collected = collect(session, collection, release=release, by=system_actor(session, settings))
        clear_collected(collection, collected)
    # After the reports: the last piece of a file is stored before its report is sent, so what a report collected
    # just now names is there.
    release_pieces(
        database,
        collection,
        awaited_only=release is Wanted.DANGER_ONLY,
        room=lambda: room_for_pieces(database, settings),
    )
    full = release is Wanted.EVERYTHING and not room_for_pieces(database, settings)
    return replace(collected, files_left=full)


def latest_release(now: datetime, release_hours: Sequence[int]) -> datetime:
    """The last set hour (of UTC) that is not after `now`."""
    hours = sorted(release_hours)
    passed = [hour for hour in hours if hour <= now.hour]
    day = now if passed else now - timedelta(days=1)
    return day.replace(hour=passed[-1] if passed else hours[-1], minute=0, second=0, microsecond=0)


def next_release(now: datetime, release_hours: Sequence[int]) -> datetime:
    """The first set hour (of UTC) after `now`."""
    hours = sorted(release_hours)
    coming = [hour for hour in hours if hour > now.hour]
    day = now if coming else now + timedelta(days=1)
    return day.replace(hour=coming[0] if coming else hours[0], minute=0, second=0, microsecond=0)


def hours_in_words(now: datetime, release_hours: Sequence[int]) -> str:
    """The set hours as people here read them off a clock today, such as "08:00, 14:00, 20:00": the form shows this."""
    try:
        here: tzinfo = ZoneInfo(HERE)
    except ZoneInfoNotFoundError:
        here = UTC
    local = sorted({now.replace(hour=hour, minute=0).astimezone(here).strftime("%H:%M") for hour in release_hours})
    return ", ".join(local)


def due(now: datetime, release_hours: Sequence[int], last: datetime | None) -> bool:
    """Whether a set hour has come since the last release; a program just started may have missed one."""
    return last is None or last < latest_release(now, release_hours)


class Stopping(Protocol):
    """Waits, and says whether it is time to stop; `threading.Event` is one."""

    def wait(self, timeout: float) -> bool: ...


def follow(
    release_now: Callable[[Wanted], Collected],
    settings: TriageSettings,
    *,
    clock: Callable[[], datetime],
    stopping: Stopping,
    afterwards: Callable[[Collected], None] = lambda _collected: None,
) -> None:
    """Collect until told to stop: dangers every 20 seconds, the rest at set hours, or all at once in a demo.

    `afterwards` is called after each release of everything (retiring keys, heeding burns, publishing notices).
    A store that is away is logged by name and tried again at the next turn.
    """
    last: datetime | None = None
    while True:
        now = clock()
        everything = settings.release is Release.AT_ONCE or due(now, settings.release_hours, last)
        try:
            collected = release_now(Wanted.EVERYTHING if everything else Wanted.DANGER_ONLY)
            if everything:
                last = now
                afterwards(collected)
        except StoreError:
            _log.warning("intake.collect.store_unavailable")
        if stopping.wait(DANGER_EVERY_SECONDS):
            return


def stop_on_signals() -> Event:
    """An event that SIGTERM and SIGINT set, so that `follow` ends between two turns and never within one."""
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    return stopping


def _remember(session: CaseSession, drops: Sequence[Drop]) -> frozenset[bytes]:
    """Write down these ids and give back those nobody collected before, whoever else is collecting just now."""
    if not drops:
        return frozenset()
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = (
        dialect.insert(CollectedDropRow)
        .values([{"drop_id": drop.drop_id, "collected_on": session.today} for drop in drops])
        .on_conflict_do_nothing()
        .returning(CollectedDropRow.drop_id)
    )
    return frozenset(session.scalars(statement))


def _held(drop: Drop) -> dict[str, object]:
    return {
        "drop_id": drop.drop_id,
        "sealed": drop.sealed,
        "danger": drop.danger,
        "received_on": drop.received_on,
        "refused": "",
    }
