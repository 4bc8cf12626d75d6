"""Things that go wrong while people work: clicked twice, a server started anew, a database that does not answer."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine, create_engine, text

from store.tables import drops
from tests.browser import PHONE, Screen
from tests.databases import POSTGRES
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.shipped import running, shipped_form

WORDS = "A grey van waits outside the school gates on Tuesdays."
REASON = "Says a cousin told them, and gives two names for it."
BACK_SOON = 503
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def stored(force: Force) -> int:
    with force.drop.connect() as connection:
        return len(connection.execute(drops.select()).all())


@pytest.mark.browser
@SCRIPT
def test_send_pressed_twice_at_once_is_one_report(
    chromium: Browser, force: Force, tmp_path: Path, script: bool
) -> None:
    with (
        running(shipped_form(force, tmp_path / "form")) as form,
        Screen(chromium, form.bind.url, size=PHONE, script=script) as reporter,
    ):
        reporter.opens("/")
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", WORDS)
        reporter.presses("Skip to the end and check")
        reporter.page.get_by_role("button", name="Send").dblclick()
        reporter.page.wait_for_selector("text=Your receipt")
        assert stored(force) == 1
        reporter.page.reload()
        reporter.sees("Your receipt")
        assert stored(force) == 1


@pytest.mark.browser
def test_two_windows_of_one_person_are_two_reports(chromium: Browser, force: Force, tmp_path: Path) -> None:
    with (
        running(shipped_form(force, tmp_path / "form")) as form,
        Screen(chromium, form.bind.url) as one,
        Screen(chromium, form.bind.url, beside=one) as other,
    ):
        receipts = []
        for window, words in ((one, WORDS), (other, "Something else")):
            window.opens("/")
            window.presses("Start")
            window.fills("What have you seen or heard?", words)
        for window in (one, other):
            window.presses("Skip to the end and check")
            window.presses("Send")
            receipts.append(window.page.locator(".qw-receipt-digits").inner_text())
        assert len(set(receipts)) == 2
        assert stored(force) == 2


@pytest.mark.browser
def test_a_server_started_anew_keeps_the_words_of_the_page(chromium: Browser, force: Force, tmp_path: Path) -> None:
    form = shipped_form(force, tmp_path / "form")
    with running(form), Screen(chromium, form.bind.url, size=PHONE) as reporter:
        reporter.opens("/")
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", WORDS)
        form.stop()
        form.start()
        reporter.presses("Continue")
        assert reporter.value("what") == WORDS
        reporter.sees("Nothing was sent.")
        reporter.presses("Skip to the end and check")
        reporter.presses("Send")
        assert reporter.heading == "Sent"
        assert stored(force) == 1


@contextmanager
def locked(force: Force) -> Iterator[None]:
    """Somebody else holds the case database's only write lock and does not let go."""
    holder = sqlite3.connect(str(force.settings.case_url.database), isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        yield
    finally:
        holder.rollback()
        holder.close()


@contextmanager
def away(force: Force) -> Iterator[None]:
    """The case database takes no connection and has dropped those there were."""
    administrator: Engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    name = force.settings.case_url.database
    with administrator.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
        )
        try:
            yield
        finally:
            connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    administrator.dispose()


def test_triage_without_its_database_says_so_gives_the_words_back_and_goes_on_afterwards(force_on_both: Force) -> None:
    force = force_on_both
    report_id = report_at_desk(force, "Big Tony sells from the white Golf.", how="told")
    tom = client_for(force, "tom")
    address = f"/reports/{report_id}/items/1/grade"
    grade = {"intelligence": "C", "indirect_basis": REASON, "handling": "P"}
    tom.page(address)
    without = locked if force.settings.case_url.get_backend_name() == "sqlite" else away
    with without(force):
        tom.submit(grade, button="Save grade", status=BACK_SOON)
        tom.sees(REASON)
        tom.sees("The database does not answer, so this may not have been kept.")
        for never in ("Golf", "sqlite", "psycopg", "SELECT", "INSERT", str(force.settings.case_url.database)):
            tom.does_not_see(never)
    tom.page(address)
    tom.submit(grade, button="Save grade")
    assert not tom.errors()
    tom.sees("2/C/P")
