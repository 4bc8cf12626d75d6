"""When the bell rings again, when it calls somebody else, and when it is tested."""

from datetime import UTC, date, datetime, timedelta

import pytest

from triage.bell.rules import SENTENCES, Call, Pace, calls_for_help, has_come, is_due_for_test

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PACE = Pace(timedelta(minutes=5), timedelta(minutes=15))


def test_somebody_else_is_called_after_as_many_calls_as_fill_the_time() -> None:
    assert [calls_for_help(rings, PACE) for rings in range(5)] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("tested_on", "hour", "due"),
    [
        (None, 23, True),
        (date(2026, 11, 21), 7, True),
        (date(2026, 11, 21), 12, True),
        (date(2026, 11, 21), 13, False),
        (date(2026, 11, 22), 7, False),
    ],
)
def test_it_is_tested_once_a_day_when_people_are_awake_and_at_once_when_it_is_new(
    tested_on: date | None, hour: int, due: bool
) -> None:
    assert is_due_for_test(NOW, tested_on, hour) is due


def test_a_clock_that_was_put_back_keeps_nobody_waiting() -> None:
    minute = timedelta(minutes=1)
    assert has_come(NOW, None, minute)
    assert has_come(NOW, NOW, minute)
    assert not has_come(NOW, NOW + minute, minute)
    assert has_come(NOW, NOW + timedelta(hours=3), minute)


def test_every_call_has_its_one_sentence_and_it_holds_no_number() -> None:
    assert set(SENTENCES) == set(Call)
    for sentence in SENTENCES.values():
        assert not any(character.isdigit() for character in sentence)
        assert len(sentence) <= 160  # one SMS
        assert sentence.isascii()
