"""What the name of a group, a family or a business is worth, to groups and to people."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from triage.linking.columns.building import Register
from triage.linking.columns.postings import Bits, Numbers
from triage.linking.evidence import Evidence
from triage.linking.spotting.groups import GroupSaid, PhraseSaid
from triage.linking.spotting.text import Text
from triage.linking.weighing.fits import Because, Fit, doubted, flat, worth
from triage.linking.words import words_of

_MEANT = ((0.99, 0.5), (0.75, 0.2), (0.0, 0.06))  # from this closeness, how often it is written so
_FAMILY_SURE = 0.93
_SURNAME_SURE = 0.7  # that the surname in it is the subject's own
_AREA = 2.0  # bits for a group in the town that is said beside its name
_BOTH = 1.0  # bits for bearing the surname in the group that is called by it
_BUSINESS_MEANT = 0.6
_EXACTLY = 0.7  # bits for being called exactly so, where others are called nearly so
_TOLD_APART = words_of("ocg network crew firm mob")  # what nobody says but of those who are called so


@dataclass(frozen=True)
class GroupFit:
    """Which groups a piece of evidence fits: bits for everybody in them, `otherwise` for everybody else."""

    groups: Numbers
    bits: Bits
    otherwise: float
    explain: Callable[[int], list[Because]]


def _is_telling(whole: str) -> bool:
    return whole.rpartition(" ")[2] in _TOLD_APART


def meant_at(closeness: float) -> float:
    """How often the one meant is written this closely."""
    return next(meant for least, meant in _MEANT if closeness >= least)


def group_levels(said: GroupSaid, register: Register) -> tuple[Numbers, Bits, Numbers]:
    """Groups that the words name, log2(m/u) of each, and how many other groups are named as well."""
    found: dict[int, float] = {}
    for core, near in said.cores:
        for group in register.called.core.of(core).tolist() + register.called.whole.of(core).tolist():
            found[group] = max(found.get(group, 0.0), near)
    exactly = register.called.whole.of(said.whole).tolist()
    for group in exactly:
        found[group] = max(found.get(group, 0.0), 1.0)
    groups = np.array(sorted(found), np.int32)
    levels = np.array([found[group] for group in groups.tolist()], np.float32)
    bits, others = np.zeros(len(groups), np.float32), np.zeros(len(groups), np.int32)
    for level in np.unique(levels):
        as_well = levels >= level
        sizes = register.group_sizes[groups[as_well]]
        people, largest = int(sizes.sum()), max(1, int(sizes.max()))
        meant = meant_at(float(level))
        bits[levels == level] = worth(meant, people, max(register.size, 1), 2e-4, together=largest)
        others[levels == level] = int(as_well.sum()) - 1
    if exactly and len(exactly) < len(groups):  # people say family of any family, and OCG of one that is called so
        so_called = np.isin(groups, np.array(exactly, np.int32))
        bits += np.where(so_called, _EXACTLY, -_EXACTLY * 2 if _is_telling(said.whole) else 0.0).astype(np.float32)
    return groups, bits, others


def weigh_group(said: GroupSaid, text: Text, register: Register) -> tuple[GroupFit | None, Fit | None]:
    """A family or group for its members, and the surname in it for whoever bears that, in another group too."""
    place = text.span(said.first, said.last)
    groups, bits, others = group_levels(said, register)
    sure = _FAMILY_SURE if said.company or not said.surnames else 0.6
    mixed = np.array([doubted(float(one), sure) for one in bits], np.float32)
    group_fit = None
    if len(groups):

        def explain(group: int) -> list[Because]:
            at = int(np.searchsorted(groups, group))
            if at < len(groups) and groups[at] == group:
                near = max((near for _, near in said.cores), default=1.0) < 0.95
                return [Because(Evidence.GROUP_NAME, place, said.whole, int(others[at]), near=near)]
            return []

        group_fit = GroupFit(groups, mixed, -2.5 if said.company or not said.surnames else -1.0, explain)
    return group_fit, None if said.company else _weigh_surname(said, place, group_fit, register)


def weigh_area(towns: list[tuple[str, tuple[int, int]]], register: Register) -> GroupFit:
    """The towns said, for groups that work there: it parts groups of one name, and alone it would be no evidence."""
    at: dict[int, tuple[str, tuple[int, int]]] = {}
    for key, place in towns:
        for group in register.called.area.of(key).tolist():
            at.setdefault(group, (key, place))
    groups = np.array(sorted(at), np.int32)

    def explain(group: int) -> list[Because]:
        if group not in at:
            return []
        key, place = at[group]
        return [Because(Evidence.AREA, place, key, register.called.area.count(key) - 1)]

    return GroupFit(groups, np.full(len(groups), _AREA, np.float32), 0.0, explain)


def _weigh_surname(
    said: GroupSaid, place: tuple[int, int], group_fit: GroupFit | None, register: Register
) -> Fit | None:
    """The surname in a family's name; who is in a group so called has its bits already: the better of both counts."""
    levels: dict[int, float] = {}
    for word, near in said.surnames:
        for person in register.names.surname.of(word).tolist():
            levels[person] = max(levels.get(person, 0.0), near)
    if not levels:
        return None
    owners = np.array(sorted(levels), np.int32)
    near_of = np.array([levels[one] for one in owners.tolist()], np.float32)
    bits, fitting = np.zeros(len(owners), np.float32), np.zeros(len(owners), np.int32)
    for level in np.unique(near_of):
        as_well = int((near_of >= level).sum())
        bits_of_level = worth(meant_at(float(level)), as_well, max(register.size, 1), 3e-4)
        found = doubted(bits_of_level, _SURNAME_SURE)
        bits[near_of == level], fitting[near_of == level] = found, as_well - 1
    if group_fit is not None and len(group_fit.groups):
        of_group = np.zeros(len(register.groups), np.float32)
        of_group[group_fit.groups] = group_fit.bits
        theirs = np.where(register.group_of[owners] >= 0, of_group[np.maximum(register.group_of[owners], 0)], 0.0)
        bits = np.where(theirs > 0, np.maximum(bits - theirs, 0.0) + _BOTH, bits - group_fit.otherwise).astype(
            np.float32
        )

    def explain(owner: int) -> list[Because]:
        at = int(np.searchsorted(owners, owner))
        if at == len(owners) or owners[at] != owner:
            return []
        return [Because(Evidence.SURNAME, place, "", int(fitting[at]), near=bool(near_of[at] < 0.96))]

    return Fit(owners, bits, flat(-1.5 if said.cores else -2.5), explain)


