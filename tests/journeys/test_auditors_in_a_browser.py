"""The auditors' pages in a real browser, wide and on a phone, every one of them under axe."""

import pytest
from playwright.sync_api import Browser

from tests.browser import PHONE, Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser


def looks_around(auditor: Screen) -> None:
    auditor.opens("/audit?act=report+opened")
    auditor.sees("Report opened")
    auditor.is_sound()
    auditor.follows("Alerts")
    auditor.sees("An alert is a question")
    auditor.is_sound()
    auditor.opens("/audit/samples")
    auditor.is_sound()
    auditor.presses("Draw a sample")
    auditor.sees("0 reviewed")
    auditor.is_sound()
    auditor.opens("/audit/honey")
    auditor.is_sound()
    auditor.opens("/audit/checkpoint")
    auditor.sees("quietword/audit/")
    auditor.is_sound()
    auditor.opens("/audit?act=report+opened")
    auditor.page.locator("td a").first.click()
    auditor.sees("What somebody did")
    auditor.is_sound()


def test_an_auditor_looks_around(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "martin") as auditor:
        looks_around(auditor)


def test_an_auditor_needs_no_script_and_a_phone_will_do(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "martin", size=PHONE, script=False) as auditor:
        auditor.opens("/audit")
        auditor.follows("Samples")
        auditor.presses("Draw a sample")
        with auditor.page.expect_navigation():
            auditor.page.locator("button", has_text="Record").first.click()
        auditor.sees("Choose what you find")
        auditor.sees("0 reviewed")
        auditor.page.locator("select[name=outcome]").first.select_option(label="In order")
        with auditor.page.expect_navigation():
            auditor.page.locator("button", has_text="Record").first.click()
        auditor.sees("1 reviewed")
