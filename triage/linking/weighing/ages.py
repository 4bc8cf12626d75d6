"""What an age, a date of birth or a word for man or woman is worth."""

from datetime import date

import numpy as np

from triage.linking.columns.building import Register
from triage.linking.columns.postings import Bits, Numbers
from triage.linking.evidence import Evidence
from triage.linking.spotting.ages import AgeSaid
from triage.linking.weighing.fits import NO_ONE, Because, Fit, worth

# People judge ages badly, and say them of people they have not seen for years.
_CLOSE, _FAR = 2.0, 5.5
_MEANT = {2: 0.6, 1: 0.32, 0: 0.08}
_MEANT_OF_YEARS = {2: 0.8, 1: 0.15, 0: 0.05}  # of `in his thirties`
_DECADE = 4  # years between the lowest and the highest age from which it is one
_SEX_MEANT, _SEX_WRONG = 0.93, 0.35  # people write "he" of anybody; of a woman meant, about one time in four


def weigh_age(said: AgeSaid, register: Register, today: date) -> Fit:
    """Whom an age or a date of birth fits; it counts against the others."""
    evidence = Evidence.BORN if said.born else Evidence.AGE
    levels = _levels(said, register.born, today)
    known = max(1, int((register.born > 0).sum()))
    bits = {-1: 0.0}
    if said.born:
        meant, usual = {2: 0.8, 1: 0.12, 0: 0.08}, {2: 0.02 if said.born % 10_000 == 0 else 5e-5, 1: 1e-3, 0: 1.0}
    else:
        meant, usual = _MEANT_OF_YEARS if said.high - said.low > _DECADE else _MEANT, {2: 0.12, 1: 0.25, 0: 1.0}
    for level in (2, 1, 0):
        fitting = int((levels == level).sum()) if not said.born else int((levels >= level).sum())
        bits[level] = worth(meant[level], fitting, known, usual[level])
    bits[1] = min(bits[1], bits[2] - 0.5)  # however few are that old, nearer is likelier

    def elsewhere(people: Numbers) -> Bits:
        table = np.array([bits[0], bits[1], bits[2], bits[-1]], np.float32)
        return table[levels[people]]

    def explain(owner: int) -> list[Because]:
        level = int(levels[owner])
        others = int((levels >= level).sum()) - 1 if level > 0 else 0
        if level == 0:
            return [Because(evidence, said.place, str(register.born[owner]), against=True)]
        return [Because(evidence, said.place, str(register.born[owner]), others, near=level == 1)] if level > 0 else []

    return Fit(NO_ONE, np.empty(0, np.float32), elsewhere, explain)


def _levels(said: AgeSaid, born: Numbers, today: date) -> Numbers:
    """2 close, 1 not far, 0 wrong, -1 where no date of birth is known."""
    levels = np.zeros(len(born), np.int32)
    if said.born:
        year, day = said.born // 10_000, said.born % 10_000
        if day == 0:
            levels[np.abs(born // 10_000 - year) <= 1] = 1
            levels[born // 10_000 == year] = 2
        else:
            levels[born // 10_000 == year] = 1
            swapped = year * 10_000 + (day % 100) * 100 + day // 100
            same_day = (born % 10_000 == day) & (np.abs(born // 10_000 - year) <= 1)
            levels[(born == swapped) | same_day] = 1
            levels[born == said.born] = 2
    else:
        ages = today.year + today.timetuple().tm_yday / 365 - (born // 10_000) - (born // 100 % 100) / 12
        distance = np.maximum(np.maximum(said.low - ages, ages - said.high - 0.99), 0.0)
        levels[distance <= _FAR] = 1
        levels[distance <= _CLOSE] = 2
    levels[born == 0] = -1
    return levels


def weigh_sex(sex: int, place: tuple[int, int], register: Register) -> Fit:
    """Whom a word for man (1) or woman (2) fits."""
    known = max(1, int((register.sexes > 0).sum()))
    same = int((register.sexes == sex).sum())
    fits = worth(_SEX_MEANT, same, known, 0.5)
    wrong = worth(_SEX_WRONG if sex == 1 else 0.08, known, known, 1.0)

    def elsewhere(people: Numbers) -> Bits:
        theirs = register.sexes[people]
        return np.where(theirs == 0, 0.0, np.where(theirs == sex, fits, wrong)).astype(np.float32)

    def explain(owner: int) -> list[Because]:
        if register.sexes[owner] in {0, sex}:
            return []
        return [Because(Evidence.SEX, place, "a man" if sex == 1 else "a woman", against=True)]

    return Fit(NO_ONE, np.empty(0, np.float32), elsewhere, explain)
