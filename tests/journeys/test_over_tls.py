"""Both programs behind TLS, as every deployment has them: posts without a Referer pass, cookies are bound to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from tests.browser import PHONE, Screen
from tests.demo import Demo, demo_running
from tests.tls import certificate_for_this_machine, over_tls

pytestmark = pytest.mark.browser

WORDS = "A man sells phones from a pram outside the market after dark."


@contextmanager
def demo_over_tls(folder: Path, made: Path) -> Iterator[Demo]:
    certificate = certificate_for_this_machine(folder)
    with (
        demo_running(folder / "instance", made=made, QUIETWORD_TLS="yes") as demo,
        over_tls(demo.reporting, certificate) as reporting,
        over_tls(demo.triage, certificate) as triage,
    ):
        yield replace(demo, reporting=reporting, triage=triage)


@pytest.fixture(scope="module")
def demo_behind_tls(tmp_path_factory: pytest.TempPathFactory, demo_made: Path) -> Iterator[Demo]:
    with demo_over_tls(tmp_path_factory.mktemp("tls"), demo_made) as demo:
        yield demo


def watched(screen: Screen) -> list[Request]:
    """The posts that this window sends from now on."""
    posts: list[Request] = []
    screen.page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    return posts


def insists_on_tls(screen: Screen) -> bool:
    answer = screen.context.request.get(screen.address + "/health")
    return answer.headers.get("strict-transport-security", "").startswith("max-age=63072000")


def test_a_report_is_sent_over_tls_and_no_post_says_where_it_came_from(
    chromium: Browser, demo_behind_tls: Demo
) -> None:
    address = demo_behind_tls.reporting
    with Screen(chromium, address, size=PHONE, ignore_https_errors=True) as reporter:
        posts = watched(reporter)
        reporter.opens("/")
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", WORDS)
        reporter.presses("Skip to the end and check")
        reporter.presses("Send")
        assert reporter.heading == "Sent"
        assert len(posts) == 3
        for post in posts:
            assert "referer" not in post.all_headers()
        assert reporter.context.cookies() == []
        assert insists_on_tls(reporter)


def test_an_officer_works_over_tls_with_cookies_that_are_bound_to_it(chromium: Browser, demo_behind_tls: Demo) -> None:
    demo = demo_behind_tls
    with Screen(chromium, demo.triage, ignore_https_errors=True) as anna:
        posts = watched(anna)
        anna.opens("/")
        demo.signs_in(anna, "anna")
        assert anna.heading == "Reports"
        cookies = {cookie["name"]: cookie for cookie in anna.context.cookies()}
        assert set(cookies) == {"__Host-quietword", "__Host-quietword-device"}
        for cookie in cookies.values():
            assert cookie["secure"]
            assert cookie["httpOnly"]
            assert (cookie["sameSite"], cookie["path"]) == ("Strict", "/")
        anna.presses("Sign out")
        anna.sees("You are signed out.")
        assert len(posts) == 2
        assert all("referer" not in post.all_headers() for post in posts)
        assert insists_on_tls(anna)
