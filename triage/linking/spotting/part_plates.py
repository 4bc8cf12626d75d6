"""Parts of plates that no shape gives away: told by what stands around them, added up.

Part of a plate may be two letters, or a letter and a figure, and most of what looks like one is none. So each candidate
has points for its shape, for a plate or a vehicle spoken of near it, for words that say where in a plate it stands, and
for signs and words that say that more was there and not seen. The points were set on texts that were written in many
voices to be hard to read (`bench/parts_told.jsonl`, set A), half of which tell no part of anything.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from triage.linking.ordinary import EVERYDAY
from triage.linking.spotting.aloud import ALPHABET, FIGURES
from triage.linking.spotting.around import FAR, NEAR, Around, Edge, Told
from triage.linking.spotting.part_phones import SPEAKS
from triage.linking.spotting.short_words import SHORT
from triage.linking.spotting.text import Text
from triage.linking.words import EMPTY, PLATE_WORDS, words_of

MOST_ASKED = 400  # candidates of one text whose surroundings are looked at
ENOUGH = 3.0  # points
BESIDE = 6  # words

_LONGEST = 6  # signs of a part
_FRONT_SIGNS = 4  # of a current plate, before the space
_FRONT = re.compile(r"[a-z]{2}[0-9]{2}")
_MOST_OF_FRONT = re.compile(r"[a-z]{2}[0-9]")
_BACK = re.compile(r"[0-9]{1,2}[a-z]{3}")
ROAD = re.compile(r"[abm][0-9]{1,4}|j[0-9]{1,2}")
# Golf Mk4, V6, No1, gr8 m8, AK47, Channel 4, licences of class C1; and what makers call their cars.
MARK = re.compile(
    r"""mk[0-9]|wd40|[vg][0-9]|no[0-9]+|gr8|[mlhw]8|b4|[45]g|rs[3-7]|xc[4679]0|[abceg]l?[1-6][0-9]0d?|r32|gt86|mx5|
    cx[3579]0?|sq[578]|ix35|ds[3457]|ak47|ch[45]|[bcd]1e?|[0-9]?t[dfs]i|gti|vxr|amg""",
    re.VERBOSE,
)
UNITS = re.compile(
    r"""(?:[0-9]+x)+[0-9]+|[0-9]+(?:am|er|pm|st|nd|rd|th|kg?|oz|yrs?|yo|ish|x|mph|[mcg]?m|ft|mins?|hrs?|s|p|g|l|ltr|[tg]d?i|d|[gm]b|m[lg]|kw|
    cc|[wvabc])""",
    re.VERBOSE,
)
_VEHICLES = words_of(
    """car cars van vans motor vehicle motorbike moped scooter bike lorry truck jeep taxi cab minibus estate saloon
    hatchback convertible pickup tipper transit motorhome caravan trailer tractor hearse limo wheels whip banger coupe
    suv horsebox ambulance quad loader minicab bumper bonnet windscreen exhaust boot dashcam parked drives drove driving
    driven driver private personalised show motors motorbikes mopeds scooters bikes lorries taxis"""
)
_PLATES = PLATE_WORDS | {"regd"}
_PLATE = words_of("plate reg registration numberplate")
_LEARNERS = words_of("pplate pplates lplate lplates")
_THEN = words_of("and then")
_ONE = words_of("a an")
_LETTERS = words_of("letters letter characters")
_NUMBERS = words_of("number numbers figures")
# Words of telephones, without those that are said of plates too.
_PHONES = SPEAKS - words_of("line call calls called ring rings message messages display screen contact signal id app")
MONEY = frozenset("£$€")
PAID = words_of("paid pay pays for cost costs charged charges sold")
_PAINTED = words_of("side sides door doors logo sign livery written painted")
_BEFORE_OTHERS = words_of(
    """road street flat house number no room unit junction bus route gate bay platform door block pitch coach floor jct
    exit seat size aged age lot row"""
)
_HOUSES = words_of("flat house unit room gate bay door bus route junction platform coach")
_NAMED = words_of("ref refs reference serial order model account invoice img file camera crime")
_POSTAL = words_of("postcode postcodes area areas estate district")
_AMOUNTS = words_of(
    """year years yr yrs old months weeks days hours hrs mins minutes people lads men quid pounds pound grand miles mile
    times stone phones of percent foot ft"""
)


def find_hinted(
    around: Around, models: Collection[str], vehicles: Collection[str], names: Collection[str]
) -> Iterator[tuple[str, int, int, Edge | None]]:
    """Parts of plates: the signs, their first and last word, and where in a plate they stand, None where nothing says.

    `models` are models of vehicles, which are no parts of plates; `vehicles` are the words that makes and models begin
    with; `names` are words of names, which are part of a plate only where much says so.
    """
    text, cues = around.text, _Cues(around, models, vehicles, names)
    for key, first, last in islice(_candidates(text), MOST_ASKED):
        if not text.is_free(first, last) or text.reading.text[text.words[first].start] in MONEY:
            continue
        told = around.told(first, last)
        if cues.points(key, first, last, told) >= ENOUGH:
            yield key, first, last, _where(key, told.edge)


@dataclass(frozen=True)
class _Cues:
    """What the text speaks of, by which candidates are judged."""

    around: Around
    models: Collection[str]
    vehicles: Collection[str]
    names: Collection[str]

    @cached_property
    def cars(self) -> frozenset[str]:
        """Words for vehicles: in general, and what makes and models begin with."""
        return _VEHICLES | {word for word in self.vehicles if len(word) > 2 and word not in EVERYDAY}

    @cached_property
    def anywhere(self) -> tuple[bool, bool]:
        """Whether a plate, and whether a vehicle, is spoken of anywhere in the text."""
        return self.around.says(_PLATES), self.around.says(self.cars)

    def points(self, key: str, first: int, last: int, told: Told) -> float:
        """How much says that signs at words `first` to `last` are part of a plate; ENOUGH is enough."""
        plate, car = self.around.near(first, last, _PLATES), self.around.near(first, last, self.cars)
        points = _shape(key) + told.points + self.around.unsure(first, last)
        points += 3.0 if plate < NEAR else 2.0 if plate < 2 * NEAR else 1.5 if plate <= FAR else 0.5 * self.anywhere[0]
        points += 1.5 if car < NEAR else 1.0 if car <= FAR else 0.5 * self.anywhere[1]
        points += self._beside(key, first, last, told, plate)
        points -= (1.5 if plate < NEAR or told.points else 3.0) * bool(ROAD.fullmatch(key))
        return points - self._against(key, first, last, plate)

    def _beside(self, key: str, first: int, last: int, told: Told, plate: int) -> float:
        """Points for what is said close by: letters, a number that can be no telephone's, a vehicle right before it."""
        text, points = self.around.text, 0.0
        if key.isalpha() and self.around.near(first, last, _LETTERS) <= BESIDE:
            points += 1.0
        if plate > BESIDE and not key.isdecimal() and self.around.near(first, last, _NUMBERS) <= BESIDE:
            points += 1.5
        if not self.cars.isdisjoint(text.before(first, 1)):
            if key.isalpha():
                points += 1.0
            elif first == last and len(key) < _FRONT_SIGNS and not key.isdecimal() and not told.points:
                points -= 1.5  # an Audi RS4
        if not _PLATE.isdisjoint(text.after(last, 1)) and len(key) < 3:
            points += 1.5  # a 71 plate, a T reg
        if told.edge is not None and self.around.is_counted(first, last, len(key)):
            points += 1.0
        if "for" in text.folds[first : last + 1]:
            points += 2.5  # D for Dog
        spelt = sum(text.folds[place] in ALPHABET for place in range(first, last + 1))
        return points + (
            2.0 if spelt > 2 else 1.0 if spelt > 1 and (plate <= FAR or not key.isalpha()) else 0.0
        )  # Mike and Juliet in a car

    def _against(self, key: str, first: int, last: int, plate: int) -> float:
        """Points for its being something else: a house, a model, an amount, a telephone, a name, a word."""
        around, text, alone = self.around, self.around.text, first == last
        before, after = text.before(first, 3), text.after(last, 2)
        points = 3.0 * bool(MARK.fullmatch(key))
        points += 2.0 * (key.isalpha() and not _PAINTED.isdisjoint(text.after(last, 3)))  # a van, ADT on the side
        points += 3.0 * bool(alone and UNITS.fullmatch(key))
        points += 1.5 * (key in self.models or (alone and text.folds[first] in self.models))
        if alone and key in SHORT:
            points += 2.5
        if alone and key in self.names:
            points += 1.5 if plate < NEAR else 3.0
        if (
            _BEFORE_OTHERS.intersection(before[:1])
            or _HOUSES.intersection(before)
            or _POSTAL.intersection(before + after)
        ):
            points += 2.0
        points += 2.0 * (not _NAMED.isdisjoint(before))
        if not key.isdecimal():
            return points + (1.0 if around.near(first, last, _PHONES) < NEAR else 0.0)
        points += 3.0 * (not PAID.isdisjoint(before[:1]))
        points += 3.0 * (plate > BESIDE or not _AMOUNTS.isdisjoint(after[:1]))
        return points + 3.0 * (around.near(first, last, SPEAKS) <= FAR)


