"""Which page of a list was asked for, and which part of the list stands on it."""

from dataclasses import dataclass

MOST_DIGITS = 6
# What is counted without an end, such as the lines of the log, is read as far as a database counts (64 bits).
MOST_DIGITS_OF_A_LINE = 18


@dataclass(frozen=True)
class Cut:
    """One page of a list, counted from 1, the pages there are, and where in the list it begins, counted from 0."""

    page: int
    pages: int
    begins: int


def cut(total: int, size: int, *, page: int) -> Cut:
    """The page asked for, of `size` entries each; one before the first gives the first, after the last the last."""
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    return Cut(page, pages, (page - 1) * size)


def number_in(text: str | None, *, otherwise: int, digits: int = MOST_DIGITS) -> int:
    """A whole number of up to `digits` digits, as an address or a hidden field brings it; `otherwise` for all else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else otherwise
