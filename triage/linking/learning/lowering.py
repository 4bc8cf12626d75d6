"""Whether the likeliest may be shown from further down than the program ships, by what was decided unseen alone.

What is on a page has no part in it: people agree with what they are shown. Two things must be beyond chance: reports
about nobody on the register are hardly ever shown anybody, and who is newly shown is more often right than not.
"""

from collections.abc import Iterable

from triage.linking.learning.outcomes import Settled
from triage.linking.learning.shares import Share
from triage.linking.matching import FAIR, SHOW

LOWEST = FAIR  # nobody is newly shown as the likeliest whom the matcher itself calls less than fair
MOST_FALSE = 0.04  # of the reports about nobody on the register, those with any suggestion (the project's bar)
MORE_OFTEN_THAN_NOT = 0.5
SHIPPED_STEP, LOWEST_STEP = round(100 * SHOW), round(100 * LOWEST)


def lowest_shown(settled: Iterable[Settled]) -> float:
    """The lowest posterior, in hundredths, from which the likeliest is shown: SHOW where nothing bears out less.

    Each share is taken at the end of its range that speaks against: with no false one at all, 93 reports about nobody
    are needed, and four newly shown that are all right.
    """
    known = [one for one in settled if one.nearest is not None]
    for step in range(LOWEST_STEP, SHIPPED_STEP):
        at = step / 100
        if false_from(known, at).high <= MOST_FALSE and right_from(known, at).low >= MORE_OFTEN_THAN_NOT:
            return at
    return SHOW


def false_from(settled: Iterable[Settled], at: float) -> Share:
    """Of the reports about nobody, those that are shown somebody when the likeliest is shown from here."""
    about_nobody = [one.nearest for one in settled if one.nearest is not None and not one.somebody]
    return Share(sum(one.suggested or one.posterior >= at for one in about_nobody), len(about_nobody))


def right_from(settled: Iterable[Settled], at: float) -> Share:
    """Of the reports of which the matcher suggests nobody and that would be shown somebody from here, those right."""
    newly = [one.nearest for one in settled if one.nearest is not None and not one.nearest.suggested]
    newly = [one for one in newly if one.posterior >= at]
    return Share(sum(one.is_right for one in newly), len(newly))
