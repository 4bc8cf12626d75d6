"""Plates and parts of plates, of every current and older British form, however they are spaced and cued."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from triage.linking.spotting.text import Text
from triage.linking.words import EMPTY, PLATE_WORDS, words_of

MOST = 40  # plates and parts of plates looked up for one report

# Current (2001), prefix (1983), suffix (1963), dateless, Northern Ireland; letters may be written for 0 and 1.
_CURRENT = re.compile(r"[a-z]{2}[0-9oi]{2}[a-z]{3}")
_OLDER = re.compile(r"[a-z][0-9]{1,3}[a-z]{3}|[a-z]{3}[0-9]{1,3}[a-z]|[a-z]{1,3}[0-9]{2,4}|[0-9]{1,4}[a-z]{2,3}")
_NEARLY = re.compile(r"[a-z]{1,3}[0-9]{1,3}[a-z]{2,4}|[a-z0-9]{7}")
_FRONT = re.compile(r"[a-z]{2}[0-9]{2}")
_BACK = re.compile(r"[0-9]{1,2}[a-z]{3}")
_STARTS = words_of("start starts starting started begin begins beginning began first front")
_ENDS = words_of("end ends ending ended finish finishes finishing last final back")
_PART = words_of("""part partial partially something containing contains includes including some like with bit""")
_UNITS = re.compile(r"[0-9]+(?:am|pm|st|nd|rd|th|k|g|kg|oz|yrs?|yo|ish|x|mph|mm|cm|ft|mins?|hrs?|s|p|m|l|ltr|tdi|gti)")
_CARS = words_of("""car van motor vehicle drives driving drove motorbike moped lorry truck plate reg taxi""")


class Part(StrEnum):
    """Which part of a plate is said."""

    WHOLE = "whole"
    START = "the beginning of"
    END = "the end of"
    ANYWHERE = "part of"


@dataclass(frozen=True)
class PlateSaid:
    """A plate or part of one as it was said, from word `first` to word `last`."""

    text: str
    part: Part
    first: int
    last: int


def find_plates(text: Text, is_plate: Callable[[str], bool]) -> list[PlateSaid]:
    """Plates and parts of plates, the whole ones first; takes the words they are made of."""
    found: list[PlateSaid] = []
    for said in chain(_whole(text, is_plate), _parts(text)):
        if text.is_free(said.first, said.last):
            text.take(said.first, said.last)
            found.append(said)
        if len(found) >= MOST:
            break
    return found


def _whole(text: Text, is_plate: Callable[[str], bool]) -> Iterator[PlateSaid]:
    """The longest joining of one to four words first, so that `MB 00 XRT` is one plate."""
    for form in (_CURRENT, _OLDER, _NEARLY):
        for place in range(len(text.words)):
            for count in (4, 3, 2, 1):
                last = place + count - 1
                if last >= len(text.words) or not text.joined(place, last):
                    continue
                joined = "".join(text.folded(one) for one in range(place, last + 1))
                if len(joined) > 8 or not form.fullmatch(joined) or not text.is_free(place, last):
                    continue
                if _is_plate(text, joined, form, place, last) or (
                    form is _NEARLY and _mixed(joined) and is_plate(joined)
                ):
                    yield PlateSaid(joined, Part.WHOLE, place, last)
                    break


def _mixed(joined: str) -> bool:
    return not joined.isdecimal() and not joined.isalpha()


def _is_plate(text: Text, joined: str, form: re.Pattern[str], first: int, last: int) -> bool:
    """Whether what has the form of a plate is meant for one: beyond the current form, something must say so."""
    if not any(sign.isdecimal() for sign in joined) and not _cued(text, first, 4):
        return False
    words = [text.folded(place) for place in range(first, last + 1)]
    if any(word in EMPTY or (len(words) > 1 and len(word) > 4) for word in words) and not _cued(text, first, 3):
        return False
    if form is _CURRENT:
        return True
    if len(joined) < 5 or _UNITS.fullmatch(joined):
        return False
    written = text.reading.said(*text.span(first, last))
    if form is _OLDER and written.isupper() and (text.reading.tells_case or first == last):
        return not (text.words[first].folded.isdecimal() and len(words) > 1)
    if form is _NEARLY and not (any(sign.isdecimal() for sign in joined) and any(map(str.isalpha, joined))):
        return False
    return _cued(text, first, 5) and not any(word in _STARTS | _ENDS for word in text.before(first, 2))


def _cued(text: Text, place: int, near: int) -> bool:
    return bool(PLATE_WORDS.intersection(text.before(place, near)))


def _parts(text: Text) -> Iterator[PlateSaid]:
    for place, word in enumerate(text.words):
        key = word.folded
        if not 2 <= len(key) <= 6 or place in text.taken or not key.isalnum():
            continue
        before, after = text.before(place, 5), text.after(place, 4)
        plate = bool(PLATE_WORDS.intersection(before + after))
        car = plate or bool(_CARS.intersection(text.before(place, 12)))
        mixed = not key.isdecimal() and not key.isalpha() and not _UNITS.fullmatch(key)
        if key in EMPTY or (key.isdecimal() and not (plate and len(key) == 2)):
            continue
        edge = _edge(before, after)
        shouted = text.reading.tells_case and text.reading.said(word.start, word.end).isupper()
        last = place
        if edge is Part.START and len(key) == 2 and key.isalpha() and re.fullmatch("[0-9]{2}", text.folded(place + 1)):
            key, last = key + text.folded(place + 1), place + 1  # "starting LC 18"
        elif edge is Part.END and key.isdecimal() and re.fullmatch("[a-z]{3}", text.folded(place + 1)):
            key, last = key + text.folded(place + 1), place + 1
        mixed = mixed or last > place
        if not text.joined(place, last) or key.isdecimal():
            continue
        if edge is not None and (mixed or shouted or plate or (car and len(key) == 3)):
            yield PlateSaid(key, edge, place, last)
        elif edge is None and ((mixed and len(key) >= 3) or (len(key) == 3 and (plate or shouted))):
            if _FRONT.fullmatch(key):
                yield PlateSaid(key, Part.START, place, last)
            elif _BACK.fullmatch(key):
                yield PlateSaid(key, Part.END, place, last)
            elif plate or (mixed and car) or _PART.intersection(before[:3]):
                yield PlateSaid(key, Part.ANYWHERE, place, last)


def _edge(before: list[str], after: list[str]) -> Part | None:
    """Whether the words around say that it is how a plate begins or ends; the nearest word before decides."""
    for word in before:
        if word in _STARTS:
            return Part.START
        if word in _ENDS:
            return Part.END
    if after[:3] and {"at", "on", "as"} & set(after[:2]):
        return Part.END if _ENDS & set(after[:4]) else Part.START if _STARTS & set(after[:4]) else None
    return None
