"""Several people who are plainly named in one report, each by words of their own: none of them stands in another's way.

The posterior is of *the one meant*. `Ada Castell sells weed. Kyle Larch sells guns.` means two, and words that are
only Ada's say nothing against Kyle. So each of them is judged as though the others were not named: among nobody, the
rest of the register and whoever shares one of his names.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from triage.linking.columns.building import Register
from triage.linking.columns.postings import Numbers
from triage.linking.spotting.roles import Role
from triage.linking.weighing.people import NameFit

Weights = npt.NDArray[np.float64]
_SURE = 0.5  # that words are a name at all


@dataclass(frozen=True)
class Weighed:
    """Candidates in rising order with the names that are plainly theirs, and what weighs for each possibility."""

    people: Numbers
    named_by: Numbers
    shares: tuple[float, ...]  # of each of these names, how likely it was taken to be that of the one meant
    weights: Weights
    unnamed: Weights  # by group, those of it whom the register does not name
    nobody: float


def names_of(plain: list[NameFit], people: Numbers) -> Numbers:
    """Which of these names are plainly each person's, as bits of a number; 0 of those whom none is."""
    found = np.zeros(len(people), np.int32)
    for place, name in enumerate(plain):
        found[np.isin(people, name.plainly(), assume_unique=True)] |= 1 << place
    return found


def are_plain(names: list[NameFit]) -> list[NameFit]:
    """Names that may be those of several who are meant: no companion's, and no second name."""
    roles = {Role.SUBJECT, Role.PLAIN}
    return [one for one in names if one.said.role in roles and not one.said.also and one.said.sure > _SURE]


def are_fellows(one: int, other: int) -> bool:
    """Whether two people are plainly named, and by no name of both."""
    return bool(one) and bool(other) and not one & other


def among_fellows(weighed: Weighed, register: Register) -> tuple[Weights, Weights]:
    """The posterior of each candidate and of each group, their fellows set aside; a group's is its likeliest's."""
    people, named_by, weights = weighed.people, weighed.named_by, weighed.weights
    further = _further(people, register)
    groups = register.group_of[people]

    def by_group(some: Weights) -> Weights:
        some_in = np.bincount(np.maximum(groups, 0), weights=some * (groups >= 0), minlength=len(register.groups))
        found: Weights = some_in.astype(np.float64)
        for place, group in further:
            found[group] += some[place]
        return found[: len(register.groups)]

    whole = weighed.nobody + float(weights.sum()) + float(weighed.unnamed.sum())
    chances, group_chances = weights / whole, (by_group(weights) + weighed.unnamed) / whole
    named = np.unique(named_by[named_by > 0]).tolist()
    if not any(are_fellows(one, other) for one in named for other in named):
        return chances, group_chances
    within, all_named = {}, int(np.bitwise_or.reduce(named_by))
    for one in named:
        # Summed anew, for of what is left beside a plate a difference keeps no figure.
        kept = np.where((named_by == 0) | (named_by & one > 0), weights, 0.0)
        # Nor does it make one name less likely to be his that there are others, which are his fellows'.
        theirs = sum(share for place, share in enumerate(weighed.shares) if all_named & ~one & 1 << place)
        kept, unnamed = kept / (1 - theirs), weighed.unnamed / (1 - theirs)
        rest = weighed.nobody + float(kept.sum()) + float(unnamed.sum())
        chances[named_by == one] = kept[named_by == one] / rest
        within[one] = (by_group(kept) + unnamed) / rest
    for group in np.unique(groups[(named_by > 0) & (groups >= 0)]).tolist():
        members = np.flatnonzero(groups == group)
        likeliest = int(named_by[members[np.argmax(chances[members])]])
        if likeliest:
            group_chances[group] = within[likeliest][group]
    return chances, group_chances


def _further(people: Numbers, register: Register) -> list[tuple[int, int]]:
    """Candidates, by their place, with the groups they are in beside their first."""
    found = []
    for person, group in register.further_groups:
        place = int(np.searchsorted(people, person))
        if place < len(people) and people[place] == person:
            found.append((place, group))
    return found
