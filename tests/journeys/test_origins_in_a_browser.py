"""Origins in a real browser: sound under axe and at 320 pixels, by keyboard, and without a script."""

import subprocess
import sys

import pytest
from playwright.sync_api import Browser

from tests.browser import DESK, PHONE, Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

TOLD = (
    "Reece Wardlow keeps a machete in the boot of the grey car by 41 Cinder Path and swings it at anybody who looks at "
    "him, my cousin told me. He laughs about it with the two lads who carry his parcels on bikes."
)


@pytest.fixture(scope="module")
def told(chromium: Browser, demo: Demo) -> str:
    """The page of a report that was sent twice, word for word but for one."""
    for text in (TOLD, TOLD.replace("laughs", "jokes")):
        with Screen(chromium, demo.reporting, size=PHONE, script=False) as reporter:
            reporter.opens("/")
            reporter.presses("Start")
            reporter.fills("What have you seen or heard?", text)
            reporter.presses("Skip to the end and check")
            reporter.presses("Send")
    subprocess.run([sys.executable, "-m", "quietword", "collect"], env=demo.environ, check=True, capture_output=True)
    with demo.officer(chromium, "anna", script=False) as anna:
        anna.opens("/reports?shown=all&order=newest&folded=no")
        anna.presses("Open new reports")
        anna.opens("/reports?shown=all&order=newest&folded=no")
        anna.follows(TOLD[:30])
        return anna.page.url.removeprefix(demo.triage).partition("?")[0]


@pytest.mark.parametrize("script", [True, False])
def test_two_reports_of_one_telling_are_found_compared_and_decided_about(
    chromium: Browser, demo: Demo, told: str, *, script: bool
) -> None:
    def check(screen: Screen) -> None:
        if script:  # axe is a script itself
            screen.is_sound()

    with demo.officer(chromium, "anna", size=DESK if script else PHONE, script=script) as anna:
        anna.opens(told)
        anna.sees("1 other report goes back to the same telling")
        anna.follows("Look at its origin")
        check(anna)
        anna.sees("Nearly the same, word for word.")
        anna.sees("“my cousin told” speaks of what somebody else said.")
        anna.follows("Compare the two")
        check(anna)
        assert anna.page.locator("mark.qw-mark--same").count() >= 2
        anna.presses("They have two origins")
        check(anna)
        anna.sees("decided on")
        anna.presses("Take back what was decided")
        anna.sees("Nobody has decided.")


def test_the_earlier_reports_are_looked_through_and_the_lists_are_sound_and_walked_by_key(
    chromium: Browser, demo: Demo, told: str
) -> None:
    with demo.officer(chromium, "anna") as anna:
        anna.opens("/register")
        anna.follows("Earlier reports that may mention somebody new")
        anna.is_sound()
        for _ in range(20):
            look = anna.page.get_by_role("button", name="looking").or_(
                anna.page.get_by_role("button", name="Look through the earlier reports")
            )
            if not look.count():
                break
            look.first.click()
        anna.sees("Every report has been looked through.")
        anna.is_sound()
        rows = anna.page.locator("[data-row-link]").count()
        if rows:
            anna.page.keyboard.press("j")
            assert anna.page.evaluate("document.activeElement.hasAttribute('data-row-link')")
        anna.opens("/together")
        anna.is_sound()
        anna.follows("Register")
        anna.page.locator("[data-row-link]").first.click()
        anna.follows("Which origin adds which fact")
        anna.is_sound()
