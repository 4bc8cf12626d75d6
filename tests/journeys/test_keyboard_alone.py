"""Officers without a mouse: sign in, open with a reason, propose and approve, declare; Tab, Enter, Space and arrows."""

import pytest
from playwright.sync_api import Browser

from tests.browser import Screen
from tests.demo import Demo

pytestmark = pytest.mark.browser

NO_SUCH = "OCG-KEYBOARD"
# What stands on the focused element and its label for whoever looks: an outline or a shadow of GOV.UK's focus.
RING = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const beside = one.matches("[type=radio], [type=checkbox]")
        && getComputedStyle(one.nextElementSibling, "::before").boxShadow !== "none";
    return ringed || style.boxShadow !== "none" || beside;
}"""
FOCUSED = "() => document.activeElement.className"
ERRORS = "govuk-error-summary"
WITHIN = "() => document.activeElement.closest('.govuk-error-summary') !== null"


def types(screen: Screen, label: str, words: str) -> None:
    """Go on with Tab to the field of that label and type into it."""
    screen.tabs_to(label)
    assert screen.page.evaluate(RING), f"Nobody sees where the focus stands: {label!r}"
    screen.page.keyboard.type(words)


def goes(screen: Screen, words: str) -> None:
    """Go on with Tab to this link or button and press Enter on it."""
    screen.tabs_to(words)
    assert screen.page.evaluate(RING), f"Nobody sees where the focus stands: {words!r}"
    screen.presses_key("Enter")


def skips_to_the_page(screen: Screen) -> None:
    """The first stop is the link over the navigation, and it leads past it."""
    screen.page.keyboard.press("Tab")
    assert screen.page.evaluate("document.activeElement.innerText") == "Skip to main content"
    screen.page.keyboard.press("Enter")


def is_led_to_the_errors(screen: Screen, *, script: bool = True) -> None:
    """The focus is on what went wrong; without a script, after the link over the navigation, the next stop is."""
    if script:
        assert screen.page.evaluate(FOCUSED).split()[:1] == [ERRORS], "The focus is not on what went wrong"
    screen.page.keyboard.press("Tab")
    assert screen.page.evaluate(WITHIN), "The next stop is not the first thing that went wrong"


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_somebody_signs_in_by_keyboard_and_is_led_to_what_went_wrong(
    chromium: Browser, demo: Demo, script: bool
) -> None:
    person = demo.notebook.sign_in_of("priya")
    with Screen(chromium, demo.triage, script=script) as priya:
        priya.opens("/sign-in")
        skips_to_the_page(priya)
        goes(priya, "Sign in")
        is_led_to_the_errors(priya)
        assert priya.page.evaluate("document.activeElement.innerText") == "Enter your sign-in name"
        priya.page.keyboard.press("Enter")
        priya.page.keyboard.type(person.sign_in)
        types(priya, "Passphrase", person.passphrase)
        types(priya, "Code", demo.code("priya"))
        priya.presses_key("Enter")
        assert priya.heading == "Referrals to your team"


def test_a_report_is_opened_with_a_reason_by_keyboard(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "sarah") as sarah:
        sarah.says_why = None
        sarah.opens("/reports?shown=graded")
        skips_to_the_page(sarah)
        sarah.page.keyboard.press("j")
        assert sarah.page.evaluate(RING)
        sarah.presses_key("Enter")
        assert sarah.heading == "Why do you open this report?"
        goes(sarah, "Open the report")
        is_led_to_the_errors(sarah)
        sarah.tabs_to("To assess, grade or link it")
        sarah.page.keyboard.press("ArrowDown")
        sarah.page.keyboard.press("ArrowUp")
        goes(sarah, "Open the report")
        assert "/why" not in sarah.page.url


def test_what_takes_two_people_is_proposed_and_approved_by_keyboard(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "sarah") as sarah:
        sarah.opens("/disposal/periods")
        skips_to_the_page(sarah)
        types(sarah, "Days", "many")
        types(sarah, "Why?", "Nobody needs it for longer.")
        goes(sarah, "Propose the change")
        is_led_to_the_errors(sarah)
        assert sarah.value("reason") == "Nobody needs it for longer."
        sarah.tabs_to("Records")
        sarah.page.keyboard.press("ArrowDown")
        types(sarah, "Days", "4000")
        goes(sarah, "Propose the change")
        sarah.sees("It is proposed.")
        operation = sarah.page.url.removeprefix(demo.triage).partition("?")[0]
    with demo.officer(chromium, "ruth") as ruth:
        ruth.opens(operation)
        skips_to_the_page(ruth)
        goes(ruth, "Approve")
        is_led_to_the_errors(ruth)
        ruth.tabs_to("I have read what is to be done and why, and I agree")
        ruth.page.keyboard.press("Space")
        goes(ruth, "Approve")
        ruth.sees("It is approved.")


def test_a_conflict_is_declared_by_keyboard(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "anna", script=False) as anna:
        anna.opens("/reports")
        goes(anna, "Conflicts")
        skips_to_the_page(anna)
        types(anna, "Which group or address", NO_SUCH)
        types(anna, "What ties you to it", "She is my landlord’s sister.")
        goes(anna, "Declare it")
        is_led_to_the_errors(anna, script=False)
        assert anna.value("about") == NO_SUCH
        anna.tabs_to("I know that I will be cut off from it at once")
        anna.page.keyboard.press("Space")
        goes(anna, "Declare it")
        assert anna.heading == "It is declared"
