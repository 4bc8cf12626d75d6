"""The form in a real browser, on a phone: with a script and without, by keyboard, and clean under axe."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from envelope.mailbox import NoticeState, Receipt
from tests.browser import browser_started
from tests.public_form import PublicForm

pytestmark = pytest.mark.browser

PHONE = 360


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browser_started() as opened:
        yield opened


def phone(browser: Browser, *, script: bool = True) -> Page:
    context = browser.new_context(viewport={"width": PHONE, "height": 740}, java_script_enabled=script)
    return context.new_page()


def heading(page: Page) -> str:
    return page.locator("h1").inner_text().strip()


def press(page: Page, name: str) -> None:
    # A click returns once the next page begins to come: reading it before it is there is a race.
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def clean(page: Page) -> None:
    """No axe violation, and no scrolling sideways."""
    found = Axe().run(page)
    assert found.violations_count == 0, (heading(page), found.generate_report())
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, heading(page)


def test_every_page_is_clean_under_axe_and_fits_a_phone(
    browser: Browser, address: str, public_form: PublicForm
) -> None:
    receipt = Receipt.generate()
    public_form.publish_notice(receipt, NoticeState.READ)
    page = phone(browser)
    page.goto(f"{address}/")
    clean(page)
    press(page, "Start")
    clean(page)
    press(page, "Continue")
    clean(page)  # with an error
    page.fill("#what", "Men carry boxes at night " + "x" * 200)
    press(page, "Continue")
    while heading(page) != "Check your answers":
        clean(page)
        press(page, "Continue")
    clean(page)
    press(page, "Send")
    clean(page)
    for path in ("/privacy", "/receipt"):
        page.goto(f"{address}{path}")
        clean(page)
    page.fill("#receipt", "abacus")
    press(page, "Check")
    clean(page)
    page.fill("#receipt", receipt.digits())
    press(page, "Check")
    clean(page)
    press(page, "Burn this mailbox")
    clean(page)
    press(page, "Yes, burn it")
    clean(page)
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_enter_goes_on_and_back_restores_the_answer(browser: Browser, address: str, script: bool) -> None:
    page = phone(browser, script=script)
    page.goto(f"{address}/")
    press(page, "Start")
    page.fill("#what", "Men carry boxes at night")
    for _ in range(6):
        press(page, "Continue")
    assert heading(page) == "How do you know?"
    page.get_by_label("Somebody told me").check()
    page.get_by_label("Somebody told me").press("Enter")
    assert heading(page) == "Could anyone guess that it was you who told us?"
    with page.expect_navigation():
        page.locator("button.qw-back").click()
    assert page.get_by_label("Somebody told me").is_checked()
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_reload_of_the_sent_page_is_still_one_report(
    browser: Browser, address: str, public_form: PublicForm, script: bool
) -> None:
    page = phone(browser, script=script)
    page.goto(f"{address}/")
    press(page, "Start")
    page.fill("#what", "Men carry boxes at night\n<script>document.title = 'taken'</script>")
    press(page, "Skip to the end and check")
    assert page.title() == "Quiet Word"
    press(page, "Send")
    words = page.locator(".qw-receipt-words").inner_text()
    page.reload()
    assert heading(page) == "Sent"
    assert page.locator(".qw-receipt-words").inner_text() == words
    assert len(public_form.drops()) == 1
    page.context.close()


def test_the_form_by_keyboard_alone(browser: Browser, address: str, public_form: PublicForm) -> None:
    page = phone(browser)
    page.goto(f"{address}/")
    page.get_by_role("button", name="Start", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator("#what").focus()
    page.keyboard.type("Men carry boxes at night")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Continue"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Check your answers")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Send":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Your receipt")
    assert len(public_form.drops()) == 1
    page.context.close()