def weigh_phrase(said: PhraseSaid, register: Register) -> tuple[GroupFit | None, Fit | None]:
    """A business for whose it is and for the groups that use it, an online name for its owner."""
    postings = register.phrases.online if said.is_online else register.phrases.business
    owners = postings.of(said.key)
    groups = register.called.business.of(said.key)
    everybody = max(register.size, 1)
    evidence = Evidence.ONLINE if said.is_online else Evidence.BUSINESS
    person_fit = group_fit = None
    sure = 0.9 if said.near else 0.97
    if len(owners):
        bits = doubted(worth(_BUSINESS_MEANT, len(owners), everybody, 1e-6 if said.is_online else 1e-4), sure)
        values = np.full(len(owners), bits, np.float32)

        def explain(owner: int) -> list[Because]:
            if owner not in owners:
                return []
            return [Because(evidence, said.place, said.key, len(owners) - 1, near=said.near)]

        person_fit = Fit(owners, values, flat(-0.7), explain)
    if len(groups):
        people = int(register.group_sizes[groups].sum())
        group_bits = doubted(worth(0.4, people, everybody, 2e-4), sure)
        spread = np.full(len(groups), group_bits, np.float32)

        def explain_group(group: int) -> list[Because]:
            return [Because(evidence, said.place, said.key, len(groups) - 1, near=said.near)] if group in groups else []

        group_fit = GroupFit(groups, spread, -0.5, explain_group)
    return group_fit, person_fit
