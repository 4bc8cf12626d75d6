"""Takes a database up or down one of the three histories; works from a checkout and from an installed package."""

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from threading import Lock

import psycopg
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.exc import DBAPIError

from store.engine import reading
from store.errors import StoreUnavailableError, told_apart

_HERE = Path(__file__).resolve().parent
# Alembic keeps the migration that runs in a module-wide place, so one at a time in a process.
_one_at_a_time = Lock()


class History(StrEnum):
    """Which database's tables: the one-way store, the case files, or the wrapped keys."""

    DROP = "drop"
    CASE = "case"
    KEYS = "keys"

    @property
    def version_table(self) -> str:
        """One table for each history, so that they may share a database in a trial."""
        return f"alembic_version_{self.value}"


class MigrationError(StoreUnavailableError):
    """A migration could not be done, and was undone; the message says why, without any value of a row."""


def upgrade(engine: Engine, history: History, to: str = "head") -> None:
    """Bring the tables up to a revision, all in one transaction; at that revision already, nothing happens.

    Raises:
        MigrationError: it could not be done; nothing was changed.
    """
    with _transaction(engine) as connection:
        command.upgrade(_config(history, connection), to)


def downgrade(engine: Engine, history: History, to: str) -> None:
    """Take the tables down to a revision (`base` removes them all), in one transaction.

    Raises:
        MigrationError: it could not be done; nothing was changed.
    """
    with _transaction(engine) as connection:
        command.downgrade(_config(history, connection), to)


def current(engine: Engine, history: History) -> str | None:
    """The revision that the database is at, or None when the history has not begun there.

    Raises:
        StoreUnavailableError: the database could not be read.
    """
    with told_apart(), reading(engine).connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": history.version_table})
        return context.get_current_revision()


def head(history: History) -> str:
    """The newest revision that this program knows."""
    revision = ScriptDirectory.from_config(_config(history)).get_current_head()
    if revision is None:
        raise MigrationError(f"The history “{history}” has no migrations: reinstall the program.")
    return revision


def is_current(engine: Engine, history: History) -> bool:
    """Whether the database is at the newest revision that this program knows."""
    return current(engine, history) == head(history)


def metadata_of(history: History) -> MetaData:
    """The tables as the code declares them; the triage ones are imported only when asked for."""
    if history is History.DROP:
        metadata = importlib.import_module("store.tables").metadata
    else:
        tables = importlib.import_module("triage.tables")
        metadata = tables.CASE if history is History.CASE else tables.KEYS
    assert isinstance(metadata, MetaData)  # noqa: S101  both modules are ours
    return metadata


def draft(engine: Engine, history: History, number: str, name: str) -> None:
    """Write `NUMBER_name.py` from what the code declares and the database (at head) lacks; for a person to finish."""
    with _transaction(engine) as connection:
        config = _config(history, connection)
        config.attributes["comparing"] = True
        command.revision(config, message=name, rev_id=number, autogenerate=True)


def _config(history: History, connection: Connection | None = None) -> Config:
    config = Config()

    def option(name: str, value: str) -> None:
        config.set_main_option(name, value.replace("%", "%%"))

    option("script_location", str(_HERE / "env"))
    option("version_locations", str(_HERE / history.value / "versions"))
    option("path_separator", "newline")
    option("file_template", "%(rev)s_%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["history"] = history
    return config


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with _one_at_a_time, _explained(), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _without_foreign_keys(connection), connection.begin():
                yield connection
                _check_foreign_keys(connection)
        else:
            with connection.begin():
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                # Two processes that start at once take turns, and the second finds nothing to do.
                connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7116119)")
                connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
                yield connection


@contextmanager
def _explained() -> Iterator[None]:
    """Say the cause in the database's own words, but never its detail, which quotes the row."""
    try:
        yield
    except CommandError as error:
        cause = str(error)
    except DBAPIError as error:
        driver_said = error.orig
        primary = driver_said.diag.message_primary if isinstance(driver_said, psycopg.Error) else None
        cause = primary or str(driver_said)
    else:
        return
    raise MigrationError(f"The database could not be migrated, and is as it was: {cause}")


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a column by making a new table, which foreign keys in force would forbid or follow."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101  the caller asked for the dialect
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise MigrationError("The migration left rows that point at nothing, and was undone: report this fault.")
