"""Fresh databases for any test: an SQLite file, or a PostgreSQL database that is thrown away afterwards."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from migrations.runner import History, upgrade
from store.engine import open_engine
from tests.services import missing_service

# A server on which the tests may make databases and roles.
POSTGRES = make_url(
    os.environ.get("QUIETWORD_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
)

# What is dropped is dropped by a process beside: PostgreSQL writes all of its memory to the disk for each, and no test
# needs to wait for that. It ends when it hears no more, however the tests end.
_DROPPER = """
import sys, psycopg
with psycopg.connect(sys.stdin.readline().strip(), autocommit=True) as connection:
    for name in sys.stdin:
        connection.execute(f"DROP DATABASE {name.strip()} WITH (FORCE)")
"""
_droppers: "list[subprocess.Popen[str]]" = []

NewDatabase = Callable[[str], URL]
OpenDatabase = Callable[[History], Engine]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def backend(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: every test that asks for one runs on both."""
    return str(request.param)


@pytest.fixture
def new_database(backend: str, request: pytest.FixtureRequest) -> NewDatabase:
    """Makes an empty database of a name, `new_database("drop")`, and gives its URL; on SQLite and on PostgreSQL."""
    maker: NewDatabase = request.getfixturevalue(f"new_{backend}_database")
    return maker


@pytest.fixture
def new_sqlite_database(tmp_path: Path) -> NewDatabase:
    """Makes an empty SQLite file of a name and gives its URL."""
    return lambda name: URL.create("sqlite", database=str(tmp_path / f"{name}.sqlite"))


@pytest.fixture
def new_postgres_database() -> Iterator[NewDatabase]:
    """Makes an empty PostgreSQL database and gives its URL; all are dropped when the test is over."""
    with postgres_databases() as make:
        yield make


@contextmanager
def postgres_databases() -> Iterator[Callable[..., URL]]:
    """The same for a fixture of a wider scope: makes databases, each after a template, and drops them at the end."""
    require_postgres()
    made: list[str] = []

    def make(name: str, template: str = "template0") -> URL:
        database = f"qw_{name}_{os.getpid()}_{secrets.token_hex(4)}"
        _administer(f"CREATE DATABASE {database} TEMPLATE {template}")
        made.append(database)
        return POSTGRES.set(database=database)

    try:
        yield make
    finally:
        _drop(made)


@pytest.fixture
def open_database(new_database: NewDatabase) -> Iterator[OpenDatabase]:
    """Opens a fresh database that has one history's tables: `open_database(History.DROP)`; on both databases."""
    engines: list[Engine] = []

    def open_one(history: History) -> Engine:
        engine = open_engine(new_database(history.value))
        engines.append(engine)
        upgrade(engine, history)
        return engine

    yield open_one
    for engine in engines:
        engine.dispose()


def databases_dropped() -> None:
    """Wait until every database that was made is gone."""
    for dropper in _droppers:
        _, said = dropper.communicate()
        assert dropper.returncode == 0, f"Databases of the tests were not dropped: {said}"
    _droppers.clear()


@pytest.fixture
def drop_engine(open_database: OpenDatabase) -> Engine:
    """A fresh one-way store, on both databases."""
    return open_database(History.DROP)


def require_postgres() -> None:
    """Skip, loudly, or in CI fail, when there is no PostgreSQL to test on."""
    if not _postgres_answers():
        missing_service(
            "PostgreSQL", "Start a server, or name one you may make databases on in QUIETWORD_TEST_POSTGRES_URL."
        )


def assert_models_match(engine: Engine, history: History, metadata: MetaData) -> None:
    """The tables a history makes are those the code declares: columns, types, nulls, indexes, keys."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": history.version_table,
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _parents: kind != "table" or name in metadata.tables,
            },
        )
        differences = compare_metadata(context, metadata)
    assert differences == []


@cache
def _postgres_answers() -> bool:
    try:
        _administer("SELECT 1")
    except OperationalError:
        return False
    return True


def _drop(databases: list[str]) -> None:
    if not databases:
        return
    if not _droppers:
        dropper = subprocess.Popen(
            [sys.executable, "-c", _DROPPER],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        _droppers.append(dropper)
        _tell(dropper, POSTGRES.set(drivername="postgresql").render_as_string(hide_password=False))
    for database in databases:
        _tell(_droppers[0], database)


def _tell(dropper: "subprocess.Popen[str]", line: str) -> None:
    assert dropper.stdin is not None
    dropper.stdin.write(f"{line}\n")
    dropper.stdin.flush()


def _administer(statement: str) -> None:
    engine = create_engine(
        POSTGRES, isolation_level="AUTOCOMMIT", hide_parameters=True, connect_args={"connect_timeout": 60}
    )
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
