"""Finds words that are one slip of the pen from another: a letter more, fewer, other, or two changed over."""

from collections.abc import Iterable
from itertools import accumulate, repeat
from operator import mul
from secrets import randbits

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from triage.linking.columns.postings import Numbers

SHORTEST = 3
MOST_LETTERS = 30  # a longer phrase is looked up as it stands
_MASK = (1 << 64) - 1
_BASE = randbits(64) | 1  # odd, so that it has an inverse
_INVERSE = pow(_BASE, -1, _MASK + 1)
_POWERS = [power & _MASK for power in accumulate(repeat(_BASE, MOST_LETTERS), mul)]


def shortened(word: str) -> list[str]:
    """A word, and the word with any one letter left out."""
    return [word, *{word[:place] + word[place + 1 :] for place in range(len(word))}]


class Slips:
    """Words by themselves with any one letter left out (Mor and Fraenkel, 1982), as sorted hashes.

    Two words that share such a shorter form are at most two slips apart. The hash is a polynomial of the letters, so
    that all shorter forms of all words are hashed as one table; whoever chose words for equal hashes would have to
    know its base, and would only have more words compared.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if SHORTEST <= len(word) <= MOST_LETTERS]
        keys, numbers = _hashes_of_all(self._words)
        order = np.argsort(keys, kind="stable")
        self._hashes = keys[order]
        self._numbers = numbers[order]

    def near(self, word: str, *, most: int = 2) -> list[tuple[str, int]]:
        """Words at most `most` slips away (1 or 2) with their distance, the nearest first; the word itself left out."""
        if not SHORTEST <= len(word) <= MOST_LETTERS or not len(self._hashes):
            return []
        wanted = np.array(_hashes(word), np.uint64)
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


def _hashes(word: str) -> list[int]:
    """The hashes of a word and of its shorter forms."""
    signs = [ord(sign) * power for sign, power in zip(word, _POWERS, strict=False)]
    before, after = 0, sum(signs)
    found = {after & _MASK}
    for one in signs:
        after -= one
        found.add((before + after * _INVERSE) & _MASK)
        before += one
    return list(found)


def _hashes_of_all(words: list[str]) -> tuple[npt.NDArray[np.uint64], Numbers]:
    """The same of many words, and the number of the word that each is of."""
    found: list[npt.NDArray[np.uint64]] = []
    numbers: list[Numbers] = []
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    for length in range(SHORTEST, MOST_LETTERS + 1):
        of_length = np.flatnonzero(lengths == length).astype(np.int32)
        letters = "".join([words[number] for number in of_length.tolist()]).encode("utf-32-le", "surrogatepass")
        powers = np.array(_POWERS[:length], np.uint64)
        signs = np.frombuffer(letters, np.uint32).reshape(-1, length).astype(np.uint64) * powers
        up_to = np.cumsum(signs, axis=1, dtype=np.uint64)
        whole = up_to[:, -1:]
        shorter = (up_to - signs) + (whole - up_to) * np.uint64(_INVERSE)
        found.append(np.concatenate((whole, shorter), axis=1).ravel())
        numbers.append(np.repeat(of_length, length + 1))
    return np.concatenate(found), np.concatenate(numbers)
