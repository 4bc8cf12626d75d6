"""A list is cut into pages without losing or repeating an entry, and nonsense in an address is the first page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.paging import Cut, cut, number_in


@given(st.integers(0, 400), st.integers(1, 60))
def test_every_entry_stands_on_one_page(total: int, size: int) -> None:
    pages = cut(total, size, page=1).pages
    begins = [cut(total, size, page=page).begins for page in range(1, pages + 1)]
    entries = [entry for start in begins for entry in range(start, min(start + size, total))]
    assert entries == list(range(total))


@pytest.mark.parametrize(("asked", "given_back"), [(-3, 1), (0, 1), (2, 2), (3, 3), (4, 3), (999_999, 3)])
def test_a_page_that_is_not_there_gives_the_nearest(asked: int, given_back: int) -> None:
    assert cut(50, 20, page=asked) == Cut(given_back, 3, 20 * (given_back - 1))


@pytest.mark.parametrize("text", [None, "", "x", "-1", "1.5", "²", "٣", "1" * 5_000])
def test_what_is_no_number_of_ours_is_the_other(text: str | None) -> None:
    assert number_in(text, otherwise=7) == 7


def test_a_number_is_read() -> None:
    assert number_in("12", otherwise=1) == 12


def test_a_number_of_more_digits_is_read_where_it_is_asked_for() -> None:
    assert number_in("19999950", otherwise=0, digits=18) == 19_999_950
    assert number_in("1" * 19, otherwise=0, digits=18) == 0
    assert number_in("19999950", otherwise=0) == 0
