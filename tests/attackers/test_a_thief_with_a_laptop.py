"""A thief who copies every disk of the service and has one officer's laptop: switched off, or with the session alive.

Switched off, its disk is what a real Chromium left in its profile. Alive, it is that officer's cookie. What each gave
stands in docs/threats.md, beside the names of these tests.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from sqlalchemy import make_url, select

from config import TriageSettings
from tests.attackers.running import a_while_ago, code_of_now, comes_in, officers_program
from tests.browser import FLAGS, chromium_path
from tests.force import Clock, Force, open_databases, passphrase_of
from tests.whole_case import copy_of_every_disk, work_whole_case
from triage.database import Database
from triage.errors import NoKeyError
from triage.intake.reports import case_report
from triage.officers.errors import SignedOutError
from triage.officers.models import SessionRow
from triage.officers.session import resume_session
from triage.referral.service import open_referral


@dataclass
class Stolen:
    """The copy of the databases as our own program opens it, with a clock that the thief sets as they like."""

    database: Database
    settings: TriageSettings
    clock: Clock


@pytest.mark.browser
def test_the_disk_of_a_laptop_holds_no_word_and_no_way_in(force: Force, tmp_path: Path) -> None:
    """A real browser with a profile on disk: signed in, a report read, searched for, and then closed as it stood."""
    a_while_ago(force)
    case = work_whole_case(force)
    profile = tmp_path / "profile"
    with officers_program(force, tmp_path / "running") as service:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch_persistent_context(
                profile, executable_path=chromium_path(), args=FLAGS, headless=True
            )
            page = browser.new_page()
            page.goto(f"http://{service.bind}/sign-in")
            page.get_by_label("Sign-in name").fill("tom")
            page.get_by_label("Passphrase", exact=True).fill(passphrase_of("tom"))
            page.get_by_label("Code").fill(code_of_now(force, "tom"))
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.get_by_role("button", name="Sign out").wait_for()  # a click does not wait for what it leads to
            report = f"/reports/{case.report_id}"
            page.goto(f"http://{service.bind}{report}")
            page.get_by_label("To assess, grade or link it").check()
            page.get_by_role("button", name="Open the report").click()
            page.wait_for_url(f"**{report}")
            for path in (report, f"/register/{case.person_id}", f"{report}/reopen"):
                page.goto(f"http://{service.bind}{path}")
                assert page.get_by_role("button", name="Sign out").is_visible()
            page.get_by_label("Why do you open this report again?").fill(case.canaries.plant("typed and not sent"))
            cookies = {one["name"]: one["value"] for one in browser.cookies()}
            browser.close()
        case.canaries.plant_as("the session's cookie", cookies["quietword"])
        case.canaries.plant_as("the passphrase of the laptop's owner", passphrase_of("tom"))
        assert [path for path in profile.rglob("*") if path.is_file()], "there is a profile"
        del case.canaries.planted["Tom Arkwright"]  # who works here is on every page, and in no file below either
        assert case.canaries.found_in([profile]) == []
        history = b"".join(path.read_bytes() for path in profile.rglob("History*") if path.is_file())
        assert str(case.report_id).encode() in history, "which reports were opened, by their random ids, it does tell"


def test_a_cookie_without_the_database_gives_nothing(force: Force, tmp_path: Path) -> None:
    """The cookie is 32 random bytes: nothing is in it, and once the row is gone nothing is behind it."""
    a_while_ago(force)
    with officers_program(force, tmp_path / "running") as service:
        tom = comes_in(force, service, "tom")
        cookie = tom.cookies["quietword"]
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", cookie)
        assert tom.get("/reports").status == 200, "the control"
        thief = replace(tom, cookies=dict(tom.cookies))
        tom.post("/sign-out", token=tom.token())
        assert thief.get("/reports").status == 303, "signed out, it opens no page from any browser"


def test_a_laptop_with_the_session_alive_and_the_databases_is_that_officer(force: Force, tmp_path: Path) -> None:
    """The worst of it: cookie and copy together open, for ever, what that officer could open when it was copied; the
    ends of a session are rules of our program, and the thief runs their own. Nothing of anybody else opens."""
    a_while_ago(force)
    case = work_whole_case(force)
    with officers_program(force, tmp_path / "running") as service:
        nell, tom = comes_in(force, service, "nell"), comes_in(force, service, "tom")
        with (
            _stolen(force, copy_of_every_disk(force, tmp_path / "copied")) as stolen,
            stolen.database.look() as session,
        ):
            as_tom = resume_session(session, stolen.settings, tom.cookies["quietword"]).officer
            as_nell = resume_session(session, stolen.settings, nell.cookies["quietword"]).officer
            assert case_report(session, case.report_id, by=as_tom).answers
            with pytest.raises(NoKeyError):
                case_report(session, case.report_id, by=as_nell)
            assert open_referral(session, case.referral_id, by=as_nell).number
            # Read back at any later time, with the clock put back.
            stolen.clock.now += timedelta(days=400)
            with pytest.raises(SignedOutError), stolen.database.look() as later:
                resume_session(later, stolen.settings, tom.cookies["quietword"])


def test_signed_out_or_swept_before_it_was_copied_the_cookie_opens_nothing_of_the_copy(
    force: Force, tmp_path: Path
) -> None:
    """The row is destroyed at the end of a session, so a copy made afterwards has nothing for the cookie to open."""
    a_while_ago(force)
    with officers_program(force, tmp_path / "running") as service:
        tom = comes_in(force, service, "tom")
        cookie = tom.cookies["quietword"]
        tom.post("/sign-out", token=tom.token())
        with (
            _stolen(force, copy_of_every_disk(force, tmp_path / "copied")) as stolen,
            stolen.database.look() as session,
        ):
            assert session.scalars(select(SessionRow)).all() == []
            with pytest.raises(SignedOutError):
                resume_session(session, stolen.settings, cookie)
        raw = b"".join(path.read_bytes() for path in (tmp_path / "copied").iterdir())
        assert cookie.encode() not in raw


@contextmanager
def _stolen(force: Force, copied: Path) -> Iterator[Stolen]:
    urls = {f"{name}_url": make_url(f"sqlite:///{copied / name}.sqlite") for name in ("drop", "case", "keys")}
    settings = replace(force.settings, instance=copied, **urls)
    clock = Clock(force.clock.now)
    database, drop = open_databases(settings, clock)
    with database.look() as session:
        newest = session.scalars(select(SessionRow.seen_at).order_by(SessionRow.seen_at.desc())).first()
    if newest is not None:
        clock.now = newest.replace(tzinfo=newest.tzinfo or UTC)
    try:
        yield Stolen(database, settings, clock)
    finally:
        database.dispose()
        drop.dispose()
