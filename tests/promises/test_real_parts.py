"""The promises with the real parts around the form: nginx, Redis and PostgreSQL, each with the file that ships."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from redis import Redis

from config import Bind
from quietword.proof.parts import nginx, this_user
from quietword.proof.syscalls import Seen, read_traces
from quietword.shipped.filling import Proxy
from tests.canaries import Canaries, found_in_bytes
from tests.real_parts import NAME, BehindTls, Site, folder_for_postgres, the_parts, whole_site
from tests.shipped import FORM, ShippedForm, free_bind
from triage.intake.collecting import Wanted, release_drops
from triage.intake.unsealing import unseal_waiting
from web.headers import HEADERS, HSTS

pytestmark = pytest.mark.postgres

OURS = {*(name.lower() for name in HEADERS), "cache-control", "content-type", "content-length", "date", "connection"}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with folder_for_postgres() as folder, whole_site(folder, workers=3) as running:
        yield running


def sends(form: ShippedForm, words: str) -> str:
    """A whole way through the form; gives the receipt."""
    sent = form.press(form.ready_to_send(words), "send")
    assert sent.heading == "Sent"
    return sent.receipt


def test_whole_journeys_pass_through_nginx_over_tls(site: Site) -> None:
    """Several processes, one page state: each page may come from another process than the one before."""
    words = [f"Somebody leaves parcels by the old lock, number {number}." for number in range(6)]
    receipts = [sends(site.form, one) for one in words]
    page = site.form.press(site.form.get("/receipt").token, "look", {"receipt": receipts[0]}, path="/receipt")
    assert "No news yet" in page.text
    tom = site.force.officer("tom")
    release_drops(site.force.database, site.force.settings, site.force.collection, release=Wanted.EVERYTHING)
    with site.force.database.begin() as session:
        assert len(unseal_waiting(session, by=tom).opened) >= len(words)


def test_every_answer_has_our_headers_and_no_mark(site: Site) -> None:
    pages = [site.form.get(path) for path in ("/", "/receipt", "/privacy", "/health", "/nobody-home")]
    for page in pages:
        headers = {name.lower(): value for name, value in page.headers.items()}
        assert {name: headers.get(name.lower()) for name in HEADERS} == HEADERS
        assert headers["strict-transport-security"] == HSTS
        assert headers["cache-control"] == "no-store"
        assert not headers.keys() - OURS - {"strict-transport-security", "server"}
        assert headers["server"] == "nginx"
    style = re.search(r'href="(/static/[^"]+\.css)"', pages[0].text)
    assert style
    sheet = site.form.get(style.group(1), **{"Accept-Encoding": "gzip"})
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not {"ETag", "Last-Modified", "Vary", "Set-Cookie"} & set(sheet.headers)
    assert "Content-Encoding" not in site.form.get("/", **{"Accept-Encoding": "gzip"}).headers


def test_a_page_that_is_too_long_comes_back_with_its_words(site: Site) -> None:
    """Longer than the form takes, shorter than what nginx hands on: the answer is the form's own."""
    held = site.form.ready_to_send("The words of the page before")
    body = urlencode({"csrf_token": held, "who": "More and more words. " * 200_000}).encode()
    assert len(body) > 4 << 20
    page = site.form.request("POST", "/", body, {"Content-Type": FORM})
    assert page.status == 413
    assert "The words of the page before" in page.text
    assert "More and more words." in page.text


