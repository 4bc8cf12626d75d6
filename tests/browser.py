"""A person at a real browser: Chromium through Playwright, watched for anything a page should never do."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.services import missing_service

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
PHONE, NARROW, DESK = (360, 740), (320, 640), (1280, 900)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What a browser may say by itself about an error page we meant; anything else on its console is a fault of ours.
EXPECTED_ON_CONSOLE = "Failed to load resource: the server responded with a status of "
SOON = 120_000  # milliseconds, after which a page that should have come has not, also on a machine with much to do
ASKS_AGAIN = "Show that it is you"

MOST_STOPS = 80  # of Tab on one page
FOCUS = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const label = one.labels && one.labels.length ? one.labels[0].innerText : one.innerText;
    return [label.trim().replace(/\\s+/g, " "), box.bottom > 0 && box.top < innerHeight && box.width > 1];
}"""

Size = tuple[int, int]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, started once for the tests of one file."""
    with browser_started() as browser:
        yield browser


def chromium_path() -> Path:
    """Debian's Chromium; a machine that has none skips the test loudly, or fails it in CI."""
    found = os.environ.get("QUIETWORD_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing_service("Chromium", "Install it (Debian: apt-get install chromium).")
    return Path(found)


@contextmanager
def browser_started() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    found = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Screen:
    """One window of one person. Leaving the `with` block fails if any page said, loaded or refused what it must not.

    with Screen(chromium, demo.reporting, size=PHONE, script=False) as reporter:
        reporter.opens("/")
        reporter.presses("Start")
        assert reporter.heading == "What have you seen or heard?"
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        size: Size = DESK,
        script: bool = True,
        beside: "Screen | None" = None,
        **context: object,
    ) -> None:
        self.address = address
        self._script = script if beside is None else beside._script
        self.said: list[str] = []
        self.asked_elsewhere: list[str] = []
        self.says_why: str | None = "To assess, grade or link it"
        self.proves: Callable[[Screen], None] | None = None
        self.may_leave_for: tuple[str, ...] = ()
        self._owns_context = beside is None
        self.context: BrowserContext = (
            beside.context
            if beside is not None
            else browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                java_script_enabled=script,
                **context,  # type: ignore[arg-type]  # what Playwright takes, passed on
            )
        )
        self.context.set_default_timeout(SOON)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.said.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._watched)

    def __enter__(self) -> "Screen":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.closes()
            return
        error.add_note(self._where())
        self._shut()

    def closes(self) -> None:
        """Close the window, and fail if any page said, loaded or refused what it must not."""
        self._shut()
        assert self.said == [], f"The browser complained: {self.said}"
        assert self.asked_elsewhere == [], f"A page asked somebody else: {self.asked_elsewhere}"

    def _shut(self) -> None:
        self.page.close()
        if self._owns_context:
            self.context.close()

    # What a person does.

    def opens(self, path: str) -> None:
        """Type an address of this site."""
        self.page.goto(self.address + path)
        self._says_why()

    def _says_why(self) -> None:
        """Give a reason where a report is opened again that somebody has read before."""
        if self.says_why and self.page.url.partition("?")[0].endswith("/why"):
            with self.page.expect_navigation():
                self.page.get_by_label(self.says_why).first.check()
                self.page.get_by_role("button", name="Open the report", exact=True).click()

    def presses(self, name: str) -> None:
        """Press the button with these words; the arrow that some have before them is no word."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=re.compile(rf"^(‹\s)?{re.escape(name)}$")).first.click()
        self._says_why()
        if self.proves is not None and self.page.get_by_role("heading", name=ASKS_AGAIN, exact=True).count():
            self.proves(self)

    def presses_key(self, key: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def tabs_to(self, words: str) -> None:
        """Press Tab until the focus stands on these words, and fail if it is ever out of sight."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            label, seen = self.page.evaluate(FOCUS)
            assert seen, f"{self._where()}\nThe focus is out of sight at {label!r}"
            if label == words:
                return
        pytest.fail(f"{self._where()}\nNo way by Tab to {words!r}")

    def goes_back(self) -> None:
        """The browser's own Back, and Yes where it asks whether to send the form once more."""
        try:
            self.page.go_back()
        except PlaywrightError as error:
            if "ERR_CACHE_MISS" not in str(error):
                raise
            self.page.wait_for_url("chrome-error://**", wait_until="commit")
            self.page.wait_for_load_state("domcontentloaded")
            self.page.reload()

    def follows(self, words: str) -> None:
        """Follow the first link with these words, also where it looks like a button."""
        with self.page.expect_navigation():
            self.page.locator("a").filter(has_text=words).first.click()
        self._says_why()

    def fills(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label, exact=False).first.fill(text)

    def picks(self, label: str) -> None:
        """Choose a radio button or tick a box by its label, or by how the one label begins that begins so."""
        whole = self.page.get_by_label(label, exact=True)
        (whole if whole.count() else self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}"))).check()

    # What a person sees.

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text().strip()

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def sees(self, words: str) -> None:
        """Fail unless these words stand in the page's main part."""
        assert words in self.text, f"{self._where()}\nThe page does not say {words!r}. It says: {self.text}"

    def does_not_see(self, words: str) -> None:
        """Fail where these words stand in the page's source, shown or not."""
        assert words not in self.page.content(), f"{self._where()}\nThe page says {words!r}"

    def errors(self) -> list[str]:
        """What the error summary lists."""
        return self.page.locator(".govuk-error-summary__list li").all_inner_texts()

    def value(self, name: str) -> str:
        """What stands in the field of that name."""
        return self.page.locator(f"[name='{name}']").first.input_value()

    # What holds for every page.

    def problems(self) -> list[str]:
        """What axe has against this page (WCAG 2.2 A and AA)."""
        assert self._script, "Axe is a script, and waits for ever in a window that runs none"
        found = Axe().run(self.page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        return [
            f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]

    def overflow(self, size: Size = NARROW) -> list[str]:
        """What sticks out of the page at this width, a script or none: nothing may make it scroll sideways."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        wide: list[str] = []
        if int(self.page.evaluate("document.documentElement.scrollWidth")) > size[0]:
            wide = self.page.evaluate(
                """width => [...document.querySelectorAll('body *')]
                    .filter(one => one.getBoundingClientRect().right > width + 1 && !one.closest('.qw-table-scroll'))
                    .slice(0, 5).map(one => one.outerHTML.slice(0, 160))""",
                size[0],
            )
            wide = wide or ["the page, for no element of its own"]
        if before is not None:
            self.page.set_viewport_size(before)
        return wide

    def is_sound(self) -> None:
        """Fail unless this page is clean under axe and fits a width of 320 pixels."""
        assert self.problems() == [], self._where()
        assert self.overflow() == [], self._where()

    def _where(self) -> str:
        try:
            return f"At {self.page.url}, headed {self.page.locator('h1').first.inner_text(timeout=500)!r}"
        except PlaywrightError:
            return f"At {self.page.url}"

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return  # advice to developers, which a person never sees
        of_a_page = "/static/" not in str(message.location.get("url", ""))
        if not (of_a_page and message.text.startswith(EXPECTED_ON_CONSOLE)):
            self.said.append(f"{self.page.url}: {message.text}")

    def _watched(self, request: Request) -> None:
        own = urlsplit(self.address).netloc
        asked = urlsplit(request.url)
        if asked.scheme in {"data", "about", "blob"} or asked.netloc == own or asked.netloc in self.may_leave_for:
            return
        self.asked_elsewhere.append(request.url)
