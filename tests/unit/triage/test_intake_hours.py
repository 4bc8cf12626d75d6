"""When the drops leave the public host: at set hours, and never twice for one."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.intake.collecting import due, hours_in_words, latest_release, next_release, stop_on_signals

HOURS = (7, 13, 19)


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "is_due"),
    [
        (at(9), None, True),
        (at(12, 59), at(7, 0), False),
        (at(13, 0), at(7, 0), True),
        (at(13, 1), at(13, 0), False),
        (at(23), at(19, 5), False),
        (at(6, 59, day=23), at(19, 5), False),
        (at(7, 0, day=23), at(19, 5), True),
        (at(9, day=25), at(9, day=22), True),
    ],
)
def test_a_release_is_due_once_for_each_set_hour(now: datetime, last: datetime | None, *, is_due: bool) -> None:
    assert due(now, HOURS, last) is is_due


@given(
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)),  # noqa: DTZ001
    st.sets(st.integers(0, 23), min_size=1),
)
def test_now_lies_between_the_last_set_hour_and_the_next(naive: datetime, hours: set[int]) -> None:
    now = naive.replace(tzinfo=UTC)
    before, after = latest_release(now, tuple(hours)), next_release(now, tuple(hours))
    assert before <= now < after
    assert after - before <= timedelta(days=1)
    assert before.hour in hours
    assert after.hour in hours
    assert not due(now, tuple(hours), before)
    assert due(after, tuple(hours), now)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_waiting_and_nothing_else(number: signal.Signals) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        stopping = stop_on_signals()
        assert not stopping.is_set()
        os.kill(os.getpid(), number)
        assert stopping.wait(60)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def test_reporters_read_the_hours_off_the_clock_on_their_wall() -> None:
    winter, summer = datetime(2026, 1, 10, 3, 30, tzinfo=UTC), datetime(2026, 7, 10, 3, 30, tzinfo=UTC)
    assert hours_in_words(winter, (7, 13, 19)) == "07:00, 13:00, 19:00"
    assert hours_in_words(summer, (7, 13, 19)) == "08:00, 14:00, 20:00"
    assert hours_in_words(summer, (7, 23)) == "00:00, 08:00"
    assert len(hours_in_words(summer, tuple(range(24)))) <= 200