def _where(key: str, edge: Edge | None) -> Edge | None:
    if edge is None and (_FRONT.fullmatch(key) or _MOST_OF_FRONT.fullmatch(key)):
        return Edge.START
    if edge is None and _BACK.fullmatch(key):
        return Edge.END
    return None if edge is Edge.INSIDE else edge


def _shape(key: str) -> float:
    """Points for how much the signs look like part of a plate: letters without a vowel are no word."""
    if key.isdecimal():
        return -1.0 if len(key) > 1 else -2.0
    if key.isalpha():
        return {1: -1.5, 2: 0.0, 3: 0.5}.get(len(key), -1.0) + 0.5 * set("aeiou").isdisjoint(key)
    if _FRONT.fullmatch(key) or len(key) > _FRONT_SIGNS:
        return 2.5
    if _BACK.fullmatch(key) or len(key) == _FRONT_SIGNS:
        return 2.0
    return 1.5 if _MOST_OF_FRONT.fullmatch(key) else 1.0 if len(key) == 3 else 0.5


def _candidates(text: Text) -> Iterator[tuple[str, int, int]]:
    """What has the shape of part of a plate: the signs, first and last word; told one by one first."""
    place = 0
    while place < len(text.words):
        key, last = _told_singly(text, place)
        if not key:
            key, last = _of_words(text, place)
        if key:
            yield key, place, last
        place = last + 1


