"""From the matcher's posterior to how often such a suggestion is right here, as far as decisions have shown.

What was decided before anything was suggested counts in full. What was decided with the suggestion on the page may
lower a figure and never raise it, for people agree with what they are shown; and it never outweighs the rest.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from triage.linking.learning.isotonic import Curve, Point, curve_through
from triage.linking.learning.lowering import lowest_shown
from triage.linking.learning.outcomes import Learnt, Outcome
from triage.linking.matching import FAIR, SHOW, SHOW_BESIDE, STRONG, Strength, Suggestion
from triage.linking.scoring import PRIOR as SHIPPED_PRIOR

TENTHS = tuple((2 * number + 1) / 20 for number in range(10))
# As many decisions as the shipped calibration counts for in each tenth of the scale. A share from 20 has a standard
# error of up to 11 points, about as far as the shipped one was off on invented reports: from there on ours is worth
# more. Where nobody decided anything, the shipped one holds.
SHIPPED_COUNTS = 20
SHIPPED_REPORTS = 100  # the same of the share of reports about somebody on the register: at 100 it is 5 points
FEWEST = 20  # suggestions decided; below it there is nothing to learn from
HIDE = 0.2  # a report whose likeliest suggestion is right less often than this gets none


@dataclass(frozen=True)
class Calibration:
    """What was learnt: `trusted` from what was decided unseen, `wary` lowers it by what was decided on the page.

    `prior` is the share of reports about somebody on the register; `lowest` is the posterior from which the likeliest
    is shown, SHOW or less; the rest is from how much this was learnt.
    """

    trusted: Curve
    wary: Curve
    prior: float
    blind: int
    shown: int
    reports: int
    lowest: float = SHOW

    def probability(self, posterior: float) -> float:
        """How often a suggestion of this posterior is right, 0 to 1."""
        return min(self.trusted(posterior), self.wary(posterior))

    @property
    def lowers(self) -> bool:
        """Whether some are shown whom the matcher does not suggest."""
        return self.lowest < SHOW

    def from_below(self, near: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
        """Of those who came nearest where the matcher suggests nobody, whoever is to be shown after all."""
        if not self.lowers or max((one.posterior for one in near), default=0.0) < self.lowest:
            return ()
        return tuple(one for one in near if one.posterior >= SHOW_BESIDE)

    @property
    def show_from(self) -> float:
        """The lowest posterior, in hundredths, at which the likeliest is shown; what was on the page has no part."""
        return next((step / 100 for step in range(101) if self.trusted(step / 100) >= HIDE), 1.0)

    def applied(self, suggested: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
        """Suggestions as they are shown: each with the strength it has earned, none where even the first has not."""
        if max((one.posterior for one in suggested), default=0.0) < self.show_from:
            return ()
        return self.reworded(suggested)

    def reworded(self, suggested: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
        """All of them, each with the strength it has earned."""
        return tuple(replace(one, strength=self.strength(one)) for one in suggested)

    def strength(self, one: Suggestion) -> Strength:
        """The matcher's own word, unless what was learnt lies in another class than its posterior."""
        before, now = strength_at(one.posterior), strength_at(self.probability(one.posterior))
        return one.strength if before is now else now


def strength_at(probability: float) -> Strength:
    """What a probability is called."""
    if probability >= STRONG:
        return Strength.STRONG
    return Strength.FAIR if probability >= FAIR else Strength.WEAK


def moved(posterior: float, prior: float) -> float:
    """A posterior as it were with another share of reports about somebody on the register.

    What is left over is taken to be nobody's: where much of it is another entry's, this moves too far.
    """
    more, less = posterior * prior / SHIPPED_PRIOR, (1 - posterior) * (1 - prior) / (1 - SHIPPED_PRIOR)
    return more / (more + less)


def calibrate(learnt: Learnt) -> Calibration:
    """Learn from decisions, always from the matcher's own posterior: nothing learnt earlier has a part in it."""
    blind, shown = learnt.blind, learnt.shown
    somebody = sum(one.somebody for one in learnt.settled)
    prior = (SHIPPED_PRIOR * SHIPPED_REPORTS + somebody) / (SHIPPED_REPORTS + len(learnt.settled))
    shipped = [Point(at, moved(at, prior), SHIPPED_COUNTS) for at in TENTHS]
    trusted = curve_through([*shipped, *_points(blind)])
    unseen = Counter(tenth_of(one.posterior) for one in blind)
    seen = Counter(tenth_of(one.posterior) for one in shown)
    room = {tenth: (SHIPPED_COUNTS + unseen[tenth]) / count for tenth, count in seen.items()}
    held = [Point(at, trusted(at), SHIPPED_COUNTS + unseen[number]) for number, at in enumerate(TENTHS)]
    wary = curve_through([*held, *_points(shown, room)]) if shown else trusted
    lowest = lowest_shown(learnt.settled)
    return Calibration(trusted, wary, prior, len(blind), len(shown), len(learnt.settled), lowest)


def tenth_of(posterior: float) -> int:
    """Which tenth of the scale, 0 to 9."""
    return min(9, max(0, int(posterior * 10)))


def body_of(calibration: Calibration) -> dict[str, Any]:
    """What is sealed of it: numbers alone."""
    return {
        "trusted": calibration.trusted.knots,
        "wary": calibration.wary.knots,
        "prior": calibration.prior,
        "blind": calibration.blind,
        "shown": calibration.shown,
        "reports": calibration.reports,
        "lowest": calibration.lowest,
    }


def calibration_of(body: Mapping[str, Any]) -> Calibration:  # what JSON held
    """The calibration that a sealed body holds."""
    return Calibration(
        trusted=Curve(tuple((float(at), float(value)) for at, value in body["trusted"])),
        wary=Curve(tuple((float(at), float(value)) for at, value in body["wary"])),
        prior=float(body["prior"]),
        blind=int(body["blind"]),
        shown=int(body["shown"]),
        reports=int(body["reports"]),
        lowest=float(body.get("lowest", SHOW)),  # learnt before it could be lowered
    )


def _points(outcomes: Iterable[Outcome], room: Mapping[int, float] | None = None) -> list[Point]:
    weights = room or {}
    return [
        Point(one.posterior, float(bool(one.right)), min(1.0, weights.get(tenth_of(one.posterior), 1.0)))
        for one in outcomes
    ]
