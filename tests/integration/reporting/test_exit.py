"""Exit this page, and the browser's own Back after it, in the two browsers that most people have.

What a browser keeps is its own: these tests say what was seen, so that the form promises no more than that.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Route, sync_playwright

from reporting.app import EXIT_URL
from tests.browser import FLAGS, chromium_path
from tests.firefox import Tab, firefox_started

pytestmark = pytest.mark.browser

WORDS = ("Boxes at night behind the Penstock", "A man called Dutch Mervyn", "Behind the old mill")
NEUTRAL = "<!DOCTYPE html><title>Weather</title><p>Rain later</p>"
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
STEPS_BACK = 8


def says_nothing(shown: str) -> None:
    """Fail if a page shows a word that was typed, sent already or not."""
    assert [words for words in WORDS if words in shown] == []


def lines_in(history: Path, table: str, site: str) -> list[tuple[str, str]]:
    """Address and title of each line of a browser's history that is about this site."""
    # Read like any other file: the browser that wrote it has ended.
    with closing(sqlite3.connect(f"file:{history}?mode=ro", uri=True)) as database:
        found = database.execute(f"SELECT url, title FROM {table} WHERE url LIKE ?", (site + "%",))  # noqa: S608
        return [(str(url), str(title)) for url, title in found]


@SCRIPT
def test_in_chromium_back_after_exit_shows_no_word(address: str, tmp_path: Path, script: bool) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium_path(), args=FLAGS, java_script_enabled=script
        )
        page = browser.pages[0]
        page.route(EXIT_URL, answer_for_elsewhere)
        page.goto(f"{address}/")
        press(page, "Start")
        for words, field in zip(WORDS, ("what", "who", "where"), strict=True):
            page.fill(f"#{field}", words)
            if field != "where":
                press(page, "Continue")
        page.click("text=Exit this page")
        page.wait_for_url(EXIT_URL)
        for _ in range(STEPS_BACK):
            came_from = page.url
            try:
                page.go_back(wait_until="commit")
            except PlaywrightError as error:
                if "ERR_CACHE_MISS" not in str(error):
                    raise
            says_nothing(page.content())
            if page.url == came_from == "about:blank":
                break
        browser.close()
    one_dull_line(lines_in(tmp_path / "profile" / "Default" / "History", "urls", f"{address}/"), f"{address}/")


@SCRIPT
def test_in_firefox_back_after_exit_shows_no_word(address: str, tmp_path: Path, script: bool) -> None:
    with firefox_started(tmp_path / "profile", script=script) as tab:
        tab.elsewhere(EXIT_URL, NEUTRAL)
        tab.opens(f"{address}/")
        tab.presses("main button[value=continue]")
        for words, field in zip(WORDS, ("what", "who", "where"), strict=True):
            tab.types(f"#{field}", words)
            if field != "where":
                tab.presses("button.govuk-button[value=continue]")
        assert tab.sees("document.querySelector('#where').value") == WORDS[2]
        tab.presses("a.qw-exit")
        assert tab.address == EXIT_URL
        for _ in range(STEPS_BACK):
            if not tab.goes(-1):
                break
            says_nothing(everything_shown(tab))
    one_dull_line(lines_in(tmp_path / "profile" / "places.sqlite", "moz_places", f"{address}/"), f"{address}/")


def one_dull_line(lines: list[tuple[str, str]], address: str) -> None:
    """Fail unless the history holds one line: our address, under our title or that of the page that replaced it."""
    assert [line_address for line_address, _ in lines] == [address]
    assert lines[0][1].strip() in {"", "Quiet Word", "Weather"}


def everything_shown(tab: Tab) -> str:
    """What the page says and what stands in its fields, hidden ones apart: those hold only sealed bytes."""
    return str(
        tab.sees(
            "document.documentElement.innerText + '\\n' + "
            "[...document.querySelectorAll('input:not([type=hidden]), textarea')].map(one => one.value).join('\\n')"
        )
    )


def answer_for_elsewhere(route: Route) -> None:
    route.fulfill(body=NEUTRAL, content_type="text/html")


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
