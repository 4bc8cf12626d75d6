"""Adds up the evidence: for each person, each group, and for nobody on the register, how likely they are the one meant.

After Fellegi and Sunter (1969): bits of evidence are added as though independent, which what is counted together
(street with town, make with colour and plate, given name with surname) keeps near the truth; TEMPER takes the rest.
"""

from dataclasses import dataclass

import numpy as np

from triage.linking.columns.building import Register
from triage.linking.columns.postings import Bits, Numbers, each_once
from triage.linking.fellows import Weighed, Weights, among_fellows, are_plain, names_of
from triage.linking.gathering import Gathered
from triage.linking.spotting.roles import Role
from triage.linking.weighing.fits import worth
from triage.linking.weighing.people import NameFit

PRIOR = 0.5  # that a report is about somebody on the register, before it is read
TEMPER = 0.95  # of the bits: evidence is never quite independent
FAMILY_PRIOR = 0.08  # that somebody of a group is meant who is not on the register by name
AT_LARGE = 500.0  # people that a small register leaves out
MOST_CANDIDATES = 60_000
NO_NAME = 0.08
_NOBODY = -99.0
_TOGETHER_SURE, _BESIDE_SURE = 0.85, 0.3
_MOST_SINGLE, _ONE_PERSON = 4, 0.1  # names that may be of one person, and how often two are
_TOGETHER_MEANT = 0.6
_ASSOCIATE_SURE = 0.3  # that words are a name, below which they are nobody's companion
_BESIDE_NAMED = 0.4  # of the chance that a companion is the one meant, where somebody else is named


@dataclass(frozen=True)
class AssociateFit:
    """Which groups a name that is not the subject's is known in; `best` are the people it fits."""

    name: NameFit
    owners: Numbers  # whom it fits as a whole, where there are such
    bits: Bits  # by group
    others: Numbers  # by group
    best: Numbers  # who of each group fits best, in rising order (of several groups, several times)
    less: Bits  # what these lose, for nobody is his own associate
    missed: float  # bits of who is in no group

    def of(self, people: Numbers, register: Register) -> Bits:
        """The bits that each person has from a companion of that name, in rising order as `people` are."""
        groups = register.group_of[people]
        found = np.where(groups >= 0, self.bits[np.maximum(groups, 0)], np.float32(self.missed))
        self.lessen(found, people)
        return found.astype(np.float32)

    def lessen(self, total: Bits, people: Numbers) -> None:
        """Take from those whom the name itself fits what they had as their own companions."""
        places = np.searchsorted(people, self.best)
        inside = (places < len(people)) & (people[np.minimum(places, len(people) - 1)] == self.best)
        total[places[inside]] += self.less[inside]


@dataclass(frozen=True)
class Scores:
    """Candidates in rising order with their posterior, and groups with theirs (see `fellows`)."""

    people: Numbers
    named_by: Numbers  # the names that are plainly theirs, as bits of a number
    chances: Bits
    groups: Numbers
    group_chances: Bits  # its people and those of it whom the register does not name
    unsexed: tuple[Bits, Bits]  # what both would be had nobody written `he` or `she`
    associates: tuple[AssociateFit, ...]


def score(found: Gathered, register: Register, *, prior: float = PRIOR) -> Scores:
    """How likely each person and group is to be meant."""
    associates = tuple(_associates(found.names, register))
    group_bits = _group_bits(found, associates, register)
    people = _candidates(found, group_bits, register)
    total = np.zeros(len(people), np.float32)
    for fit in found.fits:
        total += fit.of(people)
    told = {id(one.name): one.of(people, register) for one in associates}
    named, unnamed_bits, shares = _named(found.names, people, told)
    total += named + _of_groups(people, group_bits, register)
    for one in associates:
        one.lessen(total, people)
    plain = are_plain(found.names)
    named_by, plain_shares = names_of(plain, people), tuple(shares.get(id(name), 0.0) for name in plain)

    def posterior(bits: Bits) -> tuple[Weights, Weights]:
        weights = _weights(bits, group_bits, unnamed_bits, prior, register)
        return among_fellows(Weighed(people, named_by, plain_shares, *weights), register)

    chances, group_chances = posterior(total)
    groups = np.flatnonzero(group_chances > 1e-7).astype(np.int32)
    unsexed, groups_unsexed = (
        posterior(total - found.sex.of(people)) if found.sex is not None else (chances, group_chances)
    )
    return Scores(
        people=people,
        named_by=named_by,
        chances=chances.astype(np.float32),
        groups=groups,
        group_chances=group_chances[groups].astype(np.float32),
        unsexed=(unsexed.astype(np.float32), groups_unsexed[groups].astype(np.float32)),
        associates=associates,
    )


