"""Every page of both programs, found by their own lists of addresses: none offends axe, none scrolls sideways."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import product
from uuid import UUID

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import APIResponse, Browser
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import text
from werkzeug.routing import Rule

from config import ReportingSettings
from reporting.app import create_app as create_form
from tests.browser import Screen
from tests.demo import Demo
from tests.journeys.test_passkeys_in_a_browser import adds, at_localhost, plugs_in
from tests.journeys.walking import look_until
from triage.app import create_app
from triage.officers.guard import PUBLIC, guard_of
from triage.officers.rules import Permission, Role, may

pytestmark = pytest.mark.browser

# Where the values in an address come from: a new kind of address needs a line here, and this test says so.
VALUES = {
    # Of each state one, and where there is one that came with a file, that one.
    "report_id": (
        "SELECT id FROM reports WHERE state = :part"
        " ORDER BY CASE WHEN id IN (SELECT report_id FROM files) THEN 0 ELSE 1 END, id LIMIT 1"
    ),
    "other_id": "SELECT id FROM reports ORDER BY id LIMIT 3",
    "file_id": "SELECT id FROM files ORDER BY id LIMIT 12",
    "draft_id": "SELECT id FROM drafts ORDER BY id LIMIT 12",
    "referral_id": "SELECT id FROM referrals ORDER BY id LIMIT 12",
    "outcome_id": "SELECT id FROM outcomes LIMIT 3",
    "entry_id": "SELECT id FROM register_entries ORDER BY id LIMIT 200",
    "tie_id": "SELECT id FROM register_ties ORDER BY id LIMIT 1",
    "import_id": "SELECT id FROM register_imports ORDER BY id LIMIT 3",
    "search_id": "SELECT id FROM searches ORDER BY id LIMIT 3",
    "officer_id": "SELECT id FROM officers ORDER BY id LIMIT 3",
    "subject_id": "SELECT id FROM reports ORDER BY id LIMIT 3",
    "compartment_id": "SELECT id FROM compartments ORDER BY id LIMIT 12",
    "conflict_id": "SELECT id FROM conflicts ORDER BY id LIMIT 3",
    "operation_id": "SELECT id FROM operations ORDER BY id",
    "disposal_id": "SELECT id FROM disposals",
    "passkey_id": "SELECT id FROM passkeys ORDER BY id LIMIT 3",
}
STATES = ("new", "open", "graded", "referred", "closed")
NUMBERS = ("1", "2")
SEEN_OF_EACH = 2
TRIED_OF_EACH = 500
SECONDS_BETWEEN_SIGNS_OF_LIFE = 240  # a session that nobody uses for a quarter of an hour ends
# Not pages: what a machine asks, a file to keep, and the files that pages load.
NOT_PAGES = frozenset({"static", "officers.health", "plain.health", "officers.home", "files.content"})
# Shown only after an act that is recorded: `test_files_in_a_browser.py` looks at these.
AFTER_AN_ACT = frozenset({"files.shown", "quarantine.decide"})
# Pages with a form, who fills it in, and the button that sends it with everything emptied: each says what to do.
FORMS = (
    ("/account", "anna", "Change passphrase"),
    ("/account/authenticator", "anna", "Use it from now on"),
    ("/reports/{graded}/close", "anna", "Close report"),
    ("/reports/{graded}/items", "anna", "Add items"),
    ("/reports/{graded}/items/1/grade", "anna", "Save grade"),
    ("/reports/{graded}/sanitise", "anna", "Put forward"),
    ("/register/groups/new", "anna", "Save group"),
    ("/register/people/new", "anna", "Save person"),
    ("/register/import", "anna", "Import"),
    ("/register/{entry}/archive", "anna", "Archive"),
    ("/register/{entry}/ties/new", "anna", "Add tie"),
    ("/search", "anna", "Search"),
    ("/people/add", "jo", "Add officer"),
    ("/people/teams", "sarah", "Add team"),
)
EMPTIED = """() => document.querySelectorAll('main input, main textarea, main select').forEach(one => {
    if (one.type === 'hidden') return;
    one.checked = false;
    if (one.tagName === 'SELECT') one.selectedIndex = -1;
    else if (one.type !== 'radio' && one.type !== 'checkbox') one.value = '';
})"""
# Only a new officer sees these, so they are walked through apart.
OF_A_NEW_OFFICER = frozenset({"officers.enrol_oneself"})
PUBLIC_PAGES = ("/", "/access", "/helping", "/kept", "/paper", "/privacy", "/receipt")


def pages_of(app: Flask) -> list[Rule]:
    """Every address that can be opened, by the program's own list."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set()))
    return sorted((rule for rule in rules if rule.endpoint not in NOT_PAGES), key=lambda rule: rule.rule)


