"""Promise 1: no address, device, browser, referrer, cookie, file name or time of day is in any byte we keep or log.

Canaries are planted in everything a request can carry, sent to the server as it is shipped, and looked for, in every
form they could have been written down in, in every file it can write to: databases, logs of them, logs, temporary
files, home. Not covered here: memory after the request, what the kernel and a proxy keep, PostgreSQL's own files.
"""

import ast
import json
import os
import re
import sys
from pathlib import Path

import pytest
from sqlalchemy import Date, DateTime, Time

import triage.tables
from store.tables import metadata as drop_tables
from tests.audit_lines import lines_of_the_system
from tests.canaries import CASELESS, Canaries, forms_of
from tests.force import Force
from tests.public_form import PublicForm
from tests.shipped import ShippedForm, running, shipped_form
from triage.base import CaseBase, KeysBase
from triage.bell.ringing import ring
from triage.bell.rules import SENTENCES, Call
from triage.intake.collecting import Wanted, release_drops
from triage.intake.reports import case_report
from triage.intake.unsealing import unseal_waiting

PEER = "127.143.37.211"
BOUNDARY = "quietword-test"
ALTERED = Path(__file__).parent.parent / "altered_server.py"
ADDRESSES = {
    "X-Forwarded-For": "198.51.100.173, 203.0.113.94",
    "X-Real-IP": "198.51.100.187",
    "CF-Connecting-IP": "2001:db8:5e6f:7a8b::c9d0",
    "True-Client-IP": "198.51.100.191",
    "X-Client-IP": "203.0.113.193",
}
HEADERS = (
    "User-Agent",
    "Accept-Language",
    "Sec-CH-UA",
    "Sec-CH-UA-Platform",
    "Sec-CH-UA-Model",
    "Sec-CH-UA-Platform-Version",
    "Sec-CH-UA-Full-Version-List",
    "Via",
    "From",
    "Authorization",
    "X-Requested-With",
    "X-Request-ID",
    "Save-Data",
    "If-None-Match",
    "X-Nobody-Knows-This-One",
)
TYPED = ("what", "who", "where", "when", "things", "careful")


def who_asks(canaries: Canaries, turn: str = "") -> dict[str, str]:
    """The headers of one browser, each with something to be recognised by."""
    canaries.plant_as(f"the peer's address {turn}", PEER)
    headers = {name: canaries.plant(f"{name} {turn}", "Quillw\xf6rt {}/5.0") for name in HEADERS}
    for name, address in ADDRESSES.items():
        for place, one in enumerate(address.split(", ")):
            canaries.plant_as(f"{name} {place} {turn}", one)
        headers[name] = address
    canaries.plant_as(f"Forwarded {turn}", "192.0.2.143")
    headers["Forwarded"] = "for=192.0.2.143;proto=https;by=203.0.113.43"
    headers["Referer"] = canaries.plant(f"Referer {turn}", "https://gossip.example/{}?about=us")
    headers["Origin"] = canaries.plant(f"Origin {turn}", "https://{}.example")
    headers["Sec-Fetch-Site"] = "same-origin"
    headers["Cookie"] = canaries.plant(f"Cookie {turn}", "session={}; seen=yes")
    return headers


def fill_in(form: ShippedForm, canaries: Canaries, headers: dict[str, str], query: str) -> str:
    """Go through every page of the form as one browser, send, and give the receipt."""
    page = form.request("GET", f"/?{query}", headers=headers, address=PEER)
    page = form.press(page.token, "continue", {}, headers, path=f"/?{query}", address=PEER)
    for names in (("what",), ("who",), ("where",), ("when",), ("things",), (), (), ("careful",), ()):
        typed = {name: canaries.plant(name, "Gänseblümchen & {} +/~") for name in names}
        page = form.press(page.token, "continue", typed, headers, path=f"/?{query}", address=PEER)
    assert page.heading == "Check your answers"
    page = form.press(page.token, "send", {}, headers, path=f"/?{query}", address=PEER)
    assert page.heading == "Sent"
    return page.receipt