def test_what_even_nginx_will_not_hand_on_gets_a_page_with_our_headers(site: Site) -> None:
    answer = told_over_tls(site.form, f"POST / HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 900000000\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"Nothing was sent." in answer
    assert b"call 999" in answer
    assert b"Content-Security-Policy: default-src 'none'" in answer


def test_a_form_that_is_away_is_said_to_be_away() -> None:
    """Nobody listens behind nginx: the visitor reads what to do, and not the name of a program."""
    with folder_for_postgres() as folder, the_parts():
        proxy = Proxy(NAME, free_bind(), free_bind(), user=this_user(), run=folder / "nginx")
        with nginx(folder / "nginx", proxy):
            page = ShippedForm(folder, proxy.listen, {}).request("GET", "/", headers={"Host": NAME})
    assert page.status == 503
    assert page.heading == "The form is not working just now"
    assert {name: page.headers.get(name) for name in HEADERS} == HEADERS
    assert page.headers["Cache-Control"] == "no-store"


def test_the_flood_count_is_shared_and_holds_no_address(site: Site) -> None:
    """Three processes count together; what Redis holds is a bucket, a count and the hour's key."""
    for number in range(3):
        sends(site.form, f"Shared count, number {number}")
    with Redis.from_url(site.redis_url) as redis:
        names = sorted(bytes(name).decode() for name in redis.scan_iter())
        counts = [int(redis.get(name) or 0) for name in names if name.startswith("LIMITS:")]
        values = b"".join(bytes(redis.dump(name) or b"") for name in names)
    allowed = r"quietword:flood:\d+|LIMITS:send/\d{1,4}/\d+/1/hour|LIMITS:surge/all/\d+/1/minute"
    assert [name for name in names if not re.fullmatch(allowed, name)] == []
    assert sum(counts) >= 3
    assert found_in_bytes(values + "".join(names).encode(), ["127.0.0.1", "127.143.37.211"]) == []


def test_redis_can_be_asked_to_write_nothing_down(site: Site) -> None:
    with Redis.from_url(site.redis_url) as redis:
        for command in ("SAVE", "BGSAVE", "BGREWRITEAOF", "DEBUG", "MONITOR", "CONFIG"):
            with pytest.raises(Exception, match="unknown command"):
                redis.execute_command(command)
    assert {path.name for path in (site.folder / "redis").iterdir()} == {"redis.sock", "redis.conf", "log"}


def walk_with_canaries(form: BehindTls, canaries: Canaries) -> None:
    """Through every way in: short pages, a long one, an upload, an odd request; from an address of its own."""
    address = canaries.plant_as("address", "127.143.37.211")
    headers = {
        "User-Agent": canaries.plant("agent"),
        "X-Forwarded-For": canaries.plant_as("forwarded", "198.51.100.173"),
        "Cookie": canaries.plant("cookie", "a={}"),
        "Referer": canaries.plant("referer", "https://gossip.example/{}"),
    }
    page = form.request("GET", f"/?{canaries.plant('query')}", headers=headers, address=address)
    page = form.press(page.token, "continue", {}, headers, address=address)
    page = form.press(page.token, "check", {"what": canaries.plant("what", "Löwenzahn {}")}, headers, address=address)
    held = page.token
    assert form.press(held, "send", {}, headers, address=address).heading == "Sent"
    long = urlencode({"csrf_token": held, "who": canaries.plant("long") * 80_000}).encode()
    assert len(long) > 1 << 20
    assert form.request("POST", "/", long, {**headers, "Content-Type": FORM}, address=address).status == 413
    file = b"--b\r\nContent-Disposition: form-data; name=photo; filename=" + canaries.plant("file name").encode()
    file += b"\r\n\r\n" + canaries.plant("file content").encode() * 80_000 + b"\r\n--b--\r\n"
    multipart = {**headers, "Content-Type": "multipart/form-data; boundary=b"}
    form.request("POST", "/", file, multipart, address=address)
    told_over_tls(form, f"{canaries.plant('nonsense')}\r\n\r\n".encode())


def to_files(seen: Seen) -> bytes:
    """All that was written to anything with a path of its own, sockets left out."""
    paths = [where for where in seen.written if where.startswith("/") and not where.startswith("/dev/")]
    return b"".join(bytes(seen.written[where]) for where in paths)


def test_nginx_and_the_form_write_no_byte_of_a_request_to_any_file(site: Site) -> None:
    """Traced from the first instruction to the last: what is written, what is opened to write, whom they call."""
    canaries = Canaries()
    with site.traced() as (form, traces):
        walk_with_canaries(form, canaries)
    seen = read_traces(traces)
    assert found_in_bytes(to_files(seen), canaries.planted.values()) == []
    assert [path for path in seen.opened if "nginx-body" in path or "nginx-proxy" in path or "/temporary" in path] == []
    assert {peer.host for peer in seen.connected if peer.port} == {"127.0.0.1"}
    for log in ("postgres/log", "redis/log", "traced-form/log", "traced-nginx/log"):
        assert found_in_bytes((site.folder / log).read_bytes(), canaries.planted.values()) == []
    # The control: what passed between them was seen, so what was written down would have been.
    passed = b"".join(bytes(said) for where, said in seen.written.items() if not where.startswith("/"))
    assert found_in_bytes(passed, [canaries.planted["what"]])


def test_the_trace_sees_what_the_proxys_own_defaults_write_down(site: Site) -> None:
    """The control: the same walk with nginx's defaults for bodies and errors, and the words are found in its files."""
    canaries = Canaries()
    trace = site.folder / "trace-defaults"
    bind = Bind("127.0.0.1", int(site.settings["QUIETWORD_REPORTING_BIND"].rpartition(":")[2]))
    with site.behind_nginx(
        "defaults", bind, trace=trace, altered=lambda shipped: with_defaults(shipped, site.folder)
    ) as form:
        walk_with_canaries(form, canaries)
    found = found_in_bytes(to_files(read_traces([trace])), canaries.planted.values())
    carriers = {one.carrier for one in found}
    assert {canaries.planted[name] for name in ("long", "file content", "address")} <= carriers


def with_defaults(shipped: str, folder: Path) -> str:
    """The shipped file with three lines as nginx has them by itself."""
    for ours, default in (
        ("error_log /dev/null crit;", f"error_log {folder}/error.log info;"),
        ("client_body_buffer_size 1m;", "client_body_buffer_size 16k;"),
        ("proxy_request_buffering off;", "proxy_request_buffering on;"),
    ):
        assert ours in shipped
        shipped = shipped.replace(ours, default)
    return shipped


def told_over_tls(form: BehindTls, raw: bytes) -> bytes:
    """Bytes that no browser sends, inside TLS; gives all that is answered."""
    with (
        socket.create_connection((form.bind.host, form.bind.port), timeout=120) as plain,
        form.context.wrap_socket(plain, server_hostname=NAME) as connection,
    ):
        connection.sendall(raw)
        answer = b""
        # nginx reads on for a while after an answer, so that it arrives; the page's end is the answer's.
        while b"</html>" not in answer and (piece := connection.recv(65536)):
            answer += piece
        return answer
