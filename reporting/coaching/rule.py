"""One rule over the words of one sentence, and the sentence as rules read it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


def words_of(low: str) -> frozenset[str]:
    """Each word of a folded text once."""
    return frozenset(_WORD.findall(low))


class Said:
    """A sentence to read: as written, folded, and the set of its words."""

    __slots__ = ("low", "words", "written")

    def __init__(self, written: str, low: str | None = None) -> None:
        self.written = written
        self.low = folded(written) if low is None else low
        self.words = words_of(self.low)


@dataclass(frozen=True)
class Rule:
    """A pattern that says `kind`, tried only where one of `needs` stands in the sentence.

    `needs` only saves time: whatever a pattern matches holds one of its words (a test tries both ways).
    `after_turns`: read only what is left without turns of phrase: “our kids are not safe here” is anybody's.
    """

    kind: Kind
    pattern: re.Pattern[str]
    needs: frozenset[str]
    unless: re.Pattern[str] | None = None
    after_turns: bool = False

    def found(self, text: str) -> re.Match[str] | None:
        match = self.pattern.search(text)
        if match is None or (self.unless is not None and self.unless.search(text)):
            return None
        return match


def words(listed: str) -> frozenset[str]:
    """The words of a list that is written with a space between each two."""
    return frozenset(listed.split())


def phrase(pattern: str) -> re.Pattern[str]:
    """Whole words, with up to three white spaces wherever one is written here. For folded text."""
    return re.compile(r"(?<![\w'@])(?:" + pattern.replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}") + r")(?![\w@])")


class Rules:
    """Many rules, of which only those whose words a sentence holds are tried."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.all = tuple(rules)
        self._by_word: dict[str, list[int]] = {}
        for place, rule in enumerate(self.all):
            for word in rule.needs:
                self._by_word.setdefault(word, []).append(place)
        self._words = frozenset(self._by_word)

    def about(self, words: frozenset[str]) -> Iterator[Rule]:
        """The rules to try on a sentence of these words, in their order."""
        places = {place for word in words & self._words for place in self._by_word[word]}
        return (self.all[place] for place in sorted(places))
