"""The names of the people on the register, word by word, and which of them a word of a report may stand for."""

from dataclasses import dataclass, field

from triage.linking import naming
from triage.linking.columns.postings import Postings
from triage.linking.columns.slips import Slips
from triage.linking.reading import key_of
from triage.linking.words import EMPTY, PARTICLES
from triage.register.entries import Person

MOST_READINGS = 16  # of one word that may be misspelt
MOST_REMEMBERED = 8_192  # words of reports
EXACT, SPELLING, FORM, PLURAL, SLIP, TWO_SLIPS = 1.0, 0.97, 0.95, 0.9, 0.8, 0.65
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
    _remembered: dict[str, tuple[Likely, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def add(self, number: int, person: Person) -> None:
        """Note one person's names."""
        given, surname = key_of(person.given_names).split(), key_of(person.surname).split()
        for word in given[:1]:
            self.first.note(word, number)
        for word in given[1:]:
            self.middle.note(word, number)
        telling = [word for word in surname if word not in PARTICLES] or surname
        for word in telling:
            self.surname.note(word, number)
            if given:
                self.initials.note(f"{given[0][0]} {word}", number)
        if len(surname) > 1:
            self.surname.note("".join(surname), number)
        if len(given) > 1:
            self.called.note("".join(given[:2]), number)  # Abdul Rahman written as one word
        for nickname in person.nicknames:
            words = key_of(nickname)
            if not words:
                continue
            self.nickname.note(words, number)
            for word in words.split():
                if word not in EMPTY and word not in telling and len(word) > 1:
                    self.called.note(word, number)

    def finish(self) -> None:
        """Pack the postings and prepare the look-up of misspelt words."""
        for postings in (self.first, self.middle, self.surname, self.called, self.nickname, self.initials):
            postings.finish()
        names = [*self.first.keys(), *self.middle.keys(), *self.surname.keys(), *self.called.keys()]
        nicknames = [word for phrase in self.nickname for word in phrase.split()]
        self.words = frozenset(names).union(nicknames)
        self._slips = Slips(sorted(self.words))
        sounds: dict[str, list[str]] = {}
        for word in sorted(self.words):
            if len(word) > 2:
                sounds.setdefault(naming.skeleton(word), []).append(word)
        self._sounds = {key: tuple(words) for key, words in sounds.items() if len(words) > 1 or key}

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
                    found.setdefault(other, TWO_SLIPS)
        ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        return tuple(Likely(other, near) for other, near in ordered[:MOST_READINGS])
