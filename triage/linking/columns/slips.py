"""Finds words that are one slip of the pen from another: a letter more, fewer, other, or two changed over."""

from array import array
from collections.abc import Iterable

import numpy as np
from rapidfuzz.distance import OSA

SHORTEST = 3
MOST_LETTERS = 30  # a longer phrase is looked up as it stands


def shortened(word: str) -> list[str]:
    """A word, and the word with any one letter left out."""
    return [word, *{word[:place] + word[place + 1 :] for place in range(len(word))}]


class Slips:
    """Words by themselves with any one letter left out (Mor and Fraenkel, 1982), as sorted hashes.

    Two words that share such a shorter form are at most two slips apart.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if SHORTEST <= len(word) <= MOST_LETTERS]
        hashes, counts = array("q"), array("i")
        for word in self._words:
            before = len(hashes)
            hashes.extend(map(hash, shortened(word)))
            counts.append(len(hashes) - before)
        keys = np.array(hashes, np.int64)
        order = np.argsort(keys, kind="stable")
        self._hashes = keys[order]
        self._numbers = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[order]

    def near(self, word: str, *, most: int = 2) -> list[tuple[str, int]]:
        """Words at most `most` slips away (1 or 2) with their distance, the nearest first; the word itself left out."""
        if not SHORTEST <= len(word) <= MOST_LETTERS or not len(self._hashes):
            return []
        wanted = np.array([hash(shorter) for shorter in shortened(word)], np.int64)
        lows = np.searchsorted(self._hashes, wanted, "left")
        highs = np.searchsorted(self._hashes, wanted, "right")
        found: set[int] = set()
        for low, high in zip(lows.tolist(), highs.tolist(), strict=True):
            if low < high:
                found.update(self._numbers[low:high].tolist())
        close = []
        for number in found:
            other = self._words[number]
            distance = OSA.distance(word, other, score_cutoff=most)
            if 0 < distance <= most:
                close.append((other, distance))
        return sorted(close, key=lambda one: (one[1], one[0][0] != word[0], one[0]))
