"""An officer decides whom a report is about in a real browser: by keyboard, on a phone, with a script and without."""

import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import DESK, PHONE, Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

WORDS = (
    "Reece Wardlow again, they call him Wardy. Wardy sits in the grey car by 41 Cinder Path. "
    + "Wardy shouts at people until late and nobody dares to say a word about it to his face. " * 38
)


@pytest.fixture(scope="module")
def links(chromium: Browser, demo: Demo) -> str:
    """The page of a long report that names one man forty times."""
    with Screen(chromium, demo.reporting, size=PHONE, script=False) as reporter:
        reporter.opens("/")
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", WORDS)
        reporter.presses("Skip to the end and check")
        reporter.presses("Send")
    subprocess.run([sys.executable, "-m", "quietword", "collect"], env=demo.environ, check=True, capture_output=True)
    with demo.officer(chromium, "anna", script=False) as anna:
        anna.opens("/reports?shown=all&order=newest")
        if anna.page.get_by_role("button", name="Open new reports").count():
            anna.presses("Open new reports")
            anna.opens("/reports?shown=all&order=newest")
        anna.follows(WORDS[:30])
        return anna.page.url.removeprefix(demo.triage).partition("?")[0] + "/links"


def reason_of(screen: Screen, words: str) -> Locator:
    """The first reason in sight that rests on these words."""
    return screen.page.locator(".qw-reason:visible", has=screen.page.get_by_text(f"“{words}”", exact=True)).first


def test_a_reason_and_its_words_light_each_other_up_and_nothing_in_sight_moves(
    chromium: Browser, demo: Demo, links: str
) -> None:
    with demo.officer(chromium, "anna") as anna:
        anna.opens(links)
        anna.is_sound()
        reason = reason_of(anna, "Wardy")
        reason.scroll_into_view_if_needed()
        reason.hover()
        mark = anna.page.locator("mark[id]", has_text="Wardy").first
        expect(mark).to_have_class("qw-mark--person qw-lit")
        assert anna.page.locator("mark.qw-lit").count() == 40
        anna.page.mouse.move(0, 0)
        expect(mark).not_to_have_class("qw-mark--person qw-lit")
        reason.get_by_role("link").first.click()
        expect(reason).to_be_in_viewport()
        expect(mark).to_be_in_viewport()
        assert anna.page.evaluate("document.activeElement.closest('mark').id") == mark.get_attribute("id")
        anna.page.keyboard.press("Enter")
        assert anna.page.evaluate("document.activeElement.closest('.qw-reason').id") == reason.get_attribute("id")


def test_without_a_script_the_addresses_do_it(chromium: Browser, demo: Demo, links: str) -> None:
    for size in (DESK, PHONE):
        with demo.officer(chromium, "anna", script=False, size=size) as anna:
            anna.opens(links)
            assert anna.overflow() == []
            reason = reason_of(anna, "Wardy")
            reason.get_by_role("link").first.click()
            mark = anna.page.locator("mark:target")
            expect(mark).to_be_in_viewport()
            mark.get_by_role("link").click()
            expect(anna.page.locator(".qw-reason:target")).to_be_in_viewport()
            assert anna.page.locator(".qw-reason:target").get_attribute("id") == reason.get_attribute("id")


def test_a_mark_opens_the_fold_its_reason_lies_in(chromium: Browser, demo: Demo, links: str) -> None:
    for script in (True, False):
        with demo.officer(chromium, "anna", script=script) as anna:
            anna.opens(links)
            anna.presses("Confirm Reece Wardlow")
            anna.opens(links)
            folded = anna.page.locator("details .qw-reason", has_text="Wardy").first
            expect(folded).to_be_hidden()
            anna.page.locator("mark a", has_text="Wardy").first.click()
            expect(folded).to_be_in_viewport()
            anna.presses("Take back Reece Wardlow")


def test_forty_names_are_one_stop_and_a_link_is_confirmed_and_taken_back_without_a_mouse(
    chromium: Browser, demo: Demo, links: str
) -> None:
    with demo.officer(chromium, "anna") as anna:
        anna.opens(links)
        anna.tabs_to("Suggested (" + anna.text.partition("Suggested (")[2].partition(")")[0] + ")")
        anna.page.keyboard.press("Enter")
        anna.page.keyboard.press("j")
        name = anna.page.evaluate("document.activeElement.innerText")
        assert name == "Reece Wardlow"
        anna.tabs_to("Confirm Reece Wardlow")
        anna.presses_key("Enter")
        anna.sees("confirmed")
        anna.is_sound()
        anna.tabs_to("Take back Reece Wardlow")
        anna.presses_key("Enter")
        anna.sees("Every decision, also those changed since")
        anna.page.keyboard.press("s")
        anna.page.keyboard.type("skellow")
        anna.presses_key("Enter")
        anna.sees("Someone else")
        anna.is_sound()
        assert "skellow" not in anna.page.url


def test_none_of_these_then_nobody_on_a_phone(chromium: Browser, demo: Demo, links: str) -> None:
    with demo.officer(chromium, "anna", size=PHONE, script=False) as anna:
        anna.opens(links)
        anna.presses("None of these")
        expect(anna.page.get_by_role("heading", name="Someone else")).to_be_in_viewport()
        anna.sees("You have decided about everybody suggested.")
        anna.presses("Nobody on the register is meant")
        anna.sees("You have said so.")
        assert anna.overflow() == []
        anna.presses("Take back that nobody is meant")
        anna.sees("If somebody else on the register is meant, search below.")
