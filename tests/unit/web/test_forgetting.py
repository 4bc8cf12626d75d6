"""The middleware reads what it must about who asks, and nothing after it can read the rest."""

import io
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.forgetting import BUCKET_BITS, KEPT, SHARED_BUCKET, Forgetting, KeyInMemory, SharedKey, bucket_of

KEY = bytes(range(32))
CANARY = "canary-7f3a"
ADDRESS = "203.0.113.77"


class Listener:
    """A WSGI application that remembers what reached it."""

    def __init__(self) -> None:
        self.environ: dict[str, Any] = {}

    def __call__(self, environ: dict[str, Any], _start_response: Any) -> Iterable[bytes]:
        self.environ = dict(environ)
        return []


def a_request(**more: object) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "SERVER_NAME": "form",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "form.example",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "REMOTE_ADDR": ADDRESS,
        **more,
    }


def after_forgetting(environ: dict[str, Any], **options: Any) -> dict[str, Any]:
    listener = Listener()
    list(Forgetting(listener, **options)(environ, lambda *_: lambda _: None))  # type: ignore[arg-type]
    return listener.environ


CARRIERS = (
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "REMOTE_USER",
    "REMOTE_IDENT",
    "QUERY_STRING",
    "RAW_URI",
    "REQUEST_URI",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_AUTHORIZATION",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_CLIENT_IP",
    "HTTP_COOKIE",
    "HTTP_DNT",
    "HTTP_FORWARDED",
    "HTTP_FROM",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_ORIGIN",
    "HTTP_REFERER",
    "HTTP_SEC_CH_UA",
    "HTTP_SEC_CH_UA_PLATFORM",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_USER_AGENT",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_X_REQUEST_ID",
    "HTTP_SOMETHING_INVENTED_TOMORROW",
    "PROXY_PROTOCOL_ADDR",
    "SSL_CLIENT_S_DN",
    "gunicorn.socket",
    "wsgi.early_hints",
    "waitress.client_disconnected",
    "werkzeug.socket",
)


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("hops", [0, 1])
def test_what_points_at_a_person_does_not_pass(carrier: str, hops: int) -> None:
    seen = after_forgetting(a_request(**{carrier: CANARY}), trusted_hops=hops)

    assert CANARY not in repr(seen)
    assert ADDRESS not in repr(seen)


def test_only_what_is_on_the_list_passes() -> None:
    seen = after_forgetting(a_request(**dict.fromkeys(CARRIERS, CANARY)))

    ours = {"bucket", "language", "browser_language", "from"}
    assert set(seen) <= set(KEPT) | {f"quietword.{name}" for name in ours} | {"QUERY_STRING", "REMOTE_ADDR"}
    assert seen["REMOTE_ADDR"] == ""


def test_the_server_itself_has_forgotten_too() -> None:
    environ = a_request(HTTP_USER_AGENT=CANARY)

    after_forgetting(environ)

    assert CANARY not in repr(environ)
    assert ADDRESS not in repr(environ)


def test_the_public_form_reads_no_cookie_and_no_query() -> None:
    seen = after_forgetting(a_request(HTTP_COOKIE=f"session={CANARY}", QUERY_STRING=f"q={CANARY}"))

    assert CANARY not in repr(seen)


def test_triage_reads_its_own_cookies_alone() -> None:
    header = f"other={CANARY}; quietword=abc-_=; sessions={CANARY}; device=d"

    seen = after_forgetting(a_request(HTTP_COOKIE=header), cookies=frozenset({"quietword", "device"}))

    assert seen["HTTP_COOKIE"] == "quietword=abc-_=; device=d"


def test_triage_keeps_its_query() -> None:
    assert after_forgetting(a_request(QUERY_STRING="page=2"), keep_query=True)["QUERY_STRING"] == "page=2"


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("https://form.example", "same"),
        ("https://FORM.example", "same"),
        ("https://elsewhere.example", "cross"),
        ("https://form.example.elsewhere", "cross"),
        ("null", "unknown"),  # what a browser under our own no-referrer policy sends with a form
        ("", "unknown"),
    ],
)
def test_the_origin_becomes_a_word(origin: str, told: str) -> None:
    seen = after_forgetting(a_request(HTTP_ORIGIN=origin))

    assert seen["quietword.from"] == told
    assert "HTTP_ORIGIN" not in seen


@pytest.mark.parametrize(
    ("query", "header", "chosen"),
    [
        ("", "", "en"),
        ("lang=pl", "", "pl"),
        ("lang=xx", "ur;q=0.8", "ur"),
        ("", "fr-FR, pl-PL;q=0.9, en;q=0.8", "pl"),
        ("lang=pl", "ur", "pl"),
        ("lang=" + CANARY, "x" * 5000, "en"),
    ],
)
def test_the_language_is_one_of_ours(query: str, header: str, chosen: str) -> None:
    request = a_request(QUERY_STRING=query, HTTP_ACCEPT_LANGUAGE=header)

    assert after_forgetting(request, languages=("en", "pl", "ur"))["quietword.language"] == chosen


