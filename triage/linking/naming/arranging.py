"""The words of a whole name in one arrangement: what belongs together joined, what was run together parted."""

import re
from functools import lru_cache
from typing import NamedTuple

from triage.linking.naming.common_words import (
    CHINESE,
    JOINING,
    SERVANT,
    TITLES,
    VIETNAMESE,
)
from triage.linking.naming.folding import KEPT, words_of
from triage.linking.naming.forms import is_family

MOST_WORDS = 8  # of one name; a longer text is no name
MOST_LETTERS = 120

_INITIALS = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
_FINALS = "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|a|o|e|i|u)"
_SYLLABLE = re.compile(f"{_INITIALS}?{_FINALS}(?={_INITIALS}|$)")
_ONE_SYLLABLE = re.compile(f"{_INITIALS}?{_FINALS}")
_SYLLABLES = re.compile(f"(?:{_INITIALS}?{_FINALS}){{1,3}}")
_DIN = re.compile(r"(?:( )(?:[aeiu][ld]? ?)?|(?<=[a-z]{2})(?:[aeiu]l?|o))d{1,2}(?:in|een|ine|yn)\b")
_ALLAH = re.compile(r"(?<=[a-z]{2})( ?)(?:ul ?l?ah|[aeo]l ?lah)\b")


_VIETNAMESE = re.compile(
    "(?:ngh?|nh|ph|th|tr|ch|gi|kh|qu|zh|sh|[bcdfghjklmnpqrstvwxyz])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


class Name(NamedTuple):
    """A name's words in order, and whether it is of syllables, where one letter makes another name."""

    words: tuple[str, ...]
    syllables: bool
    vietnamese: bool


@lru_cache(maxsize=KEPT)
def arrange(name: str) -> Name:
    """The folded words of a name without titles; O', Mc, Mac and Abdul joined to what they belong to."""
    plain = " ".join(words_of(name[:MOST_LETTERS])[:MOST_WORDS])
    plain = _ALLAH.sub(r"\1ullah", _DIN.sub(r"\1uddin", plain))
    words = plain.split()
    told = [word for word in words if word not in TITLES] or words
    joined = _join(told)
    return Name(tuple(joined), _of_syllables(joined), not VIETNAMESE.isdisjoint(joined))


def _of_syllables(words: list[str]) -> bool:
    if not any(word in CHINESE or word in VIETNAMESE for word in words):
        return False
    return sum(1 for word in words if _SYLLABLES.fullmatch(word) or is_syllable(word, vietnamese=True)) > 1


def _join(words: list[str]) -> list[str]:
    joined: list[str] = []
    waiting = ""
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if waiting:
            if word in JOINING and not last:
                continue
            joined.append("abdullah" if waiting + word == "abdulullah" else waiting + word)
            waiting = ""
        elif not last and word in SERVANT:
            waiting = "abdul"
        elif not last and (word in {"mc", "mac"} or (word == "o" and len(words[place + 1]) > 2)):
            waiting = word
        else:
            joined.append(word)
    return joined


@lru_cache(maxsize=4096)
def is_syllable(word: str, *, vietnamese: bool) -> bool:
    """Whether a folded word is one syllable as Chinese names have them, or Vietnamese ones."""
    return is_family(word) or bool((_VIETNAMESE if vietnamese else _ONE_SYLLABLE).fullmatch(word))


def part_syllables(words: tuple[str, ...]) -> list[str]:
    """The words with those of several Mandarin syllables parted: Xiaoming is Xiao Ming."""
    parted: list[str] = []
    for word in words:
        found = _SYLLABLE.findall(word)
        parted += found if len(found) > 1 and "".join(found) == word and len(found) < 4 else [word]
    return parted
