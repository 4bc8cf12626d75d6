"""The base pages in a real browser: what a person at a screen sees, with a script and without."""

from collections.abc import Iterator
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route
from werkzeug.serving import make_server

from tests.browser import browser_started
from tests.integration.web.sample_program import sample_program

pytestmark = pytest.mark.browser

WORDS = "canary words in a browser"
PHONE, NARROW, DESK = (360, 740), (320, 640), (1280, 900)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browser_started() as opened:
        yield opened


@pytest.fixture(scope="module", params=["public", "triage"])
def both(request: pytest.FixtureRequest) -> Iterator[str]:
    yield from served(request.param)


@pytest.fixture(scope="module")
def public() -> Iterator[str]:
    yield from served("public")


def served(program: str) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, sample_program(program), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(browser: Browser, size: tuple[int, int] = DESK, *, script: bool = True) -> Page:
    """A page in a fresh context; everything that is not ours is answered with an empty page."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
    page = context.new_page()

    def elsewhere(route: Route) -> None:
        if "127.0.0.1" in route.request.url:
            route.continue_()
        else:
            route.fulfill(body="<!DOCTYPE html><title>Weather</title>rain", content_type="text/html")

    page.route("**/*", elsewhere)
    return page


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK])
@pytest.mark.parametrize("path", ["/", "/components", "/nowhere"])
def test_pages_fit_and_are_clean_under_axe(browser: Browser, both: str, path: str, size: tuple[int, int]) -> None:
    page = opened(browser, size)
    page.goto(both + path)
    if path == "/components" and page.locator("text=Exit this page").count():
        page.context.close()
        return  # the public sheet leaves out what only officers' pages use

    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    problems = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]]
    assert problems == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.context.close()


def test_errors_are_clean_under_axe_too(browser: Browser, both: str) -> None:
    page = opened(browser)
    page.goto(both)
    page.click("text=Send")

    assert Axe().run(page).violations_count == 0
    page.context.close()


def test_nothing_is_refused_by_our_own_policy_and_nothing_comes_from_elsewhere(browser: Browser, both: str) -> None:
    page = opened(browser)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(both)

    assert said == []
    assert all(url.startswith(both) for url in asked)
    assert len(asked) <= 4
    page.context.close()


def leave_by(page: Page, way: str) -> None:
    if way == "button":
        page.click("text=Exit this page")
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("https://weather.example/")


@pytest.mark.parametrize("way", ["button", "escape"])
def test_exit_leaves_nothing_to_come_back_to(browser: Browser, public: str, way: str) -> None:
    page = opened(browser)
    page.goto("about:blank")
    page.goto(public)
    page.fill("#heard", WORDS)

    leave_by(page, way)
    page.go_back()

    assert page.url == "about:blank"
    page.go_forward()
    assert WORDS not in page.content()
    page.context.close()


def test_exit_works_without_a_script_and_the_words_do_not_come_back(browser: Browser, public: str) -> None:
    page = opened(browser, script=False)
    page.goto(public)
    page.fill("#heard", "short words")

    page.click("text=Exit this page")
    page.wait_for_url("https://weather.example/")
    page.go_back()

    assert page.input_value("#heard") == ""
    page.context.close()


def test_two_escapes_do_not_leave(browser: Browser, public: str) -> None:
    page = opened(browser)
    page.goto(public)

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    assert page.url.startswith(public)
    page.context.close()


def test_the_count_is_alive_with_a_script_and_a_sentence_without(browser: Browser, public: str) -> None:
    alive = opened(browser)
    alive.goto(public)
    alive.fill("#heard", "x" * 25)
    alive.wait_for_selector("#heard-info:has-text('5 characters too many')")
    alive.context.close()

    still = opened(browser, script=False)
    still.goto(public)
    assert still.inner_text("#heard-info") == "You can enter up to 20 characters"
    still.context.close()


def test_the_exit_button_stays_in_sight(browser: Browser, public: str) -> None:
    page = opened(browser, PHONE)
    page.goto(public)
    page.mouse.wheel(0, 5000)
    page.wait_for_function("window.scrollY > 100")

    box = page.locator("text=Exit this page").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 120
    page.context.close()


def test_what_has_the_focus_is_never_hidden_under_the_header(browser: Browser, public: str) -> None:
    page = opened(browser, PHONE)
    page.goto(public)
    bottom = page.evaluate("document.querySelector('.qw-header').getBoundingClientRect().bottom")
    for _ in range(30):
        page.keyboard.press("Tab")
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        top, inside = page.evaluate(
            "[document.activeElement.getBoundingClientRect().bottom, !!document.activeElement.closest('main')]"
        )
        assert not inside or top > bottom
    page.context.close()


def test_an_officer_moves_through_a_list_by_keyboard(browser: Browser) -> None:
    for address in served("triage"):
        page = opened(browser)
        page.goto(f"{address}/components")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.hasAttribute('data-row-link')")
        page.fill("#q", "jk")
        assert page.input_value("#q") == "jk"
        page.context.close()
