"""Which reports say nearly the same in nearly the same words: judged by the words alone, never by who sent them.

Two texts are near-copies when they share enough of their runs of three words (Broder, "On the resemblance and
containment of documents", 1997). A text's smallest hashed runs stand for it when candidates are looked for, so that
the cost grows with the number of texts and not with its square.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

RUN = 3
# One changed word in sixty leaves nine tenths of the runs; a text told anew by somebody else shares next to none.
LEAST_ALIKE = 0.6
# The beginning of a long text is enough to tell, and bounds what one text costs.
MOST_WORDS = 400
SMALLEST = 12
# Texts made to look half alike must not make every one be compared with every other.
MOST_CANDIDATES = 20

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Fold:
    """One text that stands for its near-copies; the numbers are places in the list that was given."""

    first: int
    copies: tuple[int, ...] = ()


def folds(texts: Sequence[str]) -> tuple[Fold, ...]:
    """Every text once, in the order given: as the first of its kind, or among the copies of an earlier one."""
    copies: dict[int, list[int]] = {}
    runs_of: dict[int, frozenset[int]] = {}
    firsts_with: dict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        runs = _runs(text)
        smallest = sorted(runs)[:SMALLEST]
        shared = Counter(first for run in smallest for first in firsts_with[run])
        first = next(
            (one for one, _ in shared.most_common(MOST_CANDIDATES) if _alike(runs, runs_of[one]) >= LEAST_ALIKE), None
        )
        if first is not None:
            copies[first].append(place)
            continue
        copies[place], runs_of[place] = [], runs
        for run in smallest:
            firsts_with[run].append(place)
    return tuple(Fold(first, tuple(found)) for first, found in copies.items())


def _runs(text: str) -> frozenset[int]:
    """The hashed runs of three words; a text of fewer words is one run."""
    words = _WORD.findall(text.casefold())[:MOST_WORDS]
    if not words:
        return frozenset()
    count = max(1, len(words) - RUN + 1)
    return frozenset(zlib.crc32(" ".join(words[at : at + RUN]).encode()) for at in range(count))


def _alike(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)