def _candidates(found: Gathered, group_bits: Bits, register: Register) -> Numbers:
    lists = [fit.owners for fit in found.fits] + [name.owners for name in found.names]
    lists += [register.members_of(group) for group in np.flatnonzero(group_bits > 3.0).tolist()[:400]]
    lists = sorted((one for one in lists if len(one)), key=len)
    kept: list[Numbers] = []
    taken = 0
    for one in lists:
        taken += len(one)
        if taken > MOST_CANDIDATES and kept:
            break
        kept.append(one)
    return each_once(np.concatenate(kept)) if kept else np.empty(0, np.int32)


def _named(names: list[NameFit], people: Numbers, told: dict[int, Bits]) -> tuple[Bits, float, dict[int, float]]:
    """Bits for being the subject that is named: a mixture over which name is the subject's, with the share of each.

    A name that is the subject's is no companion's: what it has `told` of the group is taken back there, or a brother
    would have its bits for the surname and once more for keeping his brother's company.
    """
    subjects: list[tuple[float, Bits, float]] = []
    shares: dict[int, float] = {}
    named = any(name.said.role in {Role.SUBJECT, Role.PLAIN} and name.said.sure > 0.5 for name in names)
    for name in names:
        if name.said.also and subjects:
            continue
        bits, missed = _bits_of(name, people)
        for other in names:
            if other is not name and other.said.also and not name.said.also:
                more, less = _bits_of(other, people)
                bits, missed = bits + more, missed + less
        weight = name.said.role.value * (_BESIDE_NAMED if named and name.said.role is Role.TOGETHER else 1.0)
        if weight:
            shares[id(name)] = weight * name.said.sure
            subjects.append((weight * name.said.sure, bits - told.get(id(name), 0.0), missed))
    subjects += _called_both([name for name in names if not name.said.also], people, told)
    if not subjects:
        return np.zeros(len(people), np.float32), 0.0, {}
    none = NO_NAME + (
        0.3 if all(name.said.role in {Role.TOGETHER, Role.COMPANY} or name.said.sure < 0.4 for name in names) else 0.0
    )
    whole = none + sum(weight for weight, _, _ in subjects)
    mixed = np.full(len(people), none / whole, np.float64)
    nobody = none / whole
    for weight, bits, missed in subjects:
        mixed += weight / whole * np.exp2(bits.astype(np.float64))
        nobody += weight / whole * 2.0**missed
    shares = {name: share / whole for name, share in shares.items()}
    return np.log2(mixed).astype(np.float32), float(np.log2(nobody)), shares


def _called_both(names: list[NameFit], people: Numbers, told: dict[int, Bits]) -> list[tuple[float, Bits, float]]:
    """Two single names that are one person's, though no word joins them: `Liam ... friends say Nugget`."""
    single = [name for name in names if len(name.said.words) == 1 and name.said.role in {Role.SUBJECT, Role.PLAIN}]
    found = []
    for place, one in enumerate(single[:_MOST_SINGLE]):
        for other in single[place + 1 : _MOST_SINGLE]:
            if len(one.owners) and len(other.owners):
                (bits, missed), (more, less) = _bits_of(one, people), _bits_of(other, people)
                both = bits + more - told.get(id(one), 0.0) - told.get(id(other), 0.0)
                found.append((_ONE_PERSON * one.said.sure * other.said.sure, both, missed + less))
    return found


def _bits_of(name: NameFit, people: Numbers) -> tuple[Bits, float]:
    sure = name.said.sure
    missed = float(np.log2(sure * 2.0**name.missed + 1 - sure))
    found = np.full(len(people), missed, np.float32)
    if len(name.owners) and len(people):
        places = np.searchsorted(people, name.owners)
        places[places == len(people)] = 0
        inside = people[places] == name.owners
        found[places[inside]] = np.log2(sure * np.exp2(name.bits[inside]) + 1 - sure)
    return found, missed


def _associates(names: list[NameFit], register: Register) -> list[AssociateFit]:
    if not len(register.groups):
        return []
    said = [name for name in names if name.said.sure >= _ASSOCIATE_SURE and not name.said.also]
    others = _each_person_once(said)
    found = []
    for name in said:
        together = name.said.role in {Role.TOGETHER, Role.COMPANY}
        if not len(name.owners) or not (together or (len(others) > 1 and any(name is one for one in others))):
            continue
        sure = (_TOGETHER_SURE if together else _BESIDE_SURE) * name.said.sure
        found.append(_associate(name, sure, register))
    return found


