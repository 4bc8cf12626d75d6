"""A reporter at a browser, with the form as it is shipped: on a phone and at a desk, with a script and without."""

import pytest
from playwright.sync_api import Browser, Route, expect

from reporting.questions import QUESTIONS
from tests.browser import DESK, NARROW, PHONE, Screen, Size
from tests.demo import Demo

pytestmark = pytest.mark.browser

WORDS = "Two men unload boxes from a van behind the Penstock every night.\n<b>They carry them in by hand.</b>"
TOO_LONG = "They come at night. " * 1_001
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def begins(reporter: Screen) -> None:
    reporter.opens("/")
    reporter.presses("Start")
    assert reporter.heading == "What have you seen or heard?"


def says_everything(reporter: Screen, words: str) -> None:
    """Answer every question, one a page, and come to the last page before sending."""
    begins(reporter)
    reporter.fills("What have you seen or heard?", words)
    reporter.presses("Continue")
    reporter.fills("Who is doing it?", "Two men, one called Big Tony")
    reporter.presses("Continue")
    reporter.fills("Where does it happen?", "Behind the Penstock")
    reporter.presses("Continue")
    reporter.fills("When did you see it", "Most nights")
    reporter.picks("Yes")
    reporter.presses("Continue")
    reporter.fills("Do you know of any cars", "White van, ends XRT")
    reporter.presses("Continue")
    assert reporter.heading == "Do you have photos or documents?"
    reporter.presses("Continue")
    reporter.picks("Somebody told me")
    reporter.presses("Continue")
    reporter.picks("No, many people know this")
    reporter.presses("Continue")
    reporter.picks("No")
    reporter.presses("Continue")
    assert reporter.heading == "Check your answers"


@SCRIPT
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_reporter_tells_everything_and_is_given_a_receipt(
    chromium: Browser, demo: Demo, size: Size, script: bool
) -> None:
    with Screen(chromium, demo.reporting, size=size, script=script) as reporter:
        says_everything(reporter, WORDS)
        for shown in (WORDS.splitlines()[1], "Big Tony", "Somebody told me", "White van, ends XRT"):
            reporter.sees(shown)
        reporter.presses("Send")
        assert reporter.heading == "Sent"
        assert len(reporter.page.locator(".qw-receipt-words li").all()) == 8
        assert reporter.page.title() == "Quiet Word"
        assert reporter.page.url == f"{demo.reporting}/"
        assert reporter.context.cookies() == []
        assert reporter.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_reporter_changes_an_answer_and_comes_straight_back(chromium: Browser, demo: Demo) -> None:
    with Screen(chromium, demo.reporting, size=PHONE, script=False) as reporter:
        says_everything(reporter, WORDS)
        reporter.presses("Change “Where it happens”")
        assert reporter.value("where") == "Behind the Penstock"
        reporter.fills("Where does it happen?", "By the old lock")
        reporter.presses("Continue")
        assert reporter.heading == "Check your answers"
        reporter.sees("By the old lock")
        reporter.does_not_see("Behind the Penstock")


@SCRIPT
def test_the_back_button_in_the_page_restores_every_answer(chromium: Browser, demo: Demo, script: bool) -> None:
    with Screen(chromium, demo.reporting, size=PHONE, script=script) as reporter:
        says_everything(reporter, WORDS)
        for question in reversed(QUESTIONS):
            reporter.presses("Back")
            if reporter.heading == "Do you have photos or documents?":
                reporter.presses("Back")
            assert reporter.heading in {question.heading, question.fields[0].label}
        assert reporter.value("what") == WORDS
        while reporter.heading != "Check your answers":
            reporter.presses("Continue")
        reporter.sees("White van, ends XRT")


@SCRIPT
def test_the_browsers_own_back_loses_nothing_that_was_sent_on(chromium: Browser, demo: Demo, script: bool) -> None:
    with Screen(chromium, demo.reporting, script=script) as reporter:
        begins(reporter)
        reporter.fills("What have you seen or heard?", WORDS)
        reporter.presses("Continue")
        reporter.fills("Who is doing it?", "Big Tony")
        reporter.presses("Continue")
        reporter.goes_back()
        # The page may come back emptied, which is meant; what was sealed into it before is still there.
        reporter.presses("Continue")
        reporter.presses("Skip to the end and check")
        reporter.sees(WORDS.splitlines()[1])


