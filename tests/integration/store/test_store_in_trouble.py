"""Disk full, database locked, away or killed: what was acknowledged is there, and the rest says that it is not."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import URL

from migrations.runner import History, current, head, upgrade
from store.collection import Collection
from store.dropbox import Appended, Drop, Dropbox
from store.engine import Journal, open_engine
from store.errors import StoreUnavailableError
from store.noticeboard import Noticeboard
from tests.databases import POSTGRES, NewDatabase

TODAY = date(2026, 11, 22)
PRAGMAS = {
    "journal_mode": "wal",
    "page_size": 2048,
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "trusted_schema": 0,
    "busy_timeout": 5000,
}
POSTGRES_SETTINGS = {
    "synchronous_commit": "on",
    "lock_timeout": "1500ms",
    "statement_timeout": "2s",
    "application_name": "quietword",
}

APPEND_FOR_EVER = """
import os, sys
from datetime import date
from sqlalchemy import make_url
from store.dropbox import Drop, Dropbox
from store.engine import open_engine
dropbox = Dropbox(open_engine(make_url(sys.argv[1])))
while True:
    drop_id = os.urandom(16)
    dropbox.append(Drop(drop_id, drop_id * 370, False, date(2026, 11, 22)))
    print(drop_id.hex(), flush=True)
"""

UPGRADE = """
import sys
from sqlalchemy import make_url
from migrations.runner import History, upgrade
from store.engine import open_engine
upgrade(open_engine(make_url(sys.argv[1])), History.DROP)
assert not [name for name in sys.modules if name.partition(".")[0] == "triage"]
"""


def a_drop() -> Drop:
    return Drop(os.urandom(16), os.urandom(5900), danger=False, received_on=TODAY)


def test_a_kill_in_mid_write_loses_nothing_that_was_acknowledged(drop_engine: Engine) -> None:
    acknowledged: set[bytes] = set()
    for enough in (5, 40, 150):
        with subprocess.Popen(
            [sys.executable, "-c", APPEND_FOR_EVER, _address(drop_engine)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline() for _ in range(enough)]
            writer.send_signal(signal.SIGKILL)
            lines += writer.stdout.readlines()
        acknowledged |= {bytes.fromhex(line) for line in lines if len(line) == 33}
    assert len(acknowledged) >= 195
    taken = Collection(drop_engine).take(Collection(drop_engine).waiting())
    assert acknowledged <= {drop.drop_id for drop in taken}
    assert all(drop.sealed == drop.drop_id * 370 for drop in taken)


def test_processes_that_start_at_once_on_an_empty_database_all_find_it_ready(new_database: NewDatabase) -> None:
    url = new_database("drop")
    engine = open_engine(url)
    starting = [
        subprocess.Popen([sys.executable, "-c", UPGRADE, _address(engine)], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    errors = [process.communicate()[1] for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0, 0], errors
    assert current(engine, History.DROP) == head(History.DROP)
    engine.dispose()


def test_a_full_disk_says_not_sent_and_keeps_what_was_sent(new_sqlite_database: NewDatabase) -> None:
    url = new_sqlite_database("drop")
    _migrate(url)
    tight = open_engine(url)
    event.listen(tight, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=120"))
    dropbox, offered = Dropbox(tight), [a_drop() for _ in range(200)]
    acknowledged: set[bytes] = set()
    with pytest.raises(StoreUnavailableError):
        acknowledged.update(drop.drop_id for drop in offered if dropbox.append(drop) is Appended.NEW)
    tight.dispose()
    assert 10 < len(acknowledged) < 200
    roomy = open_engine(url)
    assert set(Collection(roomy).waiting()) == acknowledged
    with roomy.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert {Dropbox(roomy).append(drop) for drop in offered[len(acknowledged) :]} == {Appended.NEW}
    roomy.dispose()


def test_a_full_disk_under_the_log_says_not_sent(new_sqlite_database: NewDatabase) -> None:
    """The same from the operating system's side: no file may grow past 300 kB."""
    url = new_sqlite_database("drop")
    _migrate(url)
    script = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n{APPEND_FOR_EVER}"
    ended = subprocess.run([sys.executable, "-c", script, str(url)], capture_output=True, text=True, check=False)
    assert ended.stderr.splitlines()[-1].startswith("store.errors.StoreUnavailableError: ")
    engine = open_engine(url)
    assert {drop_id.hex() for drop_id in Collection(engine).waiting()} == set(ended.stdout.split())
    assert len(ended.stdout.split()) > 10
    engine.dispose()


