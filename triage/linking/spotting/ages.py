"""Ages, decades and dates of birth, as people say them."""

import re
from dataclasses import dataclass
from datetime import date

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


def find_ages(text: Text, today: date) -> list[AgeSaid]:
    """What the text says of somebody's age."""
    found = _dates(text, today)
    dated = {place for one in found for place in range(*map(text.reading.word_at, one.place))}
    for place, word in enumerate(text.folds):
        if len(found) >= MOST:
            break
        if not word[:1].isdecimal() and word not in _IN_WORDS:
            continue
        said = _age(text, place, word) if place not in text.taken and place not in dated else None
        if said is not None:
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


def _dates(text: Text, today: date) -> list[AgeSaid]:
    found: list[AgeSaid] = []
    reading = text.reading
    for pattern in (_DATE, _ISO) if text.has_figures else ():
        for match in pattern.finditer(reading.flat):
            day, month, year = (int(part) for part in (match.groups() if pattern is _DATE else match.groups()[::-1]))
            if year < 100:
                year += 2000 if year <= today.year % 100 - 10 else 1900
            if 1 <= day <= 31 and 1 <= month <= 12 and today.year - 95 < year < today.year - 9 and len(found) < MOST:
                place = (reading.places[match.start()], reading.places[match.end() - 1] + 1)
                found.append(AgeSaid(0, 0, year * 10_000 + month * 100 + day, place))
    for at, word in enumerate(text.folds):
        in_year = _MONTHS.get(word[:3], 0)
        if not in_year or not text.joined(at - 1, at + 1) or len(found) >= MOST:
            continue
        day_match, year_said = _DAY.fullmatch(text.folds[at - 1]), text.folds[at + 1]
        if day_match and _YEAR.fullmatch(year_said):
            born = int(year_said) * 10_000 + in_year * 100 + int(day_match[1])
            found.append(AgeSaid(0, 0, born, text.span(at - 1, at + 1)))
    return found
