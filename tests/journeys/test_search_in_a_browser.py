"""Searching in a real browser: with a script and without, by keys alone, and every page of it under axe."""

import pytest
from playwright.sync_api import Browser

from tests.browser import Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

BOX = "Search reports and the register"


def searches(officer: Screen, words: str) -> None:
    """Search from the page of the search."""
    officer.opens("/search")
    officer.fills(BOX, words)
    officer.presses("Search")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_finds_people_and_reports_and_keeps_the_search(
    chromium: Browser, demo: Demo, *, javascript: bool
) -> None:
    def is_sound(anna: Screen) -> None:
        if javascript:  # axe is a script
            anna.is_sound()

    with demo.officer(chromium, "anna", script=javascript) as anna:
        searches(anna, "tony skellow")
        anna.sees("People on the register")
        anna.sees("Skellow")
        is_sound(anna)
        assert "skellow" not in anna.page.url.lower()
        results = anna.page.url.removeprefix(demo.triage)
        for path in (
            f"{results}?part=reports&order=newest",
            f"{results}?part=people",
            f"{results}?state=new&archived=y",
        ):
            anna.opens(path)
            is_sound(anna)
        anna.opens(f"{results}/export")
        is_sound(anna)
        anna.opens(f"{results}/keep")
        anna.fills("Name of this search", "Young Tony")
        anna.presses("Keep this search")
        anna.sees("This search is kept")
        anna.opens("/search")
        anna.sees("Young Tony")
        is_sound(anna)
        searches(anna, "a*")
        anna.sees("Put * only at the end of a word")
        is_sound(anna)


def test_the_box_stands_on_every_page_and_is_reached_by_tab(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "anna") as anna:
        anna.opens("/reports")
        anna.is_sound()
        anna.page.locator("#find").focus()
        anna.page.keyboard.type("big tony")
        with anna.page.expect_navigation():
            anna.page.keyboard.press("Enter")
        anna.sees("Search results")
        anna.page.keyboard.press("j")
        assert anna.page.evaluate("document.activeElement.hasAttribute('data-row-link')")
