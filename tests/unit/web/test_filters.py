"""Dates, numbers and plurals as they are written on a page."""

from datetime import date

import pytest

from web.filters import counted, days_ago, listed, long_date, percentage, short_date, thousands, unbroken

DAY = date(2026, 11, 22)


def test_dates_are_written_out() -> None:
    assert long_date(DAY) == "22 November 2026"
    assert short_date(date(2026, 3, 1)) == "1 Mar 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (DAY, "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 1), "21 days ago"),
        (date(2026, 12, 1), "1 December 2026"),
    ],
)
def test_how_long_ago_is_said_in_words(day: date, words: str) -> None:
    assert days_ago(day, DAY) == words


def test_counts_have_the_right_word() -> None:
    assert counted(1, "report") == "1 report"
    assert counted(0, "report") == "0 reports"
    assert counted(12_000, "person", "people") == "12,000 people"


def test_lists_read_as_a_sentence() -> None:
    assert listed([]) == ""
    assert listed(["one"]) == "one"
    assert listed(["one", "two", "three"], "or") == "one, two or three"


def test_numbers_are_grouped() -> None:
    assert thousands(20_000) == "20,000"
    assert percentage(0.625) == "62%"


def test_a_telephone_number_stays_on_one_line_and_other_words_do_not() -> None:
    assert unbroken("call 0800 555 111. It is 9 to 5") == "call 0800\u00a0555\u00a0111. It is 9 to 5"