def test_what_the_browser_asks_for_by_itself_is_told_apart_from_what_the_address_says() -> None:
    request = a_request(QUERY_STRING="lang=pl", HTTP_ACCEPT_LANGUAGE="ur")

    assert after_forgetting(request, languages=("en", "pl", "ur"))["quietword.browser_language"] == "ur"


def test_the_shipped_site_says_it_is_secure() -> None:
    assert after_forgetting(a_request(), secure=True)["wsgi.url_scheme"] == "https"


@given(st.ip_addresses(), st.binary(min_size=32, max_size=32))
def test_a_bucket_has_twelve_bits(address: object, key: bytes) -> None:
    assert 0 <= bucket_of(str(address), key) < 1 << BUCKET_BITS


def test_many_people_share_each_bucket() -> None:
    counts: dict[int, int] = {}
    for third in range(256):
        for last in range(256):
            bucket = bucket_of(f"198.18.{third}.{last}", KEY)
            counts[bucket] = counts.get(bucket, 0) + 1

    assert len(counts) == 1 << BUCKET_BITS
    assert min(counts.values()) >= 2


def test_a_bucket_changes_with_the_hour() -> None:
    keys = KeyInMemory()
    of_one_hour = keys.of(1)

    assert keys.of(1) == of_one_hour
    assert keys.of(2) != of_one_hour
    assert keys.of(1) != of_one_hour  # a key that has gone is gone


def test_a_household_shares_an_ipv6_bucket() -> None:
    assert bucket_of("2001:db8:1:1::1", KEY) == bucket_of("2001:db8:1:ffff:1:2:3:4", KEY)


def test_an_ipv4_address_written_as_ipv6_is_the_same() -> None:
    assert bucket_of("::ffff:203.0.113.77", KEY) == bucket_of("203.0.113.77", KEY)


def test_onion_circuits_have_buckets_of_their_own() -> None:
    circuits = {bucket_of(f"fc00:dead:beef:4dad::{number:x}", KEY) for number in range(1, 50)}

    assert len(circuits) > 30


@pytest.mark.parametrize("nonsense", ["", "unix:", "not an address", "1.2.3.4.5", CANARY, "\x00"])
def test_what_is_no_address_shares_one_bucket(nonsense: str) -> None:
    assert bucket_of(nonsense, KEY) == SHARED_BUCKET


class OneKey:
    def of(self, _hour: int) -> bytes:
        return KEY


def bucket_behind(hops: int, forwarded: str | None) -> int:
    listener = Listener()
    forgetting = Forgetting(listener, trusted_hops=hops)  # type: ignore[arg-type]
    forgetting._key = OneKey()
    request = a_request(REMOTE_ADDR="10.0.0.1", **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}))
    list(forgetting(request, lambda *_: lambda _: None))
    return int(listener.environ["quietword.bucket"])


def test_behind_a_proxy_the_bucket_is_the_senders() -> None:
    assert bucket_behind(1, ADDRESS) == bucket_of(ADDRESS, KEY)
    assert bucket_behind(2, f"{ADDRESS}, 192.0.2.9") == bucket_of(ADDRESS, KEY)


def test_a_sender_cannot_choose_a_bucket_by_forging_the_header() -> None:
    assert bucket_behind(0, "198.51.100.1") == bucket_of("10.0.0.1", KEY)
    assert bucket_behind(1, f"198.51.100.1, {ADDRESS}") == bucket_of(ADDRESS, KEY)


def test_a_missing_header_behind_a_proxy_shares_one_bucket() -> None:
    assert bucket_behind(1, None) == SHARED_BUCKET
    assert bucket_behind(2, ADDRESS) == SHARED_BUCKET


class FakeRedis:
    """Enough of Redis: SET NX and GET, and a switch to be away."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.lives: dict[str, int] = {}
        self.away = False

    def set(self, name: str, value: bytes, *, nx: bool, ex: int) -> None:
        self._answer()
        assert nx
        self.lives[name] = ex
        self.held.setdefault(name, value)

    def get(self, name: str) -> bytes | None:
        self._answer()
        return self.held.get(name)

    def _answer(self) -> None:
        if self.away:
            from redis.exceptions import ConnectionError as RedisAway

            raise RedisAway


def test_several_processes_share_the_key_of_an_hour() -> None:
    redis = FakeRedis()
    one, other = SharedKey(redis), SharedKey(redis)  # type: ignore[arg-type]

    assert one.of(5) == other.of(5)
    assert one.of(5) != one.of(6)
    assert set(redis.lives.values()) == {3600}


def test_a_lost_key_server_does_not_stop_the_form() -> None:
    redis = FakeRedis()
    redis.away = True

    assert len(SharedKey(redis).of(5)) == 32  # type: ignore[arg-type]
