"""Promise 8: it works without JavaScript, in Tor Browser at its safest setting, and loads nothing from anybody else.

`PageClient` runs no script and follows no resource: whatever it can do, a browser without scripts can. It also checks
each page it fetches (no inline script or style, no handler). The journeys in a real browser with scripts off are in
`tests/journeys/`; here every page of the form is looked at for what it would make a browser fetch.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest

from envelope.mailbox import NoticeState, Receipt
from reporting.questions import QUESTIONS
from store.tables import drops
from tests.pages import PageClient, PageError, check_page
from tests.public_form import PublicForm
from web.headers import HEADERS

FETCHED = {
    "src",
    "srcset",
    "href",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
    "manifest",
    "cite",
    "longdesc",
    "imagesrcset",
    "content",
}
# Tor Browser's safest setting draws none of these.
NOT_AT_THE_SAFEST = {"svg", "math", "video", "audio", "canvas", "embed", "object", "iframe", "applet", "noscript"}


def every_page(form: PublicForm) -> Iterator[tuple[str, PageClient]]:
    """Each page of the form as a person meets it who never runs a script."""
    person = form.person
    for path in ("/", "/privacy", "/receipt"):
        person.page(path)
        yield path, person
    person.page("/")
    person.submit(button="Start")
    yield "the first question", person
    person.submit(what="", button="Continue")
    yield "an error", person
    person.submit(what="Boxes at night", button="Continue")
    for step in [*(question.id for question in QUESTIONS[1:]), "files"]:
        yield step, person
        person.submit(button="Continue")
    assert person.heading() == "Check your answers"
    yield "check", person
    person.submit(button="change-who")
    person.submit(who="Big Tony", button="Continue")
    person.submit(button="back")
    yield "back", person
    person.submit(button="Continue")
    page = person.value("csrf_token")
    drops.drop(form.engine)
    person.submit(button="Send", status=503)
    yield "not sent", person
    drops.create(form.engine)
    person.submit(button="Try again")
    assert person.heading() == "Sent"
    yield "sent", person
    receipt = Receipt.generate()
    form.publish_notice(receipt, NoticeState.READ, message="Thank you.")
    person.page("/receipt")
    person.submit(receipt="seven words are not enough", button="look")
    yield "a wrong receipt", person
    person.submit(receipt=" ".join(receipt.words()), button="look")
    person.sees("Read by a person")
    yield "looked", person
    person.submit(button="burn")
    yield "burn", person
    person.submit(button="burn")
    yield "burnt", person
    person.post("/", {"csrf_token": page[:-9] + "forgedpage", "what": "Boxes", "go": "continue"}, status=400)
    yield "stale", person
    person.page("/nobody-home", status=404)
    yield "not found", person
    form.today += timedelta(days=40)
    person.page("/", status=503)
    yield "closed", person


def addresses(page: Element) -> Iterator[tuple[str, str, str]]:
    """Everything an element names that a browser would fetch, send to or go to."""
    for element in page.iter():
        for name, value in element.attrib.items():
            if name.lower() in FETCHED or "://" in value:
                for one in re.split(r"[\s,;]+", value):
                    if "//" in one:
                        yield str(element.tag), name.lower(), one


def test_it_works_without_javascript_and_loads_nothing_from_anybody_else(public_form: PublicForm) -> None:
    """Every page, errors included: only links to press lead elsewhere, and they do not say from where."""
    seen = set()
    for name, person in every_page(public_form):
        seen.add(name)
        assert person.response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
        for tag, attribute, address in addresses(person.root):
            assert (tag, attribute) == ("a", "href"), f"{name}: {tag} {attribute} {address}"
        for element in person.root.iter():
            assert element.tag not in NOT_AT_THE_SAFEST, f"{name}: {element.tag}"
            if element.tag == "script":
                assert urlsplit(element.get("src", "")).path.startswith("/static/")
            if element.tag == "a" and urlsplit(element.get("href", "")).netloc:
                assert "noreferrer" in element.get("rel", "").split()
            if element.tag == "form":
                assert element.get("method", "get").lower() == "post" or element.get("action", "").startswith("/")
    assert len(seen) >= 18


def test_the_headers_let_a_browser_fetch_from_us_alone() -> None:
    """Should a page ever name somebody else, the browser is told not to follow."""
    policy = dict(part.strip().partition(" ")[::2] for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    allowed = {source for sources in policy.values() for source in sources.split()}
    assert allowed <= {"'self'", "'none'", "data:"}
    assert HEADERS["Referrer-Policy"] == "no-referrer"


def test_what_the_pages_load_is_small_still_and_our_own(public_form: PublicForm) -> None:
    """The style sheet, script and icons themselves fetch nothing: no font, no import, no address of anybody."""
    person = public_form.person
    person.page("/")
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', person.response.text)
    assert loaded
    kinds = set()
    for path in loaded:
        answer = person.client.get(path)
        assert answer.status_code == 200
        kinds.add(Path(path).suffix)
        if path.endswith((".css", ".js")):
            assert not re.search(r"@import|@font-face|url\(\s*[\"']?(?!data:|/static/)", answer.text)
            assert not re.search(
                r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b", answer.text
            )
            outside = set(re.findall(r"https?://[^\s\"'()]+", answer.text))
            assert {urlsplit(one).netloc for one in outside} <= {"www.w3.org"}
    assert kinds <= {".css", ".js", ".png"}


@pytest.mark.parametrize(
    "planted",
    [
        '<img src="https://elsewhere.example/x.png" alt="">',
        "<script>alert(1)</script>",
        '<p onclick="x()">x</p>',
        '<p style="color:red">x</p>',
    ],
)
def test_the_check_of_every_page_sees_what_should_not_be_there(public_form: PublicForm, planted: str) -> None:
    """The control: the same page with one thing planted is refused by the client that all tests use."""
    person = public_form.person
    person.page("/privacy")
    html = person.response.data.replace(b"</h1>", b"</h1>" + planted.encode(), 1)
    with pytest.raises(PageError):
        check_page(html, dict(person.response.headers))
