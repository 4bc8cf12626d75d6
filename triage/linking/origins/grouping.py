"""Puts reports that go back to one telling together: by their words, and before that by what an officer has said."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R", bound=Hashable)


@dataclass(frozen=True)
class Tied(Generic[R]):
    """Two reports that the words, or their reporter, say are one telling; the stronger counts first."""

    one: R
    other: R
    strength: float


@dataclass(frozen=True)
class Said(Generic[R]):
    """An officer's word on two reports, in the order they were said: the same origin, or not."""

    one: R
    other: R
    same: bool


def groups_of(reports: Sequence[R], ties: Iterable[Tied[R]], said: Sequence[Said[R]] = ()) -> tuple[tuple[R, ...], ...]:
    """The reports by origin, in the order given. An officer's last word on two reports outranks every tie.

    Two that an officer holds apart never meet in one group, neither directly nor through a third.
    """
    together = {one: [one] for one in reports}
    last: dict[frozenset[R], bool] = {}
    for word in said:
        pair = frozenset((word.one, word.other))
        last.pop(pair, None)
        last[pair] = word.same
    apart = {pair for pair, same in last.items() if not same}

    def may_meet(one: list[R], other: list[R]) -> bool:
        return not any(frozenset((mine, theirs)) in apart for mine in one for theirs in other)

    def join(one: R, other: R) -> None:
        mine, theirs = together.get(one), together.get(other)
        if mine is None or theirs is None or mine is theirs or (apart and not may_meet(mine, theirs)):
            return
        mine.extend(theirs)
        for each in theirs:
            together[each] = mine

    for pair, same in reversed(last.items()):
        if same and len(pair) > 1:
            one, other = pair
            join(one, other)
    place = {one: at for at, one in enumerate(reports)}
    for tie in sorted(ties, key=lambda tie: (-tie.strength, place.get(tie.one, -1), place.get(tie.other, -1))):
        join(tie.one, tie.other)
    found: dict[int, list[R]] = {}
    for one in reports:
        found.setdefault(id(together[one]), []).append(one)
    return tuple(tuple(group) for group in found.values())
