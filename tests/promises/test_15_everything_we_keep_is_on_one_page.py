"""Promise 1, in full: the page “Everything we keep about a report” is made from the schema, and leaves nothing out."""

import json
from pathlib import Path

import pytest

import reporting
import triage.tables
from reporting import kept
from store.tables import metadata as drop_tables
from tests.public_form import PublicForm

BESIDE = Path(reporting.__file__).with_name(kept.FILE)


def schema_of_the_team() -> dict[str, list[str]]:
    return {
        table.name: list(table.columns.keys())
        for metadata in (triage.tables.CASE, triage.tables.KEYS)
        for table in sorted(metadata.tables.values(), key=lambda table: table.name)
    }


def test_what_the_page_says_of_the_team_is_the_teams_own_schema() -> None:
    """The public host has no triage; what it says of it is compared here. Put right, the file reads as printed."""
    wanted = json.dumps(schema_of_the_team(), indent=1) + "\n"
    if BESIDE.read_text("utf-8") != wanted:
        pytest.fail(f"Write this into {BESIDE.name}:\n{wanted}", pytrace=False)


def test_every_table_is_told_or_is_about_no_report() -> None:
    tables = {*drop_tables.tables, *schema_of_the_team()}
    assert set(kept._WHAT) | kept.ABOUT_NO_REPORT == tables
    assert not set(kept._WHAT) & kept.ABOUT_NO_REPORT


def test_every_column_about_a_report_has_a_sentence_that_says_why() -> None:
    told = {table.name: {column.name: str(column.why) for column in table.columns} for table in kept.kept_here()}
    told |= {
        table.name: {column.name: str(column.why) for column in table.columns} for table in kept.kept_by_the_team()
    }
    for metadata in (drop_tables, triage.tables.CASE, triage.tables.KEYS):
        for table in metadata.tables.values():
            if table.name not in kept.ABOUT_NO_REPORT:
                assert set(told[table.name]) == set(table.columns.keys()), table.name
    assert all(why.endswith(".") for columns in told.values() for why in columns.values())


def test_the_page_shows_every_one_of_them(public_form: PublicForm) -> None:
    person = public_form.person
    person.page("/kept")
    assert person.heading() == "Everything we keep about a report"
    shown = person.response.text
    for table in (*kept.kept_here(), *kept.kept_by_the_team()):
        assert f">{table.name}</code>" in shown
        for column in table.columns:
            assert f">{column.name}</code>" in shown
    person.page("/privacy")
    assert 'href="/kept"' in person.response.text
