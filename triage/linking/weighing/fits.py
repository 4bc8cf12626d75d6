"""One piece of evidence, whom it fits and by how many bits, and how it is explained."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log2

import numpy as np

from triage.linking.columns.postings import Bits, Numbers
from triage.linking.evidence import Evidence

# People who are not on the register bear names and live in streets as well. They count as this many more, who have a
# thing as often as `usual` says: without them a register of a few dozen would make every name rare.
UNSEEN = 1_000.0
_LEVELS = 5
NO_ONE: Numbers = np.empty(0, np.int32)


@dataclass(frozen=True)
class Because:
    """Why one piece of the text speaks for or against one entry: what `reasons` puts into a sentence."""

    evidence: Evidence
    place: tuple[int, int]
    key: str
    others: int = 0
    near: bool = False
    against: bool = False
    whose: int = -1  # of a reason that rests on somebody else: the number of that person


@dataclass(frozen=True)
class Fit:
    """Whom a piece of evidence fits. `owners` rise; `elsewhere` gives the bits of people it does not fit."""

    owners: Numbers
    bits: Bits
    elsewhere: Callable[[Numbers], Bits]
    explain: Callable[[int], list[Because]]

    def of(self, people: Numbers) -> Bits:
        """The bits of each of `people`, who are in rising order."""
        found = self.elsewhere(people)
        places = np.searchsorted(people, self.owners)
        places[places == len(people)] = 0
        inside = people[places] == self.owners if len(people) else np.zeros(0, np.bool_)
        found[places[inside]] = self.bits[inside]
        return found


def worth(meant: float, fitting: int, everybody: int, usual: float, *, together: int = 1) -> float:
    """log2(m/u): `meant` is how often it is said so of the one meant, `fitting` of `everybody` are those it fits.

    `together` of those who fit belong to one family or group, and are on the register for one reason.
    """
    # The one meant is among those who fit: on a large register as a sample of the world, on a small one as the reason
    # that anybody asks. So are their kin of the same name.
    others = max(fitting - together, 0) + together * everybody / (everybody + 2 * UNSEEN)
    return log2(meant / ((others + UNSEEN * usual) / (everybody + UNSEEN)))


def doubted(bits: float, sure: float) -> float:
    """The bits left where the words mean this only with a chance of `sure`."""
    return log2(sure * 2.0 ** min(bits, 60.0) + 1.0 - sure)


def flat(bits: float) -> Callable[[Numbers], Bits]:
    """The same bits for everybody."""
    return lambda people: np.full(len(people), bits, np.float32)


def by_record(owners: Numbers, having: float, lacking: float) -> Callable[[Numbers], Bits]:
    """`having` bits for those of whom the register holds such a thing, `lacking` for the others."""

    def bits(people: Numbers) -> Bits:
        return np.where(np.isin(people, owners), np.float32(having), np.float32(lacking)).astype(np.float32)

    return bits


def best_of(people: Numbers, bits: Bits) -> tuple[Numbers, Bits, Numbers]:
    """Each person once in rising order, with their best bits and the place of these in `bits`."""
    order = np.lexsort((-bits, people))
    sorted_people = people[order]
    first = np.ones(len(people), np.bool_)
    np.not_equal(sorted_people[1:], sorted_people[:-1], out=first[1:])
    chosen = order[first]
    return sorted_people[first].astype(np.int32), bits[chosen], chosen.astype(np.int32)


def at_least(levels: list[Numbers]) -> list[tuple[tuple[int, ...], Numbers, int]]:
    """Rows by their levels in several respects: for each combination its rows and how many do as well."""
    if not levels or not len(levels[0]):
        return []
    codes = levels[0].astype(np.int32)
    for level in levels[1:]:
        codes = codes * _LEVELS + level  # a level is 0 to 4
    counts = np.bincount(codes, minlength=1)
    found = []
    present = np.flatnonzero(counts)
    shifts = [_LEVELS ** (len(levels) - 1 - place) for place in range(len(levels))]
    combinations = np.stack([present // shift % _LEVELS for shift in shifts])
    for number, code in enumerate(present.tolist()):
        as_well = np.all(combinations >= combinations[:, number : number + 1], axis=0)
        rows = np.flatnonzero(codes == code).astype(np.int32)
        found.append((tuple(int(one) for one in combinations[:, number]), rows, int(counts[present[as_well]].sum())))
    return found
