"""How a name sounds under its spelling: one key that keeps the vowels roughly, and one of consonants alone."""

import re
from functools import lru_cache

from anyascii import anyascii

KEPT = 65_536

_NO_LETTER = re.compile(r"[^a-z]+")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]+")

# Capitals are sounds that two letters write. The order matters: the longer first.
_RULES = (
    ("shch", "S"), ("sch", "S"), ("tch", "C"), ("tsh", "C"), ("sh", "S"), ("sz", "S"), ("cz", "C"), ("ch", "C"),
    ("kh", "H"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("zh", "J"), ("ck", "k"), ("qu", "k"),
    ("q", "k"), ("x", "H"), ("w", "v"), ("c", "k"), ("dzh", "j"), ("dj", "j"),
)  # fmt: skip


def fold(text: str) -> str:
    """A word of any script in the letters a to z, and nothing else."""
    return _NO_LETTER.sub("", (text if text.isascii() else anyascii(text)).lower())


@lru_cache(maxsize=KEPT)
def sound(word: str) -> str:
    """A key that spellings of one name share, its vowels kept as a, i or u."""
    key = fold(word)
    for written, said in _RULES:
        key = key.replace(written, said)
    for written, said in (("ee", "i"), ("oo", "u"), ("ou", "u"), ("y", "i"), ("e", "i"), ("o", "u")):
        key = key.replace(written, said)
    return _TWICE.sub(r"\1", key)


@lru_cache(maxsize=KEPT)
def skeleton(word: str) -> str:
    """The consonants of a name by their sounds, and whether it begins with a vowel: equal ones are candidates."""
    key = sound(word)
    bare = _VOWELS.sub("", key).replace("H", "h").replace("S", "s").replace("C", "k").replace("J", "j")
    bare = _TWICE.sub(r"\1", bare)
    return ("a" if key[:1] in {"a", "i", "u"} else "") + bare
