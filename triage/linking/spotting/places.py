"""Streets, towns and postcodes the register knows, misspelt too, with the number of the house."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from triage.forgetting import forget_with
from triage.linking.columns.places import PlaceColumns
from triage.linking.ordinary import COMMON, EVERYDAY
from triage.linking.spotting.text import Text
from triage.linking.words import EMPTY, PLATE_WORDS, STREET_WORDS, words_of

MOST = 24
MOST_LOOKED_UP = 60  # misspelt streets and towns of one report
LONGEST = 4  # words of a street's name
_POSTCODE = re.compile(r"(?<![a-z0-9])([a-z]{1,2}[0-9][a-z0-9]?) {0,3}([0-9][a-z]{2})(?![a-z0-9])")
_ENDINGS = sorted(word for word in STREET_WORDS if len(word) > 3 or word in {"row", "way"})
_FRONT = re.compile(r"[a-z]{2}[0-9]{2}")
_HOUSE = re.compile(r"[0-9]{1,4}[a-z]?")
_AT = words_of(
    """at on in off down near by round around from of along up behind opposite outside live lives living stays
    staying resides address addr lane to just based area local locally town over city location frequents district"""
)
_AT_THE = _AT | {"the"}
_AT_EMPTY = _AT | EMPTY
_AT_EVERYDAY = _AT | EVERYDAY
_NO_TOWN = EVERYDAY | STREET_WORDS
_NO_HEAD = EVERYDAY | {"the", "this", "my", "our", "their", "his"}


@dataclass(frozen=True)
class StreetSaid:
    """A street, as the streets of the register it may be (closeness 0 to 1), and the house number said with it."""

    keys: tuple[tuple[str, float], ...]
    number: str
    first: int
    last: int


@dataclass(frozen=True)
class TownSaid:
    """A town or area, and how sure it is that one is meant."""

    key: str
    near: bool
    sure: float
    first: int
    last: int


@dataclass(frozen=True)
class PostcodeSaid:
    """A postcode without its space, whole or the outward half."""

    key: str
    is_whole: bool
    place: tuple[int, int]


def find_streets(text: Text, places: PlaceColumns, begin: frozenset[str]) -> list[StreetSaid]:
    """Streets in the order of the text; takes their words. `begin` are the words that streets begin with."""
    found: list[StreetSaid] = []
    looked_up = 0
    for place, word in enumerate(text.folds):
        if len(found) >= MOST:
            break
        begins = word in begin
        may_slip = word not in _AT_THE and not _HOUSE.fullmatch(word)  # `9 birch` is not `birch` with two slips
        if not begins and not may_slip:
            continue
        placed: bool | None = None
        for count in range(text.free_run(place, LONGEST), 0, -1):
            last = place + count - 1
            words = list(text.folds[place : last + 1])
            key = " ".join(words) if begins else ""
            keys: tuple[tuple[str, float], ...] = ()
            if begins and key in places.streets:
                if count > 1 or key not in EVERYDAY:
                    keys = ((key, 1.0),)
            elif count > 1 and may_slip and (ending := _ending(words[-1])):
                if looked_up < MOST_LOOKED_UP:
                    looked_up += 1
                    words[-1] = ending
                    keys = _misspelt(words, places, sure=ending == text.folds[last] or _is_placed(text, place))
            elif (
                count in {2, 3}
                and may_slip
                and looked_up < MOST_LOOKED_UP
                and _may_be_street(words)
                and (placed := _is_placed(text, place) if placed is None else placed)
            ):
                looked_up += 1
                near = places.near_streets.near("".join(words), most=1)
                keys = tuple((places.joined[one], 0.8) for one, _ in near[:3])
            elif count == 1 and _house(text, place) and places.joined.get(word, "") in places.streets:
                keys = ((places.joined[word], 0.8),)
            elif count == 1 and begins and _is_head(text, place, key, places):
                keys = tuple((one, 0.7) for one in places.heads[key])
            if keys:
                found.append(StreetSaid(keys, _house(text, place), place, last))
                text.take(place, last)
                break
    return found


@lru_cache(maxsize=4_096)
def _ending(word: str) -> str:
    """The last word of a street's name that a word is, or is a slip or two from; empty where it is none."""
    if word in STREET_WORDS:
        return word
    if len(word) < 3 or word in EVERYDAY or not word.isalpha():
        return ""
    near = process.extractOne(word, _ENDINGS, scorer=OSA.distance, score_cutoff=1 if len(word) < 6 else 2)
    return near[0] if near is not None and near[0][0] == word[0] else ""


forget_with(_ending.cache_clear)


def _is_placed(text: Text, place: int) -> bool:
    """Whether words before a place say that a place comes, or a house number does."""
    before = text.before(place, 2)
    return not _AT.isdisjoint(before) or (bool(before) and before[0][0].isdecimal() and bool(_house(text, place)))


