"""Texts in memory as numbers: which of them has which word, in which order. Nothing of it is ever written anywhere."""

import re
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import OSA

from triage.linking.naming import closeness, other_forms, skeleton
from triage.linking.words import EMPTY
from triage.search.query import SHORT_OF_A_PLATE, Query, Term, TermKind, may_be_near
from triage.search.words import may_be_in_a_solid, read_words, solids

APART = 0  # stands between the fields of one text, so that no phrase reaches across them
_NUMBER_BYTES = array("I").itemsize
_MOST_NEAR = 60  # other spellings of one word that are looked for
_MOST_BEGINNING = 2_000
_LEAST_FOR_A_SLIP = 5
_SOUNDS_ALIKE = 0.88
_LEAST_SOUNDS = 3
_MANY_AT_ONCE = 8  # texts taken away that have one word: from here it is quicker to write the rest anew
_MOST_IN_A_ROW = 30  # words that are joined in every way
_TRUNK_LEAST = 7  # digits from which a leading 0 or 44 is taken for the way into a network


class Near(IntEnum):
    """How a word in a text stands to the word that was asked for."""

    SAME = 0
    FORM = 1
    SOUND = 2
    SLIP = 3


NEAR_WORDS = {
    Near.FORM: "another form of the name",
    Near.SOUND: "a name that is written in several ways",
    Near.SLIP: "one letter different",
}


@dataclass(frozen=True)
class Looked:
    """The texts that meet every term, each with how many terms only another spelling meets, and those spellings."""

    texts: Mapping[UUID, int]
    spellings: Mapping[Term, Mapping[str, Near]]


