"""Whole names of the register that hide: of two everyday words, or of two that are written as one."""

import numpy as np

from triage.linking.columns.names import NameColumns
from triage.linking.ordinary import COMMON
from triage.linking.spotting.text import Text
from triage.linking.words import words_of

_SHORTEST, _LONGEST = 6, 24  # letters of a name that is written as one word
# What is said so often together that it is a name only where something says so.
_NEVER = words_of(
    "i a he she it we you they is was be and of or my his her the an this that what who no not on in at by"
)


def is_pair(text: Text, place: int, names: NameColumns) -> bool:
    """Whether two words are a whole name of the register, though both be everyday ones: To Dat, Son Ho, Hung Ngo."""
    if not text.joined(place, place + 1) or text.listed[place + 1]:
        return False
    one, other = text.folded(place), text.folded(place + 1)
    if one in _NEVER or other in _NEVER:
        return False
    return bear(one, other, names) or bear(other, one, names)


def bear(given: str, surname: str, names: NameColumns) -> bool:
    """Whether somebody on the register is called exactly so."""
    of_given, of_surname = names.first.of(given), names.surname.of(surname)
    if not len(of_given) or not len(of_surname):
        return False
    fewer, more = sorted((of_given, of_surname), key=len)
    places = np.searchsorted(more, fewer)
    places[places == len(more)] = 0
    return bool((more[places] == fewer).any())


def parted(word: str, names: NameColumns) -> tuple[str, str] | None:
    """Given name and surname of somebody on the register that are written as one word; None where it is none."""
    if not _SHORTEST <= len(word) <= _LONGEST or word in names.words or word in COMMON:
        return None
    for place in range(2, len(word) - 1):
        front, back = word[:place], word[place:]
        if front in names.words and back in names.words and max(len(front), len(back)) > 3:
            if bear(front, back, names):
                return front, back
            if bear(back, front, names):
                return back, front
    return None
