"""A flood is slowed down and never refused, and its counter knows a bucket and nothing more."""

import pytest
from flask import Flask, Request
from redis import Redis
from redis.exceptions import RedisError
from werkzeug.test import EnvironBuilder

from tests.services import missing_service
from web.limits import LEAST_SECONDS, SURGE_DELAY, BucketCounts, Limits, Step, bucket_key

STEPS = (Step(2, 0), Step(3, 5))


def from_bucket(bucket: int) -> Request:
    return Request({**EnvironBuilder().get_environ(), "quietword.bucket": bucket, "REMOTE_ADDR": "203.0.113.5"})


def test_a_crowded_bucket_waits_longer_and_is_never_refused() -> None:
    limits = Limits(Flask("sample"), steps=STEPS)

    waits = [limits.count_send(from_bucket(7)) for _ in range(50)]

    assert waits[:7] == [0, 0, 5, 5, 5, 60, 60]
    assert waits[-1] == 60


def test_one_bucket_does_not_slow_another() -> None:
    limits = Limits(Flask("sample"), steps=STEPS)
    for _ in range(20):
        limits.count_send(from_bucket(7))

    assert limits.count_send(from_bucket(7)) == 60
    assert limits.count_send(from_bucket(8)) == 0


def test_in_a_surge_everybody_waits_a_little_and_nobody_is_refused() -> None:
    """Each from a bucket of its own: past so many in a minute the wait is short, differs, and does not grow."""
    limits = Limits(Flask("sample"), surge=10)
    waits = [limits.count_send(from_bucket(number)) for number in range(400)]
    # The library's minute may turn once meanwhile, and ten more pass freely then.
    waited = [wait for wait in waits if wait]
    assert len(waited) >= 380
    assert set(waited) <= set(range(SURGE_DELAY, 2 * SURGE_DELAY + 1))
    assert len(set(waited)) > 1


def test_one_flooded_bucket_is_no_surge() -> None:
    limits = Limits(Flask("sample"), steps=STEPS, surge=10)
    for _ in range(500):
        limits.count_send(from_bucket(7))
    assert limits.count_send(from_bucket(8)) == 0


def test_where_sends_wait_one_written_faster_than_a_person_can_waits_until_a_person_could() -> None:
    limits = Limits(Flask("sample"), steps=STEPS)
    calm = [limits.count_send(from_bucket(7), age=0) for _ in range(2)]
    assert calm == [0, 0]
    assert limits.count_send(from_bucket(7), age=1) == LEAST_SECONDS - 1
    assert limits.count_send(from_bucket(7), age=LEAST_SECONDS + 40) == 5
    assert limits.count_send(from_bucket(7), age=None) == 5


def test_the_limiter_adds_no_hook_to_a_page() -> None:
    app = Flask("sample")
    Limits(app)

    assert not app.before_request_funcs.get(None)
    assert not app.after_request_funcs.get(None)


def test_the_key_is_the_bucket() -> None:
    assert bucket_key(from_bucket(4095)) == "4095"
    assert bucket_key(Request(EnvironBuilder().get_environ())) == "0"


def test_a_store_that_is_away_delays_nobody() -> None:
    limits = Limits(Flask("sample"), redis_url="redis://127.0.0.1:1/0", steps=STEPS)

    assert [limits.count_send(from_bucket(7)) for _ in range(20)] == [0] * 20


@pytest.mark.redis
def test_no_address_reaches_the_shared_store() -> None:
    redis_url = "redis://127.0.0.1:6379/0"
    store = Redis.from_url(redis_url)
    try:
        store.ping()
    except RedisError:
        missing_service("Redis on 127.0.0.1:6379", "Start redis-server or valkey-server.")
    before = set(store.keys("*"))
    limits = Limits(Flask("sample"), redis_url=redis_url, steps=STEPS)

    limits.count_send(from_bucket(1234))
    added = set(store.keys("*")) - before

    assert added
    assert all(b"203.0.113" not in key and (b"1234" in key or b"surge/all" in key.lower()) for key in added), added
    for key in added:
        store.delete(key)


def test_counting_a_send_starts_no_thread() -> None:
    counts = BucketCounts()
    counts.timer.join()  # the library starts one when it is made
    assert counts.incr("7", 3600) == 1
    assert counts.incr("7", 3600) == 2
    assert not counts.timer.is_alive()
    assert counts.incr("8", 0) == 1
    assert counts.get("8") == 0
