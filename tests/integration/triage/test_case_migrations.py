"""The case and keys databases go up and down, and hold what the code declares."""

import pytest
from sqlalchemy import inspect, text

from migrations.runner import History, current, downgrade, head, metadata_of, upgrade
from store.engine import open_engine
from tests.databases import NewDatabase, OpenDatabase, assert_models_match
from tests.force import Force

HISTORIES = [History.CASE, History.KEYS]


@pytest.mark.parametrize("history", HISTORIES)
def test_the_tables_are_those_the_code_declares(open_database: OpenDatabase, history: History) -> None:
    assert_models_match(open_database(history), history, metadata_of(history))


@pytest.mark.parametrize("history", HISTORIES)
def test_a_history_goes_up_down_and_up_again(new_database: NewDatabase, history: History) -> None:
    engine = open_engine(new_database(history.value))
    try:
        for _ in range(2):
            upgrade(engine, history)
            assert current(engine, history) == head(history)
            downgrade(engine, history, "base")
            assert set(inspect(engine).get_table_names()) <= {history.version_table}
    finally:
        engine.dispose()


def test_a_force_with_rows_goes_down_and_leaves_nothing_behind(force_on_both: Force) -> None:
    """The audit log refuses to shrink, and does not stand in the way of taking the whole database down."""
    engine = force_on_both.database.case
    downgrade(engine, History.CASE, "base")
    assert set(inspect(engine).get_table_names()) <= {History.CASE.version_table}
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            left = connection.execute(text("SELECT count(*) FROM pg_proc WHERE proname = 'audit_log_only_grows'"))
            assert left.scalar_one() == 0
