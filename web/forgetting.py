"""The first thing a request meets: it reads what it must about who asks, and then forgets it."""

import hmac
import secrets
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl

from redis import Redis
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BUCKET_BITS = 12  # about a million IPv4 addresses share a bucket, so it points to nobody
SHARED_BUCKET = 0  # for a request whose address cannot be known
HOUR = 3600
# tor's HiddenServiceExportCircuitID writes the circuit, not a person, into this network (tor(1)).
ONION_CIRCUITS = IPv6Network("fc00:dead:beef:4dad::/64")

# What the rest of the program may read. Everything else goes, so what a server adds tomorrow goes too.
KEPT = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "CONTENT_TYPE",
    "CONTENT_LENGTH",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "HTTP_HOST",
    "HTTP_SEC_FETCH_SITE",
    "wsgi.version",
    "wsgi.url_scheme",
    "wsgi.input",
    "wsgi.input_terminated",
    "wsgi.errors",
    "wsgi.multithread",
    "wsgi.multiprocess",
    "wsgi.run_once",
    "wsgi.file_wrapper",  # gunicorn asks for it while it writes the answer
    "werkzeug.debug.preserve_context",  # how Flask's test client keeps a context open; no server sends it
)


class HourlyKey(Protocol):
    """Gives the key of an hour, counted in hours since 1970."""

    def of(self, hour: int) -> bytes: ...


class KeyInMemory:
    """A key for one process, made anew each hour and kept nowhere else."""

    def __init__(self) -> None:
        self._hour = -1
        self._key = b""
        self._lock = Lock()

    def of(self, hour: int) -> bytes:
        with self._lock:
            if hour != self._hour:
                self._hour, self._key = hour, secrets.token_bytes(32)
            return self._key


class SharedKey:
    """A key that several processes share through Redis or Valkey, made there once an hour and gone after it.

    When the server cannot be reached the process goes on with a key of its own: buckets then differ between
    processes for a while, which weakens the limit and nothing else.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._own = KeyInMemory()
        self._hour = -1
        self._key = b""

    def of(self, hour: int) -> bytes:
        if hour == self._hour:
            return self._key
        name = f"quietword:flood:{hour}"
        try:
            self._redis.set(name, secrets.token_bytes(32), nx=True, ex=HOUR)
            shared = self._redis.get(name)
        except RedisError:
            return self._own.of(hour)
        if not isinstance(shared, bytes):
            return self._own.of(hour)
        self._hour, self._key = hour, shared
        return shared


def bucket_of(address: str, key: bytes) -> int:
    """The flood bucket, 0 to 4095, of an IPv4 address, an IPv6 /48 or one onion circuit, under the hour's key."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.strip().strip("[]").partition("%")[0])
    except ValueError:
        return SHARED_BUCKET
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    whole = isinstance(found, IPv4Address) or found in ONION_CIRCUITS
    neighbourhood = found.packed if whole else found.packed[:6]
    digest = hmac.digest(key, neighbourhood, sha256)
    return int.from_bytes(digest[:2], "big") >> (16 - BUCKET_BITS)


class Forgetting:
    """WSGI middleware that leaves ``quietword.bucket``, ``quietword.from`` and two languages.

    ``quietword.bucket`` is an int, `SHARED_BUCKET` where nothing better can be known. ``quietword.language`` is one
    of ``languages``, and ``quietword.browser_language`` what it would be without the address: a plain link on the
    page leads there. ``quietword.from`` is ``"same"``, ``"cross"`` or ``"unknown"``: whether the page that sent
    this request was ours. A browser that obeys our no-referrer policy says ``Origin: null`` on a form's post, which
    is "unknown"; Sec-Fetch-Site is more exact and stays.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        *,
        cookies: frozenset[str] = frozenset(),
        keep_query: bool = False,
        languages: tuple[str, ...] = ("en",),
        trusted_hops: int = 0,
        redis_url: str | None = None,
        secure: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app = app
        self._cookies = cookies
        self._keep_query = keep_query
        self._languages = languages
        self._hops = trusted_hops
        self._secure = secure
        self._clock = clock
        self._key: HourlyKey = (
            SharedKey(Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1))
            if redis_url
            else KeyInMemory()
        )

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        kept: dict[str, Any] = {name: environ[name] for name in KEPT if name in environ}  # Any: as WSGI has it
        kept["quietword.bucket"] = bucket_of(self._address(environ), self._key.of(int(self._clock()) // HOUR))
        own = self._browser_language(environ)
        kept["quietword.browser_language"] = own
        kept["quietword.language"] = self._language_in_address(environ) or own
        kept["quietword.from"] = self._from(environ)
        kept["QUERY_STRING"] = environ.get("QUERY_STRING", "") if self._keep_query else ""
        if self._cookies and (cookies := self._own_cookies(environ.get("HTTP_COOKIE", ""))):
            kept["HTTP_COOKIE"] = cookies
        if self._secure:
            kept["wsgi.url_scheme"] = "https"
        kept["REMOTE_ADDR"] = ""  # some servers fail to answer when their own log cannot find it
        environ.clear()  # in place: the server and its log hold this same mapping
        environ.update(kept)
        return self._app(environ, start_response)

    def _address(self, environ: "WSGIEnvironment") -> str:
        if not self._hops:
            return str(environ.get("REMOTE_ADDR", ""))
        # Each of our proxies adds the address it saw at the right; whatever stands further left, anybody wrote.
        forwarded = str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        return forwarded[-self._hops] if len(forwarded) >= self._hops else ""

    def _language_in_address(self, environ: "WSGIEnvironment") -> str | None:
        for name, value in parse_qsl(str(environ.get("QUERY_STRING", ""))[:200]):
            if name == "lang" and value in self._languages:
                return value
        return None

    def _browser_language(self, environ: "WSGIEnvironment") -> str:
        for wanted in str(environ.get("HTTP_ACCEPT_LANGUAGE", ""))[:200].split(","):
            tag = wanted.partition(";")[0].strip().lower().partition("-")[0]
            if tag in self._languages:
                return tag
        return self._languages[0]

    def _from(self, environ: "WSGIEnvironment") -> str:
        origin = str(environ.get("HTTP_ORIGIN", "")).lower()
        if not origin or origin == "null":
            return "unknown"
        return "same" if origin.partition("://")[2] == str(environ.get("HTTP_HOST", "")).lower() else "cross"

    def _own_cookies(self, header: str) -> str:
        sent = (part.strip() for part in header.split(";"))
        return "; ".join(part for part in sent if part.partition("=")[0] in self._cookies)
