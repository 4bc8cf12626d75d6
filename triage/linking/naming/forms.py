"""Which names stand for one another: short forms, pet names, and spellings no rule would bring together."""

from collections.abc import Iterator
from functools import lru_cache

from triage.linking.naming.folding import KEPT, fold
from triage.linking.naming.spelling import skeleton
from triage.linking.naming.tables import FAMILY, GIVEN, read_lines

_Table = dict[str, frozenset[str]]
_NOTHING: frozenset[str] = frozenset()


def _lines(tables: tuple[str, ...]) -> Iterator[tuple[list[str], list[str]]]:
    for line in read_lines(tables):
        full, _, short = line.partition(":")
        heads = [fold(word) for word in full.split("=") if word.strip()]
        if heads:
            yield heads, [fold(word) for word in short.split()]


def _spelt(tables: tuple[str, ...]) -> _Table:
    found: dict[str, set[str]] = {}
    for heads, _ in _lines(tables):
        for head in heads:
            found.setdefault(head, set()).update(heads)
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _shortened(tables: tuple[str, ...]) -> tuple[_Table, _Table]:
    """Short forms by full name, and full names by short form."""
    shorts_of: dict[str, set[str]] = {}
    fulls_of: dict[str, set[str]] = {}
    for heads, shorts in _lines(tables):
        for head in heads:
            shorts_of.setdefault(head, set()).update(shorts)
        for short in shorts:
            fulls_of.setdefault(short, set()).update(heads)
    return (
        {word: frozenset(others - {word}) for word, others in shorts_of.items()},
        {word: frozenset(others - {word}) for word, others in fulls_of.items()},
    )


_SPELT = _spelt(GIVEN)
_SHORTS_OF, _FULLS_OF = _shortened(GIVEN)
_FAMILY = _spelt(FAMILY)


def other_forms(word: str) -> frozenset[str]:
    """The folded given names that may stand for this folded one, both ways; empty where none is listed."""
    return _SPELT.get(word, _NOTHING) | _SHORTS_OF.get(word, _NOTHING) | _FULLS_OF.get(word, _NOTHING)


def spelt_alike(one: str, other: str) -> bool:
    """Whether the tables of given names list two folded words as spellings of one name."""
    return other in _SPELT.get(one, _NOTHING)


def short_for(one: str, other: str) -> bool:
    """Whether either folded word is short for the other."""
    return other in _SHORTS_OF.get(one, _NOTHING) or other in _FULLS_OF.get(one, _NOTHING)


def short_alike(one: str, other: str) -> bool:
    """Whether two folded words are short for one name, as Bill and Will are."""
    return not _FULLS_OF.get(one, _NOTHING).isdisjoint(_FULLS_OF.get(other, _NOTHING))


def family_alike(one: str, other: str) -> bool:
    """Whether two folded words are one family name as two languages or two clerks write it (Chen and Chan)."""
    return other in _FAMILY.get(one, _NOTHING)


def one_name_abroad(one: str, other: str) -> bool:
    """Whether two folded words are each listed as one third: Piotr and Pedro are Peter."""
    return not _SPELT.get(one, _NOTHING).isdisjoint(_SPELT.get(other, _NOTHING))


def short_for_it_abroad(one: str, other: str) -> bool:
    """Whether either is short for what the other is called in another language: Lenuta, of Elena, and Helena."""
    fulls, others = _FULLS_OF.get(one, _NOTHING), _FULLS_OF.get(other, _NOTHING)
    return not fulls.isdisjoint(_SPELT.get(other, _NOTHING)) or not others.isdisjoint(_SPELT.get(one, _NOTHING))


@lru_cache(maxsize=KEPT)
def other_skeletons(word: str) -> frozenset[str]:
    """The skeletons, of three sounds or more, of the other forms of a folded word: for forms that are misspelt."""
    return frozenset(key for key in map(skeleton, other_forms(word)) if len(key) > 2)


def is_family(word: str) -> bool:
    """Whether a folded word is in the tables of family names and syllables."""
    return word in _FAMILY


def is_listed(word: str) -> bool:
    """Whether a folded word is a given name that the tables know in full."""
    return word in _SPELT