class Addresses:
    """Fills in addresses with what there is in the demo."""

    def __init__(self, demo: Demo, *, samples: Sequence[str] = ()) -> None:
        database = demo.database
        with database.case.connect() as case:
            self.known = {
                name: [
                    row[0]
                    for state in (STATES if ":part" in query else ("",))
                    for row in case.execute(text(query), {"part": state} if state else {})
                ]
                for name, query in VALUES.items()
            }
        database.dispose()
        self.known["number"] = list(NUMBERS)
        self.known["seed"] = list(samples)

    def of(self, app: Flask, rule: Rule) -> Iterator[str]:
        names = sorted(rule.arguments)
        missing = [name for name in names if name not in self.known]
        assert not missing, f"{rule.rule}: say in VALUES where {missing} come from"
        with app.test_request_context():
            for values in product(*(self.known[name] for name in names)):
                given = {
                    name: value if name == "number" else UUID(str(value))
                    for name, value in zip(names, values, strict=True)
                }
                adapter = app.url_map.bind("localhost")
                yield adapter.build(rule.endpoint, given)


def search(browser: Browser, demo: Demo) -> None:
    """Search for somebody, because only a search that was made has a page of results."""
    with demo.officer(browser, "anna") as anna:
        anna.opens("/search")
        anna.fills("Search reports and the register", "tony skellow")
        anna.presses("Search")


def samples_drawn(browser: Browser, demo: Demo) -> list[str]:
    """The seeds of what was drawn, as the auditor's page lists them: the log alone keeps them, sealed."""
    with demo.officer(browser, "martin") as martin:
        martin.opens("/audit/samples")
        links = martin.page.locator("main a[href^='/audit/samples/']")
        return [str(link.get_attribute("href")).rpartition("/")[2] for link in links.all()]


def keeps_a_passkey(browser: Browser, demo: Demo) -> None:
    """Anna adds one, for a page about a passkey is for its owner alone and no demonstration can bring a real key."""
    with at_localhost(browser, demo) as anna:
        plugs_in(anna)
        anna.opens("/sign-in")
        demo.signs_in(anna, "anna")
        adds(anna, "The key on my ring")
        anna.sees("The passkey is added.")


def waits_for_the_certificate(browser: Browser, demo: Demo) -> None:
    """Of what was erased while the demonstration was made: the collector's first round signs it."""
    with demo.officer(browser, "martin") as martin:
        martin.opens("/disposal/certificates")
        path = martin.page.locator("main tbody a").first.get_attribute("href") or ""
        look_until(martin, "Download the signed certificate", lambda: martin.opens(path))


def _asked(screen: Screen, path: str) -> APIResponse:
    """The answer to an address. A connection that has been idle may be closed just as it is used again: then once more,
    as a browser does by itself.
    """
    try:
        return screen.context.request.get(screen.address + path, max_redirects=0)
    except PlaywrightError as error:
        if "ECONNRESET" not in str(error):
            raise
        return screen.context.request.get(screen.address + path, max_redirects=0)


def test_no_page_of_triage_offends_axe_or_scrolls_sideways(chromium: Browser, demo: Demo) -> None:
    app = create_app(demo.settings)
    search(chromium, demo)
    keeps_a_passkey(chromium, demo)
    waits_for_the_certificate(chromium, demo)
    addresses = Addresses(demo, samples=samples_drawn(chromium, demo))
    faults: list[str] = []
    with ExitStack() as desks:
        screens = {
            person.sign_in: desks.enter_context(demo.officer(chromium, person.sign_in))
            for person in demo.notebook.sign_ins
            if person.sign_in != "daniel"
        }
        roles = {person.sign_in: Role(person.role) for person in demo.notebook.sign_ins}
        stranger = desks.enter_context(Screen(chromium, demo.triage))
        awake = time.monotonic()
        for rule in pages_of(app):
            if rule.endpoint in OF_A_NEW_OFFICER | AFTER_AN_ACT:
                continue
            if time.monotonic() - awake > SECONDS_BETWEEN_SIGNS_OF_LIFE:
                for screen in screens.values():
                    _asked(screen, "/account")
                awake = time.monotonic()
            guard = guard_of(app, rule.endpoint)
            if guard == PUBLIC:
                who = [stranger]
            else:
                assert isinstance(guard, Permission), f"{rule.rule} has no guard"
                who = [screen for name, screen in screens.items() if may(roles[name], guard)]
            seen = 0
            for tried, (path, screen) in enumerate(product(addresses.of(app, rule), who)):
                if seen >= SEEN_OF_EACH or tried >= TRIED_OF_EACH:
                    break
                answer = _asked(screen, path)
                if answer.status == 303 and "/why" in answer.headers["location"]:
                    screen.opens(path)  # and says why, as an officer does
                    answer = _asked(screen, path)
                if answer.status != 200:
                    continue
                seen += 1
                if answer.headers["content-type"].startswith("text/html"):
                    faults += faults_at(screen, path)
            if not seen:
                faults.append(f"{rule.rule}: nobody could open any page of this address")
    for engine in app.extensions["quietword.engines"]:
        engine.dispose()
    assert not faults, "\n".join(faults)


