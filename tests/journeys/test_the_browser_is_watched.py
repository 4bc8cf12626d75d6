"""What would be wrong in a browser fails the journey it is seen in: the watch itself is tried here."""

import pytest
from playwright.sync_api import Browser, Route

from tests.browser import NARROW, Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

STYLE = "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p { color: red }'}))"
WIDE = "document.querySelector('h1').textContent = 'x'.repeat(400)"
NAMELESS = "document.querySelector('main').append(document.createElement('button'))"


def test_what_our_own_policy_refuses_is_seen(chromium: Browser, demo: Demo) -> None:
    reporter = Screen(chromium, demo.reporting)
    reporter.opens("/")
    reporter.page.evaluate(STYLE)
    with pytest.raises(AssertionError, match="complained"):
        reporter.closes()


def test_a_question_to_another_host_is_seen(chromium: Browser, demo: Demo) -> None:
    def anybody(route: Route) -> None:
        route.fulfill(body="<!DOCTYPE html><title>Elsewhere</title>", content_type="text/html")

    reporter = Screen(chromium, demo.reporting)
    reporter.page.route("https://elsewhere.example/**", anybody)
    reporter.opens("/")
    reporter.page.goto("https://elsewhere.example/")
    with pytest.raises(AssertionError, match="asked somebody else"):
        reporter.closes()


def test_what_sticks_out_and_what_has_no_name_is_seen(chromium: Browser, demo: Demo) -> None:
    with Screen(chromium, demo.reporting, size=NARROW) as reporter:
        reporter.opens("/")
        assert (reporter.overflow(), reporter.problems()) == ([], [])
        reporter.page.evaluate(WIDE)
        reporter.page.evaluate(NAMELESS)
        assert reporter.overflow()
        assert any("button-name" in problem for problem in reporter.problems())
