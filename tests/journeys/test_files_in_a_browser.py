"""Photos and documents at an officer's browser: blurred until asked for, and out of reach at once."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import PHONE, Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

CAR = "There is a white Golf outside"
FIRE = "They are burning again on Marsh Road"
NOTE = "A woman called Leanne goes round"
FILTER = "one => getComputedStyle(one).filter"


def opens_the_file_of(officer: Screen, words: str, name: str = "Picture 1") -> None:
    """Find a report by its words, and go to the page that asks why its file is opened."""
    officer.opens("/reports?shown=all&order=oldest")
    officer.follows(words)
    officer.follows(name)


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_a_picture_is_blurred_until_it_is_asked_for(chromium: Browser, demo: Demo, *, script: bool) -> None:
    with demo.officer(chromium, "anna", script=script, size=PHONE) as anna:
        opens_the_file_of(anna, CAR)
        anna.sees("Nobody has checked what it shows")
        if script:
            anna.is_sound()
        anna.fills("Why do you open it?", "the report says it shows the car")
        anna.presses("Show it, blurred at first")
        assert anna.heading == "Picture 1"
        image = anna.page.locator("img.qw-picture__image")
        expect(image).to_be_visible()
        assert image.evaluate("async one => { await one.decode(); return one.naturalWidth; }") > 0
        assert "blur" in image.evaluate(FILTER)
        if script:
            anna.is_sound()
        anna.tabs_to("Show it clearly")
        anna.page.keyboard.press("Space")
        assert image.evaluate(FILTER) == "none"
        anna.page.emulate_media(media="print")
        expect(image).to_be_hidden()


def test_a_document_comes_as_a_download_of_a_neutral_name(chromium: Browser, demo: Demo, tmp_path: Path) -> None:
    with demo.officer(chromium, "anna", script=False) as anna:
        opens_the_file_of(anna, NOTE, "Document 1")
        anna.fills("Why do you open it?", "the report says it is the loan book")
        with anna.page.expect_download() as download:
            anna.page.get_by_role("button", name="Download it").click()
        assert download.value.suggested_filename == "document-1.pdf"
        kept = tmp_path / "kept.pdf"
        download.value.save_as(kept)
        assert kept.read_bytes().startswith(b"%PDF-")


def test_what_an_officer_suspects_is_out_of_reach_at_once_and_a_lead_decides(chromium: Browser, demo: Demo) -> None:
    with (
        demo.officer(chromium, "anna", size=PHONE) as anna,
        demo.officer(chromium, "sarah") as sarah,
    ):
        opens_the_file_of(anna, FIRE)
        anna.fills("Why do you open it?", "the report says what is burnt")
        anna.presses("Show it, blurred at first")
        anna.page.get_by_text("This may be an indecent image of a child").click()
        anna.sees("You have done nothing wrong by seeing it")
        anna.is_sound()
        anna.presses("Put it in quarantine")
        anna.sees("A file of this report is in quarantine")
        anna.is_sound()
        anna.goes_back()
        assert anna.heading == "You cannot open this"
        sarah.opens("/quarantine")
        sarah.is_sound()
        sarah.page.get_by_label("Name a safeguarding lead").select_option(label="Sarah Lindholme")
        sarah.presses("Give them the key")
        sarah.sees("There is only one")
        sarah.is_sound()
        sarah.follows("Decide about file 1")
        sarah.is_sound()
        sarah.fills("Why need it not be in quarantine?", "it shows tyres that burn")
        sarah.presses("Ask for its release")
        sarah.follows("Decide about file 1")
        sarah.is_sound()
        sarah.presses("Release it to the desk")
        sarah.sees("the desk can open it again")
        opens_the_file_of(anna, FIRE)
        anna.fills("Why do you open it?", "it was released")
        anna.presses("Show it, blurred at first")
        assert anna.page.locator("img").evaluate("async one => { await one.decode(); return one.naturalWidth; }") > 0
