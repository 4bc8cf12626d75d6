"""Which naming tables know the words of a name: a coarse word about a name, and none about a person.

It is there so that a supervisor sees whether suggestions are as often right for one kind of names as for another. A
name tells neither faith nor origin nor what anybody is: Sara stands in five tables, and Adam is anybody's.
"""

from collections import defaultdict
from enum import StrEnum
from functools import lru_cache

from triage.linking.naming.folding import fold
from triage.linking.naming.tables import read_lines


class Culture(StrEnum):
    """The kinds of names that the tables tell apart."""

    BRITISH = "English, Scots, Welsh and Irish names"
    ARABIC = "Arabic, Urdu, Persian and Somali names"
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
    Culture.ARABIC: ("muslim",),
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


def culture_of_name(name: str) -> Culture:
    """The kind most of a name's words are of, each word shared out among the kinds that know it; ties tell nothing."""
    votes: dict[Culture, float] = defaultdict(float)
    for word in name.split():
        kinds = _known().get(fold(word), frozenset())
        for kind in kinds:
            votes[kind] += 1 / len(kinds)
    first = sorted(votes.items(), key=lambda one: -one[1])[:2]
    if not first or (len(first) == 2 and first[1][1] >= first[0][1]):
        return Culture.NOT_TOLD
    return first[0][0]


@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[Culture]]:
    """Every word of the tables; no name of the register is kept here."""
    found: dict[str, set[Culture]] = defaultdict(set)
    for culture, tables in _TABLES.items():
        for line in read_lines(tables):
            for word in line.replace("=", " ").replace(":", " ").split():
                found[fold(word)].add(culture)
    return {word: frozenset(kinds) for word, kinds in found.items()}
