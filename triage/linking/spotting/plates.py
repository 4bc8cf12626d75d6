"""Plates and parts of plates, of every current and older British form, however they are spaced and cued."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from triage.linking.columns.things import VehicleColumns
from triage.linking.ordinary import EVERYDAY
from triage.linking.spotting.aloud import ALPHABET, FIGURES
from triage.linking.spotting.around import Around, Edge
from triage.linking.spotting.part_plates import MARK, MONEY, PAID, ROAD, UNITS, find_hinted
from triage.linking.spotting.short_words import SHORT
from triage.linking.spotting.text import Text
from triage.linking.words import EMPTY, PHONE_WORDS, PLATE_WORDS, words_of

MOST = 40  # plates and parts of plates looked up for one report

# Current (2001), prefix (1983), suffix (1963), dateless, Northern Ireland; letters may be written for 0 and 1.
_CURRENT = re.compile(r"[a-z]{2}[0-9oi]{2}[a-z]{3}")
_OLDER = re.compile(r"[a-z][0-9]{1,3}[a-z]{3}|[a-z]{3}[0-9]{1,3}[a-z]|[a-z]{1,3}[0-9]{2,4}|[0-9]{1,4}[a-z]{2,3}")
_LETTERED = re.compile(r"[a-z][0-9]{2,3}[a-z]{3}|[a-z]{3}[0-9]{2,3}[a-z]")
_NEARLY = re.compile(r"[a-z]{1,3}[0-9]{1,3}[a-z]{2,4}|[a-z0-9]{7}")
_FRONT = re.compile(r"[a-z]{2}[0-9]{2}")
_BACK = re.compile(r"[0-9]{1,2}[a-z]{3}")
_LONGEST = 8
_POSTAL = words_of("postcode postcodes area areas estate")
_CARS = words_of("""car van motor vehicle drives driving drove motorbike moped lorry truck plate reg taxi""")
_WORDS = EVERYDAY | SHORT
_NO_PART = _WORDS | PLATE_WORDS | PHONE_WORDS | _CARS  # words that are no letters of a plate


class Part(StrEnum):
    """Which part of a plate is said."""

    WHOLE = "whole"
    START = "the beginning of"
    END = "the end of"
    ANYWHERE = "part of"


_PART_OF = {Edge.START: Part.START, Edge.END: Part.END, Edge.INSIDE: Part.ANYWHERE, None: Part.ANYWHERE}


@dataclass(frozen=True)
class PlateSaid:
    """A plate or part of one as it was said, from word `first` to word `last`."""

    text: str
    part: Part
    first: int
    last: int


def find_plates(
    around: Around, vehicles: VehicleColumns, begin: Collection[str], names: Collection[str]
) -> list[PlateSaid]:
    """Plates and parts of plates, the whole ones first; takes the words they are made of.

    `begin` are the words that makes and models begin with, `names` the words of names.
    """
    text, found = around.text, list[PlateSaid]()
    hinted = (
        PlateSaid(key, _PART_OF[edge], first, last)
        for key, first, last, edge in find_hinted(around, vehicles.models, begin, names)
    )
    for said in chain(_aloud(around), _whole(around, lru_cache(vehicles.knows)), _parts(around), hinted):
        if text.is_free(said.first, said.last):
            text.take(said.first, said.last)
            found.append(said)
        if len(found) >= MOST:
            break
    return found


def _aloud(around: Around) -> Iterator[PlateSaid]:
    """Plates in the alphabet that police use: `golf kilo one two x-ray mike romeo`."""
    text, place = around.text, -1
    while place + 1 < len(text.words):
        place += 1
        if not _sign(text.folds[place]):
            continue
        last, key, spelt = place, "", 0
        while last < len(text.words) and len(key) < _LONGEST and text.joined(place, last) and last not in text.taken:
            word = text.folds[last]
            if word in ALPHABET and not (word == "x" and text.folded(last + 1) != "ray"):
                spelt += 1
            sign = _sign(word)
            if word == "ray" and key.endswith("x"):
                last += 1
                continue
            if not sign:
                break
            key, last = key + sign, last + 1
        last -= 1
        if spelt > 1 or (spelt and _cued(text, place, 5)):
            before, after = text.before(place, 5), text.after(last, 5)
            is_whole = any(form.fullmatch(key) for form in (_CURRENT, _OLDER)) and len(key) > 4
            part = _edge(around, place, last) or (Part.WHOLE if is_whole else Part.ANYWHERE)
            if len(key) > 1 and (is_whole or PLATE_WORDS.intersection(before + after)):
                yield PlateSaid(key, part, place, last)
        place = max(place, last)


def _sign(word: str) -> str:
    """The letter or figures that a word read out is; empty where it is none."""
    return ALPHABET.get(word) or FIGURES.get(word) or (word if len(word) == 1 or word.isdecimal() else "")


def _whole(around: Around, is_plate: Callable[[str], bool]) -> Iterator[PlateSaid]:
    """The longest joining of one to four words first, so that `MB 00 XRT` is one plate."""
    text = around.text
    joinings = list(_joinings(text))
    for form in (_CURRENT, _OLDER, _NEARLY):
        found = -1
        for place, last, joined in joinings:
            if place == found or not form.fullmatch(joined) or not text.is_free(place, last):
                continue
            is_nearly = form is _NEARLY and _mixed(joined) and is_plate(joined)
            if is_nearly or _is_plate(around, joined, form, place, last):
                yield PlateSaid(joined, Part.WHOLE, place, last)
                found = place


def _joinings(text: Text) -> Iterator[tuple[int, int, str]]:
    """One to four words that may be a plate, from each place the longest first: first word, last word, joined."""
    folds = text.folds
    # A plate holds a figure, or O or I for one; so only words about one are joined.
    holding = {place for place, word in enumerate(folds) if not word.isalpha()}
    if not PLATE_WORDS.isdisjoint(folds):
        holding |= {place for place, word in enumerate(folds) if len(word) < 8 and ("o" in word or "i" in word)}
    for place in sorted({place for one in holding for place in range(max(0, one - 3), one + 1)}):
        some: list[tuple[int, int, str]] = []
        joined = ""
        for last in range(place, min(place + 4, text.ends[place])):
            joined += folds[last]
            if len(joined) > _LONGEST or last in text.taken:
                break
            if len(joined) > 2:
                some.append((place, last, joined))
        yield from reversed(some)


def _mixed(joined: str) -> bool:
    return not joined.isdecimal() and not joined.isalpha()


def _is_plate(around: Around, joined: str, form: re.Pattern[str], first: int, last: int) -> bool:
    """Whether what has the form of a plate is meant for one: beyond the current form, something must say so."""
    text = around.text
    if joined.isalpha() and not _cued(text, first, 4):
        return False
    words = text.folds[first : last + 1]
    if last > first and _is_of_words(words, form) and (form is _NEARLY or not _cued(text, first, 1)):
        return False
    if any(word in EMPTY or (len(words) > 1 and len(word) > 4) for word in words) and not _cued(text, first, 3):
        return False
    if form is _CURRENT:
        return True
    if len(joined) < 5 or UNITS.fullmatch(joined):
        return False
    if first == last and _LETTERED.fullmatch(joined):
        return True
    if form is _NEARLY and not _mixed(joined):
        return False
    return _cued(text, first, 5) and around.edge_before(first) is None


def _is_of_words(words: Sequence[str], form: re.Pattern[str]) -> bool:
    """Whether words stand between the figures that are no letters of a plate: `is 19 and`, `ended 9P`."""
    letters = [word for word in words if word.isalpha()]
    rest = [word for word in words if not word.isalpha()]
    if form is _NEARLY and any(word in EMPTY for word in letters):
        return True  # 40 plates and 3 pots
    return bool(letters) and _WORDS.issuperset(letters) and (form is _NEARLY or all(map(str.isdecimal, rest)))


def _cued(text: Text, place: int, near: int) -> bool:
    return bool(PLATE_WORDS.intersection(text.before(place, near)))


def _parts(around: Around) -> Iterator[PlateSaid]:
    """Parts of plates: the right shape, and words beside it that say so."""
    text = around.text
    for place in range(len(text.words)):
        if place in text.taken:
            continue
        key, last = _part_at(text, place)
        if not key or text.reading.text[text.words[place].start] in MONEY:
            continue
        before, after = text.before(place, 12), text.after(last, 5)
        if _POSTAL.intersection(before[:3] + after[:1]):
            continue
        plate = bool(PLATE_WORDS.intersection(before[:7] + after))
        if (MARK.fullmatch(key) or ROAD.fullmatch(key)) and not plate:
            continue
        car = plate or bool(_CARS.intersection(before))
        edge = _edge(around, place, last)
        if edge is None and key[:1].isalpha() and _FRONT.fullmatch(key) and (car or last == place):
            edge = Part.START
        elif edge is None and _BACK.fullmatch(key) and (car or last == place):
            edge = Part.END
        elif not plate and not (len(key) > 2 and (car + (edge is not None) + _mixed(key)) > 1):
            continue
        if key.isdecimal() and not (plate and PLATE_WORDS.intersection(before[:4] + after[:4])):
            continue
        if key.isdecimal() and edge is None and PAID.intersection(before[:1]):
            continue
        if (len(key) == 2 and edge is None) or (not plate and text.folds[place] in {"a", "i"}):
            continue  # A4, Q5; a 55
        if key.isalpha() and edge is None and not _is_letters_of_plate(key, before, after):
            continue
        whole = (
            last > place and edge is None and any(form.fullmatch(key) for form in (_CURRENT, _OLDER) if len(key) > 4)
        )
        yield PlateSaid(key, Part.WHOLE if whole else edge or Part.ANYWHERE, place, last)


def _is_letters_of_plate(key: str, before: list[str], after: list[str]) -> bool:
    """Whether letters alone are part of a plate: `reg has JYP`, `TLP in the reg`."""
    if PLATE_WORDS.intersection(before[:3]):
        return len(key) == 3
    said = {"in", "on", "off", "at", "is"}.intersection(after[:1])
    return len(key) == 3 and bool(said) and bool(PLATE_WORDS.intersection(after[:4]))


def _part_at(text: Text, place: int) -> tuple[str, int]:
    """What may be part of a plate at a place, letters told one by one joined up, and its last word; or nothing."""
    last = place
    key = text.folds[place]
    if len(key) == 1:
        while last + 1 < len(text.words) and last - place < 7 and text.joined(place, last + 1):
            following = text.folds[last + 1]
            if len(following) > (2 if following.isdecimal() else 1) or last + 1 in text.taken:
                break
            key, last = key + following, last + 1
        return (key, last) if 2 <= len(key) <= 7 and not (len(key) == 2 and key in {"ia", "ai"}) else ("", place)
    if not 2 <= len(key) <= 6 or not key.isalnum() or (key[0].isdecimal() and UNITS.fullmatch(key)):
        return "", place
    following = text.folded(place + 1)
    if text.joined(place, place + 1) and place + 1 not in text.taken:
        if (
            len(key) == 2
            and key.isalpha()
            and key not in _NO_PART
            and key not in EMPTY
            and following.isdecimal()
            and len(following) < 3
        ):
            return key + following, place + 1  # starting LC 18
        is_back = len(following) == 3 and following.isalpha() and following not in _WORDS
        if key.isdecimal() and len(key) <= 2 and is_back:
            return key + following, place + 1  # ending 24 OAX
    if key.isalpha() and (key in _NO_PART or len(key) > 4):
        return "", place
    if key.isdecimal() and not 2 <= len(key) <= 3:
        return "", place
    return key, last


def _edge(around: Around, first: int, last: int) -> Part | None:
    edge = around.edge(first, last)
    return None if edge is None else _PART_OF[edge]
