"""What a hostile page, a hostile colleague and a hostile reporter try at each route: forged, stolen and doubled posts,
other people's tokens, frames, caches and scripts. Fields that no form has: `test_mass_assignment.py`.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from werkzeug.datastructures import Headers

from tests.audit_lines import audit_lines
from tests.authorisation.asking import (
    NOT_IN_THIS_WORLD,
    OK,
    ROWS,
    SEE_OTHER,
    ask,
    doer,
    places,
)
from tests.authorisation.filled import FILLED
from tests.authorisation.objects import MARKUP, SECRET
from tests.authorisation.posting import WHO, address_of, filled_in, post, reached
from tests.authorisation.world import COOKIE, World
from tests.pages import PageError, check_page
from triage.audit.acts import Act
from triage.officers.guard import SAFE_METHODS
from web.headers import HEADERS

# Nothing that these show is in this world: a passkey, and a certificate of what was disposed of.
NO_PAGE_HERE = {
    "GET /account/passkeys/<passkey_id>",
    "GET /account/passkeys/<passkey_id>/remove",
    "GET /disposal/certificates/<disposal_id>",
    "GET /disposal/certificates/<disposal_id>/file",
}
READ = [name for name, row in ROWS.items() if row.method == "GET"]
POSTS = sorted(FILLED)
HTML = "text/html; charset=utf-8"
ADDRESS = re.compile(r'(?:href|action|src)="([^"]*)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
REFUSED = 400


@pytest.mark.parametrize("name", POSTS)
def test_no_post_is_taken_as_json_or_with_somebody_elses_token(world: World, name: str) -> None:
    found = reached(world, name)
    if found is None:
        assert name in NOT_IN_THIS_WORLD
        return
    who, ids = found
    other = "iris" if who != "iris" else "tom"
    before = world.contents()
    sent = filled_in(world, name, who, ids)
    assert post(world, name, who, ids, {**sent, "csrf_token": world.tokens[other]}) == REFUSED
    sent = filled_in(world, name, who, ids)
    assert post(world, name, who, ids, {**sent, "csrf_token": ""}) == REFUSED
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        sent = filled_in(world, name, who, ids)
        assert post(world, name, who, ids, sent, headers=headers) == REFUSED
    as_json = json.dumps(filled_in(world, name, who, ids), default=str)
    assert post(world, name, who, ids, as_json, content_type="application/json") == REFUSED
    assert world.contents() == before


@dataclass(frozen=True)
class Seen:
    """One page as somebody got it."""

    where: str
    status: int
    headers: Headers
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")

    @property
    def is_page(self) -> bool:
        return self.headers["Content-Type"] == HTML and self.status != SEE_OTHER


@pytest.fixture(scope="module")
def seen(world: World) -> dict[str, list[Seen]]:
    """Every page there is, as everybody at work gets it: of what they may see and of what they may not."""
    found: dict[str, list[Seen]] = {}
    for who in WHO:
        found[who] = []
        for name in READ:
            for where in places(ROWS[name], world):
                answer = ask(world, who, ROWS[name], where.ids)
                found[who].append(Seen(f"{name} of {where.name}", answer.status_code, answer.headers, answer.data))
    world.restore()
    return found


@pytest.mark.parametrize("who", WHO)
def test_every_page_of_an_officer_is_kept_by_no_cache_and_shown_in_no_frame(
    seen: dict[str, list[Seen]], who: str
) -> None:
    """The same closed headers on what is shown and on what is refused, sound HTML, and nobody's markup."""
    wrong = []
    sound: set[tuple[bytes, tuple[tuple[str, str], ...]]] = set()  # what is refused is refused in the same bytes
    for one in seen[who]:
        closed = {header: one.headers.get(header) for header in HEADERS} == HEADERS
        if not closed and "sandbox" not in one.headers["Content-Security-Policy"]:
            wrong.append(f"{one.where}: a header is missing")
        if one.headers.get("Cache-Control") != "no-store" or "ETag" in one.headers:
            wrong.append(f"{one.where}: a browser may keep it")
        if MARKUP in one.text or MARKUP.title() in one.text:
            wrong.append(f"{one.where}: markup that somebody wrote is on the page")
        same = (one.data, tuple(one.headers))
        if one.is_page and same not in sound:
            try:
                check_page(one.data, dict(one.headers))
                sound.add(same)
            except PageError as error:
                wrong.append(f"{one.where}: {str(error)[:200]}")
    assert wrong == [], "\n".join(wrong[:20])


@pytest.mark.parametrize("who", WHO)
def test_every_page_of_an_officer_can_be_left_by_signing_out(seen: dict[str, list[Seen]], who: str) -> None:
    assert [one.where for one in seen[who] if one.is_page and 'action="/sign-out"' not in one.text] == []


