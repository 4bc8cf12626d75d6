"""How a name sounds under its spelling: the frame of its consonants, and the vowels between them.

The rules are those of the ways in which names reach English letters: Arabic and Somali (q, k, g; x, h), Panjabi and
Bengali (bh, dh; v, w), Turkish and Albanian (ç, ş, xh, gj), Polish (sz, cz, w), Russian (iy, ye, kh), and English ears.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from triage.linking.naming.folding import KEPT, fold

_TWICE = re.compile(r"(.)\1+")
# Abdul, Abdel, Abdi; before r, s, d, n, z and t the article takes that letter's sound (Abdurrahman, Abdussalam).
_SERVANT = re.compile(r"^c?abd[aeiou]{0,2}(?:l(?=[a-z]{4})|([rsdnzt])(?=\1))?(?![aeiou]*l+ah?[iu]*$)(?=[a-z]{4})")

# Capitals stand for sounds that two letters write; what is longer comes first.
_WRITTEN = {
    "ght": "t",
    "shch": "S", "tsch": "C", "sch": "S", "chr": "kr", "tch": "C", "tsh": "C", "dzh": "j",
    "cz": "C", "sz": "S", "sh": "S", "ch": "C", "ph": "f", "kh": "H", "cks": "H", "ks": "H",
    "xh": "j", "gj": "j", "dj": "j", "zh": "J", "rz": "J", "gh": "g", "th": "t", "dh": "d",
    "bh": "b", "jh": "j", "rh": "r", "lh": "l", "wh": "v", "ck": "k", "qu": "k", "dg": "j", "q": "k",
    "x": "H", "w": "v", "ce": "se", "ci": "si", "cy": "si", "c": "k",
    "oo": "u", "ou": "u", "ee": "i", "y": "i",
}  # fmt: skip
_SOUNDS = re.compile("|".join(_WRITTEN))
_START = {"kn": "n", "wr": "r", "gn": "n", "ps": "s", "pf": "f", "ye": "e"}
_COARSE = {"H": "h", "S": "s", "C": "s", "z": "s", "J": "s"}
_VOWELS = frozenset("aeiou")
_COARSELY, _CONSONANTS = str.maketrans(_COARSE), str.maketrans("", "", "aeiou")
_GLIDE = re.compile("(?<=[ae])w(?=[bdfghjkmnpqtz])")  # Shawqi is Chaouki; Kowalski keeps its w
_PIECE = re.compile("([aeiou]*)([^aeiou]?)")


class Sound(NamedTuple):
    """A name by its sounds: `frame` the consonants, `vowels` what stands before, between and after them."""

    whole: str
    frame: str
    vowels: tuple[str, ...]


def _sounds(key: str) -> str:
    start = _START.get(key[:2])
    if start is not None:
        key = start + key[2:]
    elif key[:1] in {"i", "y"} and key[1:2] in {"a", "o", "u"}:
        key = "j" + key[1:]  # Yusuf, Iusuf and the Jusuf of half of Europe
    if "w" in key:
        key = _GLIDE.sub("u", key)
    key = _SOUNDS.sub(lambda found: _WRITTEN[found[0]], key)
    if len(key) > 3 and key[-1] == "h":
        key = key[:-1]
    key = _TWICE.sub(r"\1", key)
    return f"{key[:-2]}n" if key[-2:] in {"ng", "mg", "nk"} else key


@lru_cache(maxsize=KEPT)
def sound(word: str) -> Sound:
    """The sounds of a word of any script."""
    whole = _sounds(fold(word))
    frame = ""
    vowels: list[str] = []
    for between, letter in _PIECE.findall(whole):
        heard = _COARSE.get(letter, letter)
        if heard and not between and heard == frame[-1:]:
            continue
        vowels.append(between)
        frame += heard
    while len(vowels) > len(frame) + 1:
        vowels.pop()
    if len(frame) > 2 and frame[-1] == "d":
        frame = f"{frame[:-1]}t"  # Ahmed and Ahmet
    return Sound(whole, frame, tuple(vowels))


def whose_servant(folded: str) -> str:
    """What follows the servant's prefix of a folded word (rahman of abdurrahman); empty where it has none."""
    found = _SERVANT.match(folded) if "abd" in folded[:4] else None
    return folded[found.end() :] if found else ""


@lru_cache(maxsize=KEPT)
def skeleton(word: str) -> str:
    """The key that spellings of one name share: its consonants by their sound, and `a` for a vowel that begins it.

    Words of equal skeletons are candidates for each other and no more: Hassan and Hussein share one. The servant's
    prefix (Abdul, Abdur, Abd el, Abdi) is written one way, so that Abdul Rahman, Abdurrahman and Abdirahman are one.
    """
    folded = fold(word)
    served = whose_servant(folded)
    if served:
        return "abd" + skeleton(served)
    whole = _sounds(folded)
    return ("a" if whole[:1] in _VOWELS else "") + _frame(whole)


def _frame(whole: str) -> str:
    """The `frame` of a `Sound` without the vowels, which for all the names of a register would take twice the time."""
    frame = _TWICE.sub(r"\1", whole.translate(_COARSELY)).translate(_CONSONANTS)
    return f"{frame[:-1]}t" if len(frame) > 2 and frame[-1] == "d" else frame
