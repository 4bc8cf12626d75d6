"""Days and months: when something happened, and no name: `on 3rd March` is about nobody called March."""

import re

from triage.linking.spotting.ages import AgeSaid
from triage.linking.spotting.text import Text
from triage.linking.words import words_of

MOST = 30
_MONTHS = words_of(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec"
)
_DAY = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])(st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FIGURES = re.compile(
    r"(?<![0-9/.-])(?:0?[1-9]|[12][0-9]|3[01])([/.-])(?:0?[1-9]|1[0-2])(?:\1(?:19|20)?[0-9]{2})(?![0-9/-])"
    r"|(?<![0-9-])(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9-])"
)


def find_dates(text: Text, ages: list[AgeSaid]) -> list[tuple[int, int]]:
    """Where days are said that are nobody's birth; takes their words, those of births too."""
    for age in ages:
        if age.born:
            text.take(text.reading.word_at(age.place[0]), text.reading.word_at(age.place[1]) - 1)
    found: list[tuple[int, int]] = []
    for match in _FIGURES.finditer(text.reading.flat) if text.has_figures else ():
        start, end = text.reading.places[match.start()], text.reading.places[match.end() - 1] + 1
        first, last = text.reading.word_at(start), text.reading.word_at(end) - 1
        if first <= last and text.is_free(first, last) and len(found) < MOST:
            text.take(first, last)
            found.append((start, end))
    for place, word in enumerate(text.folds):
        if word not in _MONTHS or place in text.taken or len(found) >= MOST:
            continue
        first, last = _day_before(text, place), _day_after(text, place)
        if first == place == last:
            continue
        if _YEAR.fullmatch(text.folded(last + 1)) and text.joined(place, last + 1):
            last += 1
        if text.is_free(first, last):
            text.take(first, last)
            found.append(text.span(first, last))
    return found


def _day_before(text: Text, month: int) -> int:
    """Where the day begins that stands before a month; the month's own place where there is none."""
    first = month - 2 if text.folded(month - 1) == "of" else month - 1
    if not text.joined(first, month) or text.listed[month]:
        return month
    day = _DAY.fullmatch(text.folded(first))
    return first if day and (day[1] or first == month - 1) else month


def _day_after(text: Text, month: int) -> int:
    """The day that stands after a month; `June 12` may be a woman and her house, `June 12th` is not."""
    last = month + 2 if text.folded(month + 1) == "the" else month + 1
    day = _DAY.fullmatch(text.folded(last)) if text.joined(month, last) else None
    return last if day and day[1] else month
