"""How the index stands for one officer just now, and the sentence their page shows of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What the index can do just now."""

    READY = "ready"
    REBUILDING = "rebuilding"  # it answers as the register stood before its last change
    BUILDING = "building"  # it answers nothing yet
    AWAY = "away"


_WORST_FIRST = (State.AWAY, State.BUILDING, State.REBUILDING, State.READY)


@dataclass(frozen=True)
class Standing:
    """`share` is how much of the building is done, 0 to 1."""

    state: State
    share: float = 1.0

    @property
    def is_ready(self) -> bool:
        return self.state is State.READY

    @property
    def answers(self) -> bool:
        """Whether that it suggests nobody means anything."""
        return self.state in (State.READY, State.REBUILDING)

    @property
    def percent(self) -> int:
        """The share as a whole number, never 100 while something is left to do."""
        return 100 if self.is_ready else min(99, int(self.share * 100))

    @property
    def sentence(self) -> str:
        """What an officer is told; empty where there is nothing to tell."""
        match self.state:
            case State.READY:
                return ""
            case State.REBUILDING:
                return (
                    "The register has changed since these suggestions were worked out. "
                    f"The index is being built again: {self.percent} % is done."
                )
            case State.BUILDING:
                return (
                    f"The index of the register is being built: {self.percent} % is done. Until then nobody is "
                    "suggested and less is marked in the text. Everything else on this page works."
                )
            case State.AWAY:
                return (
                    "Suggestions are not available just now, because the index does not answer. Everything else on "
                    "this page works. If this goes on, tell whoever runs Quiet Word for your force."
                )


READY = Standing(State.READY)
AWAY = Standing(State.AWAY, 0.0)


def worst_of(standings: Iterable[Standing]) -> Standing:
    """Several compartments' indexes as one; ready where there is none."""
    found = sorted(standings, key=lambda one: (_WORST_FIRST.index(one.state), one.share))
    return found[0] if found else READY