@SCRIPT
def test_an_error_says_what_to_do_and_keeps_every_word(chromium: Browser, demo: Demo, script: bool) -> None:
    with Screen(chromium, demo.reporting, size=PHONE, script=script) as reporter:
        begins(reporter)
        reporter.presses("Continue")
        assert reporter.errors() == ["Enter what you have seen or heard"]
        assert reporter.page.title() == "Error: Quiet Word"
        reporter.follows("Enter what you have seen or heard")
        expect(reporter.page.locator("#what")).to_be_focused()
        reporter.fills("What have you seen or heard?", TOO_LONG)
        reporter.presses("Skip to the end and check")
        assert "20 too many" in reporter.errors()[0]
        assert reporter.value("what") == TOO_LONG


def exits(route: Route) -> None:
    route.fulfill(body="<!DOCTYPE html><title>Weather</title>Rain later", content_type="text/html")


@SCRIPT
def test_exit_leaves_and_the_words_do_not_come_back(chromium: Browser, demo: Demo, script: bool) -> None:
    with Screen(chromium, demo.reporting, size=PHONE, script=script) as reporter:
        reporter.may_leave_for = ("www.bbc.co.uk",)
        reporter.page.route("https://www.bbc.co.uk/**", exits)
        begins(reporter)
        reporter.fills("What have you seen or heard?", WORDS)
        reporter.follows("Exit this page")
        reporter.page.wait_for_url("https://www.bbc.co.uk/weather")
        reporter.page.go_back()
        assert "unload boxes" not in reporter.page.content()
        assert reporter.page.locator("#what").count() == 0 or reporter.value("what") == ""


def test_a_reporter_needs_no_mouse(chromium: Browser, demo: Demo) -> None:
    """Tab and Enter alone, from the address to the receipt; what has the focus is always to be seen."""
    with Screen(chromium, demo.reporting, size=PHONE) as reporter:
        reporter.opens("/")
        reporter.tabs_to("Start")
        reporter.presses_key("Enter")
        reporter.tabs_to("What have you seen or heard?")
        reporter.page.keyboard.type("A quad bike with no plates goes up and down at night.")
        for _ in [*QUESTIONS[:5], "files"]:
            reporter.tabs_to("Continue")
            reporter.presses_key("Enter")
        assert reporter.heading == "How do you know?"
        reporter.tabs_to("I saw it or heard it myself")
        reporter.page.keyboard.press("ArrowDown")
        assert reporter.page.get_by_label("Somebody told me").is_checked()
        reporter.tabs_to("Skip to the end and check")
        reporter.presses_key("Enter")
        reporter.tabs_to("Send")
        reporter.presses_key("Enter")
        reporter.sees("Your receipt")


def test_no_page_of_the_form_scrolls_sideways_or_offends_axe(chromium: Browser, demo: Demo) -> None:
    with Screen(chromium, demo.reporting, size=NARROW) as reporter:
        reporter.opens("/")
        reporter.is_sound()
        reporter.presses("Start")
        reporter.presses("Continue")
        reporter.is_sound()  # with an error
        reporter.fills("What have you seen or heard?", "Boxes at night. " + "W" * 300)
        for _ in [*QUESTIONS, "files"]:
            reporter.presses("Continue")
            reporter.is_sound()
        reporter.presses("Send")
        assert reporter.heading == "Sent"
        reporter.is_sound()
        digits = reporter.page.locator(".qw-receipt-digits").inner_text()
        for path in ("/privacy", "/receipt", "/nowhere"):
            reporter.opens(path)
            reporter.is_sound()
        reporter.opens("/receipt")
        reporter.fills("Your receipt", "abacus")
        reporter.presses("Check")
        reporter.is_sound()  # with an error
        reporter.fills("Your receipt", digits)
        reporter.presses("Check")
        reporter.is_sound()
        reporter.presses("Burn this mailbox")
        reporter.is_sound()
        reporter.presses("Yes, burn it")
        reporter.is_sound()
