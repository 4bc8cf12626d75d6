"""A request is read before a thread is lent to it, and is answered as if it had been read in one, on a real socket."""

import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.arrived import wait_until_read
from tests.force import Force
from tests.shipped import FORM, ShippedForm, running, shipped_form
from web.patience import SECONDS_TO_ARRIVE

GET = b"GET /health HTTP/1.1\r\nHost: form.example\r\n\r\n"
POST = b"POST /receipt HTTP/1.1\r\nHost: form.example\r\nOrigin: null\r\n"
ALTERED = Path(__file__).parents[2] / "altered_server.py"


@pytest.fixture
def form(force: Force, tmp_path: Path) -> Iterator[ShippedForm]:
    """One worker, whose senders wait a second for their turn with a long request, and no longer."""
    impatient = shipped_form(force, tmp_path / "shipped", script=ALTERED, QUIETWORD_TEST_ALTERED="impatient")
    with running(impatient) as served:
        yield served


def connected(form: ShippedForm) -> socket.socket:
    return socket.create_connection((form.bind.host, form.bind.port), timeout=60)


def heard(connection: socket.socket, answers: int) -> list[bytes]:
    """The status of so many answers, and of whatever more comes within a moment."""
    text = b""
    while len(found := re.findall(rb"HTTP/1\.1 (\d{3})", text)) < answers and (piece := connection.recv(65536)):
        text += piece
    connection.settimeout(0.3)
    try:
        while piece := connection.recv(65536):
            text += piece
    except TimeoutError:
        pass
    found = re.findall(rb"HTTP/1\.1 (\d{3})", text)
    connection.settimeout(60)
    return found


def sent_at(connection: socket.socket, data: bytes, *, pieces: int, pause: float) -> None:
    step = -(-len(data) // pieces)
    for at in range(0, len(data), step):
        connection.sendall(data[at : at + step])
        time.sleep(pause)


def test_one_connection_is_asked_again_and_again(form: ShippedForm) -> None:
    with connected(form) as connection:
        for _ in range(3):
            connection.sendall(GET)
            assert heard(connection, 1) == [b"200"]
        # Two at once, the second cut in the middle; and its rest.
        connection.sendall(GET + GET[:20])
        assert heard(connection, 1) == [b"200"]
        connection.sendall(GET[20:] + GET)
        assert heard(connection, 2) == [b"200", b"200"]


def test_a_body_comes_in_any_way_there_is(form: ShippedForm) -> None:
    """Whole, chunked, a byte at a time, asked for by 100 Continue: the page is the same."""
    body = urlencode({"receipt": "1" * 30, "go": "look"}).encode()
    said = POST + f"Content-Type: {FORM}\r\n".encode()
    whole = said + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (body[:7], body[7:9], body[9:]))
    chunked = said + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\nX-Behind: it\r\n\r\n"
    with connected(form) as connection:
        connection.sendall(whole)
        (answer,) = heard(connection, 1)
        assert answer in {b"200", b"400", b"403"}
        for way in (whole, chunked):
            sent_at(connection, way, pieces=len(way), pause=0.0)
            assert heard(connection, 1) == [answer]
        for expecting in (whole, chunked):
            head, _, rest = expecting.replace(b"Origin", b"Expect: 100-continue\r\nOrigin", 1).partition(b"\r\n\r\n")
            connection.sendall(head + b"\r\n\r\n")
            assert heard(connection, 1) == [b"100"]
            connection.sendall(rest)
            assert heard(connection, 1) == [answer]
        connection.sendall(whole.replace(b"Origin", b"Expect: 100-continue\r\nOrigin", 1) + GET)
        assert heard(connection, 3)[-1:] == [b"200"]


def test_two_ways_to_read_where_a_request_ends_are_refused(form: ShippedForm) -> None:
    hidden = b"GET /privacy HTTP/1.1\r\nHost: form.example\r\n\r\n"
    for ends in (
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"Content-Length : 4\r\n\r\nabcd",
        b"Content-Length: +4\r\n\r\nabcd",
        b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    ):
        with connected(form) as connection:
            connection.sendall(POST + ends + hidden)
            (status,) = heard(connection, 1)
            # A body that is found to be broken while it is read is the program's own failure.
            assert status in {b"400", b"501", b"500"}, ends


def test_a_report_over_a_bad_line_arrives(form: ShippedForm) -> None:
    """A thousand bytes a second, with a pause: its words are not lost, and the others do not wait for it."""
    held = form.ready_to_send("Long words. " * 200)
    body = urlencode({"csrf_token": held, "go": "send"}).encode()
    head = f"POST / HTTP/1.1\r\nHost: a\r\nOrigin: null\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
    with connected(form) as connection:
        connection.settimeout(120)
        connection.sendall(head.encode() + body[:-5000])
        time.sleep(2)
        sent_at(connection, body[-5000:], pieces=50, pause=0.1)
        text = b""
        while b"</html>" not in text and (piece := connection.recv(65536)):
            text += piece
    assert b"qw-receipt-digits" in text


def test_an_upload_that_finds_no_turn_gets_its_words_back(form: ShippedForm) -> None:
    """As many uploads as there are turns have stalled; the next is answered with its page, and keeps what it said."""
    stalled = []
    token = form.press(form.ready_to_send("Words that are kept"), "change-files").token
    head = "POST / HTTP/1.1\r\nHost: a\r\nOrigin: null\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    parts = (
        f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        '--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode()
    upload = head.encode() + b"Content-Length: 5000000\r\n\r\n" + parts + bytes(1_200_000)
    try:
        for _ in range(2):
            stalled.append(connected(form))
            stalled[-1].sendall(upload)
        for one in stalled:
            wait_until_read(one)  # the loop holds less than this, so that a thread was lent to each
        with connected(form) as connection:
            connection.sendall(upload)
            text = b""
            while b"</html>" not in text and (piece := connection.recv(65536)):
                text += piece
            for one in stalled:
                one.setblocking(False)
                with pytest.raises(BlockingIOError):  # it was not their end that the next had to wait for
                    one.recv(1)
            assert b"Connection: close" in text
            assert b"Others are adding files just now." in text
            sent_at(connection, bytes(1_000_000), pieces=10, pause=0.05)  # still read, though by nobody
        kept = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', text)
        assert kept
        page = form.press(kept.group(1).decode(), "check")
        assert "Words that are kept" in page.text
    finally:
        for one in stalled:
            one.close()


def test_who_asks_and_never_reads_keeps_no_thread(form: ShippedForm) -> None:
    style = re.search(r'href="(/static/[^"]+\.css)"', form.get("/").text)
    assert style
    asks = f"GET {style.group(1)} HTTP/1.1\r\nHost: a\r\n\r\n".encode() * 40
    with ExitStack() as stack:
        for _ in range(8):
            deaf = stack.enter_context(socket.socket())
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.connect((form.bind.host, form.bind.port))
            deaf.sendall(asks)
        time.sleep(1)
        with connected(form) as connection:
            connection.settimeout(30)  # a thread that writes to the deaf would wait for ever
            connection.sendall(GET)
            assert heard(connection, 1) == [b"200"]


def test_who_is_still_sending_when_the_server_stops_is_answered(form: ShippedForm) -> None:
    assert form.process
    with connected(form), connected(form) as connection:  # the first never says a word
        connection.sendall(GET[:20])
        wait_until_read(connection)
        form.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        connection.sendall(GET[20:])
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        connection.close()
        # One who is silent would be let go after a minute by themselves (`web.patience`).
        assert form.process.wait(SECONDS_TO_ARRIVE - 10) == 0