def test_no_form_sent_empty_offends_axe_or_scrolls_sideways(chromium: Browser, demo: Demo) -> None:
    known = Addresses(demo).known
    ids = {"graded": UUID(str(known["report_id"][STATES.index("graded")])), "entry": UUID(str(known["entry_id"][0]))}
    faults: list[str] = []
    with Screen(chromium, demo.triage) as stranger:
        stranger.opens("/sign-in")
        faults += faults_when_sent_empty(stranger, "Sign in")
    with ExitStack() as desks:
        screens = {name: desks.enter_context(demo.officer(chromium, name)) for name in ("anna", "jo", "sarah")}
        for address, name, button in FORMS:
            screens[name].opens(address.format(**ids))
            faults += faults_when_sent_empty(screens[name], button)
    assert not faults, "\n".join(faults)


def test_no_page_that_a_new_officer_sees_offends_axe_or_scrolls_sideways(chromium: Browser, demo: Demo) -> None:
    with demo.officer(chromium, "jo") as jo:
        jo.opens("/people/add")
        jo.fills("Full name", "Una Threadgold")
        jo.fills("Sign-in name", "una")
        jo.picks("Auditor")
        jo.presses("Add officer")
        jo.sees("Una Threadgold is added")
        jo.is_sound()
        rows = jo.page.locator(".govuk-summary-list__value").all_inner_texts()
        secret, _, passphrase = (row.strip() for row in rows)
    with Screen(chromium, demo.triage) as una:
        una.opens("/")
        una.fills("Sign-in name", "una")
        una.fills("Passphrase", passphrase)
        una.fills("Code", pyotp.TOTP(secret.replace(" ", "")).now())
        una.presses("Sign in")
        assert una.heading == "Make this account your own"
        una.is_sound()
        assert faults_when_sent_empty(una, "Use these from now on") == []


def faults_when_sent_empty(screen: Screen, button: str) -> list[str]:
    """Empty every field that a person could, send the form, and look at what comes."""
    screen.page.evaluate(EMPTIED)
    path = screen.page.url.removeprefix(screen.address)
    screen.presses(button)
    if not screen.errors():
        return [f"{path}: sent empty, it does not say what to do"]
    where = f"{path} with errors"
    focus = [] if screen.page.title().startswith("Error: ") else [f"{where}: the title does not say so"]
    axe = [f"{where}: {problem}" for problem in screen.problems()]
    return focus + axe + [f"{where}: sticks out at 320 pixels: {one}" for one in screen.overflow()]


def faults_at(screen: Screen, path: str) -> list[str]:
    """What is wrong with one page, as it is first seen."""
    screen.opens(path)
    where = f"{path} ({screen.heading})"
    titles = [] if screen.page.title().endswith(" – Quiet Word triage") else [f"{where}: title {screen.page.title()!r}"]
    axe = [f"{where}: {problem}" for problem in screen.problems()]
    wide = [f"{where}: sticks out at 320 pixels: {one}" for one in screen.overflow()]
    return titles + axe + wide


def test_no_page_of_the_form_was_forgotten(demo: Demo) -> None:
    """The form's pages that have an address of their own; those that are posted are walked through in a journey."""
    app = create_form(ReportingSettings.from_environ(demo.environ))
    assert {rule.rule for rule in pages_of(app)} == set(PUBLIC_PAGES)
    for engine in app.extensions["quietword.engines"]:
        engine.dispose()


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_no_page_of_the_form_offends_axe_or_scrolls_sideways(chromium: Browser, demo: Demo, path: str) -> None:
    with Screen(chromium, demo.reporting) as reader:
        reader.opens(path)
        assert reader.page.title() == "Quiet Word"
        reader.is_sound()
