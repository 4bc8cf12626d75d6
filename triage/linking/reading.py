"""Reads a text as the matcher sees it: folded words, each knowing where it stands in the text as it was written."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, repeat
from typing import NamedTuple

from anyascii import anyascii

from triage.forgetting import forget_with

MOST_WORDS = 3_000  # a long letter has 2,000
MOST_LETTERS = 40  # of one word; a longer one is no name, plate or number
MOST_MARKS = 8  # on one letter; putting many in order takes time as their number squared

# One spelling for what people shorten, on the register and in reports alike.
SAME = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "cl": "close",
    "dr": "drive",
    "cres": "crescent",
    "ct": "court",
    "gdns": "gardens",
    "sq": "square",
    "ter": "terrace",
    "terr": "terrace",
    "vw": "volkswagen",
    "merc": "mercedes",
    "beemer": "bmw",
    "jag": "jaguar",
    "gray": "grey",
}
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_NO_SIGN = re.compile(r"[^a-z0-9]+")
_PLAIN = str.maketrans({"`": "'", "\t": " "})
_APOSTROPHES = "'’‘ʼ`´"
# Letters of Arabic, Urdu, Persian and Kurdish that are otherwise no letter at all, and would cut a name in two: an alef
# stands in most.
_ARABIC_LETTERS = {"ا": "a", "أ": "a", "إ": "i", "ع": "a", "ئ": "i", "ؤ": "u"}


class Word(NamedTuple):
    """One word: folded, and from where to where it stands in the original."""

    folded: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True)
class Reading:
    """A text and its words, in order."""

    text: str
    words: tuple[Word, ...]
    flat: str  # the folded text
    places: Sequence[int]  # where each character of `flat` stands in `text`
    tells_case: bool  # whether its capitals mean anything

    def said(self, start: int, end: int) -> str:
        """The words as they were written."""
        return self.text[start:end]

    def end_of(self, last: int) -> int:
        """Where in the text ends what ends in `flat` before `last`, see `end_in`."""
        return end_in(self.text, self.places, last)

    def word_at(self, start: int) -> int:
        """The number of the first word that begins at or after a place in the text."""
        return bisect_left(self.words, start, key=lambda word: word.start)


@lru_cache(maxsize=20_000)
def _fold_character(character: str) -> str:
    """Letters and digits as plain ASCII, apostrophes as one sign, what cannot be seen as nothing, the rest as it is."""
    if unicodedata.normalize("NFC", character) in _APOSTROPHES:
        return "'"
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category.startswith(("Z", "C")):
        return " "
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) > 1:  # each of its letters as it is by itself: who writes them out is read alike
        return "".join(map(_fold_character, plain))
    return _ARABIC_LETTERS.get(plain) or anyascii(plain).casefold() or " "


@lru_cache(maxsize=20_000)
def _goes_on(character: str) -> bool:
    """Whether it may make one letter with what stands before it: a mark, a vowel sign, a part of a Korean syllable."""
    return "\u1160" <= character <= "\u11ff" or unicodedata.category(character) in {"Mn", "Mc", "Me"}


def read(text: str, *, heed_case: bool = True) -> Reading:
    """Fold a text and cut it into words; linear in its length, and past MOST_WORDS words the rest is left out.

    Without `heed_case` no capital means anything: what is suggested may not hang on how somebody types.
    """
    flat, places = flattened(text)
    whole = Reading(text, (), flat, places, heed_case and _tells_case(text))
    words: list[Word] = []
    for found in _WORD.finditer(flat):
        first, last = found.span()
        if last - first > MOST_LETTERS:
            continue
        folded = found.group()
        if "'" in folded:
            if folded.endswith("'s"):
                folded, last = folded[:-2], last - 2
            folded = folded.replace("'", "")
        start = places[first]
        words.append(Word(SAME.get(folded, folded), start, whole.end_of(last), heed_case and text[start].isupper()))
        if len(words) >= MOST_WORDS:
            break
    return replace(whole, words=tuple(words))


@lru_cache(maxsize=50_000)
def key_of(text: str) -> str:
    """A phrase of the register as its words stand in a reading: `Foundry Rd` is `foundry road`."""
    flat = text.lower() if text.isascii() else flattened(text)[0]
    if flat.isascii() and flat.replace(" ", "").isalnum():  # as most are: no sign to take apart
        return " ".join([SAME.get(word, word) for word in flat.split() if len(word) <= MOST_LETTERS])
    words = (found.group().removesuffix("'s").replace("'", "") for found in _WORD.finditer(flat.replace("`", "'")))
    return " ".join(SAME.get(word, word) for word in words if len(word) <= MOST_LETTERS)


def bare_key(text: str) -> str:
    """An online name as letters and digits alone: `@st_mick` is `stmick`, for none of its parts is short for a word."""
    return _NO_SIGN.sub("", flattened(text)[0])


forget_with(key_of.cache_clear)
forget_with(_fold_character.cache_clear)
forget_with(_goes_on.cache_clear)


def flattened(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and where each of its characters stands in the text; each different one is folded once."""
    if text.isascii():
        return text.lower().translate(_PLAIN), range(len(text))
    letters = set(text)
    pieces: Sequence[str] = _letters(text) if any(map(_goes_on, letters)) else text
    folded = {one: one.lower() if one.isascii() else _fold_piece(one) for one in letters.union(pieces)}
    parts = [folded[one] for one in pieces]
    places = list(chain.from_iterable(map(repeat, range(len(text)), map(len, parts))))
    return "".join(parts).translate(_PLAIN), places


def end_in(text: str, places: Sequence[int], last: int) -> int:
    """Where in a text ends what ends in its folded text before `last`: with the marks on its last letter."""
    after = places[last] if last < len(places) else len(text)
    return max(after, places[last - 1] + 1)


def _letters(text: str) -> Sequence[str]:
    """What stands at each place of a text when letters and their marks are composed: a letter where it begins.

    One letter may be written as one character or as several, and is to be folded alike.
    """
    pieces, begin = list(text), 0
    for place, character in enumerate(chain(text, " ")):
        if place < len(text) and _goes_on(character):
            continue
        if 1 < place - begin <= MOST_MARKS:
            composed = unicodedata.normalize("NFC", text[begin:place])
            if composed != text[begin:place]:
                pieces[begin:place] = [composed, *[""] * (place - begin - 1)]
        begin = place
    return pieces


def _fold_piece(piece: str) -> str:
    return _fold_character(piece) if len(piece) == 1 else "".join(map(_fold_character, piece))


def _tells_case(text: str) -> bool:
    upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return upper >= 2 and lower > upper


@dataclass(frozen=True)
class Passage:
    """One answer of a report, and where it begins in the joined text."""

    key: str
    start: int
    text: str


# The answers in which somebody says who, where and with what; the others are choices, or about the sender.
READ_ANSWERS = ("what", "who", "where", "when", "things")
BETWEEN = "\n\n"


def join_answers(answers: Mapping[str, str]) -> tuple[str, tuple[Passage, ...]]:
    """The answers that are read, as one text, and where each stands in it."""
    parts: list[str] = []
    passages: list[Passage] = []
    at = 0
    for key in READ_ANSWERS:
        if answer := answers.get(key, ""):
            passages.append(Passage(key, at, answer))
            parts.append(answer)
            at += len(answer) + len(BETWEEN)
    return BETWEEN.join(parts), tuple(passages)
