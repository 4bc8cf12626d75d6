"""Whether words say where somebody lives: the whole postcode, or the number and the street however the street ends.

The name of a street alone is on too many pages to mean anything; a number and a street is a door.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from triage.officers.folding import words_of

# What people leave out, or write short.
_ENDS = frozenset(
    (
        *("road", "street", "lane", "avenue", "close", "drive", "court", "place", "row", "way", "yard", "square"),
        *("terrace", "grove", "gardens", "crescent", "hill", "parade", "walk", "path", "gate", "mews", "green"),
        *("rd", "st", "ln", "ave", "av", "cl", "dr", "ct", "pl", "sq", "terr", "gr", "gdns", "cres", "wk", "gn"),
    )
)
_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][0-9a-z]?[0-9][a-z]{2}")
_NUMBER = re.compile(r"[0-9]{1,5}[a-z]?")
_PART = re.compile(r"[,;\n]")
_TOO_SHORT = 3  # letters of a street's name that would be found in anything


def names_a_home(address: str) -> bool:
    """Whether an address says enough to be found again: a door, or a whole postcode."""
    return bool(_door(address) or _postcodes(words_of(address)))


def is_said_in(address: str, text: str) -> bool:
    """Whether a text says this address."""
    words, door = words_of(text), _door(address)
    if door and any(words[at : at + len(door)] == door for at in range(len(words) - len(door) + 1)):
        return True
    return bool(_postcodes(words_of(address)) & _postcodes(words))


def _door(address: str) -> list[str]:
    """The number and the words of the street without its end, or the house's name and the street's; else nothing."""
    parts = [words for part in _PART.split(address) if (words := words_of(part))]
    for words in parts:
        for at in range(len(words) - 1):
            if _NUMBER.fullmatch(words[at]) and words[at + 1].isalpha() and (street := _street(words[at + 1 :])):
                return [words[at], *street]
    named = [words for words in parts if not any(any(letter.isdigit() for letter in word) for word in words)]
    if len(named) > 1 and named[0] and named[1][-1] in _ENDS:
        return [*named[0], *(_street(named[1]) or named[1])]
    return []


def _street(words: Sequence[str]) -> list[str]:
    """A street's words up to where it ends, without the end; with it where too little would be left."""
    written = list(takewhile(str.isalpha, words))
    end = next((at for at, word in enumerate(written) if at and word in _ENDS), None)
    whole = written if end is None else written[: end + 1]
    short = whole if end is None else whole[:-1]
    says = [word for word in short if word != "the" and len(word) >= _TOO_SHORT]
    return short if says else (whole if end is not None else [])


def _postcodes(words: Sequence[str]) -> set[str]:
    """Every whole postcode among words, written as one: of one word, or of two beside each other."""
    pairs = (first + second for first, second in pairwise(words))
    return {one for one in (*words, *pairs) if _POSTCODE.fullmatch(one)}
