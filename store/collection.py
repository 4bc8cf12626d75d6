"""The way out for triage: take drops in shuffled batches, then, once they are safe elsewhere, destroy them here."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from secrets import SystemRandom
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Engine, Table, delete, select, text
from sqlalchemy.exc import DBAPIError

from store.batches import batches
from store.dropbox import Burn, Drop, Part
from store.engine import checkpoint, reading, transaction
from store.errors import told_apart
from store.tables import burns, drops, parts

T = TypeVar("T")

_log = logging.getLogger(__name__)
_PARTS_IN_MEMORY = 4
_shuffle = SystemRandom().shuffle


class Collection:
    """Reads and destroys what the public appended; it needs no key, and every act can be repeated after a crash.

    `shuffle` puts a list into a random order in place; it is handed in so that a test can know the order.
    """

    def __init__(self, engine: Engine, *, shuffle: Callable[[list[Any]], None] = _shuffle) -> None:
        self._engine = engine
        self._shuffle = shuffle

    def waiting(self, *, danger_only: bool = False) -> tuple[bytes, ...]:
        """The ids of the drops that wait, in random order.

        Raises:
            StoreUnavailableError: the store could not be read.
        """
        query = select(drops.c.drop_id).order_by(drops.c.drop_id)
        if danger_only:
            query = query.where(drops.c.danger)
        with transaction(reading(self._engine)) as connection:
            ids = list(connection.scalars(query))
        self._shuffle(ids)
        return tuple(ids)

    def take(self, drop_ids: Iterable[bytes]) -> tuple[Drop, ...]:
        """Copy these drops out, in random order; one that is gone already is left out. Nothing is removed.

        All of them are held in memory: hand over a batch of some hundreds.

        Raises:
            StoreUnavailableError: the store could not be read.
        """
        taken: list[Drop] = []
        with transaction(reading(self._engine)) as connection:
            for ids in batches(drop_ids):
                rows = connection.execute(select(drops).where(drops.c.drop_id.in_(ids))).mappings()
                taken.extend(Drop(**row) for row in rows)
        self._shuffle(taken)
        return tuple(taken)

    def destroy(self, drop_ids: Iterable[bytes]) -> None:
        """Remove these drops; call it only when their copies are committed in the case database.

        Raises:
            StoreUnavailableError: none of them was removed.
        """
        self._destroy(drops.c.drop_id, drop_ids)

    def files_waiting(self, received_by: date) -> tuple[bytes, ...]:
        """The ids of the files of which every part arrived on or before a date, in random order.

        Raises:
            StoreUnavailableError: the store could not be read.
        """
        late = select(parts.c.file_id).where(parts.c.received_on > received_by)
        query = select(parts.c.file_id).where(parts.c.file_id.not_in(late)).distinct().order_by(parts.c.file_id)
        with transaction(reading(self._engine)) as connection:
            ids = list(connection.scalars(query))
        self._shuffle(ids)
        return tuple(ids)

    def parts_for(self, file_id: bytes) -> Iterator[Part]:
        """The parts of one file by their sequence, a few in memory at a time.

        Raises:
            StoreUnavailableError: the store could not be read; what came before is not the whole file.
        """
        query = select(parts).where(parts.c.file_id == file_id).order_by(parts.c.sequence)
        with told_apart(), reading(self._engine).begin() as connection:
            rows = connection.execution_options(yield_per=_PARTS_IN_MEMORY).execute(query)
            for row in rows.mappings():
                yield Part(**row)

    def destroy_parts(self, file_ids: Iterable[bytes]) -> None:
        """Remove every part of these files.

        Raises:
            StoreUnavailableError: none of them was removed.
        """
        self._destroy(parts.c.file_id, file_ids)

    def destroy_pieces(self, file_id: bytes, sequences: Iterable[int]) -> None:
        """Remove these pieces of a file and no other: what arrived since they were read stays.

        Raises:
            StoreUnavailableError: none of them was removed.
        """
        self._destroy(parts.c.sequence, sequences, of=parts.c.file_id == file_id)

    def burns(self) -> tuple[Burn, ...]:
        """Every burn that was asked for. The caller checks that the preimage gives the lookup id.

        Raises:
            StoreUnavailableError: the store could not be read.
        """
        with transaction(reading(self._engine)) as connection:
            rows = connection.execute(select(burns).order_by(burns.c.preimage)).mappings()
            return tuple(Burn(**row) for row in rows)

    def destroy_burns(self, preimages: Iterable[bytes]) -> None:
        """Remove burns, once their notices are deleted: a burn that goes first would show the notices again.

        Raises:
            StoreUnavailableError: none of them was removed.
        """
        self._destroy(burns.c.preimage, preimages)

    def _destroy(self, key: Column[T], values: Iterable[T], *, of: ColumnElement[bool] | None = None) -> None:
        only = () if of is None else (of,)
        with transaction(self._engine) as connection:
            for some in batches(values):
                connection.execute(delete(key.table).where(key.in_(some), *only))
            _leave_no_places(connection, key.table)
        if not checkpoint(self._engine):
            # What was removed is still in the database's log; the next removal's checkpoint takes it out.
            _log.warning("store.checkpoint.busy")


def _leave_no_places(connection: Connection, table: Table) -> None:
    """On PostgreSQL a deleted row stays in its place, which tells when it came: an empty table gives up its file.

    Rows that came in meanwhile keep it for now; the next removal that leaves none does it.
    """
    if connection.dialect.name != "postgresql":
        return
    try:
        with connection.begin_nested():
            connection.execute(text("SET LOCAL lock_timeout = '2s'"))
            connection.execute(text(f"LOCK TABLE {table.name} IN ACCESS EXCLUSIVE MODE"))
            if connection.execute(select(table.c[0]).limit(1)).first() is None:
                connection.execute(text(f"TRUNCATE {table.name}"))
    except DBAPIError:
        _log.warning("store.truncate.refused")
