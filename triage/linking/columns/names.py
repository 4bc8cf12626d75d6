"""The names of the people on the register, word by word, and which of them a word of a report may stand for."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from triage.linking import naming
from triage.linking.columns.coded import Coded, pairs_of
from triage.linking.columns.postings import Numbers, Postings
from triage.linking.columns.slips import Slips
from triage.linking.reading import key_of
from triage.linking.words import EMPTY, PARTICLES
from triage.register.bodies import StoredPerson
from triage.register.entries import Person

MOST_READINGS = 16  # of one word that may be misspelt
MOST_REMEMBERED = 8_192  # words of reports
EXACT, SPELLING, FORM, PLURAL, DOUBLED, SLIP, TWO_SLIPS = 1.0, 0.97, 0.95, 0.9, 0.86, 0.8, 0.65
SHORTEST_SLIP = 4
SHORTEST_TWO_SLIPS = 7


@dataclass(frozen=True)
class Likely:
    """A word of the register that a word of the report may stand for, and how close it is (0 to 1)."""

    word: str
    closeness: float


@dataclass
class NameColumns:
    """Postings of people by the words of their names."""

    first: Postings = field(default_factory=Postings)  # the first given name
    middle: Postings = field(default_factory=Postings)
    surname: Postings = field(default_factory=Postings)
    called: Postings = field(default_factory=Postings)  # single words of nicknames and aliases
    nickname: Postings = field(default_factory=Postings)  # whole nicknames and aliases
    initials: Postings = field(default_factory=Postings)  # "initial surname-word"
    _given: Coded = field(default_factory=Coded, init=False, repr=False, compare=False)
    _surname: Coded = field(default_factory=Coded, init=False, repr=False, compare=False)
    _nickname: Coded = field(default_factory=Coded, init=False, repr=False, compare=False)
    _named: "array[int]" = field(default_factory=lambda: array("i"), init=False, repr=False, compare=False)  # whose
    _remembered: dict[str, tuple[Likely, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def add(self, begin: int, people: Sequence[Person | StoredPerson]) -> None:
        """Note the names of people, who are numbered from `begin`."""
        self._given.note([one.given_names for one in people])
        self._surname.note([one.surname for one in people])
        named = [(number, nickname) for number, one in enumerate(people, begin) for nickname in one.nicknames]
        self._named.extend([number for number, _ in named])
        self._nickname.note([nickname for _, nickname in named])

    def finish(self) -> None:
        """Pack the postings and prepare the look-up of misspelt words."""
        given = [key_of(text).split() for text in self._given.texts]
        surnames = [key_of(text).split() for text in self._surname.texts]
        telling = [[word for word in words if word not in PARTICLES] or words for words in surnames]
        of_given, of_surname = self._given.codes, self._surname.codes
        people = np.arange(len(of_given), dtype=np.int32)
        self.first.note_each([words[0] if words else "" for words in given], of_given, people)
        self.middle.note_all([words[1:] for words in given], of_given, people)
        # Abdul Rahman written as one word
        self.called.note_each(["".join(words[:2]) if len(words) > 1 else "" for words in given], of_given, people)
        whole = [["".join(words)] if len(words) > 1 else [] for words in surnames]
        self.surname.note_all([[*some, *more] for some, more in zip(telling, whole, strict=True)], of_surname, people)
        letter = self._given.map(_first_letter)
        pairs, codes = pairs_of(letter, of_surname)
        self.initials.note_all(
            [[f"{chr(sign)} {word}" for word in telling[surname]] if sign else [] for sign, surname in pairs],
            codes,
            people,
        )
        self._finish_nicknames(of_surname, telling)
        for postings in (self.first, self.middle, self.surname, self.called, self.nickname, self.initials):
            postings.finish()
        self._given, self._surname, self._nickname, self._named = Coded(), Coded(), Coded(), array("i")
        names = [*self.first.keys(), *self.middle.keys(), *self.surname.keys(), *self.called.keys()]
        nicknames = [word for phrase in self.nickname for word in phrase.split()]
        self.words = frozenset(names).union(nicknames)
        self._slips = Slips(sorted(self.words))
        sounds: dict[str, list[str]] = {}
        for word in sorted(self.words):
            if len(word) > 2:
                sounds.setdefault(naming.skeleton(word), []).append(word)
        self._sounds = {key: tuple(words) for key, words in sounds.items() if len(words) > 1 or key}

    def _finish_nicknames(self, of_surname: Numbers, telling: list[list[str]]) -> None:
        """A nickname as a whole, and the words of it that are not the surname again."""
        people, keys = np.array(self._named, np.int32), [key_of(text) for text in self._nickname.texts]
        self.nickname.note_each(keys, self._nickname.codes, people)
        words = [[word for word in key.split() if word not in EMPTY and len(word) > 1] for key in keys]
        pairs, codes = pairs_of(of_surname[people], self._nickname.codes)
        of_pairs = [[word for word in words[name] if word not in telling[surname]] for surname, name in pairs]
        self.called.note_all(of_pairs, codes, people)

    def likely(self, word: str) -> tuple[Likely, ...]:
        """Words of the register that `word` may stand for, the closest first; itself first of all where it is one.

        Remembered in a dict, for a cache around a method would hold the register until the collector finds the ring.
        """
        found = self._remembered.get(word)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[word] = self._likely(word)
        return found

    def _likely(self, word: str) -> tuple[Likely, ...]:
        found: dict[str, float] = {}
        if word in self.words:
            found[word] = EXACT
        if word.endswith("s") and word[:-1] in self.surname:
            found.setdefault(word[:-1], PLURAL)  # all the Larchs
        for form in naming.other_forms(word):
            if form in self.words:
                found.setdefault(form, max(FORM, min(naming.closeness(word, form), SPELLING)))
        if len(bare := _undoubled(word)) < len(word):
            for form in naming.other_forms(bare):  # Tonny for Tony, who is Anthony
                if form in self.words:
                    found.setdefault(form, DOUBLED)
        if len(word) > 2:
            for other in self._sounds.get(naming.skeleton(word), ()):
                near = naming.closeness(word, other)
                if near >= SLIP:
                    found.setdefault(other, min(near, FORM))
        if len(word) >= SHORTEST_SLIP - 1:
            most = 2 if len(word) >= SHORTEST_TWO_SLIPS else 1
            for other, distance in self._slips.near(word, most=most):
                if distance == 1 and (len(word) >= SHORTEST_SLIP or len(other) >= SHORTEST_SLIP):
                    found.setdefault(other, SLIP if len(word) > SHORTEST_SLIP else TWO_SLIPS + 0.05)
                elif distance == 2 and word[0] == other[0] and word not in found:
                    near = naming.closeness(word, other)  # Parminda is no further from Parminder than one slip
                    found.setdefault(other, min(near, FORM) if near >= SLIP else TWO_SLIPS)
        ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        return tuple(Likely(other, near) for other, near in ordered[:MOST_READINGS])


def _first_letter(given: str) -> int:
    """The sign that given names begin with as they are looked for; 0 for none."""
    key = key_of(given)
    return ord(key[0]) if key else 0


def _undoubled(word: str) -> str:
    """The word with each letter that stands twice or more written once."""
    return "".join(letter for place, letter in enumerate(word) if place == 0 or letter != word[place - 1])
