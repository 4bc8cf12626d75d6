"""Opens a database so that it is durable, quiet in its errors, and leaves no deleted bytes where it can help it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import psycopg
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from store.errors import StoreUnavailableError, told_apart

# A sealed report of the smallest bucket is about 5.9 kB: pages of 2 KiB waste the least around it.
DROP_PAGE_BYTES = 2048
_READING = "quietword_reading"


class Journal(StrEnum):
    """How SQLite makes a commit durable. PostgreSQL has its own way and ignores this.

    WAL lets readers read while one writes, and keeps deleted rows in the log until `checkpoint`.
    ROLLBACK keeps no log between transactions: for the keys, where a deletion must be at once.
    """

    WAL = "wal"
    ROLLBACK = "truncate"


def open_engine(
    url: URL,
    *,
    journal: Journal = Journal.WAL,
    page_size: int = DROP_PAGE_BYTES,
    wait_seconds: float = 5.0,
    statement_seconds: float = 30.0,
    connections: int = 8,
) -> Engine:
    """Open an SQLite file or a PostgreSQL database; nothing is connected yet.

    On SQLite the file is made with mode 0600 in a folder of mode 0700, and every transaction takes the write lock
    at its beginning (so that it waits `wait_seconds` once and then never fails half-way); `reading` does not.
    `page_size` counts only when the file is new. Open one engine in each process, after any fork.

    Raises:
        StoreUnavailableError: the SQLite file cannot be made.
    """
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url, journal, page_size, wait_seconds, connections)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=connections,
        pool_timeout=wait_seconds,
        connect_args={
            "application_name": "quietword",
            "connect_timeout": max(2, round(wait_seconds)),
            "options": (
                f"-c statement_timeout={round(statement_seconds * 1000)}"
                f" -c lock_timeout={round(wait_seconds * 1000)}"
                " -c idle_in_transaction_session_timeout=60000"
                " -c synchronous_commit=on"
            ),
        },
    )
    event.listen(engine, "handle_error", _forget_the_detail)
    return engine


def reading(engine: Engine) -> Engine:
    """The same pool of connections, for transactions that only read: on SQLite they take no write lock."""
    return engine.execution_options(**{_READING: True})


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction, committed at the end; every failure leaves it undone and comes out as a `StoreError`."""
    with told_apart(), engine.begin() as connection:
        yield connection


def checkpoint(engine: Engine) -> bool:
    """Empty the write-ahead log into the database, so that no deleted row remains in it, in the order they came.

    False means that a reader was in the way for the whole wait, and the next checkpoint does it; or, on PostgreSQL,
    that the role may not do it (docs/deploying.md). There the log's old files go only where none is kept for use again
    (`wal_recycle=off`, as in the settings that ship).
    """
    if engine.dialect.name != "sqlite":
        return _checkpoint_postgres(engine)
    with told_apart(), engine.connect() as connection:
        # On the driver itself, because a checkpoint cannot run inside the transaction SQLAlchemy would begin.
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101  the dialect says so
        try:
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy


def _checkpoint_postgres(engine: Engine) -> bool:
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # What follows begins a new file of the log, so that no file from before is needed any more.
            connection.exec_driver_sql("SELECT pg_switch_wal()")
            connection.exec_driver_sql("CHECKPOINT")
    except DBAPIError:
        return False
    return True


def _forget_the_detail(context: ExceptionContext) -> None:
    """PostgreSQL's own text quotes the row that offended ("Failing row contains (…)"): keep its first line alone."""
    said = context.original_exception
    if isinstance(said, psycopg.Error) and said.diag.message_detail:
        said.args = (said.diag.message_primary,)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = said.args


def _open_sqlite(url: URL, journal: Journal, page_size: int, wait_seconds: float, connections: int) -> Engine:
    if url.database and url.database != ":memory:":
        _make_private_file(Path(url.database))
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=connections,
        pool_timeout=wait_seconds,
        connect_args={"timeout": wait_seconds},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        # The driver must begin no transaction by itself: SQLAlchemy's recipe for Python before 3.12.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA page_size={int(page_size)}")
        cursor.execute("PRAGMA journal_mode")
        if cursor.fetchone() != (journal.value,):
            cursor.execute(f"PRAGMA journal_mode={journal.value}")
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
            "trusted_schema=OFF",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        only_reading = connection.get_execution_options().get(_READING, False)
        connection.exec_driver_sql("BEGIN" if only_reading else "BEGIN IMMEDIATE")

    return engine


def _make_private_file(path: Path) -> None:
    """SQLite gives its journal and log the mode of the file, so one private file makes all of them private."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError:
        raise StoreUnavailableError(
            f"The database file {path} cannot be made or written: check its folder, its owner and the disk."
        ) from None