@pytest.mark.parametrize("who", WHO)
def test_no_address_or_title_of_an_officers_page_holds_words(seen: dict[str, list[Seen]], who: str) -> None:
    """Links, forms, redirects and titles, which a browser keeps: ids and codes, never what anybody wrote. (A list
    narrowed by a form that is sent by GET is the exception, which docs/asvs.csv gives.)"""
    wrong = []
    for one in seen[who]:
        kept = [*ADDRESS.findall(one.text), *TITLE.findall(one.text), one.headers.get("Location", "")]
        wrong += [f"{one.where}: {words}" for words in kept if "cormorant" in words.casefold()]
    assert wrong == []


def test_signing_out_clears_what_the_browser_holds(world: World) -> None:
    answer = ask(world, "tom", ROWS["POST /sign-out"], {})
    world.restore()
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    gone = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{COOKIE}=;")]
    assert len(gone) == 1


@pytest.mark.parametrize(
    "after",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "/reports\r\nSet-Cookie: quietword=mine",
        "javascript:alert(1)",
        "/people/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_nobody_is_led_elsewhere_and_no_header_is_forged(world: World, after: str) -> None:
    """Wherever an address asks to be led on to: of the page that goes on, and of the one that asks why."""
    report = world.objects["desk"]["report_id"]
    for path in ("/go-on", f"/reports/{report}/why"):
        client = world.browsers["tom"]
        data = {"csrf_token": world.tokens["tom"], "reason": "to assess, grade or link it", "open": "Open the report"}
        answer = client.client.post(path, query_string={"after": after}, data=data, base_url=client.base_url)
        world.restore()
        to = urlsplit(answer.headers["Location"])
        assert answer.status_code == SEE_OTHER
        assert (to.scheme, to.netloc) in {("", ""), ("http", "localhost")}
        assert to.path == "/" or to.path.startswith("/reports")
        assert answer.headers.getlist("Set-Cookie") == []


def test_what_is_refused_leaves_a_line(world: World) -> None:
    """By role, by key and by token: who, what, of which id; and not a word of what was typed."""
    report_id = world.objects["apart"]["report_id"]
    tom, nell = world.people["tom"], world.people["nell"]
    ask(world, "nell", ROWS["POST /reports/<report_id>/close"], {"report_id": report_id})
    ask(world, "tom", ROWS["GET /reports/<report_id>"], {"report_id": report_id})
    post(world, "POST /reports/<report_id>/close", "tom", {"report_id": report_id}, {"reason": SECRET})
    lines = [line for one in (nell, tom) for line in audit_lines(world.force, one) if line["act"] == Act.ACCESS_REFUSED]
    world.restore()
    told = [(line["subject"], line["reason"]) for line in lines]
    assert told == [
        (str(report_id), "POST casefile.close_report"),
        (str(report_id), "GET casefile.show"),
        (str(report_id), "POST casefile.close_report"),
    ]


def test_a_post_that_is_sent_twice_is_done_once(world: World) -> None:
    """The same bytes again, with the token of the session: the second finds it done."""
    for name in (
        "POST /reports/<report_id>/close",
        "POST /operations/<operation_id>/approve",
        "POST /outcomes/<outcome_id>/report",
        "POST /sanitised/<draft_id>",
    ):
        found = doer(world, name)
        assert found is not None
        who, ids = found
        sent, before = filled_in(world, name, who, ids), world.contents()
        post(world, name, who, ids, sent)
        once = world.contents()
        assert once != before, name
        assert post(world, name, who, ids, sent) in {OK, SEE_OTHER, 409, 422}, name
        twice = world.contents()
        assert [table for table in once if once[table] != twice[table]] == [], name
        world.restore()


def test_no_get_needs_a_token_because_none_does_anything(world: World) -> None:
    """What is read may leave a line, make a report read, and keep an index; nothing else changes by being asked for,
    by any of the methods that need no token."""
    assert frozenset({"GET", "HEAD", "OPTIONS"}) == SAFE_METHODS
    may_change = {"case.reports", "case.pending_notices", "case.answered", "case.register_findings", "case.searches"}
    changed: set[str] = set()
    not_asked: set[str] = set()
    for name in READ:
        found = reached(world, name)
        if found is None:
            not_asked.add(name)
            continue
        client, path = world.browsers[found[0]], address_of(ROWS[name].path, found[1])
        before = world.contents()
        for method in sorted(SAFE_METHODS):
            client.client.open(path, method=method, base_url=client.base_url)
        after = world.contents()
        changed |= {f"{table} by {name}" for table in before if before[table] != after[table]}
        world.restore()
    assert {one for one in changed if one.partition(" ")[0] not in may_change} == set()
    assert changed, "and what may change is seen to: a reading that changes something would be noticed"
    assert not_asked == NO_PAGE_HERE
