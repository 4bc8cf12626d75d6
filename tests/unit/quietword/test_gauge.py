"""When a request is here whole: told from its bytes as they come, and believed only as far as gunicorn agrees."""

import time
from collections.abc import Iterator

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from hypothesis import given
from hypothesis import strategies as st

from quietword.gauge import MOST_CHUNKS, MOST_HEAD, MOST_WHOLE, Come, Gauge
from quietword.waiting import Source

HEAD = b"POST / HTTP/1.1\r\nHost: form.example\r\n"
WHOLE = [
    b"GET / HTTP/1.1\r\n\r\n",
    b"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"PROXY TCP6 fc00:dead:beef:4dad::1 ::1 65535 42\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    HEAD + b"Content-Length: 5\r\n\r\nwho=a",
    HEAD + b"content-length:5 \r\n\r\n\r\n\r\n\r",
    HEAD + b"Content-Length: 0\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nwho=a\r\n0\r\n\r\n",
    HEAD + b'transfer-encoding:  Chunked \r\n\r\n4;a="b"\r\n\r\n\r\n\r\n1\r\nb\r\n0\r\nX-Behind: c\r\n\r\n',
]
REFUSED = [
    HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
    HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    HEAD + b"Content-Length: -5\r\n\r\n",
    HEAD + b"Content-Length: five\r\n\r\n",
    HEAD + b"Content-Length : 5\r\n\r\n",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
]


def looks(data: bytes, step: int) -> Iterator[tuple[Come, int]]:
    gauge, held = Gauge(), bytearray()
    for at in range(0, len(data), step):
        held += data[at : at + step]
        yield gauge.look(held), len(held)


@pytest.mark.parametrize("data", WHOLE)
@given(step=st.integers(1, 200))
def test_a_request_is_whole_with_its_last_byte_and_not_before(data: bytes, step: int) -> None:
    *before, (last, _) = looks(data, step)
    assert {come for come, _ in before} <= {Come.PART}
    assert last is Come.WHOLE


@pytest.mark.parametrize("data", WHOLE)
def test_gunicorn_finds_all_of_a_whole_request_and_begins_the_next_behind_it(data: bytes) -> None:
    config, source = Config(), Source(None)
    config.set("proxy_protocol", "v1")
    source.hold(bytearray(data + b"GET /next HTTP/1.1\r\n\r\n"))
    parser = RequestParser(config, source, "")
    first = next(parser)
    first.body.read()
    assert next(parser).path == "/next"


@pytest.mark.parametrize("data", REFUSED)
def test_what_cannot_be_understood_is_handed_on_at_once_and_gunicorn_refuses_it(data: bytes) -> None:
    assert list(looks(data, len(data))) == [(Come.WHOLE, len(data))]
    source = Source(None)
    source.hold(bytearray(data))
    with pytest.raises(Exception, match=r"(?i)invalid|chunk"):
        next(RequestParser(Config(), source, "")).body.read()


@pytest.mark.parametrize("declared", [b"Content-Length: 5000000", b"Transfer-Encoding: chunked"])
def test_a_long_request_is_held_up_to_what_a_page_may_be(declared: bytes) -> None:
    body = b"400000\r\n" + bytes(2 * MOST_WHOLE)
    came = list(looks(HEAD + declared + b"\r\n\r\n" + body, 1 << 16))
    first = next(held for come, held in came if come is not Come.PART)
    assert next(come for come, _ in came if come is not Come.PART) is Come.LONG
    assert MOST_WHOLE < first <= MOST_WHOLE + MOST_HEAD + (1 << 16)


def test_what_has_no_end_is_not_held_for_ever() -> None:
    assert [come for come, _ in looks(HEAD + b"A" * 2 * MOST_HEAD, MOST_HEAD)][-1] is Come.WHOLE
    crumbs = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 2 * MOST_CHUNKS
    assert [come for come, _ in looks(crumbs, len(crumbs))] == [Come.LONG]


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Length:" + b" " * 60_000 + b"\n\r\n\r\n",
        b"Expect: 100-continue HTTP/1.1\r\n" * 2_000 + b"\r\n\r\n",
        b"Content-Length: 5\r\n" * 3_000 + b"\r\n\r\n",
        b"Transfer-Encoding" + b" " * 60_000 + b"\r\n\r\n",
    ],
)
def test_no_head_keeps_the_loop_busy(data: bytes) -> None:
    begun = time.process_time()
    list(looks(HEAD + data, len(HEAD + data)))
    assert time.process_time() - begun < 0.1


def test_who_waits_to_be_told_to_go_on_is_known() -> None:
    for head, expects in ((b"Expect: 100-Continue\r\n", True), (b"Expected: 100-continue\r\n", False)):
        gauge = Gauge()
        assert gauge.look(bytearray(HEAD + head + b"Content-Length: 5\r\n\r\n")) is Come.PART
        assert gauge.expects is expects
