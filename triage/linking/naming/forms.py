"""Which given names stand for one another: short forms, pet names, and spellings no rule would bring together."""

from triage.linking.naming.tables import english, slavic, south_asian

_TABLES = (english.FORMS, slavic.FORMS, south_asian.FORMS)


def _read(tables: tuple[str, ...]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    spelt: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for line in "\n".join(tables).splitlines():
        fulls, _, shorts = line.partition(":")
        heads = fulls.replace("=", " ").split()
        for head in heads:
            spelt.setdefault(head, set()).update(heads)
            for one in shorts.split():
                short.setdefault(head, set()).add(one)
                short.setdefault(one, set()).add(head)
    return ({k: frozenset(v - {k}) for k, v in spelt.items()}, {k: frozenset(v - {k}) for k, v in short.items()})


SPELT, SHORT = _read(_TABLES)
_NOTHING: frozenset[str] = frozenset()


def spellings(word: str) -> frozenset[str]:
    """The same name in other spellings, of a folded word."""
    return SPELT.get(word, _NOTHING)


def short_forms(word: str) -> frozenset[str]:
    """What a folded name is called for short, or what a short form is short for."""
    return SHORT.get(word, _NOTHING)


def other_forms(word: str) -> frozenset[str]:
    """The folded given names that may stand for this folded one, both ways; empty where none is listed."""
    return spellings(word) | short_forms(word)
