"""Slows a flood down without refusing anybody: more sends mean a longer wait, from one bucket or altogether."""

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, Request, request
from flask_limiter import Limiter
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from redis.exceptions import RedisError

from web.forgetting import SHARED_BUCKET
from web.incidents import log_event

NAME = "quietword.limits"
BUCKET = "quietword.bucket"


@dataclass(frozen=True)
class Step:
    """Up to ``sends`` in an hour from one bucket, each send waits ``delay`` seconds."""

    sends: int
    delay: int


# A bucket is shared by about a million addresses, so an ordinary evening must stay on the first step. The waits are
# short enough for a frightened person and long enough that filling the store takes a script days.
STEPS = (Step(30, 0), Step(60, 5), Step(120, 15), Step(240, 30))
LONGEST_DELAY = 60
# Twenty reports a second is the worst evening we build for; past thirty, everybody waits a little.
SURGE_SENDS = 1800
SURGE_DELAY = 10
# A person needs longer than this from the first page to the last button. It is asked only where sends wait anyway,
# so that nobody meets it on an ordinary day.
LEAST_SECONDS = 20
EVERYBODY = "all"


class BucketCounts(MemoryStorage):
    """Counts in memory, without the library's sweeper: a thread started at one send in a few, for which the reporter
    waits until a busy machine has time for it. There are 4,096 buckets at most, and a count that has ended goes when
    it is next looked at, so nothing needs sweeping."""

    STORAGE_SCHEME = ["buckets"]  # noqa: RUF012 - as the library declares it

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 - the library's own private name
        """Start no thread."""


class Limits:
    """Counts sends by flood bucket, through Flask-Limiter's store; it sees nothing else of a request."""

    def __init__(
        self,
        app: Flask,
        *,
        redis_url: str | None = None,
        steps: tuple[Step, ...] = STEPS,
        surge: int = SURGE_SENDS,
    ) -> None:
        for name in ("flask-limiter", "flask_limiter"):
            logging.getLogger(name).disabled = True
        self._items = tuple((RateLimitItemPerHour(step.sends, namespace="send"), step) for step in steps)
        self._surge = RateLimitItemPerMinute(surge, namespace="surge")
        self._limiter = Limiter(lambda: bucket_key(request), storage_uri=_storage(redis_url), headers_enabled=False)
        # Registered beforehand, it adds no hooks of its own: we ask it at the one place that counts.
        app.extensions.setdefault("limiter", set()).add(self._limiter)
        self._limiter.init_app(app)
        app.extensions[NAME] = self

    def count_send(self, asked: Request, age: int | None = None) -> int:
        """Count one send, and give the seconds that it must wait.

        `age` is for how many seconds the report has been written, as its own sealed page says: where sends wait, one
        that was filled in faster than a person can waits until a person could have done it.
        """
        try:
            wait = self._bucket_delay(bucket_key(asked))
            # A bucket that waits already counts no further: one flooder must not make everybody wait.
            surge = not wait and not self._limiter.limiter.hit(self._surge, EVERYBODY)
        except RedisError:
            log_event("limits_store_away", level=logging.WARNING)
            return 0
        if surge:
            # Not all at once: those who wait come back spread over as long again.
            wait = SURGE_DELAY + secrets.randbelow(SURGE_DELAY + 1)
        return max(wait, LEAST_SECONDS - age) if wait and age is not None else wait

    def _bucket_delay(self, key: str) -> int:
        for item, step in self._items:
            if self._limiter.limiter.hit(item, key):
                return step.delay
        return LONGEST_DELAY


def bucket_key(asked: Request) -> str:
    """The flood bucket as the limiter's key: a number below 4096."""
    return str(asked.environ.get(BUCKET, SHARED_BUCKET))


def _storage(redis_url: str | None) -> str:
    """The store as the library names it: a socket in the file system has a scheme of its own there."""
    if redis_url is None:
        return "buckets://"
    return f"redis+{redis_url}" if redis_url.startswith("unix://") else redis_url
