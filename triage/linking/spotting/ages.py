"""Ages, decades and dates of birth, as people say them."""

import re
from dataclasses import dataclass
from datetime import date

from triage.linking.spotting.text import Text
from triage.linking.words import words_of

MOST = 6
_DECADES = {"teens": 15, "twenties": 20, "thirties": 30, "forties": 40, "fourties": 40, "fifties": 50, "sixties": 60}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
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
    for place, word in enumerate(text.words):
        if len(found) >= MOST:
            break
        said = _age(text, place, word.folded) if place not in text.taken else None
        if said is not None:
            found.append(said)
    return found


def _age(text: Text, place: int, word: str) -> AgeSaid | None:
    before, after = text.before(place, 4), text.after(place, 3)
    where = text.span(place, place)
    if word in _DECADES or re.fullmatch(r"[2-7]0s", word):
        low = _DECADES.get(word) or int(word[:2])
        part = next((one for one in before[:2] if one in {"early", "mid", "middle", "late"}), "")
        shift = {"early": (0, 3), "mid": (3, 7), "middle": (3, 7), "late": (6, 9)}.get(part, (0, 9))
        return AgeSaid(low + shift[0], low + shift[1], 0, where)
    number = _number(text, place, word)
    if number is None:
        return None
    years, last = number
    after = text.after(last, 3)
    where = text.span(place, last)
    if re.fullmatch(r"(?:19[3-9]|20[01])[0-9]", word):
        return AgeSaid(0, 0, int(word) * 10_000, where) if _BIRTHS.intersection((*before, *after[:1])) else None
    if not 13 <= years <= 90:
        return None
    spelt = bool(after) and after[0] in _AFTER_AGE
    if after and after[0] in _UNITS:
        return None
    announced = bool({"aged", "age"} & set(before[:3])) or (before[:1] in (["years"], ["yrs"]) and not after)
    loose = (bool(before) and before[0] in _AGES and not after) or bool(re.fullmatch(r"[0-9]{2}(?:ish|yo|yrs?)", word))
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
    if match := re.fullmatch(r"([0-9]{2}|[0-9]{4})(?:ish|yo|yrs?)?", word):
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
    for pattern in (_DATE, _ISO):
        for match in pattern.finditer(reading.flat):
            day, month, year = (int(part) for part in (match.groups() if pattern is _DATE else match.groups()[::-1]))
            if year < 100:
                year += 2000 if year <= today.year % 100 - 10 else 1900
            if 1 <= day <= 31 and 1 <= month <= 12 and today.year - 95 < year < today.year - 9 and len(found) < MOST:
                place = (reading.places[match.start()], reading.places[match.end() - 1] + 1)
                found.append(AgeSaid(0, 0, year * 10_000 + month * 100 + day, place))
    for first in range(len(text.words) - 2):
        day_said, month_said, year_said = (text.folded(first + step) for step in range(3))
        in_year = _MONTHS.get(month_said[:3], 0) if len(month_said) > 2 else 0
        day_match = re.fullmatch(r"([0-3]?[0-9])(?:st|nd|rd|th)?", day_said)
        whole = in_year and day_match and re.fullmatch(r"(?:19[3-9]|20[01])[0-9]", year_said)
        if whole and day_match and text.joined(first, first + 2) and len(found) < MOST:
            born = int(year_said) * 10_000 + in_year * 100 + int(day_match[1])
            found.append(AgeSaid(0, 0, born, text.span(first, first + 2)))
    return found