class Postings:
    """Texts by the words in them. One thread writes and others look at the same time."""

    def __init__(self) -> None:
        self._busy = threading.RLock()
        self._keys: list[UUID | None] = []
        self._number_of: dict[UUID, int] = {}
        self._orders: list[bytes] = []  # the words of each text, in order, as numbers
        self._word_of: list[str] = [""]
        self._number_of_word: dict[str, int] = {}
        self._texts_with: list[array[int]] = [array("I")]
        self._by_sound: dict[str, list[str]] = {}
        self._solids: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._number_of)

    def __contains__(self, key: object) -> bool:
        return key in self._number_of

    @property
    def keys(self) -> frozenset[UUID]:
        """The texts that are here."""
        with self._busy:
            return frozenset(self._number_of)

    def put(self, key: UUID, fields: Sequence[str]) -> None:
        """Take in a text, field by field; one that is here already stays as it is."""
        read = [(text, read_words(text)) for text in fields]
        with self._busy:
            if key in self._number_of:
                return
            number = len(self._keys)
            self._keys.append(key)
            self._number_of[key] = number
            order = array("I")
            for text, words in read:
                order.extend(self._word_number(word) for word, _, _ in words)
                order.append(APART)
                for solid in solids(text, words):
                    texts = self._solids.setdefault(solid.text, [])
                    if not texts or texts[-1] != number:
                        texts.append(number)
            for word_number in set(order) - {APART}:
                self._texts_with[word_number].append(number)
            self._orders.append(order.tobytes())

    def take_away(self, keys: Iterable[UUID]) -> None:
        """Forget texts, and every word that was in no other."""
        with self._busy:
            gone: set[int] = set()
            words: dict[int, list[int]] = {}
            may_have: set[str] | None = set()
            for key in keys:
                number = self._number_of.pop(key, None)
                if number is None:
                    continue
                self._keys[number] = None
                gone.add(number)
                order = array("I", self._orders[number])
                joined = None if may_have is None else self._joined(order)
                may_have = None if may_have is None or joined is None else may_have.union(joined)
                for word_number in set(order) - {APART}:
                    words.setdefault(word_number, []).append(number)
                self._orders[number] = b""
            for word_number, numbers in words.items():
                self._forget_texts_with(word_number, numbers, gone)
            self._forget_solids(list(self._solids) if may_have is None else may_have, gone)

    def look(self, query: Query) -> Looked:
        """The texts that meet every term of a query."""
        with self._busy:
            spellings: dict[Term, Mapping[str, Near]] = {}
            same: list[set[int]] = []
            both: list[set[int]] = []
            for term in query.terms:
                spellings[term] = self._spellings(term)
                exact, near = self._texts_of(term, spellings[term])
                same.append(exact)
                both.append(exact | near)
            numbers = set.intersection(*sorted(both, key=len))
            return Looked(
                {
                    key: sum(number not in exact for exact in same)
                    for number in numbers
                    if (key := self._keys[number]) is not None
                },
                spellings,
            )

    def _texts_of(self, term: Term, spellings: Mapping[str, Near]) -> tuple[set[int], set[int]]:
        exact: set[int] = set()
        near: set[int] = set()
        match term.kind:
            case TermKind.PHRASE:
                exact |= self._phrase(term.words)
            case TermKind.PLATE | TermKind.NUMBER:
                exact |= self._with_solid(fits(term))
                exact |= self._with_word(term.word)
            case TermKind.WORD | TermKind.EXACT | TermKind.BEGINNING:
                for word, nearness in spellings.items():
                    (near if nearness else exact).update(self._with_word(word))
                if is_part_of_plates(term):
                    exact |= self._with_solid(fits(term))
        return exact, near

    def _spellings(self, term: Term) -> Mapping[str, Near]:
        """The words that stand for a term among those that are here."""
        known = self._number_of_word
        match term.kind:
            case TermKind.WORD if may_be_near(term.word):
                return {term.word: Near.SAME} | dict(self._near(term.word))
            case TermKind.BEGINNING:
                beginning = (word for word in known if word.startswith(term.word))
                return dict.fromkeys((word for word, _ in zip(beginning, range(_MOST_BEGINNING))), Near.SAME)  # noqa: B905
            case TermKind.PHRASE:
                return {}
            case _:
                return {term.word: Near.SAME}

    def _near(self, word: str) -> Iterator[tuple[str, Near]]:
        known, told = self._number_of_word, {word}
        for form in sorted(other_forms(word)):
            if form in known:
                told.add(form)
                yield form, Near.FORM
        sound = skeleton(word)
        alike = self._by_sound.get(sound, ()) if len(sound) >= _LEAST_SOUNDS else ()
        for other in alike[: _MOST_NEAR * 4]:
            if other not in told and closeness(word, other) >= _SOUNDS_ALIKE:
                told.add(other)
                yield other, Near.SOUND
        if len(word) < _LEAST_FOR_A_SLIP:
            return
        slips = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=1, limit=_MOST_NEAR)
        for other, _, _ in slips:
            if other not in told and other not in EMPTY and other.isalpha():
                yield other, Near.SLIP

    def _with_word(self, word: str) -> set[int]:
        number = self._number_of_word.get(word)
        return set() if number is None else set(self._texts_with[number])

    def _with_solid(self, fitting: Callable[[str], object]) -> set[int]:
        return {number for solid, numbers in self._solids.items() if fitting(solid) for number in numbers}

    def _phrase(self, words: Sequence[str]) -> set[int]:
        numbers = [self._number_of_word.get(word) for word in words]
        if None in numbers:
            return set()
        wanted = array("I", [number for number in numbers if number is not None]).tobytes()
        texts = set.intersection(*sorted((self._with_word(word) for word in set(words)), key=len))
        return {number for number in texts if _stands_in(wanted, self._orders[number])}

    def _word_number(self, word: str) -> int:
        number = self._number_of_word.get(word)
        if number is None:
            number = self._number_of_word[word] = len(self._word_of)
            self._word_of.append(word)
            self._texts_with.append(array("I"))
            if may_be_near(word):
                self._by_sound.setdefault(skeleton(word), []).append(word)
        return number

    def _forget_texts_with(self, word_number: int, numbers: Sequence[int], gone: set[int]) -> None:
        """Texts stand in the order of their numbers: a few are looked up, of many what is left is written anew."""
        texts = self._texts_with[word_number]
        if len(numbers) > _MANY_AT_ONCE:
            texts = self._texts_with[word_number] = array("I", [one for one in texts if one not in gone])
        else:
            for number in numbers:
                del texts[bisect_left(texts, number)]
        if not texts:
            self._forget_word(word_number)

    def _joined(self, order: Iterable[int]) -> set[str] | None:
        """Every plate and number that a text of these words may have, and more: words that may be in one, in a row.

        None where a row is so long that looking through all there are is quicker.
        """
        found: set[str] = set()
        row: list[str] = []
        for word_number in order:
            word = "" if word_number == APART else self._word_of[word_number]
            row = [*(before + word for before in row), word] if may_be_in_a_solid(word) else []
            if len(row) > _MOST_IN_A_ROW:
                return None
            found.update(row)
        return found

    def _forget_solids(self, may_have: Iterable[str], gone: set[int]) -> None:
        for solid in may_have:
            texts = self._solids.get(solid)
            if texts is None or gone.isdisjoint(texts):
                continue
            left = [number for number in texts if number not in gone]
            if not left:
                del self._solids[solid]
            else:
                self._solids[solid] = left

    def _forget_word(self, number: int) -> None:
        word = self._word_of[number]
        del self._number_of_word[word]
        self._word_of[number] = ""
        if may_be_near(word):
            sound = skeleton(word)
            self._by_sound[sound].remove(word)
            if not self._by_sound[sound]:
                del self._by_sound[sound]


def is_part_of_plates(term: Term) -> bool:
    """Whether a word is looked for in plates too: three letters that are no word of English."""
    return term.kind is TermKind.WORD and len(term.word) == SHORT_OF_A_PLATE and may_be_near(term.word)


def fits(term: Term) -> Callable[[str], object]:
    """Says of a plate or number written as one word whether a term fits it or a part of it."""
    wanted = term.word
    if term.kind is TermKind.NUMBER:
        if len(wanted) >= _TRUNK_LEAST:
            wanted = wanted.removeprefix("00").removeprefix("44").removeprefix("0") or wanted
        return lambda solid: wanted in solid
    pattern = re.compile("".join("[a-z0-9]" if one == "?" else re.escape(one) for one in wanted))
    return pattern.search


def _stands_in(wanted: bytes, order: bytes) -> bool:
    at = order.find(wanted)
    while at >= 0 and at % _NUMBER_BYTES:
        at = order.find(wanted, at + 1)
    return at >= 0
