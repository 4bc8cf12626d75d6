"""On a real PostgreSQL server, the public host's login can append and read what is published, and nothing else."""

import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ProgrammingError

from migrations.runner import History, upgrade
from store.collection import Collection
from store.dropbox import Appended, Burn, Drop, Dropbox, Part
from store.engine import open_engine
from store.errors import StoreUnavailableError
from store.noticeboard import Bell, Noticeboard, PublishedIntakeKey, PublishedNotice
from store.publishing import Publishing
from tests.databases import postgres_databases

pytestmark = pytest.mark.postgres

TODAY = date(2026, 11, 22)
SignIn = Callable[[str], Engine]


# One database and one login of each kind serve the module: what is refused changes nothing.
@pytest.fixture(scope="module")
def owner() -> Iterator[Engine]:
    with postgres_databases() as new_database:
        engine = open_engine(new_database("roles"))
        upgrade(engine, History.DROP)
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def sign_in(owner: Engine) -> Iterator[SignIn]:
    """Makes a login that is a member of one of the migration's roles, and connects as it."""
    engines: list[Engine] = []

    def connect_as(role: str) -> Engine:
        login, password = f"qw_login_{secrets.token_hex(4)}", secrets.token_hex(16)
        with owner.begin() as connection:
            connection.execute(text(f"CREATE ROLE {login} LOGIN PASSWORD '{password}' IN ROLE {role}"))
        url: URL = owner.url.set(username=login, password=password)
        engines.append(open_engine(url))
        return engines[-1]

    yield connect_as
    for engine in engines:
        engine.dispose()
        with owner.begin() as connection:
            connection.execute(text(f"DROP ROLE {engine.url.username}"))


@pytest.fixture(scope="module")
def public_host(sign_in: SignIn) -> Engine:
    return sign_in("quietword_reporting")


@pytest.fixture(scope="module")
def triage_side(sign_in: SignIn) -> Engine:
    return sign_in("quietword_triage_drop")


def test_the_public_host_can_do_all_of_its_work(public_host: Engine, triage_side: Engine) -> None:
    dropbox, board, publishing = Dropbox(public_host), Noticeboard(public_host), Publishing(triage_side)
    drop = Drop(os.urandom(16), os.urandom(5900), True, TODAY)
    assert [dropbox.append(drop), dropbox.append(drop)] == [Appended.NEW, Appended.ALREADY]
    assert dropbox.append_part(Part(os.urandom(16), 0, b"sealed", TODAY)) is Appended.NEW
    notice = PublishedNotice(os.urandom(16), os.urandom(16), bytes(2048), TODAY, TODAY)
    key = PublishedIntakeKey(os.urandom(16), TODAY, TODAY, b"signed")
    publishing.publish_notices([notice])
    publishing.publish_intake_keys([key])
    publishing.set_bell(rings=True, until=datetime.now(UTC) + timedelta(minutes=5))
    publishing.set_next_release("13:00")
    assert board.notices(notice.lookup_id) == (notice,)
    assert board.intake_keys(TODAY) == (key,)
    assert board.bell() == Bell(rings=True, next_release="13:00")
    burn = Burn(os.urandom(32), notice.lookup_id, TODAY)
    assert [dropbox.burn(burn), dropbox.burn(burn)] == [Appended.NEW, Appended.ALREADY]
    assert board.notices(notice.lookup_id) == ()


def test_the_triage_side_can_do_all_of_its_work(public_host: Engine, triage_side: Engine) -> None:
    drop = Drop(os.urandom(16), os.urandom(5900), True, TODAY)
    burn = Burn(os.urandom(32), os.urandom(16), TODAY)
    Dropbox(public_host).append(drop)
    Dropbox(public_host).burn(burn)
    collection, publishing = Collection(triage_side), Publishing(triage_side)
    assert drop in collection.take(collection.waiting(danger_only=True))
    collection.destroy([drop.drop_id])
    assert burn in collection.burns()
    publishing.remove_notices([burn.lookup_id])
    publishing.remove_expired(TODAY)
    publishing.retire_intake_key(os.urandom(16))
    collection.destroy_burns([burn.preimage])
    collection.destroy_parts(collection.files_waiting(TODAY))
    assert drop.drop_id not in collection.waiting()
    assert burn not in collection.burns()


@pytest.mark.parametrize(
    "act",
    [
        "SELECT {table} FROM {table}",
        "SELECT count(*) FROM {table}",
        "UPDATE {table} SET {column} = NULL",
        "DELETE FROM {table}",
        "TRUNCATE {table}",
        "COPY {table} TO STDOUT",
        "LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
        "DROP TABLE {table}",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
    ],
)
@pytest.mark.parametrize(
    ("table", "column"), [("drops", "sealed"), ("parts", "sealed"), ("burns", "lookup_id"), ("notices", "sealed")]
)
def test_the_public_host_cannot_read_change_or_remove(public_host: Engine, act: str, table: str, column: str) -> None:
    _refused(public_host, act.format(table=table, column=column))


@pytest.mark.parametrize(
    "act",
    [
        "INSERT INTO drops VALUES ('\\x00'::bytea, '', false, '2026-11-22') RETURNING drop_id",
        "INSERT INTO notices SELECT * FROM visible_notices",
        "INSERT INTO intake_keys VALUES ('\\x00'::bytea, '2026-11-22', '2026-11-22', '')",
        "UPDATE intake_keys SET signed = ''",
        "DELETE FROM intake_keys",
        "UPDATE bells SET rings = true",
        "DELETE FROM visible_notices",
        "CREATE TABLE mine (a int)",
        "CREATE TEMPORARY VIEW mine AS SELECT * FROM drops; SELECT * FROM mine",
        "SELECT * FROM alembic_version_drop",
        "SET ROLE quietword_triage_drop",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_the_public_host_cannot_publish_or_climb(public_host: Engine, act: str) -> None:
    _refused(public_host, act)


def test_the_public_host_cannot_use_the_doors_of_triage(public_host: Engine) -> None:
    with pytest.raises(StoreUnavailableError):
        Collection(public_host).waiting()
    with pytest.raises(StoreUnavailableError):
        Publishing(public_host).set_bell(rings=True, until=datetime.now(UTC) + timedelta(minutes=5))


def test_the_triage_side_cannot_write_a_report(triage_side: Engine) -> None:
    with pytest.raises(StoreUnavailableError):
        Dropbox(triage_side).append(Drop(os.urandom(16), b"sealed", False, TODAY))


def test_the_rights_of_the_public_host_are_exactly_these(owner: Engine) -> None:
    with owner.begin() as connection:
        rights = connection.execute(
            text(
                "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
                " WHERE grantee = 'quietword_reporting'"
            )
        )
        found = {(table, right) for table, right in rights}
    assert found == {
        ("drops", "INSERT"),
        ("parts", "INSERT"),
        ("burns", "INSERT"),
        ("visible_notices", "SELECT"),
        ("intake_keys", "SELECT"),
        ("bells", "SELECT"),
    }


def _refused(engine: Engine, statement: str) -> None:
    with pytest.raises(ProgrammingError) as refusal, engine.begin() as connection:
        connection.exec_driver_sql(statement.replace("%", "%%"))
    assert getattr(refusal.value.orig, "sqlstate", None) == "42501"  # insufficient_privilege
