"""A reporter's unfinished answers inside their own page."""

import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envelope.errors import PageStateError, TooLongError
from envelope.page_state import PageStateKeys

ROOT = bytes(range(32))
FIRST = date(2026, 11, 22)
DAY = timedelta(days=1)


def keys(started_on: date = FIRST, root: bytes = ROOT) -> PageStateKeys:
    return PageStateKeys(root, started_on)


@settings(deadline=None)
@given(st.binary(max_size=5000), st.integers(0, 400))
def test_a_state_opens_today_and_tomorrow_and_never_again(state, later):
    ours = keys()
    today = FIRST + later * DAY
    text = ours.seal(state, today)
    assert ours.open(text, today) == state
    assert ours.open(text, today + DAY) == state
    with pytest.raises(PageStateError):
        ours.open(text, today + 2 * DAY)


def test_another_process_with_the_same_root_and_first_day_opens_it():
    text = keys().seal(b"answers", FIRST + 9 * DAY)
    assert keys().open(text, FIRST + 10 * DAY) == b"answers"


@pytest.mark.parametrize("other", [keys(root=bytes(32)), keys(started_on=FIRST - DAY)])
def test_another_root_or_first_day_opens_nothing(other):
    text = keys().seal(b"answers", FIRST)
    with pytest.raises(PageStateError):
        other.open(text, FIRST)


def test_yesterdays_key_is_gone_once_two_days_have_passed():
    """Even with the clock turned back: the keys of the past cannot be made from those of the present."""
    ours = keys()
    text = ours.seal(b"answers", FIRST)
    ours.seal(b"", FIRST + 2 * DAY)
    for day in (FIRST, FIRST + DAY, FIRST + 2 * DAY):
        with pytest.raises(PageStateError):
            ours.open(text, day)


def test_the_root_is_not_kept():
    ours = keys()
    ours.seal(b"", FIRST + DAY)
    assert all(value != ROOT for value in vars(ours).values())


def test_a_request_from_before_midnight_still_sends_after_it():
    ours = keys()
    ours.seal(b"", FIRST + DAY)
    text = ours.seal(b"answers", FIRST)
    assert ours.open(text, FIRST) == b"answers"
    assert ours.open(text, FIRST + DAY) == b"answers"


def test_a_clock_that_went_back_or_leapt_years_ahead_is_refused():
    ours = keys()
    with pytest.raises(PageStateError):
        ours.seal(b"", FIRST - DAY)
    with pytest.raises(PageStateError):
        ours.seal(b"", FIRST + 4000 * DAY)
    assert ours.open(ours.seal(b"still here", FIRST), FIRST) == b"still here"


@settings(deadline=None)
@given(st.one_of(st.integers(0, 5000), st.integers(60_000, 262_140)))
def test_the_text_has_one_of_four_lengths(length):
    assert len(keys().seal(bytes(length), FIRST)) in {5500, 21884, 87420, 349564}


def test_answers_beyond_the_largest_size_are_refused():
    with pytest.raises(TooLongError):
        keys().seal(bytes(262_141), FIRST)


def test_the_text_carries_no_day_and_never_repeats():
    ours = keys()
    texts = [ours.seal(b"same", FIRST) for _ in range(50)] + [ours.seal(b"same", FIRST + DAY) for _ in range(50)]
    assert len({text[:16] for text in texts}) == 100
    assert len({len(text) for text in texts}) == 1


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_forged_page_is_refused(data):
    ours = keys()
    locked = bytearray(urlsafe_b64decode(ours.seal(b"answers", FIRST)))
    place = data.draw(st.integers(0, len(locked) - 1))
    with pytest.raises(PageStateError):
        ours.open(urlsafe_b64encode(locked[:place]).decode(), FIRST)
    locked[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(PageStateError):
        ours.open(urlsafe_b64encode(locked).decode(), FIRST)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_anything_else_in_the_field_is_refused(text):
    with pytest.raises(PageStateError):
        keys().open(text, FIRST)


@pytest.mark.parametrize(
    "spoil", [lambda text: text + "\n", lambda text: " " + text, lambda text: text.rstrip("=") + "A="]
)
def test_another_spelling_of_the_same_bytes_is_refused(spoil):
    ours = keys()
    with pytest.raises(PageStateError):
        ours.open(spoil(ours.seal(b"answers", FIRST)), FIRST)


def test_many_threads_may_cross_midnight_together():
    ours = keys()
    opened: list[bytes] = []

    def reporter(number: int) -> None:
        for turn in range(40):
            today = FIRST + (turn // 20) * DAY
            opened.append(ours.open(ours.seal(b"%d" % number, today), today))

    threads = [threading.Thread(target=reporter, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(opened)) == [b"%d" % number for number in range(8)]
    assert len(opened) == 320


def test_a_short_root_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        keys(root=bytes(31))
