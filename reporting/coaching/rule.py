"""One rule over the words of one sentence, and the sentence as rules read it."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from reporting.coaching.kinds import Kind

_WORD = re.compile(r"\w+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "\xa0": " ", "\t": " "})


def folded(text: str) -> str:
    """The same text in small letters and with one sort of apostrophe; every letter stays at its place."""
    plain = text.translate(_APOSTROPHES)
    small = plain.lower()
    if len(small) == len(plain):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in plain)


@dataclass(frozen=True)
class Said:
    """A sentence to read: as written, folded, and the set of its words."""

    written: str = field(repr=False)

    @cached_property
    def low(self) -> str:
        return folded(self.written)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.low))


@dataclass(frozen=True)
class Rule:
    """A pattern that says `kind`, tried only where one of `needs` stands in the sentence (none: always).

    `needs` only saves time: a pattern that matches always holds one of its words (a test tries both ways).
    """

    kind: Kind
    pattern: re.Pattern[str]
    needs: frozenset[str] = frozenset()
    unless: re.Pattern[str] | None = None
    at_start: bool = False

    def found(self, words: frozenset[str], text: str) -> re.Match[str] | None:
        if self.needs and self.needs.isdisjoint(words):
            return None
        match = self.pattern.match(text) if self.at_start else self.pattern.search(text)
        if match is None or (self.unless is not None and self.unless.search(text)):
            return None
        return match


def phrase(pattern: str) -> re.Pattern[str]:
    """Whole words, with up to three white spaces wherever one is written here. For folded text."""
    return re.compile(r"(?<![\w'@])(?:" + pattern.replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}") + r")(?![\w@])")
