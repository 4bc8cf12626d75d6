"""Ages, decades and dates of birth, as people say them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from triage.linking.columns.names import NameColumns
from triage.linking.ordinary import EVERYDAY
from triage.linking.spotting.text import Text
from triage.linking.words import words_of

MOST = 6
_DECADES = {"teens": 15, "twenties": 20, "thirties": 30, "forties": 40, "fourties": 40, "fifties": 50, "sixties": 60}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
_IN_WORDS = _DECADES.keys() | _TENS.keys()
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_AGES = words_of(
    """aged age about around roughly approx approximately bout circa hes shes be is was probably maybe like"""
)
_BIRTHS = words_of("born dob birth yob b bday birthday")
_AFTER_AGE = words_of("years year yrs yr yo old ish odd y")
_OTHER_DATES = words_of("arrested released seen moved died since until till from out convicted jailed sentenced")
_PLACING = words_of("in at near on from of by to outside around off")  # what stands between them is a place
_SEXES = words_of("male female man woman")
_YOUNGEST, _OLDEST = 10, 95
_UNITS = words_of(
    """people times quid pounds grand grams kilos pm am minutes mins hours days weeks months oclock o cars lads men
    girls boys houses plants bags a k kg g per percent miles doors times of street road lane avenue close drive"""
)
_DATE = re.compile(r"(?<![0-9/])([0-3]?[0-9])[/.-]([01]?[0-9])[/.-]((?:19|20)?[0-9]{2})(?![0-9/])")
_DECADE = re.compile(r"[2-7]0s")
_YEAR = re.compile(r"(?:19[3-9]|20[01])[0-9]")
_YEARS = re.compile(r"([0-9]{2}|[0-9]{4})(?:ish|yo|yrs?)?")
_YEARS_OLD = re.compile(r"[0-9]{2}(?:ish|yo|yrs?)")
_DAY = re.compile(r"([0-3]?[0-9])(?:st|nd|rd|th)?")
_ISO = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9])")


@dataclass(frozen=True)
class AgeSaid:
    """Years of age from `low` to `high`, or a date of birth as 19900314 (0 for parts not said)."""

    low: int
    high: int
    born: int
    place: tuple[int, int]


def find_ages(text: Text, names: NameColumns, today: date) -> list[AgeSaid]:
    """What the text says of somebody's age."""
    found = _dates(text, names, today)
    dated = {place for one in found for place in range(*map(text.reading.word_at, one.place))}
    for place, word in enumerate(text.folds):
        if len(found) >= MOST:
            break
        if not word[:1].isdecimal() and word not in _IN_WORDS:
            continue
        said = _age(text, place, word) if place not in text.taken and place not in dated else None
        if said is not None and (not said.born or said.born // 10_000 <= today.year - _YOUNGEST):
            found.append(said)
    return found


def _age(text: Text, place: int, word: str) -> AgeSaid | None:
    before = text.before(place, 4)
    if word in _DECADES or _DECADE.fullmatch(word):
        low = _DECADES.get(word) or int(word[:2])
        part = next((one for one in before[:2] if one in {"early", "mid", "middle", "late"}), "")
        shift = {"early": (0, 3), "mid": (3, 7), "middle": (3, 7), "late": (6, 9)}.get(part, (0, 9))
        return AgeSaid(low + shift[0], low + shift[1], 0, text.span(place, place))
    number = _number(text, place, word)
    if number is None:
        return None
    years, last = number
    after = text.after(last, 3)
    where = text.span(place, last)
    if _YEAR.fullmatch(word):
        return AgeSaid(0, 0, int(word) * 10_000, where) if _BIRTHS.intersection((*before, *after[:1])) else None
    if not 13 <= years <= 90:
        return None
    spelt = bool(after) and after[0] in _AFTER_AGE
    if after and after[0] in _UNITS:
        return None
    announced = bool({"aged", "age"} & set(before[:3])) or (before[:1] in (["years"], ["yrs"]) and not after)
    loose = (bool(before) and before[0] in _AGES and not after) or bool(_YEARS_OLD.fullmatch(word))
    about = before[:1] in (["about"], ["around"], ["approx"], ["roughly"]) and not (after and after[0].isdecimal())
    if (
        spelt
        or announced
        or loose
        or (about and {"he", "she", "hes", "shes", "is", "looks", "man", "male"} & set(before))
    ):
        return AgeSaid(years, years, 0, where)
    return None


def _number(text: Text, place: int, word: str) -> tuple[int, int] | None:
    """The number a word is, in figures or letters, and the last word of it."""
    if match := _YEARS.fullmatch(word):
        return int(match[1]), place
    if word in _TENS:
        units = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        following = text.folded(place + 1)
        if following in units and text.joined(place, place + 1):
            return _TENS[word] + units.index(following) + 1, place + 1
        return _TENS[word], place
    return None


def _dates(text: Text, names: NameColumns, today: date) -> list[AgeSaid]:
    """Whole dates of birth: what something calls so, and what stands beside a name as the police write it."""
    found: list[AgeSaid] = []
    for day, month, year, place in _whole_dates(text, today):
        possible = 1 <= day <= 31 and 1 <= month <= 12 and today.year - _OLDEST < year <= today.year - _YOUNGEST
        if possible and len(found) < MOST and _is_birth(text, place, names):
            found.append(AgeSaid(0, 0, year * 10_000 + month * 100 + day, place))
    return found


def _whole_dates(text: Text, today: date) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """Day, month and year of every date, and where it stands."""
    reading = text.reading
    for pattern in (_DATE, _ISO) if text.has_figures else ():
        for match in pattern.finditer(reading.flat):
            day, month, year = (int(part) for part in (match.groups() if pattern is _DATE else match.groups()[::-1]))
            if year < 100:
                year += 2000 if year <= today.year % 100 - 10 else 1900
            yield day, month, year, (reading.places[match.start()], reading.places[match.end() - 1] + 1)
    for at, word in enumerate(text.folds):
        in_year = _MONTHS.get(word[:3], 0)
        if not in_year or not _YEAR.fullmatch(text.folded(at + 1)):
            continue
        first = at - 2 if text.folded(at - 1) == "of" else at - 1
        day_match = _DAY.fullmatch(text.folded(first))
        if day_match and text.joined(first, at + 1):
            yield int(day_match[1]), in_year, int(text.folded(at + 1)), text.span(first, at + 1)


def _is_birth(text: Text, place: tuple[int, int], names: NameColumns) -> bool:
    """Whether a date is somebody's birth: something near it says so, or a name stands before its bracket or comma."""
    first, last = text.reading.word_at(place[0]), text.reading.word_at(place[1]) - 1
    before, after = text.before(first, 4), text.after(last, 3)
    other = next((at for at, word in enumerate(before) if word in _OTHER_DATES or word.isdecimal()), len(before))
    if _BIRTHS.intersection(before[:other]) or _BIRTHS.intersection(after[:1]):
        return True
    if after[:1] in (["is"], ["was"]) and _BIRTHS.intersection(after[2:3]):
        return True
    if text.listed[first]:
        named = before[:1] and (before[0] in _SEXES or (before[0] not in EVERYDAY and bool(names.likely(before[0]))))
        return bool(named) and not _PLACING.intersection(before[1:2])
    return len(before) == 2 and names.words.issuperset(before) and EVERYDAY.isdisjoint(before)