def _each_person_once(names: list[NameFit]) -> list[NameFit]:
    """Without names that fit somebody best whom one before them fits best: nobody is named beside himself."""
    found: list[tuple[NameFit, Numbers]] = []
    for name in names:
        best = name.owners[name.bits == name.bits.max()] if len(name.owners) else name.owners
        if not any(len(np.intersect1d(best, before, assume_unique=True)) for _, before in found):
            found.append((name, best))
    return [name for name, _ in found]


def _associate(name: NameFit, sure: float, register: Register) -> AssociateFit:
    """Groups by the member whom the name fits best, each counted with its people.

    A name that somebody bears as a whole says nothing of those who bear its surname alone, nor of its slips.
    """
    keep = name.by_whole()
    owners, bits = name.owners[keep], name.bits[keep]
    positions = register.member_positions(owners)
    owner_of, group_of = register.member_person[positions], register.member_group[positions]
    bits_of = bits[np.searchsorted(owners, owner_of)]
    order = np.lexsort((bits_of, group_of))
    owner_of, group_of, bits_of = owner_of[order], group_of[order], bits_of[order]
    best = np.full(len(register.groups), _NOBODY, np.float32)
    best[group_of] = bits_of  # the last of a group is its best
    missed = float(np.log2(1 - 0.5 * sure))
    found = np.full(len(best), missed, np.float32)
    others = np.zeros(len(best), np.int32)
    value_of = {_NOBODY: missed}
    for level in sorted(set(bits_of.tolist())):
        as_well = best >= level
        people = int(register.group_sizes[as_well].sum())
        value = worth(_TOGETHER_MEANT, people, max(register.size, 1), 1e-3)
        value_of[level] = float(np.log2(sure * 2.0 ** min(value, 30.0) + 1 - sure))
        same = best == level
        found[same] = value_of[level]
        others[same] = int(as_well.sum()) - 1
    # Whoever is the best of a group himself is known in it by the next best alone.
    last = np.ones(len(owner_of), np.bool_)
    last[:-1] = group_of[1:] != group_of[:-1]
    next_best = np.full(len(owner_of), _NOBODY, np.float32)
    next_best[1:] = np.where(group_of[1:] == group_of[:-1], bits_of[:-1], _NOBODY)
    order = np.argsort(owner_of[last], kind="stable")
    alone = owner_of[last][order]
    less = np.array([value_of[one] for one in next_best[last][order].tolist()], np.float32)
    less = (less - found[group_of[last]][order]).astype(np.float32)
    return AssociateFit(name, owners, found, others, alone, less, missed)


def _group_bits(found: Gathered, associates: tuple[AssociateFit, ...], register: Register) -> Bits:
    bits = np.zeros(len(register.groups), np.float32)
    for fit in found.group_fits:
        spread = np.full(len(bits), fit.otherwise, np.float32)
        spread[fit.groups] = fit.bits
        bits += spread
    for one in associates:
        bits += one.bits
    return bits


def _of_groups(people: Numbers, group_bits: Bits, register: Register) -> Bits:
    """The bits of each person's group, of several the best; of nobody's group, what is left where none fits."""
    if not len(group_bits):
        return np.zeros(len(people), np.float32)
    none = min(0.0, float(group_bits.min()))
    first = register.group_of[people]
    found = np.where(first >= 0, group_bits[np.maximum(first, 0)], none).astype(np.float32)
    for person, group in register.further_groups:
        place = int(np.searchsorted(people, person))
        if place < len(people) and people[place] == person:
            found[place] = max(found[place], group_bits[group])
    return found


def _weights(
    total: Bits, group_bits: Bits, unnamed_bits: float, prior: float, register: Register
) -> tuple[Weights, Weights, float]:
    """What weighs for each candidate, for those of each group whom the register does not name, and for nobody."""
    everybody = register.size + AT_LARGE
    weights = prior / everybody * np.exp2(np.minimum(TEMPER * total.astype(np.float64), 200.0))
    told = group_bits > 2.0
    unnamed = np.where(
        told,
        FAMILY_PRIOR * prior / everybody * register.group_sizes
        * np.exp2(np.minimum(TEMPER * (group_bits.astype(np.float64) + unnamed_bits), 200.0)),
        0.0,
    )  # fmt: skip
    return weights, unnamed, 1.0 - prior
