"""How far two texts are one telling: the share of their words, each weighed by how rare it is among the reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from triage.linking.origins.telling import Telling

# Until there are many reports, a word counts as if one text in twenty of these had it.
SUPPOSED_TEXTS, SUPPOSED_SHARE = 200, 0.05
# A plate or a name that two people give independently is the rarest word of both, and says least of who told whom.
MOST_WEIGHT = 4.0
ONE_TELLING = 0.6
# Told anew, a text keeps half of its words and much of their order; two who saw one thing keep neither.
TOLD_ANEW, RUNS_TOLD_ANEW = 0.5, 0.33
# The whole of one text stands in the other, which says more: it has to be long enough to say something by itself.
CONTAINED = 0.85
ENOUGH_WORDS = 9
FEW_IN_COMMON = 0.3
# Words in the same order: two who saw the same thing share words, but not runs of them.
RUN = 3
LEAST_RUNS, RUNS_OF_FEW_WORDS = 0.2, 0.5
NEARLY_WORD_FOR_WORD = 0.8


@dataclass(frozen=True)
class Likeness:
    """`share` of the weight of both texts' words that both have; `contained`, of the shorter; `runs` of three alike."""

    share: float
    contained: float
    runs: float
    words: int

    @property
    def is_one_telling(self) -> bool:
        """Whether the words alone say so; an officer may say otherwise."""
        if self.words < ENOUGH_WORDS:
            return self.share >= ONE_TELLING and self.runs >= RUNS_OF_FEW_WORDS
        if self.runs < LEAST_RUNS:
            return False
        told_anew = self.share >= TOLD_ANEW and self.runs >= RUNS_TOLD_ANEW
        return self.share >= ONE_TELLING or told_anew or self.contained >= CONTAINED

    @property
    def is_word_for_word(self) -> bool:
        return self.runs >= NEARLY_WORD_FOR_WORD

    @property
    def is_part_of_the_other(self) -> bool:
        """Whether it is the shorter of the two that makes them one telling: nearly all of it stands in the other."""
        return self.is_one_telling and self.contained >= CONTAINED and self.share < ONE_TELLING

    @property
    def strength(self) -> float:
        """For comparing, never for showing."""
        return max(self.share, self.contained if self.words >= ENOUGH_WORDS else 0.0)


def likeness(one: Telling, other: Telling, weight: Callable[[int], float]) -> Likeness:
    """Compare two texts; symmetric. `weight` gives each word's weight, as `weigh` makes it."""
    mine, theirs = one.distinct, other.distinct
    both = mine & theirs
    if len(both) <= FEW_IN_COMMON * min(len(mine), len(theirs)):
        return Likeness(0.0, 0.0, 0.0, len(both))  # no weights make one telling of these, and most pairs are such
    shared = sum(map(weight, both))
    of_mine, of_theirs = (sum(map(weight, words)) for words in (mine, theirs))
    share, contained = shared / (of_mine + of_theirs - shared), shared / min(of_mine, of_theirs)
    runs = _runs_shared(one.words, other.words) if max(share, contained) >= TOLD_ANEW else 0.0
    return Likeness(share, contained, runs, len(both))


@lru_cache(maxsize=100_000)
def weigh(texts: int, texts_with: int) -> float:
    """How much a word weighs that stands in `texts_with` of `texts` (Spärck Jones, 1972, with a supposed beginning)."""
    return min(MOST_WEIGHT, log((texts + SUPPOSED_TEXTS) / (texts_with + SUPPOSED_TEXTS * SUPPOSED_SHARE)))


def _runs_shared(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of the runs of the one with fewer that the other has too; nothing is asked where few words meet."""
    mine, theirs = _runs(one), _runs(other)
    return len(mine & theirs) / min(len(mine), len(theirs))


def _runs(words: Sequence[int]) -> frozenset[tuple[int, ...]]:
    if len(words) < RUN:
        return frozenset([tuple(words)])
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
