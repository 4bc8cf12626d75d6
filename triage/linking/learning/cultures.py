"""Which naming tables know the words of a name: a coarse word about a name, and none about a person.

It is there so that a supervisor sees whether suggestions are as often right for one kind of names as for another. A
name tells neither faith nor origin nor what anybody is: Sara stands in five tables, and Adam is anybody's.
"""

from collections import defaultdict
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from triage.linking.naming.folding import fold
from triage.linking.naming.tables import read_lines


class Culture(StrEnum):
    """The kinds of names that the tables tell apart."""

    BRITISH = "English, Scots, Welsh and Irish names"
    URDU = "Urdu names"
    ARABIC = "Arabic names"
    PERSIAN = "Persian names"
    SOMALI = "Somali names"
    SHARED = "Names that Arabic, Urdu, Persian and Somali share"
    SOUTH_ASIAN = "Panjabi, Hindi, Bengali and Tamil names"
    TURKISH = "Turkish, Kurdish and Albanian names"
    POLISH = "Polish and Lithuanian names"
    SLAVIC = "Russian, Ukrainian and Bulgarian names"
    ROMANIAN = "Romanian names"
    AFRICAN = "West African and Caribbean names"
    IBERIAN = "Spanish and Portuguese names"
    EAST_ASIAN = "Chinese, Korean and Vietnamese names"
    OTHER = "Names of other countries"
    NOT_TOLD = "Names the tables do not tell apart"


_TABLES = {
    Culture.BRITISH: ("english", "celtic", "older", "surnames"),
    Culture.SHARED: ("muslim",),
    Culture.SOUTH_ASIAN: ("south_asian",),
    Culture.TURKISH: ("turkish",),
    Culture.POLISH: ("polish",),
    Culture.SLAVIC: ("slavic",),
    Culture.ROMANIAN: ("romanian",),
    Culture.AFRICAN: ("african",),
    Culture.IBERIAN: ("iberian",),
    Culture.EAST_ASIAN: ("asian", "syllables"),
    Culture.OTHER: ("others",),
}
_LANGUAGES = {
    "urdu": Culture.URDU,
    "arabic": Culture.ARABIC,
    "persian": Culture.PERSIAN,
    "somali": Culture.SOMALI,
    "bengali": Culture.SOUTH_ASIAN,
}
# One table holds these four, for they have most of their names from one another; a word that points to none of them
# counts for all together, and speaks against none of them.
_TOGETHER = (Culture.URDU, Culture.ARABIC, Culture.PERSIAN, Culture.SOMALI)


def culture_of_name(name: str) -> Culture:
    """The kind most of a name's words are of, each word shared out among the kinds that know it; ties tell nothing.

    Of the four that share a table, the one most words point to; where none does, or two do alike, it is `SHARED`.
    """
    votes: dict[Culture, float] = defaultdict(float)
    for word in name.split():
        kinds = _known().get(fold(word), frozenset())
        for kind in kinds:
            votes[kind] += 1 / len(kinds)
    pointed = {kind: votes.pop(kind) for kind in _TOGETHER if kind in votes}
    if pointed:
        votes[Culture.SHARED] += sum(pointed.values())
    found = _first(votes) or Culture.NOT_TOLD
    return (_first(pointed) or found) if found is Culture.SHARED else found


def _first(votes: dict[Culture, float]) -> Culture | None:
    """The one with the most votes, where no other has as many."""
    first = sorted(votes.items(), key=lambda one: -one[1])[:2]
    if not first or (len(first) == 2 and first[1][1] >= first[0][1]):
        return None
    return first[0][0]


@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[Culture]]:
    """Every word of the tables, and no name of the register. A word that points to a language is of it alone."""
    found: dict[str, set[Culture]] = defaultdict(set)
    for culture, tables in _TABLES.items():
        for line in read_lines(tables):
            for word in line.replace("=", " ").replace(":", " ").split():
                found[fold(word)].add(culture)
    pointing: dict[str, set[Culture]] = defaultdict(set)
    for language, words in words_by_language().items():
        for word in words:
            pointing[fold(word)].add(_LANGUAGES[language])
    return {word: frozenset(kinds) for word, kinds in (found | pointing).items()}


def words_by_language() -> dict[str, tuple[str, ...]]:
    """The lines of `languages.txt`."""
    text = (Path(__file__).parent / "languages.txt").read_text(encoding="utf-8").replace("\n ", " ")
    lines = [line.partition(":") for line in text.splitlines() if line and not line.startswith("#")]
    return {language: tuple(words.split()) for language, _, words in lines}
