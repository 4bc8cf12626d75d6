"""Somebody with an old phone and no JavaScript adds photos and a document, changes their mind, and sends."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reporting.cleaning.cleaner import Cleaner
from tests import photos
from tests.browser import PHONE, Screen
from tests.demo import Demo

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
HEADING = "Do you have photos or documents?"


@pytest.fixture
def gallery(tmp_path: Path, cleaner: Cleaner) -> Path:
    """What is on the phone. The names say more than they should."""
    (tmp_path / "Our kitchen, 14 Mill Lane.jpg").write_bytes(photos.jpeg("Mill-Lane", orientation=6))
    (tmp_path / "Screenshot_Jane.png").write_bytes(photos.png("Jane"))
    (tmp_path / "letter.pdf").write_bytes(photos.pdf("Jane", pages=2))
    (tmp_path / "game.jpg").write_bytes(b"MZ" + bytes(2_000))
    return tmp_path


def comes_to_files(reporter: Screen) -> None:
    reporter.opens("/")
    reporter.presses("Start")
    reporter.fills("What have you seen or heard?", "Boxes are unloaded at night behind the Penstock.")
    reporter.presses("Skip to the end and check")
    with reporter.page.expect_navigation():
        reporter.page.get_by_role("button", name="Change “Photos and documents”").click()
    assert reporter.heading == HEADING


def looks_right(reporter: Screen, *, script: bool) -> None:
    """Axe is a script and never answers where there are none: the same page is shown to it in the other journey."""
    if script:
        reporter.is_sound()
    else:
        assert reporter.overflow() == []


@SCRIPT
@pytest.mark.browser
def test_a_reporter_adds_takes_out_and_sends(chromium: Browser, demo: Demo, gallery: Path, script: bool) -> None:
    with Screen(chromium, demo.reporting, size=PHONE, script=script) as reporter:
        comes_to_files(reporter)
        looks_right(reporter, script=script)
        chosen = [gallery / name for name in ("Our kitchen, 14 Mill Lane.jpg", "Screenshot_Jane.png", "letter.pdf")]
        reporter.page.set_input_files("#files", chosen)
        reporter.presses("Add")
        assert reporter.heading == HEADING
        for shown in ("Picture 1", "Picture 2", "Document 1", "kB, cleaned", "2 pages"):
            reporter.sees(shown)
        for name in ("Mill Lane", "Jane", "letter.pdf"):
            reporter.does_not_see(name)
        looks_right(reporter, script=script)
        reporter.presses("Remove Picture 2")
        assert "Picture 2" not in reporter.text
        reporter.page.set_input_files("#files", gallery / "game.jpg")
        reporter.presses("Continue")
        assert reporter.errors() == [
            "This file is not the kind that its name says. Open it, take a screenshot of it, and add that."
        ]
        looks_right(reporter, script=script)
        reporter.sees("Document 1")
        reporter.presses("Continue")
        assert reporter.heading == "Check your answers"
        reporter.sees("Picture 1")
        reporter.sees("behind the Penstock")
        reporter.presses("Send")
        assert reporter.heading == "Sent"


@pytest.mark.browser
def test_adding_files_needs_no_mouse(chromium: Browser, demo: Demo, gallery: Path) -> None:
    with Screen(chromium, demo.reporting, size=PHONE) as reporter:
        comes_to_files(reporter)
        reporter.tabs_to("Choose photos or documents")
        reporter.page.set_input_files("#files", gallery / "Screenshot_Jane.png")
        reporter.tabs_to("Add")
        reporter.presses_key("Enter")
        reporter.sees("Picture 1")
        for _ in range(40):
            reporter.page.keyboard.press("Tab")
            if reporter.page.evaluate("document.activeElement.value") == "remove-0":
                break
        reporter.presses_key("Enter")
        assert "Picture 1" not in reporter.text
