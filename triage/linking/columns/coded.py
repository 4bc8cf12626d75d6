"""Texts of the register in the order they come, each different one kept once: what is made of it is worked out once."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import count

import numpy as np

from triage.linking.columns.postings import Numbers


class Coded:
    """A column of texts as numbers. Given names of 100,000 people are 23,000 texts, their surnames 5,000."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = defaultdict(count().__next__)  # a text that is new gets the next number
        self._noted = array("i")

    def note(self, texts: Iterable[str]) -> None:
        """Take in the next texts."""
        self._noted.extend(map(self._codes.__getitem__, texts))

    @property
    def texts(self) -> Sequence[str]:
        """Each different text, under its number."""
        return tuple(self._codes)

    @property
    def codes(self) -> Numbers:
        """The number of each text that was noted."""
        return np.array(self._noted, np.int32)

    def map(self, make: Callable[[str], int]) -> Numbers:
        """What `make` makes of each text that was noted."""
        made = np.array([make(text) for text in self._codes], np.int32)
        return made[self.codes] if len(made) else made


def pairs_of(one: Numbers, other: Numbers) -> tuple[list[tuple[int, int]], Numbers]:
    """The different pairs of two columns, and for each row the number of its pair."""
    found, codes = np.unique((one.astype(np.int64) << 32) | other.astype(np.int64), return_inverse=True)
    pairs = zip((found >> 32).tolist(), (found & 0xFFFFFFFF).tolist(), strict=True)
    return list(pairs), codes.astype(np.int32)
