"""The case and keys databases go up and down, and hold what the code declares."""

import pytest
from sqlalchemy import inspect, select, text

from migrations.runner import History, current, downgrade, head, metadata_of, upgrade
from store.engine import open_engine
from tests.databases import NewDatabase, OpenDatabase, assert_models_match
from tests.force import Force
from tests.sent_files import attach, picture, report_with
from triage.commands.vouching import vouch_for_all
from triage.intake.models import FileRow, ReportRow
from triage.linking.learning.keeping import SHIPPED, in_force, put_back

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


def test_files_go_down_with_their_rows_and_the_reports_stay(force_on_both: Force) -> None:
    """Going back to before there were files takes the files, and nothing else, of a force that has some."""
    report_id = report_with(force_on_both, attach(force_on_both, picture()))
    engine = force_on_both.database.case
    downgrade(engine, History.CASE, "0002")
    assert not {"files", "held_parts"} & set(inspect(engine).get_table_names())
    upgrade(engine, History.CASE)
    with force_on_both.database.look() as session:
        assert session.get(ReportRow, report_id) is not None
        assert session.scalars(select(FileRow)).all() == []


def test_what_was_learnt_goes_down_and_the_shipped_calibration_holds_again(force_on_both: Force) -> None:
    sam = force_on_both.officer("sam")
    with force_on_both.database.begin() as session:
        put_back(session, SHIPPED, instead_of=SHIPPED, by=sam)
    with force_on_both.database.look() as session:
        assert in_force(session, by=sam).number == 1
    engine = force_on_both.database.case
    downgrade(engine, History.CASE, "0006")
    assert "link_calibrations" not in inspect(engine).get_table_names()
    upgrade(engine, History.CASE)
    with force_on_both.database.begin() as session:
        vouch_for_all(session, force_on_both.settings)  # as `quietword migrate` does
    with force_on_both.database.look() as session:
        assert in_force(session, by=sam).number == SHIPPED
