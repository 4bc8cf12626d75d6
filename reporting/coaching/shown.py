"""How an answer with its marks is shown: pieces of the reporter's words, some followed by what we say about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from reporting.coaching.kinds import ADVICE, Advice
from reporting.coaching.rules import Coached, Reach, coach_answers

# More says nothing new, and a page must stay small enough for a slow phone.
MOST_NOTES = 20
MOST_REASONS = 2


@dataclass(frozen=True)
class Piece:
    """A stretch of an answer, with what stands under it; a marked one without advice came after too many."""

    words: str = field(repr=False)
    marked: bool = False
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True)
class Shown:
    """One answer in pieces: together they are the whole answer, but for line ends beside a marked sentence."""

    pieces: tuple[Piece, ...]
    marked: int


def show(text: str, coached: Coached) -> Shown:
    """Cut the answer at its marked sentences."""
    pieces: list[Piece] = []
    at = marked = 0
    for (start, end), marks in groupby(coached.marks, key=lambda mark: (mark.start, mark.end)):
        pieces += _between(text[at:start])
        kinds = [mark.kind for mark in marks][:MOST_REASONS]
        pieces.append(
            Piece(text[start:end], True, tuple(ADVICE[kind] for kind in kinds) if marked < MOST_NOTES else ())
        )
        at = end
        marked += 1
    pieces += _between(text[at:])
    return Shown(tuple(pieces), marked)


@dataclass(frozen=True)
class CoachedAnswers:
    """All answers that are the reporter's own words, by field; those that are empty are not among them."""

    answers: Mapping[str, Shown]
    reach: Reach

    @property
    def marked(self) -> int:
        """How many sentences are marked, in all answers together."""
        return sum(answer.marked for answer in self.answers.values())


def coach_and_show(answers: Mapping[str, str], page_language: str) -> CoachedAnswers:
    """Read every answer that holds something, and cut it for the page."""
    given = {name: text for name, text in answers.items() if text.strip()}
    coached = coach_answers(given, page_language)
    shown = {name: show(given[name], one) for name, one in coached.items()}
    return CoachedAnswers(shown, min((one.reach for one in coached.values()), default=Reach.ALL))


def _between(words: str) -> list[Piece]:
    return [Piece(words.strip("\n"))] if words.strip() else []
