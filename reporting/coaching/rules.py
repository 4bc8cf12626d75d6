"""Reads an answer before it is sent and marks what could tell who wrote it. It changes and blocks nothing.

On an estate run by one family the fact itself names the teller (domain.md §3). triage.sanitising.checks asks the same
of what an officer drafts, and stays apart on purpose: the two programs share no module, an officer is warned of every
"I" while a frightened reporter must not be shown a page full of marks, and each is measured by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from reporting.coaching import english, other
from reporting.coaching.contact import bare_contact
from reporting.coaching.english.first_person import SPEAKING
from reporting.coaching.english.moments import odd_minute
from reporting.coaching.kinds import Kind, Mark
from reporting.coaching.rule import Said, folded, words_of
from reporting.coaching.sentences import sentences
from reporting.coaching.tongues import (
    LATIN,
    has_letters,
    in_latin_letters,
    latin_language,
    latin_language_within,
    no_small_word,
    scripts_of,
)


class Reach(IntEnum):
    """How much the rules know of the language of some words."""

    SHAPES = 0  # numbers and addresses alone, whose shapes are the same everywhere
    SOME = 1
    ALL = 2


@dataclass(frozen=True)
class Coached:
    """The marks on one answer, in the order of the text, the graver kind of a sentence first.

    `reach` is the least that was known of the language of any of its sentences.
    """

    marks: tuple[Mark, ...] = ()
    reach: Reach = Reach.ALL


_GRAVEST = {kind: place for place, kind in enumerate((
    Kind.CONTACT, Kind.FEW_KNOW, Kind.KINSHIP, Kind.HOME, Kind.WORK, Kind.TENURE, Kind.EARLIER, Kind.HARMLESS_NAME,
    Kind.EXACT_TIME, Kind.FIRST_PERSON,
))}  # fmt: skip


def coach(text: str, page_language: str = "en") -> Coached:
    """Every sentence of `text` that could help somebody to work out who wrote it.

    The language is told from the words; where they do not tell, it is the page's.
    """
    low = folded(text)
    whole = latin_language(words_of(low)) or (page_language if page_language in LATIN else "en")
    marks: list[Mark] = []
    reach = Reach.ALL
    for place in sentences(text):
        said = Said(text[place.start : place.end], low[place.start : place.end])
        found, reached = _look(said, whole)
        reach = min(reach, reached)
        marks += (
            Mark(kind, place.start, place.end, place.start + start, place.start + end)
            for kind, (start, end) in sorted(found.items(), key=lambda one: _GRAVEST[one[0]])
        )
    return Coached(tuple(marks), reach)


def coach_answers(answers: Mapping[str, str], page_language: str = "en") -> dict[str, Coached]:
    """The same for each answer, without the marks on what its question asked for.

    “things” asks for numbers and online names of others, and “careful” for how few people know.
    """
    coached = {}
    for name, text in answers.items():
        read = coach(text, page_language)
        marks = tuple(mark for mark in read.marks if not _was_asked_for(name, mark, text))
        coached[name] = Coached(marks, read.reach)
    return coached


def _was_asked_for(name: str, mark: Mark, text: str) -> bool:
    if name == "careful":
        return mark.kind is Kind.FEW_KNOW
    if name == "things" and mark.kind is Kind.CONTACT:
        return SPEAKING.isdisjoint(Said(text[mark.start : mark.end]).words)
    return False


def _look(said: Said, whole: str) -> tuple[dict[Kind, tuple[int, int]], Reach]:
    """What this sentence tells, and how far the rules reach."""
    if said.low.isascii():
        tags: tuple[str, ...] = ()
        latin = latin_language_within(said.words, whole)
    else:
        tags = scripts_of(said.low)
        latin = latin_language_within(said.words, whole) if in_latin_letters(said.low) else ""
    if latin == "en":
        found = english.look(said)
        tags += LATIN[1:] if no_small_word(said.words, "en") else ()
    else:
        tags += (latin,) if latin else ()
        found = {}
    elsewhere = other.look(said.low, tags)
    for kind, span in elsewhere.items():
        found.setdefault(kind, span)
    if latin != "en":
        for kind, match in ((Kind.CONTACT, bare_contact(said.low)), (Kind.EXACT_TIME, odd_minute(said.low))):
            if match is not None:
                found.setdefault(kind, match.span())
    if (latin == "en" and not elsewhere) or not has_letters(said.low):
        return found, Reach.ALL
    return found, Reach.SOME if tags or latin else Reach.SHAPES
