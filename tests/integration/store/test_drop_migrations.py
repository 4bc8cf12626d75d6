"""The drop history goes up, down and up again with rows in it, and makes the tables that the code declares."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, inspect, text

from migrations.runner import History, MigrationError, current, downgrade, head, is_current, metadata_of, upgrade
from store.collection import Collection
from store.dropbox import Burn, Drop, Dropbox, Part
from store.engine import open_engine
from store.noticeboard import Bell, Noticeboard, PublishedIntakeKey, PublishedNotice
from store.publishing import Publishing
from tests.databases import NewDatabase, assert_models_match

TODAY = date(2026, 11, 22)


def test_models_and_head_agree(drop_engine: Engine) -> None:
    assert is_current(drop_engine, History.DROP)
    assert_models_match(drop_engine, History.DROP, metadata_of(History.DROP))


def test_up_down_and_up_again_with_rows(drop_engine: Engine) -> None:
    _fill(drop_engine)
    downgrade(drop_engine, History.DROP, "base")
    assert current(drop_engine, History.DROP) is None
    assert set(inspect(drop_engine).get_table_names()) == {History.DROP.version_table}
    assert inspect(drop_engine).get_view_names() == []
    upgrade(drop_engine, History.DROP)
    assert current(drop_engine, History.DROP) == head(History.DROP)
    assert Collection(drop_engine).waiting() == ()
    _fill(drop_engine)


def test_a_bell_set_before_it_had_an_end_does_not_ring_after_the_migration(drop_engine: Engine) -> None:
    downgrade(drop_engine, History.DROP, "0001")
    with drop_engine.begin() as connection:
        connection.execute(text("INSERT INTO bells VALUES ('danger', true, '13:00')"))
    upgrade(drop_engine, History.DROP)
    assert Noticeboard(drop_engine).bell() == Bell(rings=False, next_release="13:00")
    Publishing(drop_engine).set_bell(rings=True, until=datetime.now(UTC) + timedelta(hours=1))
    downgrade(drop_engine, History.DROP, "0001")
    upgrade(drop_engine, History.DROP)
    assert Noticeboard(drop_engine).bell() == Bell(rings=False, next_release="")


def test_upgrading_again_keeps_every_row(drop_engine: Engine) -> None:
    _fill(drop_engine)
    before = Collection(drop_engine).waiting()
    upgrade(drop_engine, History.DROP)
    assert Collection(drop_engine).waiting() == before


def test_a_database_without_a_history_has_no_revision(new_database: NewDatabase) -> None:
    engine = open_engine(new_database("drop"))
    assert current(engine, History.DROP) is None
    assert not is_current(engine, History.DROP)
    engine.dispose()


def test_a_revision_that_nobody_knows_is_refused_and_changes_nothing(drop_engine: Engine) -> None:
    with pytest.raises(MigrationError, match="is as it was"):
        upgrade(drop_engine, History.DROP, "9999")
    assert is_current(drop_engine, History.DROP)


def test_a_migration_that_fails_is_undone_whole(new_database: NewDatabase) -> None:
    engine = open_engine(new_database("drop"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bells (in_the_way int)")
    with pytest.raises(MigrationError, match=r"bells.* already exists"):
        upgrade(engine, History.DROP)
    assert inspect(engine).get_table_names() == ["bells"]
    engine.dispose()


def test_foreign_keys_are_in_force_again_after_a_migration(new_sqlite_database: NewDatabase) -> None:
    engine = open_engine(new_sqlite_database("drop"), connections=1)
    upgrade(engine, History.DROP)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def _fill(engine: Engine) -> None:
    dropbox, publishing = Dropbox(engine), Publishing(engine)
    dropbox.append(Drop(os.urandom(16), b"sealed", True, TODAY))
    dropbox.append_part(Part(os.urandom(16), 0, b"sealed", TODAY))
    dropbox.burn(Burn(os.urandom(32), os.urandom(16), TODAY))
    publishing.publish_notices([PublishedNotice(os.urandom(16), os.urandom(16), b"sealed", TODAY, TODAY)])
    publishing.publish_intake_keys([PublishedIntakeKey(os.urandom(16), TODAY, TODAY, b"signed")])
    publishing.set_bell(rings=True, until=datetime.now(UTC) + timedelta(minutes=5))
