"""Cuts many values into batches: SQLite and PostgreSQL both limit the values of one statement."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

VALUES_A_STATEMENT = 500


def batches(values: Iterable[T], most: int = VALUES_A_STATEMENT) -> Iterator[list[T]]:
    """The values in their order, at most `most` at a time."""
    every = list(values)
    for start in range(0, len(every), most):
        yield every[start : start + most]
