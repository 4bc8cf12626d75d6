"""Tables of how often suggestions were right: shares with the range chance alone would give them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from triage.linking.learning.calibration import Calibration, tenth_of
from triage.linking.learning.cultures import Culture
from triage.linking.learning.outcomes import Learnt, Outcome
from triage.linking.learning.shares import Share
from triage.linking.matching import Strength


@dataclass(frozen=True)
class StrengthRow:
    """Suggestions of one strength, decided before they were seen or with them on the page."""

    strength: Strength
    blind: bool
    suggested: int
    right: Share


@dataclass(frozen=True)
class TenthRow:
    """Suggestions in one tenth of the matcher's scale, and how often those in force say that they are right."""

    tenth: int
    blind: Share
    shown: Share
    says: float


@dataclass(frozen=True)
class CultureRow:
    """Suggested people whose names are of one kind as far as tables of names tell, decided unseen and on the page.

    A share of fewer than FEWEST_SHOWN is not shown: see `is_told`.
    """

    culture: Culture
    blind: Share
    shown: Share


@dataclass(frozen=True)
class Drift:
    """What was decided unseen since the last learning, beside what it said beforehand."""

    right: Share
    said: float

    @property
    def is_beyond_chance(self) -> bool:
        return self.right.of > 0 and not self.right.low <= self.said <= self.right.high


@dataclass(frozen=True)
class Figures:
    """Everything the page shows."""

    strengths: tuple[StrengthRow, ...]
    tenths: tuple[TenthRow, ...]
    cultures: tuple[CultureRow, ...]
    somebody: Share
    missed: Share


def figures_of(learnt: Learnt, calibration: Calibration | None, culture_of: Mapping[UUID, Culture]) -> Figures:
    """The tables; entries that are no longer on the register have no culture and are left out of that one."""
    rows = tuple(
        _strength_row(strength, blind, [one for one in learnt.outcomes if one.strength is strength])
        for strength in Strength
        for blind in (True, False)
    )
    tenths = tuple(_tenth_row(number, learnt, calibration) for number in range(10))
    somebody = Share(sum(one.somebody for one in learnt.settled), len(learnt.settled))
    missed = Share(sum(one.missed for one in learnt.settled), somebody.hits)
    return Figures(rows, tenths, _cultures(learnt, culture_of), somebody, missed)


def drift_of(since: Learnt, calibration: Calibration | None) -> Drift:
    """How what was decided unseen compares with what the calibration said of it."""
    said = [calibration.probability(one.posterior) if calibration else one.posterior for one in since.blind]
    return Drift(_share(since.blind), sum(said) / len(said) if said else 0.0)


def _strength_row(strength: Strength, blind: bool, outcomes: list[Outcome]) -> StrengthRow:
    here = [one for one in outcomes if one.blind is blind]
    return StrengthRow(strength, blind, len(here), _share(one for one in here if one.right is not None))


def _tenth_row(number: int, learnt: Learnt, calibration: Calibration | None) -> TenthRow:
    middle = (2 * number + 1) / 20
    inside: Callable[[Outcome], bool] = lambda one: tenth_of(one.posterior) == number  # noqa: E731  used twice
    says = calibration.probability(middle) if calibration else middle
    return TenthRow(number, _share(filter(inside, learnt.blind)), _share(filter(inside, learnt.shown)), says)


def _cultures(learnt: Learnt, culture_of: Mapping[UUID, Culture]) -> tuple[CultureRow, ...]:
    """What was on the page never counts together with what was not: people agree with what they are shown."""

    def right(culture: Culture, outcomes: Iterable[Outcome]) -> Share:
        return _share(one for one in outcomes if culture_of.get(one.entry_id) is culture)

    rows = (CultureRow(one, right(one, learnt.blind), right(one, learnt.shown)) for one in Culture)
    return tuple(row for row in rows if row.blind.of or row.shown.of)


def _share(outcomes: Iterable[Outcome]) -> Share:
    here = list(outcomes)
    return Share(sum(bool(one.right) for one in here), len(here))
