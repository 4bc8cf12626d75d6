"""Pictures of who may open what, and of the record of who did."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.browser import PHONE
from tests.demo import Demo
from tests.journeys.shot import WIDE, Shot, shot

HOME = "12 Thrum Street, MB1 4QQ"


def walk_the_walls(browser: Browser, demo: Demo) -> Iterator[Shot]:
    """A supervisor among people, keys and conflicts; an officer who looks for themselves; an auditor who is told."""
    with demo.officer(browser, "sarah", size=WIDE) as sarah:
        sarah.opens("/people")
        sarah.follows("Anna Farrow")
        sarah.fills("Home address", HOME)
        sarah.presses("Record the address")
        yield shot("triage-person", sarah)
        sarah.opens("/keys/grants")
        yield shot("triage-grants", sarah)
        sarah.opens("/conflicts")
        yield shot("triage-conflicts", sarah)
        sarah.opens("/operations")
        yield shot("triage-operations", sarah)
    with demo.officer(browser, "anna", size=PHONE) as anna:
        anna.opens("/register?kind=person&words=Farrow")
        anna.opens("/register?kind=person&words=12+thrum+st")
        anna.opens("/account")
        yield shot("triage-account-phone", anna)
    with demo.officer(browser, "martin", size=WIDE) as martin:
        martin.opens("/audit/alerts")
        yield shot("triage-alerts", martin)
