"""Reads a text for searching: its folded words with their places, and the plates and numbers written among them.

Words fold as the matcher folds them (`triage.linking.reading`), so that "Foundry Rd" is found by "foundry road". It is
quicker, for a hundred thousand reports are read here, and it keeps nothing that it has read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.linking.reading import MOST_LETTERS, MOST_WORDS, SAME, end_in, flattened
from triage.linking.words import EMPTY, PHONE_WORDS, PLATE_WORDS

# A folded word, and from where to where it stands in the text as it was written.
Placed = tuple[str, int, int]

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_HAS_DIGIT = re.compile(r"[0-9]")
# What people put between the groups of a plate or a telephone number.
_BETWEEN = frozenset(" -./()+\u00a0\u2010\u2011\u2013")
_MOST_BETWEEN = 3
_AT_THE_EDGE = EMPTY | PLATE_WORDS | PHONE_WORDS  # no part of a plate or number, where they begin or end one
_SHORT = 3  # letters of a plate that stand by themselves
LEAST_SOLID = 3


@dataclass(frozen=True)
class Solid:
    """A plate or number as one word, whatever stood between its groups, and the words it was written as."""

    text: str
    words: tuple[Placed, ...]


def read_words(text: str) -> list[Placed]:
    """The words of a text in order; linear in its length, and past MOST_WORDS words the rest is left out."""
    flat, places = flattened(text)
    is_plain = text.isascii()  # then each character stands where it stood
    found: list[Placed] = []
    for match in _WORD.finditer(flat):
        start, end = match.span()
        if end - start > MOST_LETTERS:
            continue
        word = match.group()
        if "'" in word:
            if word.endswith("'s"):
                word, end = word[:-2], end - 2
            word = word.replace("'", "")
        if not is_plain:
            start, end = places[start], end_in(text, places, end)
        found.append((SAME.get(word, word), start, end))
        if len(found) >= MOST_WORDS:
            break
    return found


def folded_words(text: str) -> list[str]:
    """The same without their places."""
    return [word for word, _, _ in read_words(text)]


def solids(text: str, words: Sequence[Placed]) -> Iterator[Solid]:
    """The plates and numbers among the words of a text: groups that stand together, of which one has a digit."""
    if _HAS_DIGIT.search(" ".join([word for word, _, _ in words])) is None:
        return
    group: list[Placed] = []
    for word in words:
        if group and not _stand_together(text, group[-1], word):
            yield from _solid(group)
            group = []
        if may_be_in_a_solid(word[0]):
            group.append(word)
        else:
            yield from _solid(group)
            group = []
    yield from _solid(group)


def may_be_in_a_solid(word: str) -> bool:
    """Whether a word may be a part of a plate or number."""
    return 0 < len(word) <= _SHORT or _HAS_DIGIT.search(word) is not None


def _solid(group: list[Placed]) -> Iterator[Solid]:
    while group and group[0][0] in _AT_THE_EDGE:
        group = group[1:]
    while group and group[-1][0] in _AT_THE_EDGE:
        group = group[:-1]
    joined = "".join(word for word, _, _ in group)
    if len(joined) >= LEAST_SOLID and _HAS_DIGIT.search(joined):
        yield Solid(joined, tuple(group))


def _stand_together(text: str, one: Placed, other: Placed) -> bool:
    between = text[one[2] : other[1]]
    return len(between) <= _MOST_BETWEEN and all(character in _BETWEEN for character in between)
