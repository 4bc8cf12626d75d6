"""A reading cut into sentences, with a note of which words are taken already."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from triage.forgetting import forget_with
from triage.linking.columns.slips import Slips
from triage.linking.ordinary import EVERYDAY, NAME_CUES
from triage.linking.reading import Reading, Word
from triage.linking.words import EDGE_WORDS, PHONE_WORDS, PLATE_WORDS, words_of

_BREAK = re.compile(r"[.!?;|•…](?=\s)|[\n\r]")
_LISTED = re.compile(r"[,:()\[\]/]|\s[-–—*]+\s")
_FIGURE = re.compile("[0-9]")
_SPACES = re.compile(r"\s+")
_MOST_SIGNS = 40  # between two words, beyond which none is looked at
_SHORTEST_CUE = 5
_CUES = Slips(sorted(word for word in NAME_CUES | PLATE_WORDS | PHONE_WORDS | EDGE_WORDS if len(word) >= _SHORTEST_CUE))
# Words that are one slip away from what says something, and say nothing.
_NO_SLIPS = words_of(
    """plane planes plato burger burgers stars stark naked prone phoney phony starving starling starring startling
    blake stuart smarts ringo"""
)
# A full stop after one of these ends no sentence.
_SHORTENED = words_of("mr mrs ms dr st no reg tel mob pc approx dob sgt insp")


@dataclass
class Text:
    """The words of a text with the number of the sentence each is in."""

    reading: Reading
    words: tuple[Word, ...]
    sentences: tuple[int, ...]
    begins: tuple[int, ...]  # of each word, the first of its sentence
    ends: tuple[int, ...]  # of each word, the place after the last of its sentence
    listed: tuple[bool, ...]  # whether a comma or bracket stands before the word
    folds: tuple[str, ...]
    cues: list[str]  # the same, a word that says what comes put right where it has a slip (`nubmer`)
    has_figures: bool  # anywhere in the text
    taken: set[int] = field(default_factory=set)  # numbers of words that something else is made of

    def joined(self, first: int, last: int) -> bool:
        """Whether words `first` to `last` (inclusive) stand in one sentence."""
        return 0 <= first < len(self.ends) and first <= last < self.ends[first]

    def free_run(self, place: int, most: int) -> int:
        """How many words from a place on, at most `most`, stand in one sentence and are not taken."""
        end = min(place + most, self.ends[place])
        for other in range(place, end):
            if other in self.taken:
                return other - place
        return end - place

    def folded(self, place: int) -> str:
        """The word at a place; empty outside the text."""
        return self.folds[place] if 0 <= place < len(self.folds) else ""

    def before(self, place: int, count: int) -> list[str]:
        """Up to `count` words before a place in its sentence, the nearest first."""
        if not 0 <= place < len(self.begins):
            return []
        begin = max(self.begins[place], place - count)
        return self.cues[begin:place][::-1]

    def after(self, place: int, count: int) -> list[str]:
        """Up to `count` words after a place in its sentence, the nearest first."""
        if not 0 <= place < len(self.ends):
            return []
        return self.cues[place + 1 : min(self.ends[place], place + 1 + count)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where words `first` to `last` (inclusive) stand in the original."""
        return self.words[first].start, self.words[last].end

    def between(self, place: int) -> str:
        """The signs between a word and the next, any spaces as one, without what cannot be seen."""
        begin = self.words[place].end if place >= 0 else 0
        end = self.words[place + 1].start if place + 1 < len(self.words) else len(self.reading.text)
        if end - begin > _MOST_SIGNS:
            return ""
        return _SPACES.sub(" ", _seen(self.reading.text[begin:end]))

    def is_free(self, first: int, last: int) -> bool:
        """Whether none of these words is taken."""
        return first not in self.taken and (first == last or self.taken.isdisjoint(range(first, last + 1)))

    def take(self, first: int, last: int) -> None:
        """Take these words."""
        self.taken.update(range(first, last + 1))


def cut(reading: Reading) -> Text:
    """Number the sentences; linear in the length of the text."""
    sentences: list[int] = []
    listed: list[bool] = []
    number = 0
    for place, word in enumerate(reading.words):
        between = _seen(reading.text[reading.words[place - 1].end : word.start]) if place else ""
        if between not in {" ", ""}:
            number += _ends(between, reading, place)
        sentences.append(number)
        listed.append(bool(_LISTED.search(between)))
    begins, ends = _edges(sentences)
    folds = tuple([word.folded for word in reading.words])
    cues = list(map(_cue, folds))
    has_figures = bool(_FIGURE.search(reading.flat))
    return Text(reading, reading.words, tuple(sentences), begins, ends, tuple(listed), folds, cues, has_figures)


def _seen(between: str) -> str:
    """Signs between words without what cannot be seen, and every blank a space."""
    if between.isascii():
        return between
    signs = (one for one in between if unicodedata.category(one) != "Cf")
    return "".join(" " if unicodedata.category(one) == "Zs" else one for one in signs)


def _edges(sentences: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of each word the first of its sentence, and the place after the last."""
    begins: list[int] = []
    ends: list[int] = []
    for _, some in groupby(sentences):
        begin, count = len(begins), len(list(some))
        begins += [begin] * count
        ends += [begin + count] * count
    return tuple(begins), tuple(ends)


@lru_cache(maxsize=4_096)
def _cue(word: str) -> str:
    """The word that says what comes (plate, number, called) of which this is one slip; else the word itself."""
    if len(word) < _SHORTEST_CUE or word in EVERYDAY or word in _NO_SLIPS or not word.isalpha():
        return word
    near = _CUES.near(word, most=1)
    return near[0][0] if near and near[0][0][0] == word[0] else word


forget_with(_cue.cache_clear)


def _ends(between: str, reading: Reading, place: int) -> bool:
    """Whether what stands between a word and the one before it ends a sentence."""
    if not _BREAK.search(between):
        return False
    if between.strip(" \t") == "." and "\n" not in between:
        before = reading.words[place - 1]
        written = reading.said(before.start, before.end).lower()
        apart = place > 1 and len(reading.words[place - 2].folded) == 1  # A O O. ends a sentence, Mr M. Khan does not
        return between != "." and written not in _SHORTENED and (len(written) > 1 or apart)
    return True