def ask_oddly(form: ShippedForm, canaries: Canaries, headers: dict[str, str]) -> None:
    """Everything that ends on an error page, and what never was a request."""
    lost = canaries.plant("words on a stale page", "Kornblume {} é")
    assert form.press("stale", "continue", {"what": lost}, headers, address=PEER).status == 400
    path = canaries.plant("a path", "/nobody-home-{}")
    assert form.request("GET", path, headers=headers, address=PEER).status == 404
    assert form.request("PUT", "/", lost.encode(), headers, address=PEER).status == 405
    held = form.ready_to_send(canaries.plant("words before an over-long body", "Ackersenf {} ö"))
    long = canaries.plant("words of an over-long body", "Schafgarbe {} ü") * 60_000
    assert form.press(held, "continue", {"what": long}, headers, address=PEER).status == 413
    name, content = canaries.plant("a file's name", "IMG_{}.jpg"), canaries.plant("a file's content")
    body = many_parts({"csrf_token": held, "go": "send"}, name, content.encode() * 60_000)
    multipart = {**headers, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    form.request("POST", "/", body, multipart, address=PEER)
    for shape in (
        "GET /{} HTTP/1.1\r\nHost: x\r\nBad header {}\r\n\r\n",
        "{} nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: {}\r\nX-Long: " + "{}" * 1000 + "\r\n\r\n",
        "GET /?" + "{}" * 400 + " HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\nContent-Type: " + "{}\r\n\r\nwhat={}",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ{}\r\n{}",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -{}\r\n\r\n{}",
    ):
        form.tell(shape.replace("{}", canaries.plant(f"raw bytes {shape[:60]}")).encode())


def many_parts(fields: dict[str, str], filename: str, content: bytes) -> bytes:
    """A multipart body with one file in it."""
    line = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    head = "".join(f'{line}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    file = f'{line}"photo"; filename="{filename}"\r\nContent-Type: image/jpeg\r\n\r\n'
    return f"{head}{file}".encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def test_we_do_not_keep_who_you_are(force: Force, tmp_path: Path) -> None:
    """Through the shipped server, collected and opened by an officer: nothing of who asked, nothing that was typed."""
    canaries = Canaries()
    headers = who_asks(canaries)
    query = canaries.plant("the query string", "from={}")
    with running(shipped_form(force, tmp_path / "shipped", QUIETWORD_TRUSTED_HOPS="1")) as form:
        receipt = fill_in(form, canaries, headers, query)
        canaries.plant_as("the receipt", receipt)
        canaries.plant_as("the receipt without spaces", receipt.replace(" ", ""))
        looked = form.request("GET", f"/receipt?{query}", headers=headers, address=PEER)
        assert "No news yet" in form.press(looked.token, "look", {"receipt": receipt}, headers, path="/receipt").text
        ask_oddly(form, canaries, headers)
        assert len(canaries.planted) >= 40
        assert canaries.found_in([tmp_path]) == []
        assert list(form.temporary.rglob("*")) == []
    assert canaries.found_in([tmp_path]) == []
    tom = force.officer("tom")
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    with force.database.begin() as session:
        opened = [case_report(session, one, by=tom) for one in unseal_waiting(session, by=tom).opened]
    assert {canaries.planted["what"], canaries.planted["words before an over-long body"]} == {
        report.answers["what"] for report in opened
    }
    assert canaries.found_in([tmp_path]) == []
    force.dispose()
    assert canaries.found_in([tmp_path]) == []


@pytest.mark.parametrize("fault", ["in a view", "before forgetting"])
def test_a_crash_writes_nothing_of_the_request_to_the_log(force: Force, tmp_path: Path, fault: str) -> None:
    """An exception that quotes the whole request is logged by its type and place, on the date, and no more."""
    canaries = Canaries()
    headers = who_asks(canaries)
    broken = shipped_form(force, tmp_path / "shipped", script=ALTERED, QUIETWORD_TEST_ALTERED=fault)
    with running(broken) as form:
        words = {name: canaries.plant(name, "Löwenzahn {} +") for name in TYPED}
        page = form.press("x" * 40, "continue", words, headers, path=f"/?{canaries.plant('query')}", address=PEER)
        if fault == "in a view":
            assert page.status == 400
            page = form.press(form.get("/").token, "continue", words, headers, address=PEER)
        assert page.status == 500
    log = (form.logs / "stderr").read_text("utf-8")
    assert ("ValueError" if fault == "in a view" else "RuntimeError") in log
    assert not re.search(r"\d\d:\d\d", re.sub(r"\.py:\d+", "", log)), log
    assert canaries.found_in([tmp_path]) == []


def test_the_search_finds_what_a_careless_server_keeps(force: Force, tmp_path: Path) -> None:
    """The control: where one line of every request is logged, the same search finds who asked, and for what."""
    canaries = Canaries()
    headers = who_asks(canaries)
    careless = shipped_form(force, tmp_path / "shipped", script=ALTERED, QUIETWORD_TEST_ALTERED="careless log")
    with running(careless) as form:
        form.request("GET", f"/?{canaries.plant('query')}", headers=headers, address=PEER)
    found = {one.carrier for one in canaries.found_in([tmp_path])}
    assert found == set(canaries.planted)


def test_the_search_finds_a_canary_in_every_form(tmp_path: Path) -> None:
    """The control of the control: each way of writing a word down is recognised, and every folder is really read."""
    canaries = Canaries()
    word = canaries.plant("word", "Übel & {}/x")
    for number, (form, look) in enumerate(forms_of(word)):
        (tmp_path / f"{number}").write_bytes(b"\x00before" + (look.upper() if form in CASELESS else look) + b"after")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "file").write_text(json.dumps([word]))
    found = canaries.found_in([tmp_path])
    assert {one.file for one in found} == {str(path) for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(AssertionError, match="not there"):
        canaries.found_in([tmp_path / "missing"])


def test_nothing_a_server_puts_beside_a_request_is_kept(
    public_form: PublicForm, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """What another WSGI server or a proxy's module could add to the environment, added to each page of the form."""
    canaries = Canaries()
    environ = {
        name: canaries.plant(name)
        for name in (
            "REMOTE_USER",
            "REMOTE_HOST",
            "REMOTE_PORT",
            "SSL_CLIENT_S_DN",
            "SSL_SESSION_ID",
            "RAW_URI",
            "REQUEST_URI",
            "UNIQUE_ID",
            "GEOIP_CITY",
            "HTTP_X_FORWARDED_HOST",
            "HTTP_USER_AGENT",
            "QUERY_STRING",
        )
    }
    environ["REMOTE_ADDR"] = canaries.plant_as("REMOTE_ADDR", "198.51.100.229")
    client = public_form.app.test_client()

    def post(**fields: str) -> str:
        return client.post("/", data=fields, environ_overrides=environ).text

    def token_in(page: str) -> str:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
        assert found
        return found.group(1)

    page = post(csrf_token=token_in(client.get("/", environ_overrides=environ).text), go="continue")
    page = post(csrf_token=token_in(page), go="check", what=canaries.plant("what", "Wörter {}"))
    assert "Your receipt" in post(csrf_token=token_in(page), go="send")
    assert len(public_form.drops()) == 1
    written = capfd.readouterr()
    (tmp_path / "written").write_text(written.out + written.err + caplog.text)
    assert canaries.found_in([tmp_path]) == []


def test_no_table_of_reports_has_room_for_a_time_of_day() -> None:
    """Dates only: the one place with times is officers' own sessions, which no reporter has."""
    assert triage.tables.STEPS
    timed = {
        f"{column.table.name}.{column.name}"
        for metadata in (drop_tables, CaseBase.metadata, KeysBase.metadata)
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, (DateTime, Time)) and not isinstance(column.type, Date)
    }
    assert timed == {"sessions.started_at", "sessions.seen_at"}


def test_what_happens_unattended_leaves_a_date_and_no_time(force: Force) -> None:
    """The hour of a collection is near the hour of a report, so the auditor's line of it has none."""
    force.send("somebody waited until dark")
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    lines = lines_of_the_system(force)
    assert lines[-1]["act"] == "drops collected"
    assert {line["at"] for line in lines} == {force.today.isoformat()}


def test_the_public_form_sets_no_cookie(force: Force, tmp_path: Path) -> None:
    """Nothing is put into the browser by which it could be known again: no cookie, no tag of what it has seen."""
    with running(shipped_form(force, tmp_path / "shipped")) as form:
        pages = [form.get(path) for path in ("/", "/receipt", "/privacy", "/health", "/nobody")]
        token = form.ready_to_send("Wörter")
        pages.append(form.press(token, "send"))
        style = re.search(r'href="(/static/[^"]+\.css)"', pages[0].text)
        assert style
        pages.append(form.get(style.group(1)))
    for page in pages:
        names = {name.lower() for name in page.headers}
        assert not names & {"set-cookie", "etag", "last-modified", "accept-ch", "report-to", "nel"}


@pytest.mark.parametrize("call", list(Call))
def test_whoever_the_bell_calls_is_told_nothing_of_any_report(call: Call, tmp_path: Path) -> None:
    """The command is run for real: one fixed sentence, why it is run, and none of our settings; not even how many."""
    heard = tmp_path / "heard"
    script = f"import os, sys; open({str(heard)!r}, 'w').write(sys.stdin.read() + repr(sorted(os.environ)))"
    before = dict(os.environ)
    os.environ["QUIETWORD_DROP_URL"] = "postgresql://somewhere/secret"
    try:
        assert ring((sys.executable, "-c", script), call)
    finally:
        os.environ.clear()
        os.environ.update(before)
    sentence, _, names = heard.read_text().partition("\n")
    assert sentence == SENTENCES[call]
    assert {name for name in ast.literal_eval(names) if name.startswith("QUIETWORD")} == {"QUIETWORD_BELL"}
    assert not ring((sys.executable, "-c", "raise SystemExit(3)"), call)
    assert not ring(("/nowhere/pager",), call)
