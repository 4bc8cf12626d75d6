"""What axe cannot see, on every page of the form: forced colours, focus, targets, 400 %, announced errors, no haste."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import browser_started

pytestmark = pytest.mark.browser

# 1280 pixels at 400 % leave 320 (WCAG 2.2, 1.4.10); a target is 24 by 24 at least (2.5.8).
ZOOMED = {"width": 320, "height": 256}
LEAST_TARGET = 24
MOST_STOPS = 60

# A link inside a sentence is as high as its line, and is excepted (2.5.8, "Inline").
SMALL_TARGETS = """least => [...document.querySelectorAll('a[href], button, input, textarea, summary')]
    .filter(one => one.type !== 'hidden')
    .filter(one => !one.closest('[aria-hidden=true], .govuk-visually-hidden') && one.tabIndex >= 0)
    .filter(one => getComputedStyle(one).display !== 'inline')
    .map(one => [one, one.type === 'radio' || one.type === 'checkbox' ? one.parentElement : one])
    .map(([one, shown]) => [one, shown.getBoundingClientRect()])
    .filter(([one, box]) => box.width > 1 && (box.width < least || box.height < least))
    .map(([one, box]) => one.outerHTML.slice(0, 120) + ' ' + box.width + ' by ' + box.height)"""

# How the focused element, or what stands for it, looks with the focus and without: any of these changes with it.
LOOK = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const look = () => [one, one.nextElementSibling].filter(Boolean).flatMap(shown =>
        [null, '::before', '::after'].map(part => {
            const s = getComputedStyle(shown, part);
            return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderTopColor,
                s.borderTopWidth, s.textDecorationLine, s.textDecorationThickness].join(' ');
        })).join(' | ');
    const label = one.labels && one.labels.length ? one.labels[0].innerText : one.innerText || one.name;
    const focused = look();
    one.blur();
    const without = look();
    one.focus();
    return [label.trim(), focused, without];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browser_started() as opened:
        yield opened


def heading(page: Page) -> str:
    return page.locator("h1").inner_text().strip()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def every_page(page: Page, address: str, look: Callable[[Page], None]) -> None:
    """Walk the whole form, an error on the way, and the pages beside it; look at each."""
    page.goto(f"{address}/")
    look(page)
    press(page, "Start")
    press(page, "Continue")
    assert page.locator(".govuk-error-summary").count() == 1
    look(page)
    page.fill("#what", "My cousin and me saw men carry boxes at 3.42am on 12 March. " + "x" * 200)
    while heading(page) != "Check your answers":
        press(page, "Continue")
        look(page)
    press(page, "Send")
    assert heading(page) == "Sent"
    look(page)
    for path in other_pages(page):
        page.goto(f"{address}{path}")
        look(page)
    page.goto(f"{address}/receipt")
    page.fill("#receipt", "abacus")
    press(page, "Check")
    look(page)


def other_pages(page: Page) -> list[str]:
    """The addresses of our own that the pages link to."""
    found = page.evaluate("[...document.querySelectorAll('a[href^=\"/\"]')].map(one => one.getAttribute('href'))")
    return sorted({str(path) for path in found} - {"/"})


def test_at_400_percent_nothing_scrolls_sideways_and_every_target_is_large_enough(
    browser: Browser, address: str
) -> None:
    page = browser.new_context(viewport=ZOOMED).new_page()

    def look(shown: Page) -> None:
        assert shown.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"], heading(shown)
        assert shown.evaluate(SMALL_TARGETS, LEAST_TARGET) == [], heading(shown)

    every_page(page, address, look)
    page.context.close()


@pytest.mark.parametrize("colours", ["none", "active"])
def test_what_has_the_focus_looks_different_also_in_forced_colours(
    browser: Browser, address: str, colours: str
) -> None:
    page = browser.new_context(viewport={"width": 400, "height": 700}, forced_colors=colours).new_page()
    seen = []

    def look(shown: Page) -> None:
        for _ in range(MOST_STOPS):
            shown.keyboard.press("Tab")
            found = shown.evaluate(LOOK)
            if found is None:
                break
            label, focused, without = found
            assert focused != without, (heading(shown), label)
            seen.append(label)

    every_page(page, address, look)
    assert {"Send", "Continue", "Skip to main content"} <= set(seen)
    page.context.close()


def test_in_forced_colours_every_border_and_button_can_still_be_told(browser: Browser, address: str) -> None:
    """Backgrounds are taken away there: what is a button, a field or a warning has to have a border of its own."""
    page = browser.new_context(viewport={"width": 400, "height": 700}, forced_colors="active").new_page()
    bare = """[...document.querySelectorAll('.govuk-button, textarea, .govuk-input, .qw-exit')]
        .filter(one => one.getClientRects().length && !one.closest('.govuk-visually-hidden'))
        .filter(one => ['Top', 'Bottom'].every(side => getComputedStyle(one)['border' + side + 'Width'] === '0px'))
        .map(one => one.outerHTML.slice(0, 120))"""

    every_page(page, address, lambda shown: none_of(shown.evaluate(bare), shown))
    page.context.close()


def none_of(found: list[str], page: Page) -> None:
    assert found == [], heading(page)


def test_an_error_is_announced_and_leads_to_its_field(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport=ZOOMED).new_page()
    page.goto(f"{address}/")
    press(page, "Start")
    press(page, "Continue")
    assert page.title().startswith("Error: ")
    summary = page.get_by_role("alert")
    assert summary.get_by_role("heading").count() == 1
    summary.get_by_role("link").first.click()
    field = page.locator(":focus")
    assert field.get_attribute("id") == "what"
    described = " ".join(
        page.locator(f"#{name}").inner_text() for name in (field.get_attribute("aria-describedby") or "").split()
    )
    assert "Enter what you have seen or heard" in described
    page.context.close()


def test_nothing_hurries_anybody(browser: Browser, address: str) -> None:
    """No page goes away, reloads or counts down by itself (WCAG 2.2, 2.2.1)."""
    page = browser.new_context().new_page()

    def look(shown: Page) -> None:
        assert shown.locator("meta[http-equiv]").count() == 0
        before = shown.content()
        shown.clock.install()
        shown.clock.fast_forward("23:00:00")
        assert shown.content() == before

    page.clock.install()
    every_page(page, address, look)
    page.context.close()
