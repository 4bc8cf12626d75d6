"""The officers at their browsers, with triage as it is shipped: without a script all the way, and without a mouse."""

import subprocess
import sys

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import PHONE, Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

WORDS = "Sunday evenings Kyle Skellow, they call him Kylo, fills the white Transit MC00 PLK behind Bobbin Row."
SAFE = "Kyle SKELLOW is reported to move goods by van in the Foundry area at the weekend."
SEEN = "A white van driven by Kyle SKELLOW was seen being loaded."
DO_NOT = "Do not stop the van on this alone."


def the_collector_comes(demo: Demo) -> None:
    """What the running collector does by itself every twenty seconds."""
    subprocess.run([sys.executable, "-m", "quietword", "collect"], env=demo.environ, check=True, capture_output=True)


def tells(chromium: Browser, demo: Demo, words: str, *, script: bool) -> str:
    """Somebody sends a report; gives the digits of the receipt."""
    with Screen(chromium, demo.reporting, size=PHONE, script=script) as reporter:
        reporter.opens("/")
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", words)
        reporter.presses("Skip to the end and check")
        reporter.presses("Send")
        digits = reporter.page.locator(".qw-receipt-digits").inner_text()
    the_collector_comes(demo)
    return digits


def path_of(screen: Screen) -> str:
    """Where this window is, without what was asked of the page."""
    return screen.page.url.removeprefix(screen.address).partition("?")[0].partition("#")[0]


def test_the_whole_way_without_a_script(chromium: Browser, demo: Demo) -> None:
    digits = tells(chromium, demo, WORDS, script=False)
    with demo.officer(chromium, "anna", script=False) as anna:
        anna.opens("/reports")
        anna.presses("Open new reports")
        anna.opens("/reports?shown=new&order=newest")
        anna.follows(WORDS[:30])
        anna.sees(WORDS)
        report = path_of(anna)
        anna.follows("Grade this report")
        anna.picks("C Known indirectly")
        anna.page.locator("#indirect_basis").fill("Says that they call him that")
        anna.picks("P Lawful sharing permitted")
        anna.presses("Save grade")
        assert anna.errors() == []
        anna.sees("2/C/P")
        anna.follows("Decide who it is about")
        anna.presses("Confirm Kyle Skellow")
        anna.sees("Decided")
        anna.opens(report)
        anna.follows("Write a sanitised text")
        anna.fills("Text for the team", SAFE)
        anna.fills("What the team must not do", DO_NOT)
        anna.picks("More than twenty people")
        anna.picks("2/C")
        anna.presses("Put forward")
        if anna.errors():
            anna.picks("I have read each warning")
            anna.presses("Put forward")
        anna.sees("You wrote this text, so another officer must agree to it.")
        draft = path_of(anna)
    with demo.officer(chromium, "daniel", script=False) as daniel:
        daniel.opens("/sanitised")
        daniel.follows(SAFE[:30])
        assert path_of(daniel) == draft
        daniel.presses("Agree: nothing points back")
        daniel.follows("Refer to a team")
        daniel.page.get_by_label("Team", exact=True).select_option(index=1)
        daniel.picks("Observe on patrol")
        daniel.presses("Refer it")
        assert daniel.errors() == []
        daniel.sees("Referred")
        referral = path_of(daniel)
    with demo.officer(chromium, "priya", size=PHONE, script=False) as priya:
        priya.opens(referral)
        assert priya.text.index(DO_NOT) < priya.text.index(SAFE)
        priya.does_not_see("Kylo")
        priya.presses("I have read it")
        priya.follows("Say what came of it")
        priya.picks("Seen and corroborated")
        priya.fills("In your own words", SEEN)
        priya.presses("Record it")
        priya.sees("The desk can read it now")
    with demo.officer(chromium, "anna", script=False) as anna:
        anna.opens(referral)
        anna.presses("Start a report from what was seen")
        anna.sees(SEEN)
        anna.opens(report)
        anna.follows("Close this report")
        anna.fills("Why do you close this report?", "Referred, seen, and a report of its own.")
        anna.presses("Close report")
        assert anna.errors() == []
    the_collector_comes(demo)
    with Screen(chromium, demo.reporting, size=PHONE, script=False) as reporter:
        reporter.opens("/receipt")
        reporter.fills("Your receipt", digits)
        reporter.presses("Check")
        reporter.sees("Closed")


def test_what_was_reported_stays_in_sight_while_it_is_written_anew(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "anna") as anna:
        anna.opens("/reports?shown=graded")
        anna.opens(str(anna.page.locator("[data-row-link]").first.get_attribute("href")))
        anna.opens(path_of(anna) + "/sanitise")
        anna.page.get_by_label("What the team must not do").scroll_into_view_if_needed()
        anna.page.mouse.wheel(0, 300)
        shown = anna.page.locator("#original-heading")
        expect(shown).to_be_in_viewport()
        anna.page.get_by_role("region", name="What was reported").focus()
        assert anna.page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "original-heading"


def test_an_officer_needs_no_mouse_from_the_queue_to_a_grade(chromium: Browser, demo: Demo) -> None:
    words = "Somebody leaves a skip of tyres burning off the old wharf at night."
    tells(chromium, demo, words, script=True)
    with demo.officer(chromium, "anna") as anna:
        anna.opens("/reports?order=newest")
        anna.presses_key("o")  # opens what waits
        anna.opens("/reports?shown=new&order=newest")
        anna.page.keyboard.press("j")
        for _ in range(30):
            if words[:30] in anna.page.evaluate("document.activeElement.innerText"):
                break
            anna.page.keyboard.press("j")
        anna.presses_key("Enter")
        anna.sees(words)
        anna.tabs_to("Grade this report")
        anna.presses_key("Enter")
        assert anna.heading == "Grade item 1"
        anna.tabs_to("2 Untested")
        anna.tabs_to("D Not known")
        anna.page.keyboard.press("Space")
        anna.tabs_to("Save grade")
        anna.presses_key("Enter")
        assert anna.errors() == []
        anna.sees("2/D/P")
