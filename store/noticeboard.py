"""The way out for the public: a receipt's notices, the intake keys of a day, and whether a bell rings."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import Engine, select

from store.engine import reading, transaction
from store.tables import bells, intake_keys, visible_notices

DANGER_BELL = "danger"
_MINUTE = 60


@dataclass(frozen=True)
class PublishedNotice:
    """A sealed notice for whoever holds the receipt: random 16-byte id, 16-byte lookup id, dates (both inclusive)."""

    notice_id: bytes = field(repr=False)
    lookup_id: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    published_on: date
    expires_on: date


@dataclass(frozen=True)
class PublishedIntakeKey:
    """An intake key as triage signed it; `signed` is what counts, the rest is there to find it (dates inclusive)."""

    box_id: bytes
    not_before: date
    not_after: date
    signed: bytes = field(repr=False)


@dataclass(frozen=True)
class Bell:
    """Whether a danger-now report rings somebody now, and at which hours ordinary reports are collected."""

    rings: bool
    next_release: str


def minutes_since_1970(moment: datetime) -> int:
    """A moment (with its time zone) as the bell's row has it: no finer than a minute."""
    return int(moment.timestamp()) // _MINUTE


class Noticeboard:
    """Reads what triage published; on PostgreSQL it can read nothing else. `clock` is for tests."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = reading(engine)
        self._clock = clock

    def notices(self, lookup_id: bytes) -> tuple[PublishedNotice, ...]:
        """The notices of one mailbox, oldest first; none for a receipt unknown or burnt.

        Raises:
            StoreUnavailableError: the store could not be read.
        """
        query = (
            select(visible_notices)
            .where(visible_notices.c.lookup_id == lookup_id)
            .order_by(visible_notices.c.published_on, visible_notices.c.notice_id)
        )
        with transaction(self._engine) as connection:
            return tuple(PublishedNotice(**row) for row in connection.execute(query).mappings())

    def intake_keys(self, on: date) -> tuple[PublishedIntakeKey, ...]:
        """Every intake key valid on a date; the caller checks the force's signature on each.

        Raises:
            StoreUnavailableError: the store could not be read.
        """
        query = (
            select(intake_keys)
            .where(intake_keys.c.not_before <= on, intake_keys.c.not_after >= on)
            .order_by(intake_keys.c.not_before, intake_keys.c.box_id)
        )
        with transaction(self._engine) as connection:
            return tuple(PublishedIntakeKey(**row) for row in connection.execute(query).mappings())

    def bell(self) -> Bell:
        """What to tell a reporter before sending; a bell nobody has set, or whose time is over, does not ring.

        Raises:
            StoreUnavailableError: the store could not be read.
        """
        query = select(bells.c.rings, bells.c.next_release, bells.c.rings_until).where(bells.c.name == DANGER_BELL)
        with transaction(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return Bell(rings=False, next_release="")
        vouched_for = row.rings_until is not None and minutes_since_1970(self._clock()) < row.rings_until
        return Bell(row.rings and vouched_for, row.next_release)
