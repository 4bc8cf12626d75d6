"""How likely it is that words name somebody at all, by what they are and by the words beside them."""

from functools import lru_cache

from triage.forgetting import forget_with
from triage.linking.columns.names import NameColumns
from triage.linking.columns.slips import Slips
from triage.linking.ordinary import COMMON, EVERYDAY, NAME_CUES
from triage.linking.spotting.names_said import NameWord
from triage.linking.spotting.text import Text
from triage.linking.spotting.whole_names import is_pair
from triage.linking.words import ORDINARY, words_of

NO_NAME = EVERYDAY | ORDINARY
PRONOUNS = words_of("he she they who it hes shes theyre i we you")
_COMMON_SLIPS = Slips(sorted(COMMON))
_INTRODUCE = words_of(
    """about its know check suggests states that one young certain is reckon reckons supposedly like say says ask find
    arrest nick stop raid watch investigate concerning involving by"""
)
_ENDINGS = (("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""), ("in", ""), ("y", ""))
_DOES = words_of(
    "is has was sells selling deals dealing does keeps runs running lives drives who he she hes shes got brings nicks"
)


def is_shown(text: Text, place: int) -> bool:
    """Whether a capital inside a sentence says that a word is a name."""
    word = text.words[place]
    return text.reading.tells_case and word.capital and text.joined(place - 1, place) and place > 0


def is_cued(text: Text, place: int) -> bool:
    before = text.before(place, 2)
    return bool(NAME_CUES.intersection(before[:1])) or before == ["by", "goes"] or before == ["him", "call"]


def sure_of(text: Text, first: int, words: list[NameWord], names: NameColumns) -> float:
    """How likely it is that these words are a name at all."""
    cued = is_cued(text, first)
    if len(words) > 1 and len(words[1].folded) > 1:
        exact = sum(1 for word in words if word.likely and word.likely[0].closeness == 1.0)
        ordinary = sum(1 for word in words if word.folded in NO_NAME)
        if ordinary == len(words):
            nickname = " ".join(word.folded for word in words) in names.nickname
            return 0.9 if cued else 0.6 if nickname else 0.5 if is_pair(text, first, names) else 0.15
        return 0.97 if exact or cued else 0.85
    word = words[0]
    if word.folded in NO_NAME:
        return 0.9 if cued else 0.35 if is_shown(text, first) else 0.05
    exact = bool(word.likely) and word.likely[0].closeness == 1.0
    if cued:
        return 0.97
    if is_shown(text, first):
        return 0.93
    # What is no word of English, not even a misspelt one, is a name; so is what stands where a name does.
    strange = not _is_everyday(word.folded)
    stands = stands_as_name(text, first)
    if exact:
        return 0.93 if strange or stands else 0.8
    close = bool(word.likely) and word.likely[0].closeness >= 0.9
    if strange:
        return 0.8 if stands else 0.75 if close else 0.65
    return 0.7 if stands else 0.6 if close else 0.35


def stands_as_name(text: Text, place: int) -> bool:
    """Whether the words beside one say that it names somebody: `it's X, he`, `check X`, `X is`, `X sells`."""
    before, after = text.before(place, 1), text.after(place, 1)
    if before and before[0] in _INTRODUCE:
        return True
    return bool(after) and (after[0] in _DOES or (text.listed[place + 1] and after[0] in PRONOUNS))


@lru_cache(maxsize=8_192)
def _is_everyday(word: str) -> bool:
    """Whether a word is an everyday one, or one slip from one of four letters or more."""
    if word in EVERYDAY or any(
        f"{word[: -len(end)]}{more}" in EVERYDAY for end, more in _ENDINGS if word.endswith(end)
    ):
        return True
    return len(word) > 3 and any(len(near) > 3 for near, _ in _COMMON_SLIPS.near(word, most=1))


forget_with(_is_everyday.cache_clear)
