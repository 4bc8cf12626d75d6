"""A name as it is said, word by word, with what each may stand for on the register."""

from dataclasses import dataclass

from triage.linking.columns.names import Likely
from triage.linking.spotting.roles import Role


@dataclass(frozen=True)
class NameWord:
    """One word of a name, and the words of the register it may stand for; an initial has none."""

    folded: str
    likely: tuple[Likely, ...]


@dataclass(frozen=True)
class NameSaid:
    """A run of words that may name somebody; `sure` is how likely it is a name at all."""

    words: tuple[NameWord, ...]
    nicknames: tuple[tuple[str, float], ...]  # whole nicknames of the register these words are
    role: Role
    title: bool
    also: bool  # another name of somebody named in the same sentence
    sure: float
    first: int
    last: int

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(word.folded for word in self.words)
