"""What the walks that take pictures share: a phone, the list of reports, and waiting for the collector."""

from collections.abc import Callable

from playwright.sync_api import Browser

from tests.browser import PHONE, Screen
from tests.demo import Demo

LONGEST_WAIT = 90  # looks, two seconds apart: here the collector comes twice a minute
BETWEEN_LOOKS = 2000


def on_a_phone(browser: Browser, demo: Demo) -> Screen:
    return Screen(browser, demo.reporting, size=PHONE, script=False, locale="en-GB")


def opens_what_waits(officer: Screen) -> None:
    """Open the new reports, where the collector has brought any."""
    officer.opens("/reports?order=newest")
    if officer.page.get_by_role("button", name="Open new reports").count():
        officer.presses("Open new reports")
        officer.opens("/reports?order=newest")


def look_until(screen: Screen, words: str, look: Callable[[], None]) -> None:
    """Look again and again until the page says this, for as long as the collector may take."""
    for _ in range(LONGEST_WAIT):
        look()
        if words.casefold() in screen.text.casefold():  # some words are capitals by their style alone
            return
        screen.page.wait_for_timeout(BETWEEN_LOOKS)
    raise TimeoutError(f"The page did not say {words!r}. It says: {screen.text}")
