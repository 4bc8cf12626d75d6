"""What the store does not keep: order, time, deleted bytes, and values in errors."""

import os
import stat
import traceback
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from migrations.runner import History, upgrade
from store.collection import Collection
from store.dropbox import Burn, Drop, Dropbox, Part
from store.engine import checkpoint, open_engine, reading
from store.errors import StoreError, told_apart
from store.noticeboard import Noticeboard, PublishedNotice
from store.publishing import Publishing
from store.tables import drops, metadata
from tests.databases import NewDatabase

TODAY = date(2026, 11, 22)
CANARY = b"Canary-that-nobody-may-find-again"


@pytest.fixture
def sqlite_store(new_sqlite_database: NewDatabase) -> Iterable[Engine]:
    engine = open_engine(new_sqlite_database("drop"))
    upgrade(engine, History.DROP)
    yield engine
    engine.dispose()


def test_the_order_of_rows_is_not_the_order_of_arrival(sqlite_store: Engine) -> None:
    arrived = _arrivals(sqlite_store, 400)
    for released in (0, 100):  # before a release, and for what is left after it
        Collection(sqlite_store).destroy(arrived[:released])
        left = arrived[released:]
        with sqlite_store.begin() as connection:
            scanned = list(connection.exec_driver_sql("SELECT drop_id FROM drops NOT INDEXED").scalars())
        assert abs(_rank_correlation(left, scanned)) < 0.2
        assert checkpoint(sqlite_store)
        assert sqlite_store.url.database is not None
        file = Path(sqlite_store.url.database).read_bytes()
        assert abs(_rank_correlation(left, sorted(left, key=file.index))) < 0.2


def test_no_table_keeps_a_row_number(sqlite_store: Engine) -> None:
    with sqlite_store.begin() as connection:
        made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    assert {name for name, sql in made if "WITHOUT ROWID" in sql} == set(metadata.tables)


def test_no_column_is_finer_than_a_date(drop_engine: Engine) -> None:
    kinds = {column.type.python_type for table in metadata.tables.values() for column in table.columns}
    assert kinds == {bytes, bool, int, str, date}


def test_a_batch_is_taken_in_an_order_of_chance(drop_engine: Engine) -> None:
    arrived = _arrivals(drop_engine, 200)
    collection = Collection(drop_engine, shuffle=Random(3).shuffle)
    assert abs(_rank_correlation(arrived, collection.waiting())) < 0.2
    assert abs(_rank_correlation(sorted(arrived), collection.waiting())) < 0.2
    taken = [drop.drop_id for drop in collection.take(arrived)]
    assert abs(_rank_correlation(arrived, taken)) < 0.2
    assert abs(_rank_correlation(sorted(arrived), taken)) < 0.2
    assert Collection(drop_engine).take(arrived) != Collection(drop_engine).take(arrived)


def test_what_was_destroyed_is_in_no_byte_of_any_file(sqlite_store: Engine, tmp_path: Path) -> None:
    other_process = open_engine(sqlite_store.url)
    Noticeboard(other_process).bell()
    kept = Drop(os.urandom(16), b"kept" * 1500, False, TODAY)
    secret = [Drop(CANARY[:15] + bytes([n]), CANARY * 180, False, TODAY) for n in range(40)]
    dropbox, collection = Dropbox(other_process), Collection(sqlite_store)
    for drop in [*secret, kept]:
        dropbox.append(drop)
    dropbox.append_part(Part(CANARY[:16], 0, CANARY * 1000, TODAY))
    dropbox.burn(Burn(CANARY[:32], CANARY[-16:], TODAY))
    Publishing(sqlite_store).publish_notices([PublishedNotice(os.urandom(16), CANARY[-16:], CANARY, TODAY, TODAY)])
    assert CANARY[:15] in _every_byte(tmp_path)
    collection.destroy([drop.drop_id for drop in secret])
    collection.destroy_parts([CANARY[:16]])
    Publishing(sqlite_store).remove_notices([CANARY[-16:]])
    collection.destroy_burns([CANARY[:32]])
    after = _every_byte(tmp_path)
    assert b"keptkept" in after
    assert CANARY[:15] not in after
    assert CANARY[-16:] not in after
    other_process.dispose()


def test_a_checkpoint_says_when_a_reader_is_in_its_way(new_sqlite_database: NewDatabase) -> None:
    engine = open_engine(new_sqlite_database("drop"), wait_seconds=0.01)
    upgrade(engine, History.DROP)
    assert checkpoint(engine)
    with reading(engine).begin() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM drops").scalar()
        Dropbox(engine).append(Drop(os.urandom(16), b"sealed", False, TODAY))
        assert not checkpoint(engine)
    assert checkpoint(engine)
    engine.dispose()


def test_only_the_owner_may_read_the_files(sqlite_store: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    engine = open_engine(sqlite_store.url.set(database=str(folder / "drop.sqlite")))
    upgrade(engine, History.DROP)
    Dropbox(engine).append(Drop(os.urandom(16), b"sealed", False, TODAY))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert modes == {
        "instance": 0o700,
        "drop.sqlite": 0o600,
        "drop.sqlite-wal": 0o600,
        "drop.sqlite-shm": 0o600,
    }
    engine.dispose()


def test_no_error_quotes_what_was_being_stored(drop_engine: Engine) -> None:
    row = {"drop_id": CANARY[:20], "sealed": CANARY, "danger": False, "received_on": TODAY}
    with pytest.raises(IntegrityError) as raw, drop_engine.begin() as connection:
        connection.execute(insert(drops), row)
    with pytest.raises(StoreError) as told, told_apart(), drop_engine.begin() as connection:
        connection.execute(insert(drops), row)
    for raised in (raw.value, told.value):
        text = "".join(traceback.format_exception(raised)) + repr(raised)
        for quoted in (CANARY[:20].decode(), CANARY[:20].hex(), CANARY[:8].hex()):
            assert quoted not in text


def _arrivals(engine: Engine, how_many: int) -> list[bytes]:
    chance = Random(11)
    arrived = [chance.randbytes(16) for _ in range(how_many)]
    for drop_id in arrived:
        Dropbox(engine).append(Drop(drop_id, chance.randbytes(600), False, TODAY))
    return arrived


def _rank_correlation(one: Sequence[bytes], other: Sequence[bytes]) -> float:
    """Spearman's, between two orders of the same things: 1 the same, 0 nothing to do with one another."""
    rank = {thing: place for place, thing in enumerate(one)}
    assert set(rank) == set(other)
    squares = sum((place - rank[thing]) ** 2 for place, thing in enumerate(other))
    return 1 - 6 * squares / (len(rank) * (len(rank) ** 2 - 1))


def _every_byte(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
