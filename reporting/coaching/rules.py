"""Reads an answer before it is sent and marks the sentences that could tell who wrote it. It changes and blocks nothing.

On an estate run by one family the fact itself names the teller (domain.md §3). triage.sanitising.checks asks the same of
what an officer drafts, and stays apart on purpose: the two programs share no module, an officer is warned of every "I"
while a frightened reporter must not be shown a page full of marks, and each is measured by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.coaching import english, other
from reporting.coaching.contact import bare_contact
from reporting.coaching.english.moments import odd_minute
from reporting.coaching.kinds import Kind, Mark
from reporting.coaching.rule import Said, folded
from reporting.coaching.sentences import sentences
from reporting.coaching.tongues import has_letters, in_latin_letters, latin_language, scripts_of


@dataclass(frozen=True)
class Coached:
    """The marks on one answer, in the order of the text, the graver kind of a sentence first.

    `only_shapes`: part of it is in a language that no rule reads, so that only numbers and addresses were looked for.
    """

    marks: tuple[Mark, ...] = ()
    only_shapes: bool = False


_GRAVEST = {kind: place for place, kind in enumerate((
    Kind.CONTACT, Kind.FEW_KNOW, Kind.KINSHIP, Kind.HOME, Kind.WORK, Kind.TENURE, Kind.EARLIER, Kind.HARMLESS_NAME,
    Kind.EXACT_TIME, Kind.FIRST_PERSON,
))}  # fmt: skip


def coach(text: str, page_language: str = "en") -> Coached:
    """Every sentence of `text` that could help somebody to work out who wrote it.

    The language is told from the words; where they do not tell, it is the page's.
    """
    low = folded(text)
    whole = latin_language(low) or (page_language if page_language in {"en", *other.PACKS} else "en")
    if scripts_of(whole) or (whole not in _LATIN_TAGS):
        whole = "en"
    marks: list[Mark] = []
    unread = False
    for place in sentences(text):
        said = Said(text[place.start : place.end], low[place.start : place.end])
        found, read = _look(said, whole)
        unread = unread or not read
        marks += (
            Mark(kind, place.start, place.end, place.start + start, place.start + end)
            for kind, (start, end) in sorted(found.items(), key=lambda one: _GRAVEST[one[0]])
        )
    return Coached(tuple(marks), unread)


def coach_answers(answers: Mapping[str, str], page_language: str = "en") -> dict[str, Coached]:
    """The same for each answer that is the reporter's own words."""
    return {name: coach(text, page_language) for name, text in answers.items()}


_LATIN_TAGS = frozenset({"en", "pl", "ro", "pt", "so", "es", "cy"})


def _look(said: Said, whole: str) -> tuple[dict[Kind, tuple[int, int]], bool]:
    """What this sentence tells, and whether there were rules to read it."""
    if said.low.isascii():
        tags: tuple[str, ...] = ()
        latin = whole if whole == "en" else latin_language(said.low) or whole
    else:
        tags = scripts_of(said.low)
        latin = (latin_language(said.low) or whole) if in_latin_letters(said.low) else ""
    if latin == "en":
        found = english.look(said)
    else:
        tags += (latin,) if latin else ()
        found = {}
    for kind, span in other.look(said.low, tags).items():
        found.setdefault(kind, span)
    if latin != "en":
        for kind, match in ((Kind.CONTACT, bare_contact(said.low)), (Kind.EXACT_TIME, odd_minute(said.low))):
            if match is not None:
                found.setdefault(kind, match.span())
    return found, bool(tags or latin) or not has_letters(said.low)
