"""Adds up the evidence: for each person, each group, and for nobody on the register, how likely they are the one meant.

After Fellegi and Sunter (1969): bits of evidence are added as though independent, which what is counted together
(street with town, make with colour and plate, given name with surname) keeps near the truth; TEMPER takes the rest.
"""

from dataclasses import dataclass

import numpy as np

from triage.linking.columns.building import Register
from triage.linking.columns.postings import Bits, Numbers, each_once
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
_BESIDE_NAMED = 0.4  # of the chance that a companion is the one meant, where somebody else is named


@dataclass(frozen=True)
class AssociateFit:
    """Which groups a name that is not the subject's is known in; `best` are the people it fits."""

    name: NameFit
    bits: Bits  # by group
    others: Numbers  # by group
    best: Numbers  # who of each group fits best, in rising order (of several groups, several times)
    less: Bits  # what these lose, for nobody is his own associate


@dataclass(frozen=True)
class Scores:
    """Candidates in rising order with their posterior, groups with theirs, and that of nobody."""

    people: Numbers
    chances: Bits
    groups: Numbers
    group_chances: Bits  # its people and those of it whom the register does not name
    unnamed: Bits  # of group_chances, the part that is of no one person
    nobody: float
    associates: tuple[AssociateFit, ...]


def score(found: Gathered, register: Register, *, prior: float = PRIOR) -> Scores:
    """How likely each person and group is to be meant."""
    associates = tuple(_associates(found.names, register))
    group_bits = _group_bits(found, associates, register)
    people = _candidates(found, group_bits, register)
    total = np.zeros(len(people), np.float32)
    for fit in found.fits:
        total += fit.of(people)
    named, unnamed_bits = _named(found.names, people)
    total += named + _of_groups(people, group_bits, register)
    for one in associates:
        places = np.searchsorted(people, one.best)
        inside = (places < len(people)) & (people[np.minimum(places, len(people) - 1)] == one.best)
        total[places[inside]] += one.less[inside]
    return _posterior(people, total, group_bits, unnamed_bits, prior, register, associates)


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


def _named(names: list[NameFit], people: Numbers) -> tuple[Bits, float]:
    """Bits for being the subject that is named: a mixture over which name is the subject's."""
    subjects: list[tuple[float, Bits, float]] = []
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
            subjects.append((weight * name.said.sure, bits, missed))
    subjects += _called_both([name for name in names if not name.said.also], people)
    if not subjects:
        return np.zeros(len(people), np.float32), 0.0
    none = NO_NAME + (
        0.3 if all(name.said.role in {Role.TOGETHER, Role.COMPANY} or name.said.sure < 0.4 for name in names) else 0.0
    )
    whole = none + sum(weight for weight, _, _ in subjects)
    mixed = np.full(len(people), none / whole, np.float64)
    nobody = none / whole
    for weight, bits, missed in subjects:
        mixed += weight / whole * np.exp2(bits.astype(np.float64))
        nobody += weight / whole * 2.0**missed
    return np.log2(mixed).astype(np.float32), float(np.log2(nobody))


def _called_both(names: list[NameFit], people: Numbers) -> list[tuple[float, Bits, float]]:
    """Two single names that are one person's, though no word joins them: `Liam ... friends say Nugget`."""
    single = [name for name in names if len(name.said.words) == 1 and name.said.role in {Role.SUBJECT, Role.PLAIN}]
    found = []
    for place, one in enumerate(single[:_MOST_SINGLE]):
        for other in single[place + 1 : _MOST_SINGLE]:
            if len(one.owners) and len(other.owners):
                (bits, missed), (more, less) = _bits_of(one, people), _bits_of(other, people)
                found.append((_ONE_PERSON * one.said.sure * other.said.sure, bits + more, missed + less))
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
    several = sum(1 for name in names if name.said.sure > 0.3 and not name.said.also) > 1
    found = []
    for name in names:
        together = name.said.role in {Role.TOGETHER, Role.COMPANY}
        if name.said.also or name.said.sure < 0.3 or not len(name.owners) or not (together or several):
            continue
        sure = (_TOGETHER_SURE if together else _BESIDE_SURE) * name.said.sure
        found.append(_associate(name, sure, register))
    return found


def _associate(name: NameFit, sure: float, register: Register) -> AssociateFit:
    """Groups by the member whom the name fits best, each counted with its people."""
    keep = name.bits > 0
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
    return AssociateFit(name, found, others, best=alone, less=(less - found[group_of[last]][order]).astype(np.float32))


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


def _posterior(
    people: Numbers,
    total: Bits,
    group_bits: Bits,
    unnamed_bits: float,
    prior: float,
    register: Register,
    associates: tuple[AssociateFit, ...],
) -> Scores:
    everybody = register.size + AT_LARGE
    weights = prior / everybody * np.exp2(np.minimum(TEMPER * total.astype(np.float64), 200.0))
    groups_count = len(register.groups)
    of_groups = np.bincount(
        np.maximum(register.group_of[people], 0),
        weights=weights * (register.group_of[people] >= 0),
        minlength=groups_count,
    )[:groups_count]
    told = group_bits > 2.0
    unnamed = np.where(
        told,
        FAMILY_PRIOR * prior / everybody * register.group_sizes
        * np.exp2(np.minimum(TEMPER * (group_bits.astype(np.float64) + unnamed_bits), 200.0)),
        0.0,
    )  # fmt: skip
    for person, group in register.further_groups:
        place = int(np.searchsorted(people, person))
        if place < len(people) and people[place] == person:
            of_groups[group] += weights[place]
    nobody = 1.0 - prior
    whole = nobody + float(weights.sum()) + float(unnamed.sum())
    groups = np.flatnonzero((of_groups + unnamed) / whole > 1e-7).astype(np.int32)
    return Scores(
        people=people,
        chances=(weights / whole).astype(np.float32),
        groups=groups,
        group_chances=((of_groups + unnamed)[groups] / whole).astype(np.float32),
        unnamed=(unnamed[groups] / whole).astype(np.float32),
        nobody=nobody / whole,
        associates=associates,
    )
