"""Where the words of a search stand in a text, an excerpt around them, and what is spelt otherwise there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from triage.search.postings import NEAR_WORDS, Near, fits, is_part_of_plates
from triage.search.query import Query, Term, TermKind
from triage.search.words import Placed, read_words, solids
from web.markup import Span

BEFORE, LONG = 80, 320  # characters of an excerpt: before the first mark, and in all
MARK = "word"

Spellings = Mapping[Term, Mapping[str, Near]]


@dataclass(frozen=True)
class Excerpt:
    """A stretch of a text with its marks; `others` of them stand outside it. Cut where it does not begin or end."""

    text: str
    spans: tuple[Span, ...]
    others: int = 0
    cut_before: bool = False
    cut_after: bool = False


class Marker:
    """Finds the words of one search in texts."""

    def __init__(self, query: Query, spellings: Spellings) -> None:
        self._terms = query.terms
        self._spellings = spellings
        self._by_word: dict[str, tuple[Term, Near]] = {}
        for term in query.terms:
            for word, near in spellings.get(term, {}).items():
                if word not in self._by_word or near < self._by_word[word][1]:
                    self._by_word[word] = term, near

    def spans(self, text: str) -> tuple[Span, ...]:
        """Every place that meets a term, in order."""
        words = read_words(text)
        found = [
            Span(start, end, MARK, _title(*self._by_word[word])) for word, start, end in words if word in self._by_word
        ]
        for term in self._terms:
            match term.kind:
                case TermKind.PHRASE:
                    found += _phrases(term, words)
                case TermKind.PLATE | TermKind.NUMBER:
                    found += _solids(term, text, words)
                case _ if is_part_of_plates(term):
                    found += _solids(term, text, words)
                case _:
                    continue
        return tuple(dict.fromkeys(sorted(found, key=lambda one: (one.start, -one.end))))

    def sentences(self, texts: Sequence[str]) -> tuple[str, ...]:
        """For each term that these texts spell otherwise only: how it is written there."""
        there: dict[str, str] = {}
        for text in texts:
            for word, start, end in read_words(text):
                there.setdefault(word, text[start:end])
        found: list[str] = []
        for term in self._terms:
            near = [(how, there[word]) for word, how in self._spellings.get(term, {}).items() if word in there]
            if near and min(how for how, _ in near) is not Near.SAME:
                how, written = min(near)
                found.append(f"“{written}” for “{term.said}”: {NEAR_WORDS[how]}")
        return tuple(found)


def excerpt(text: str, spans: Sequence[Span]) -> Excerpt:
    """The stretch around the first mark, cut at words; the beginning of the text where nothing is marked."""
    start = 0
    if spans and spans[0].start > BEFORE:
        start = spans[0].start - BEFORE
        start = text.find(" ", start, spans[0].start) + 1 or start
    end = min(len(text), start + LONG)
    if end < len(text):
        space = text.rfind(" ", start + LONG // 2, end)
        end = space if space > 0 else end
    inside = tuple(
        replace(one, start=one.start - start, end=min(one.end, end) - start)
        for one in spans
        if start <= one.start < end
    )
    return Excerpt(text[start:end], inside, len(spans) - len(inside), start > 0, end < len(text))


def _phrases(term: Term, words: Sequence[Placed]) -> list[Span]:
    length = len(term.words)
    return [
        Span(words[at][1], words[at + length - 1][2], MARK, f"You searched for “{term.said}”")
        for at in range(len(words) - length + 1)
        if tuple(word for word, _, _ in words[at : at + length]) == term.words
    ]


def _solids(term: Term, text: str, words: Sequence[Placed]) -> list[Span]:
    """The groups of a plate or number that hold what was asked for; of a long one only those."""
    fitting = fits(term)
    found: list[Span] = []
    for solid in solids(text, words):
        if not fitting(solid.text):
            continue
        groups = list(solid.words)
        while len(groups) > 1 and fitting("".join(word for word, _, _ in groups[1:])):
            groups.pop(0)
        while len(groups) > 1 and fitting("".join(word for word, _, _ in groups[:-1])):
            groups.pop()
        found.append(Span(groups[0][1], groups[-1][2], MARK, f"You searched for “{term.said}”"))
    return found


def _title(term: Term, near: Near) -> str:
    asked = f"You searched for “{term.said}”"
    return f"{asked}: {NEAR_WORDS[near]}" if near else asked