def _told_singly(text: Text, place: int) -> tuple[str, int]:
    """Letters and figures told one by one from a place on, joined up, and the last of them; nothing for numbers."""
    key, last, at = "", place - 1, place
    end = place + text.free_run(place, 3 * _LONGEST)
    while at < end and len(key) <= _LONGEST:
        names = text.folded(at + 1) in ALPHABET and text.folds[at] not in _ONE  # Charlie and Victor are people
        if key and not names and (text.folds[at] in _THEN or (text.folds[at] in _ONE and text.folds[at - 1] in _THEN)):
            at += 1  # an S, and then a seven
            continue
        sign = _sign(text.folds[at], begun=bool(key))
        if not sign:
            break
        at += 1
        if text.folded(at) == "for" and at + 1 < end and text.folds[at + 1].startswith(sign):
            at += 2  # D for Dog
        key, last = key + sign, at - 1
    follows = text.joined(place, last + 1)
    if (key[-1:] == "i" and key[:-1].isdecimal()) or (key[-1:] == "a" and text.folds[last] == "a" and follows):
        key, last = key[:-1], last - 1  # Radio 4, I heard; Hotel Kilo, a van
    in_words = any(word in FIGURES for word in text.folds[place : last + 1])
    if last == place or not 2 <= len(key) <= _LONGEST or key in {"ia", "ai"} or (key.isdecimal() and not in_words):
        return "", place
    return key, max(last, place)


def _sign(word: str, *, begun: bool) -> str:
    """The letter or figures that a word is, told one by one; empty where it is none."""
    if len(word) == 1 or (begun and word.isdecimal() and len(word) == 2):
        return "" if word == "a" and not begun else word
    return FIGURES.get(word) or ALPHABET.get(word, "")


def _of_words(text: Text, place: int) -> tuple[str, int]:
    """What one word or two together may be of a plate: `lq5`, `iqz 4`, `24 oax`, `ztr`, `17`, the `r` of `r reg`."""
    free = text.free_run(place, 2)
    word = text.folds[place] if free else ""
    following = text.folds[place + 1] if free > 1 else ""
    if 2 <= len(word) <= 3 and _is_no_word(word) and word not in SHORT and following.isdecimal() and len(following) < 3:
        return word + following, place + 1
    if word.isdecimal() and len(word) < 3 and len(following) == 3 and _is_no_word(following) and following not in SHORT:
        return word + following, place + 1
    if word.isdecimal():
        return (word if len(word) == 2 else ""), place
    if word.isalpha():
        alone = (
            len(word) == 1
            and word not in {"a", "i", "n"}
            and following in _PLATES
            and (word + following) not in _LEARNERS
        )
        return (word if alone or (2 <= len(word) <= 3 and _is_no_word(word)) else ""), place
    return (word if len(word) <= _LONGEST else ""), place


def _is_no_word(word: str) -> bool:
    return word.isalpha() and word not in EVERYDAY and word not in EMPTY