def _misspelt(words: list[str], places: PlaceColumns, *, sure: bool) -> tuple[tuple[str, float], ...]:
    """Streets with the same last word and nearly the same first ones; failing them, the same ones and another last."""
    head, last = " ".join(words[:-1]), words[-1]
    if f"{head} {last}" in places.streets:
        return ((f"{head} {last}", 0.8),)
    if not sure:
        return ()
    heads = places.by_last.get(last, [])
    if len(head) >= 3 and not (len(words) == 2 and head in _NO_HEAD):
        most = 1 if len(head) < 5 else 2
        near = process.extract(head, heads, scorer=OSA.distance, score_cutoff=most, limit=6)
        if near:
            best = min(distance for _, distance, _ in near)
            return tuple(
                (f"{one} {last}", 0.8 if distance == 1 else 0.65) for one, distance, _ in near if distance == best
            )
        joined = places.near_streets.near("".join(words), most=1)
        if joined:
            return tuple((places.joined[one], 0.8) for one, _ in joined[:3])
    if head in places.heads and head not in COMMON:
        return tuple((one, 0.6) for one in places.heads[head])
    return ()


def _may_be_street(words: list[str]) -> bool:
    """Whether words that are no street may be a misspelt one after a word of place: the last no everyday word."""
    if words[-1] in _NO_TOWN or words[0] in _AT_EMPTY:
        return False
    return sum(map(len, words)) >= 7


def _is_head(text: Text, place: int, key: str, places: PlaceColumns) -> bool:
    """Whether one word is a street said short (`on Fletcher`, with a house number before it)."""
    if key not in places.heads or key in EVERYDAY or len(places.heads[key]) > 4:
        return False
    return bool(_house(text, place)) and text.folded(place + 1) not in STREET_WORDS


def _house(text: Text, place: int) -> str:
    before = text.before(place, 1)
    return before[0] if before and _HOUSE.fullmatch(before[0]) and place - 1 not in text.taken else ""


def find_towns(text: Text, places: PlaceColumns, names: frozenset[str]) -> list[TownSaid]:
    """Towns and areas; takes their words. `names` are words that may name somebody as well."""
    found: list[TownSaid] = []
    looked_up = 0
    for place in range(len(text.words)):
        if len(found) >= MOST:
            break
        if place in text.taken:
            continue
        near = text.before(place, 2)
        if text.folds[place] not in places.town_firsts and not (_AT.intersection(near) or text.listed[place]):
            continue
        for count in range(text.free_run(place, 3), 0, -1):
            last = place + count - 1
            key = " ".join(text.folds[place : last + 1])
            cued = bool(_AT.intersection(near[:1] if key in names else near)) or text.listed[place]
            if key in names and near[:1] and near[0] in names and near[0] not in _AT_EVERYDAY:
                continue  # the second word of a name
            if key in places.town_words:
                sure = _sure(text, place, key, cued, names)
            elif count <= 2 and len(key) >= 5 and key not in _NO_TOWN and looked_up < MOST_LOOKED_UP:
                if not cued or (count == 1 and key in names) or (count == 2 and _holds_common(key)):
                    continue
                looked_up += 1
                close = [one for one, _ in places.near_towns.near(key.replace(" ", ""), most=1 if len(key) < 8 else 2)]
                close = [places.joined[one] for one in close if places.joined[one] in places.town_words]
                if close:
                    found.append(TownSaid(close[0], True, 0.8, place, last))
                    text.take(place, last)
                    break
                continue
            else:
                continue
            if sure > 0:
                found.append(TownSaid(key, False, sure, place, last))
                if sure > 0.5:
                    text.take(place, last)
            break
    return found


def _holds_common(key: str) -> bool:
    return any(word in EVERYDAY for word in key.split())


def _sure(text: Text, place: int, key: str, cued: bool, names: frozenset[str]) -> float:
    ordinary, name = key in EVERYDAY, key in names
    if {"in", "from", "around", "near", "of", "lives", "round", "at"} & set(text.before(place, 1)):
        return 0.97
    if cued:
        return 0.9 if not ordinary else 0.7
    if ordinary:
        return 0.3 if text.reading.tells_case and text.words[place].capital else 0.0
    return 0.4 if name else 0.8


def _begins_plate(text: Text, place: int) -> bool:
    """Whether what may be half a postcode is the front of a plate: `AB12 CDE` is none in AB12."""
    following = text.folded(place + 1)
    is_back = len(following) == 3 and following.isalpha() and following not in EVERYDAY
    return is_back and bool(_FRONT.fullmatch(text.folded(place))) and text.joined(place, place + 1)


def find_postcodes(text: Text, outward: Container[str], is_plate: Callable[[str], bool]) -> list[PostcodeSaid]:
    """Postcodes, whole and outward; takes their words. What is a plate of the register is none (AB12 ODE)."""
    found: list[PostcodeSaid] = []
    reading = text.reading
    for match in _POSTCODE.finditer(reading.flat) if text.has_figures else ():
        if len(found) >= MOST:
            break
        start, end = reading.places[match.start()], reading.places[match.end() - 1] + 1
        first, last = reading.word_at(start), reading.word_at(end) - 1
        cued = first == last and bool(PLATE_WORDS.intersection(text.before(first, 4)))
        if first <= last and text.is_free(first, last) and not cued and not is_plate(match[1] + match[2]):
            text.take(first, last)
            found.append(PostcodeSaid(match[1] + match[2], True, (start, end)))
    for place, word in enumerate(text.words):
        if place in text.taken or word.folded not in outward or len(found) >= MOST:
            continue
        if _begins_plate(text, place):
            continue
        if not PLATE_WORDS.intersection(text.before(place, 4) + text.after(place, 4)):
            text.take(place, place)
            found.append(PostcodeSaid(word.folded, False, (word.start, word.end)))
    return found
