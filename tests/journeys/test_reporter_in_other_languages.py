"""A reporter who reads no English, on a phone without scripts: from the first page to the receipt, and back with it."""

import pytest
from playwright.sync_api import Browser

from reporting.catalogues import translated
from reporting.languages import Language, language_named
from tests.browser import PHONE, Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

SAID = {
    "en": "Two men unload boxes from a van behind the Penstock every night.",
    "ur": "دو آدمی ہر رات پین سٹاک کے پیچھے ایک وین سے ڈبے اتارتے ہیں۔",
    "pl": "Dwóch mężczyzn co noc wyładowuje pudła z furgonetki za Penstock.",
}
MOST_PAGES = 20
TRIAL = pytest.mark.parametrize("tag", SAID)


class Reporter(Screen):
    """Somebody who presses what is written in their language."""

    language: Language

    def chooses(self, tag: str) -> None:
        """The language, by its own name, on the first page."""
        self.language = language_named(tag)
        if tag != "en":
            self.presses(self.language.name)

    def says(self, sentence: str) -> str:
        """What this sentence is in their language."""
        return translated(sentence, self.language.tag)

    def goes_on(self, sentence: str) -> None:
        """Press the button that says this, and see that the next page is right."""
        self.presses(self.says(sentence))
        self.is_as_it_should_be()

    def is_as_it_should_be(self) -> None:
        """In their language, running its way, on the screen as a whole, and saying nothing in its address."""
        page = self.page.locator("html")
        assert page.get_attribute("lang") == self.language.tag
        assert page.get_attribute("dir") == self.language.direction
        assert self.page.title().endswith("Quiet Word")
        assert self.overflow() == []
        assert self.page.url.removeprefix(self.address) in {"/", "/receipt", "/privacy"}

    def stands_on_the_side_where_reading_begins(self, selector: str) -> None:
        box = self.page.locator(selector).first.bounding_box()
        assert box is not None
        from_left, from_right = box["x"], PHONE[0] - box["x"] - box["width"]
        assert (from_right < from_left) == self.language.right_to_left, (selector, box)


@TRIAL
def test_a_reporter_sends_in_their_own_language_and_comes_back(chromium: Browser, demo: Demo, tag: str) -> None:
    with Reporter(chromium, demo.reporting, size=PHONE, script=False, locale="en-GB") as reporter:
        reporter.opens("/")
        reporter.chooses(tag)
        reporter.is_as_it_should_be()
        reporter.stands_on_the_side_where_reading_begins(".qw-wordmark")
        reporter.goes_on("Start")
        reporter.goes_on("Continue")
        assert reporter.errors() == [reporter.says("Enter what you have seen or heard")]
        reporter.page.locator("#what").fill(SAID[tag])
        for _ in range(MOST_PAGES):
            reporter.goes_on("Continue")
            if reporter.page.locator("input[name=danger]").count():
                reporter.stands_on_the_side_where_reading_begins(".qw-back")
                reporter.stands_on_the_side_where_reading_begins(".govuk-warning-text__icon")
            if reporter.heading == reporter.says("Check your answers"):
                break
        reporter.sees(SAID[tag])
        reporter.goes_on("Send")
        assert reporter.heading == reporter.says("Sent")
        digits = reporter.page.locator(".qw-receipt-digits").inner_text()
        assert reporter.page.locator(".qw-receipt-digits").get_attribute("dir") == "ltr"

        _goes_to(reporter, "/receipt")
        reporter.page.locator("#receipt").fill(digits)
        reporter.goes_on("Check")
        assert reporter.heading == reporter.says("News about your report")
        _goes_to(reporter, "/")
        assert reporter.heading == reporter.says("Tell us what you know, without saying who you are")
        assert reporter.context.cookies() == []


def _goes_to(reporter: Reporter, path: str) -> None:
    with reporter.page.expect_navigation():
        reporter.page.locator(f"main [formaction='{path}'], main a[href='{path}']").first.click()
    reporter.is_as_it_should_be()


def test_a_browser_that_asks_for_urdu_gets_it_at_once(chromium: Browser, demo: Demo) -> None:
    with Reporter(chromium, demo.reporting, size=PHONE, script=False, locale="ur-PK") as reporter:
        reporter.language = language_named("ur")
        reporter.opens("/")
        reporter.is_as_it_should_be()
        assert reporter.page.locator("button[formaction]").count() == 0


def test_with_a_script_pages_that_run_from_right_to_left_are_sound(chromium: Browser, demo: Demo) -> None:
    with Reporter(chromium, demo.reporting, size=PHONE, locale="en-GB") as reporter:
        reporter.opens("/")
        reporter.chooses("ur")
        reporter.is_sound()
        reporter.goes_on("Start")
        reporter.is_sound()
        reporter.page.locator("#what").fill(SAID["ur"])
        left = f"{20_000 - len(SAID['ur']):,}"
        message = reporter.says("You have % characters left").replace("%", left)
        reporter.page.get_by_text(message).wait_for()
