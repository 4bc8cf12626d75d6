"""The matchers of several compartments as one, each of which knows how its index stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from triage.linking.holder.standing import READY, Standing, worst_of
from triage.linking.matching import ORDER, Matcher, RegisterMatcher, Suggestion
from triage.linking.mentions import Mention


class StandingMatcher(Matcher, Protocol):
    """A matcher that says how far its index is. Where it cannot answer it suggests nobody, and never fails."""

    @property
    def standing(self) -> Standing:
        """As it stood when it was last asked."""
        ...


@dataclass(frozen=True)
class Local:
    """A matcher of this process."""

    matcher: Matcher
    standing: Standing

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self.matcher.suggest(text, limit=limit)

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self.matcher.rank(text, limit=limit)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        return self.matcher.mentions(text)


@dataclass(frozen=True)
class Nobody:
    """Suggests nobody: plates and numbers are still marked. Whoever only asks how the index stands costs nothing."""

    standing: Standing = READY

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:  # noqa: ARG002 - nobody is there
        return ()

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:  # noqa: ARG002 - nobody is there
        return ()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        return RegisterMatcher(()).mentions(text)  # made anew: one that is kept would remember words of reports


@dataclass(frozen=True)
class Several:
    """Several as one: the stronger first, whichever compartment it is of."""

    matchers: tuple[StandingMatcher, ...]

    @property
    def standing(self) -> Standing:
        return worst_of(one.standing for one in self.matchers)

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return _first(limit, (one for matcher in self.matchers for one in matcher.suggest(text, limit=limit)))

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return _first(limit, (one for matcher in self.matchers for one in matcher.rank(text, limit=limit)))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        found = {mention for matcher in self.matchers for mention in matcher.mentions(text)}
        return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.kind, one.value)))


def _first(limit: int, found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    return tuple(sorted(found, key=lambda one: (ORDER[one.strength], -one.posterior))[:limit])


def together(matchers: Iterable[StandingMatcher]) -> StandingMatcher:
    """The only one as it is; none where no register is open to somebody."""
    match tuple(matchers):
        case ():
            return Nobody()
        case (only,):
            return only
        case several:
            return Several(several)
