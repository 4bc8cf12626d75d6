"""Pictures of linking: reports that are hard to link, as a triage officer sees them."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.browser import PHONE, Screen
from tests.demo import Demo
from tests.journeys.shot import WIDE, Shot, shot
from tests.journeys.walking import look_until, on_a_phone, opens_what_waits

# Hard to link: two of one name, one of a family, several people in text-speak, and a teller’s own child.
TWO_OF_ONE_NAME = (
    "It is Tony Skellow again, not the old man, the young one, he is about 35. Grey Audi, the reg ends DJS. He sits "
    "outside the Foundry Arms with Kyle and waits for the lads on bikes. My daughter Chloe has to walk past them. I "
    "told PC Wilson."
)
ONE_OF_A_FAMILY = (
    "One of the Garrowby brothers, I do not know which, comes to the doors in Eastgate on a Thursday for the money. He "
    "had a blue van. My neighbour Dave did not have it and they took his bike."
)
TEXT_SPEAK, OWN_CHILD, IN_URDU = "yh so basically", "My son Jayden", "میرے بھتیجے"
MOST_PAGES = 9  # of the list of reports


def walk_the_links(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """Whom hard reports are about, as a triage officer sees it."""
    for words in (TWO_OF_ONE_NAME, ONE_OF_A_FAMILY):
        with on_a_phone(browser, demo) as reporter:
            reporter.opens("/")
            reporter.presses("Start")
            reporter.fills("What have you seen or heard?", words)
            reporter.presses("Skip to the end and check")
            reporter.presses("Send")
    sent = (("names", TWO_OF_ONE_NAME[:30]), ("family", ONE_OF_A_FAMILY[:30]))
    reports = (*sent, ("text-speak", TEXT_SPEAK), ("own-child", OWN_CHILD), ("ur", IN_URDU))
    with demo.officer(browser, "anna", size=WIDE) as anna:
        for _, words in sent:
            look_until(anna, words, lambda: opens_what_waits(anna))
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
