"""Takes the pictures of docs/pictures, of the demonstration as a newcomer meets it: `make pictures`.

With a folder named, they go there; with walks named after it (`form`, `other`, `languages`, `desk`, `links`, `search`,
`walls`, `flood`), only those are walked.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, FilePayload

from quietword.demo.drawings import drawn
from reporting.catalogues import translated
from reporting.languages import LANGUAGES, Language
from tests.browser import PHONE, Screen, browser_started
from tests.demo import Demo, demo_running
from tests.journeys.shot import COLOURS_OF_PICTURES, COLOURS_OF_SHEETS, WIDE, Shot, keep, picture_of, shot, side_by_side
from tests.journeys.walk_links import walk_the_links
from tests.journeys.walk_the_walls import walk_the_walls
from tests.journeys.walking import look_until, on_a_phone, opens_what_waits

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"

WORDS = (
    "A white Golf comes to the lock-ups behind Thrum Street most nights. Boys on bikes take small bags from it and "
    "ride off. People say the car is Big Tony's. My nan hears them through the wall. They came at 9.42pm on Friday. "
    "I know as I work in the bakery opposite."
)
FIRST_WORDS = WORDS[:40]
MORE_WORDS = "The Golf has a child seat in the back and a dent in the left door."
COPIES = (
    "Number 9 Marsh Road is dirty and the man there shouts at people, and everybody wants him gone.",
    "Number 9 Marsh Road is dirty and the man there shouts at people, and everybody wants him gone!!",
    "NUMBER 9 MARSH ROAD is dirty and the man there shouts at people, and everybody wants him gone now.",
    "Yes number 9 Marsh Road is dirty and the man there shouts at people, and everybody wants him gone.",
)
ABOUT_AN_OFFICER = "A man who works at the police station on Canal Street tells the Marlowes when a search is coming."
WORDS_IN_URDU = "دو آدمی ہر رات پین سٹاک کے پیچھے ایک وین سے ڈبے اتارتے ہیں۔"

REPORT = "My brother in law says"
CAR = "There is a white Golf outside"
FIRE = "They are burning again on Marsh Road"
DRAFT = (
    "Firearms may be stored in the lock-ups off Thrum Street, in the last on the left. My source says that a friend "
    "saw a long bag at about 9.40pm on 5 November. It was heavy and it came from Liverpool way."
)

Walk = Callable[[Browser, Demo], Iterator[Shot]]


def walk_the_form(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """Somebody with an old phone and no JavaScript, from the first page to the news and to what they had forgotten."""
    with on_a_phone(browser, demo) as reporter:
        reporter.opens("/")
        yield shot("form-start", reporter)
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", WORDS)
        yield shot("form-what", reporter)
        reporter.presses("Continue")
        reporter.fills("Who is doing it?", "Big Tony, and two boys on bikes")
        reporter.picks("I do not know")
        yield shot("form-who", reporter)
        for _ in range(4):
            reporter.presses("Continue")
        reporter.page.get_by_label("Choose photos or documents").set_input_files(photograph())
        reporter.presses("Add")
        yield shot("form-files", reporter)
        for _ in range(3):
            reporter.presses("Continue")
        reporter.page.get_by_label("No", exact=True).check()
        yield shot("form-danger", reporter)
        reporter.presses("Continue")
        yield shot("form-check", reporter)
        reporter.presses("Send")
        yield shot("form-sent", reporter)
        digits = reporter.page.locator(".qw-receipt-digits").inner_text()
        read_at_the_desk(browser, demo, FIRST_WORDS)
        look_until(reporter, "Read by a person", lambda: check_receipt(reporter, digits))
        yield shot("form-receipt", reporter)
        reporter.presses("Add to your report")
        yield shot("form-add", reporter)
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", MORE_WORDS)
        reporter.presses("Skip to the end and check")
        reporter.presses("Send")
        yield shot("form-added", reporter)


def other_pages(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """What somebody meets beside the straight way through."""
    with on_a_phone(browser, demo) as reporter:
        reporter.opens("/kept")
        yield shot("form-kept", reporter)
        reporter.opens("/")
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", ABOUT_AN_OFFICER)
        reporter.presses("Continue")
        reporter.page.get_by_label("Yes", exact=True).check()
        reporter.presses("Skip to the end and check")
        yield shot("form-police", reporter)
    with Screen(browser, demo.reporting, size=WIDE) as reporter:
        reporter.opens("/")
        yield shot("form-start-wide", reporter)
        reporter.opens("/paper")
        reporter.page.emulate_media(media="print")
        yield shot("form-paper", reporter)


def walk_in_every_language(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """The pages on which somebody's safety hangs, as each language has them: start, danger and sent, side by side."""
    for language in LANGUAGES:
        with on_a_phone(browser, demo) as reporter:
            reporter.opens("/")
            if language != LANGUAGES[0]:
                reporter.presses(language.name)
            start = picture_of(reporter)
            presses(reporter, language, "Start")
            if language.tag == "ur":
                reporter.page.locator("#what").fill(WORDS_IN_URDU)
                yield shot("form-what-ur", reporter)
            reporter.page.locator("#what").fill(WORDS)
            presses(reporter, language, "Skip to the end and check")
            with reporter.page.expect_navigation():
                reporter.page.locator("[value=change-danger]").click()
            danger = picture_of(reporter)
            presses(reporter, language, "Continue")
            presses(reporter, language, "Send")
            pages = (start, danger, picture_of(reporter))
            yield Shot(f"language-{language.tag}", side_by_side(pages), COLOURS_OF_SHEETS)


