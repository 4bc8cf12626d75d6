"""What of a long report is weighed: what the register knows before the rest, and never by where it stands."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from triage.linking.columns.building import Register
from triage.linking.spotting.ages import AgeSaid
from triage.linking.spotting.groups import GroupSaid, PhraseSaid
from triage.linking.spotting.names_said import NameSaid
from triage.linking.spotting.phones import PhoneSaid
from triage.linking.spotting.plates import Part
from triage.linking.spotting.roles import Role
from triage.linking.spotting.vehicles import VehicleSaid

Said = TypeVar("Said")
MOST_NAMES, MOST_THINGS, MOST_AGES = 12, 6, 2  # weighed for one report, of each kind


def _chosen(said: Iterable[Said], key: Callable[[Said], Any], rank: Callable[[Said], Any], most: int) -> list[Said]:
    """Each once by its key, and of too many those of the lowest rank."""
    once = list({key(one): one for one in reversed(list(said))}.values())[::-1]
    return once if len(once) <= most else sorted(once, key=rank)[:most]


def phones_to_weigh(said: list[PhoneSaid], register: Register) -> list[PhoneSaid]:
    """Numbers of the register, then the longest parts of numbers, then other numbers."""

    def key(one: PhoneSaid) -> tuple[str, str, str, str]:
        return one.whole, one.start, one.end, one.inside

    def rank(one: PhoneSaid) -> tuple[Any, ...]:
        known = bool(one.whole) and len(register.phones.person_of) > 0 and register.phones.knows(one.whole)
        return not known, bool(one.whole), -len(one.start + one.end + one.inside), key(one)

    return _chosen(said, key, rank, MOST_THINGS)


def vehicles_to_weigh(said: list[VehicleSaid], register: Register) -> list[VehicleSaid]:
    """Plates of the register, then other whole plates, then the longest parts, then makes and models alone."""

    def key(one: VehicleSaid) -> tuple[str, ...]:
        plate = (one.plate.text, one.plate.part.value) if one.plate is not None else ("", "")
        return (*plate, one.make, one.model, one.colour)

    def rank(one: VehicleSaid) -> tuple[Any, ...]:
        plate = one.plate
        if plate is None:
            return True, True, 0, key(one)
        return not register.vehicles.knows(plate.text), plate.part is not Part.WHOLE, -len(plate.text), key(one)

    return _chosen(said, key, rank, MOST_THINGS)


def groups_to_weigh(said: list[GroupSaid], register: Register) -> list[GroupSaid]:
    """Groups called exactly so, then those of which the fewest are called so."""

    def key(one: GroupSaid) -> tuple[Any, ...]:
        return one.whole, one.cores, one.company

    def rank(one: GroupSaid) -> tuple[Any, ...]:
        near = max((near for _, near in one.cores), default=0.0)
        so_called = sum(register.called.core.count(core) for core, _ in one.cores)
        return -near, so_called, one.whole, one.company

    return _chosen(said, key, rank, MOST_THINGS)


def phrases_to_weigh(said: list[PhraseSaid]) -> list[PhraseSaid]:
    """Online names and businesses as they are written on the register, then the longest."""
    return _chosen(
        said, lambda one: (one.is_online, one.key), lambda one: (one.near, -len(one.key), one.key), MOST_THINGS
    )


def ages_to_weigh(said: list[AgeSaid]) -> list[AgeSaid]:
    """Dates of birth, then the narrowest ages."""

    def key(one: AgeSaid) -> tuple[int, int, int]:
        return -one.born, one.high - one.low, one.low

    return _chosen(said, key, key, MOST_AGES)


def names_to_weigh(said: list[NameSaid]) -> list[NameSaid]:
    """Names that are surely names, the subject's before a companion's, and of many those that the register knows."""

    def rank(one: NameSaid) -> tuple[Any, ...]:
        return -one.sure * (one.role not in {Role.TOGETHER, Role.COMPANY}), -one.sure, one.key

    def is_unknown(one: NameSaid) -> bool:
        known = [word for word in one.words if any(likely.closeness == 1.0 for likely in word.likely)]
        return len(known) < min(2, len(one.words))

    if len(said) <= MOST_NAMES:
        return sorted(said, key=rank)
    return sorted(sorted(said, key=lambda one: (is_unknown(one), rank(one)))[:MOST_NAMES], key=rank)
