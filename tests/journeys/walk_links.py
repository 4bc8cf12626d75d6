"""Pictures of linking: three reports that are hard to link, as a triage officer sees them."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.browser import PHONE, Screen
from tests.demo import Demo
from tests.journeys.shot import WIDE, Shot, shot
from tests.journeys.walking import look_until, on_a_phone, opens_what_waits

# Three that are hard to link: two of one name, four people in text-speak, and a teller’s own child.
TWO_OF_ONE_NAME = (
    "It is Tony Skellow again, not the old man, the young one, he is about 35. Grey Audi, the reg ends DJS. He sits "
    "outside the Foundry Arms with Kyle and waits for the lads on bikes. My daughter Chloe has to walk past them. I "
    "told PC Wilson."
)
TEXT_SPEAK, OWN_CHILD = "yh so basically", "My son Jayden"
MOST_PAGES = 9  # of the list of reports


def walk_the_links(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """Whom three hard reports are about, as a triage officer sees it."""
    with on_a_phone(browser, demo) as reporter:
        reporter.opens("/")
        reporter.presses("Start")
        reporter.fills("What have you seen or heard?", TWO_OF_ONE_NAME)
        reporter.presses("Skip to the end and check")
        reporter.presses("Send")
    reports = (("names", TWO_OF_ONE_NAME[:30]), ("text-speak", TEXT_SPEAK), ("own-child", OWN_CHILD))
    with demo.officer(browser, "anna", size=WIDE) as anna:
        look_until(anna, TWO_OF_ONE_NAME[:30], lambda: opens_what_waits(anna))
        for name, words in reports:
            opens_the_report(anna, words)
            anna.opens(anna.page.url.removeprefix(demo.triage) + "/links")
            yield shot(f"triage-link-{name}", anna)
    with demo.officer(browser, "anna", size=PHONE) as anna:
        opens_the_report(anna, TWO_OF_ONE_NAME[:30])
        anna.opens(anna.page.url.removeprefix(demo.triage) + "/links#suggested")
        yield shot("triage-link-phone", anna)


def opens_the_report(officer: Screen, words: str) -> None:
    """Open the report that begins with these words, on whatever page of the list it is."""
    for page in range(1, MOST_PAGES):
        officer.opens(f"/reports?shown=all&order=newest&page={page}")
        if officer.page.locator("a").filter(has_text=words).count():
            return officer.follows(words)
    raise LookupError(f"No report begins with {words!r}")