def walk_the_desk(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """An officer from sign-in to a text that may leave, and whoever comes after."""
    with Screen(browser, demo.triage, size=WIDE) as stranger:
        stranger.opens("/sign-in")
        yield shot("triage-sign-in", stranger)
    with demo.officer(browser, "anna", size=WIDE) as anna:
        anna.opens("/reports")
        yield shot("triage-queue", anna)
        anna.opens("/bell")
        yield shot("triage-bell", anna)
        anna.opens("/reports?shown=graded")
        anna.follows(REPORT)
        report = anna.page.url.removeprefix(demo.triage)
        yield shot("triage-report", anna)
        anna.opens(f"{report}/items/1/grade")
        yield shot("triage-grade", anna)
        anna.opens(f"{report}/links")
        yield shot("triage-link", anna)
        anna.opens("/register?kind=group")
        yield shot("triage-register", anna)
        anna.opens(f"{report}/sanitise")
        anna.fills("Text for the team", DRAFT)
        anna.presses("Check")
        yield shot("triage-sanitise", anna)
        opens_the_file_of(anna, CAR, "the report says it shows the car")
        yield shot("triage-file", anna, colours=COLOURS_OF_PICTURES)
        opens_the_file_of(anna, FIRE, "the report says what is burnt")
        anna.page.get_by_text("This may be an indecent image of a child").click()
        anna.presses("Put it in quarantine")
        yield shot("triage-quarantine", anna)
    with demo.officer(browser, "sarah", size=WIDE) as sarah:
        sarah.opens("/sanitised")
        opens_the_first(sarah)
        yield shot("triage-agree", sarah)
        sarah.opens("/keys")
        yield shot("triage-keys", sarah)
    with demo.officer(browser, "priya", size=WIDE) as priya:
        priya.opens("/referrals")
        opens_the_first(priya)
        yield shot("triage-referral", priya)
    with demo.officer(browser, "martin", size=WIDE) as martin:
        martin.opens("/audit")
        yield shot("triage-audit", martin)
    with demo.officer(browser, "anna", size=PHONE) as anna:
        anna.opens("/reports")
        yield shot("triage-queue-phone", anna)


def walk_the_search(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """One search over reports and register."""
    for size, name in ((WIDE, "triage-search"), (PHONE, "triage-search-phone")):
        with demo.officer(browser, "anna", size=size) as anna:
            anna.opens("/search")
            anna.fills("Search reports and the register", "tony skellow")
            anna.presses("Search")
            yield shot(name, anna)


def walk_through_a_flood(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """Four reports that say nearly the same, and how little room they take at the desk."""
    for words in COPIES:
        with on_a_phone(browser, demo) as reporter:
            reporter.opens("/")
            reporter.presses("Start")
            reporter.fills("What have you seen or heard?", words)
            reporter.presses("Skip to the end and check")
            reporter.presses("Send")
    with demo.officer(browser, "anna", size=WIDE) as anna:
        look_until(anna, f"{len(COPIES) - 1} near-copies", lambda: opens_what_waits(anna))
        yield shot("triage-flood", anna)


def photograph() -> FilePayload:
    """What a phone would send; drawn, so that it is nobody's."""
    return {"name": "IMG_20261122_214210.jpg", "mimeType": "image/jpeg", "buffer": drawn("car").content}


def presses(reporter: Screen, language: Language, sentence: str) -> None:
    """Press the button that says this in the reporter's language."""
    reporter.presses(translated(sentence, language.tag))


def check_receipt(reporter: Screen, digits: str) -> None:
    reporter.opens("/receipt")
    reporter.fills("Your receipt", digits)
    reporter.presses("Check")


def read_at_the_desk(browser: Browser, demo: Demo, words: str) -> None:
    """An officer opens what came and reads this report, so that its sender has news."""
    with demo.officer(browser, "anna") as anna:
        look_until(anna, words, lambda: opens_what_waits(anna))
        anna.follows(words)


def opens_the_file_of(officer: Screen, words: str, reason: str) -> None:
    """Say why the first picture of this report is opened, and see it blurred."""
    officer.opens("/reports?shown=all&order=oldest")
    officer.follows(words)
    officer.follows("Picture 1")
    officer.fills("Why do you open it?", reason)
    officer.presses("Show it, blurred at first")
    officer.page.locator("img.qw-picture__image").evaluate("one => one.decode()")


def opens_the_first(screen: Screen) -> None:
    """Open the first thing on a list."""
    with screen.page.expect_navigation():
        screen.page.locator("[data-row-link]").first.click()


WALKS: dict[str, Walk] = {
    "desk": walk_the_desk,
    "links": walk_the_links,
    "search": walk_the_search,
    "walls": walk_the_walls,
    "form": walk_the_form,
    "other": other_pages,
    "flood": walk_through_a_flood,
    "languages": walk_in_every_language,
}


def main(arguments: list[str]) -> None:
    folder, wanted = Path(arguments[0]) if arguments else FOLDER, arguments[1:] or list(WALKS)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as away,
        browser_started() as browser,
        demo_running(Path(away) / "instance") as demo,
    ):
        for walk in wanted:
            for taken in WALKS[walk](browser, demo):
                sys.stdout.write(keep(taken, folder) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