def test_a_locked_sqlite_file_says_not_sent_and_then_takes_it(new_sqlite_database: NewDatabase) -> None:
    url = new_sqlite_database("drop")
    _migrate(url)
    engine = open_engine(url, wait_seconds=0.02)
    drop = a_drop()
    assert url.database is not None
    greedy = sqlite3.connect(url.database, isolation_level=None)
    greedy.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailableError):
        Dropbox(engine).append(drop)
    assert Noticeboard(engine).notices(os.urandom(16)) == ()  # reading goes on beside a writer
    greedy.execute("ROLLBACK")
    greedy.close()
    assert Dropbox(engine).append(drop) is Appended.NEW
    engine.dispose()


@pytest.mark.postgres
def test_a_locked_postgres_table_says_not_sent_and_then_takes_it(new_postgres_database: NewDatabase) -> None:
    url = new_postgres_database("drop")
    _migrate(url)
    engine, greedy = open_engine(url, wait_seconds=0.05), open_engine(url)
    drop = a_drop()
    with greedy.begin() as connection:
        connection.execute(text("LOCK TABLE drops IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(StoreUnavailableError):
            Dropbox(engine).append(drop)
    assert Dropbox(engine).append(drop) is Appended.NEW
    for each in (engine, greedy):
        each.dispose()


def test_a_transaction_that_reads_before_it_writes_waits_its_turn(new_sqlite_database: NewDatabase) -> None:
    """Begun without the write lock, it would fail at once when another had written since it read."""
    url = new_sqlite_database("drop")
    _migrate(url)
    engine = open_engine(url, wait_seconds=120)  # SQLite keeps no queue: who is unlucky waits for most of the others

    def read_then_write(_: int) -> None:
        with engine.begin() as connection:
            seen = connection.exec_driver_sql("SELECT count(*) FROM bells").scalar()
            connection.execute(
                text("INSERT INTO bells (name, rings, next_release) VALUES (:name, true, '')"), {"name": str(seen)}
            )

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(read_then_write, range(60)))
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM bells").scalar() == 60
    engine.dispose()


@pytest.mark.parametrize(("journal", "mode"), [(Journal.WAL, "wal"), (Journal.ROLLBACK, "truncate")])
def test_every_sqlite_connection_is_durable_and_erases(
    new_sqlite_database: NewDatabase, journal: Journal, mode: str
) -> None:
    """A power cut cannot be tried here, so what SQLite does about one is read back."""
    engine = open_engine(new_sqlite_database("drop"), journal=journal, page_size=8192)
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            driver = connection.connection.cursor()
            found = {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
            assert found == {**PRAGMAS, "journal_mode": mode, "page_size": 8192}
    engine.dispose()


@pytest.mark.postgres
def test_every_postgres_connection_is_durable_and_impatient(new_postgres_database: NewDatabase) -> None:
    engine = open_engine(new_postgres_database("drop"), wait_seconds=1.5, statement_seconds=2)
    with engine.begin() as connection:
        shown = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in POSTGRES_SETTINGS]
    assert shown == list(POSTGRES_SETTINGS.values())
    engine.dispose()


@pytest.mark.postgres
def test_a_server_that_came_back_is_used_again(new_postgres_database: NewDatabase) -> None:
    url = new_postgres_database("drop")
    _migrate(url)
    engine, other = open_engine(url, connections=1), open_engine(url)
    Dropbox(engine).append(a_drop())
    with other.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    assert Dropbox(engine).append(a_drop()) is Appended.NEW
    for each in (engine, other):
        each.dispose()


def test_a_server_that_is_away_says_not_sent() -> None:
    engine = open_engine(POSTGRES.set(host="127.0.0.1", port=1), wait_seconds=2)
    with pytest.raises(StoreUnavailableError):
        Dropbox(engine).append(a_drop())
    with pytest.raises(StoreUnavailableError):
        Noticeboard(engine).bell()
    engine.dispose()


def test_a_database_that_was_never_set_up_says_not_sent(new_database: NewDatabase) -> None:
    engine = open_engine(new_database("drop"))
    with pytest.raises(StoreUnavailableError):
        Dropbox(engine).append(a_drop())
    with pytest.raises(StoreUnavailableError):
        Noticeboard(engine).intake_keys(TODAY)
    with pytest.raises(StoreUnavailableError):
        list(Collection(engine).parts_for(os.urandom(16)))
    engine.dispose()


def test_a_file_that_is_no_database_says_not_sent(tmp_path: Path) -> None:
    (tmp_path / "drop.sqlite").write_bytes(b"not a database at all" * 100)
    engine = open_engine(URL.create("sqlite", database=str(tmp_path / "drop.sqlite")))
    with pytest.raises(StoreUnavailableError):
        Dropbox(engine).append(a_drop())
    engine.dispose()


def test_a_file_that_cannot_be_made_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(StoreUnavailableError, match="check its folder"):
        open_engine(URL.create("sqlite", database=str(tmp_path / "taken" / "drop.sqlite")))


def _migrate(url: URL) -> None:
    engine = open_engine(url)
    upgrade(engine, History.DROP)
    engine.dispose()


def _address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)
