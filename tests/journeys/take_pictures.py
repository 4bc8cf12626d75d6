"""Takes the pictures of docs/pictures, of the demonstration as a newcomer meets it: `make pictures`.

With a folder named, they go there; with names after it, only those pictures are taken.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import PHONE, Screen, browser_started
from tests.demo import Demo, demo_running
from tests.journeys.small_png import small_png

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"
LARGEST = 150_000
WIDE = (1120, 860)
TALLEST = 1500  # pixels: what is further down is cut, so that a picture stays one that people look at
WORDS = (
    "A white Golf comes to the lock-ups behind Thrum Street most nights. Boys on bikes take small bags from it and "
    "ride off. People say the car is Big Tony's."
)

REPORT = "My brother in law says"
DRAFT = (
    "Firearms may be stored in the lock-ups off Thrum Street, in the last on the left. My source says that a friend "
    "saw a long bag at about 9.40pm on 5 November. It was heavy and it came from Liverpool way."
)

Shot = tuple[str, Screen]


def pictures_of_the_form(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """A reporter on a phone, from the first page to the receipt."""
    with Screen(browser, demo.reporting, size=PHONE) as reporter:
        reporter.opens("/")
        yield "form-start", reporter
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", WORDS)
        reporter.page.wait_for_selector("text=19,8")  # the count follows the typing after a moment
        yield "form-question", reporter
        for _ in range(8):
            reporter.presses("Continue")
        yield "form-danger", reporter
        reporter.presses("Continue")
        yield "form-check", reporter
        reporter.presses("Send")
        yield "form-sent", reporter
        digits = reporter.page.locator(".qw-receipt-digits").inner_text()
    with Screen(browser, demo.reporting, size=WIDE) as reporter:
        reporter.opens("/")
        yield "form-start-wide", reporter
        reporter.opens("/receipt")
        reporter.fills("Your receipt", digits)
        reporter.presses("Check")
        yield "form-receipt", reporter


def pictures_of_the_desk(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """An officer from sign-in to a text that may leave, and whoever comes after."""
    with Screen(browser, demo.triage, size=WIDE) as stranger:
        stranger.opens("/sign-in")
        yield "triage-sign-in", stranger
    with demo.officer(browser, "anna", size=WIDE) as anna:
        anna.opens("/reports")
        yield "triage-queue", anna
        anna.opens("/reports?shown=graded")
        anna.follows(REPORT)
        report = anna.page.url.removeprefix(demo.triage)
        yield "triage-report", anna
        anna.opens(f"{report}/items/1/grade")
        yield "triage-grade", anna
        anna.opens(f"{report}/links")
        yield "triage-link", anna
        anna.opens("/register?kind=group")
        yield "triage-register", anna
        anna.opens(f"{report}/sanitise")
        anna.fills("Text for the team", DRAFT)
        anna.presses("Check")
        yield "triage-sanitise", anna
    with demo.officer(browser, "sarah", size=WIDE) as sarah:
        sarah.opens("/sanitised")
        first(sarah)
        yield "triage-agree", sarah
    with demo.officer(browser, "priya", size=WIDE) as priya:
        priya.opens("/referrals")
        first(priya)
        yield "triage-referral", priya
    with demo.officer(browser, "martin", size=WIDE) as martin:
        martin.opens("/audit")
        yield "triage-audit", martin
    with demo.officer(browser, "sarah", size=WIDE) as sarah:
        sarah.opens("/keys")
        yield "triage-keys", sarah
    with demo.officer(browser, "anna", size=PHONE) as anna:
        anna.opens("/reports")
        yield "triage-queue-phone", anna


def first(screen: Screen) -> None:
    """Open the first thing on a list."""
    with screen.page.expect_navigation():
        screen.page.locator("[data-row-link]").first.click()


def take(name: str, screen: Screen, folder: Path) -> str:
    """One picture, of the page as far down as it is worth looking."""
    before = screen.page.viewport_size
    assert before is not None
    width = before["width"]
    height = min(TALLEST, int(screen.page.evaluate("document.body.scrollHeight")))
    screen.page.set_viewport_size({"width": width, "height": height})
    png = small_png(screen.page.screenshot())
    screen.page.set_viewport_size(before)
    (folder / f"{name}.png").write_bytes(png)
    too_large = "  TOO LARGE" if len(png) > LARGEST else ""
    return f"{name}.png  {width} × {height}  {len(png):,} bytes{too_large}"


def main(arguments: list[str]) -> None:
    folder, wanted = Path(arguments[0]) if arguments else FOLDER, set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    makers: tuple[Callable[[Browser, Demo], Iterator[Shot]], ...] = (pictures_of_the_form, pictures_of_the_desk)
    with (
        tempfile.TemporaryDirectory() as away,
        browser_started() as browser,
        demo_running(Path(away) / "instance") as demo,
    ):
        for make in makers:
            for name, screen in make(browser, demo):
                if not wanted or name in wanted:
                    sys.stdout.write(take(name, screen, folder) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
