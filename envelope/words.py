"""The 7,776 words a receipt is written in: the EFF's long list, read from the package on first use."""

from bisect import bisect_left
from functools import cache
from importlib.resources import files
from string import ascii_lowercase

_LONGEST_WORD = 12
_SHORTEST_PREFIX = 4


@cache
def list_of_words() -> tuple[str, ...]:
    """The words in the list's own order, which is the alphabet's. The file's comment lines begin with `#`."""
    lines = files("envelope").joinpath("words.txt").read_text(encoding="ascii").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _places() -> dict[str, int]:
    return {word: place for place, word in enumerate(list_of_words())}


def index_of(word: str) -> int | None:
    """Where a word stands in the list, from 0, or None."""
    return _places().get(word)


def nearest_word(typed: str) -> str | None:
    """The word that was probably meant: one slip of the finger away, or the only one that begins alike.

    Some five hundred look-ups at most, so that a stranger's wrong guess costs no more than a right one.
    """
    if not 1 < len(typed) <= _LONGEST_WORD:
        return None
    places = _places()
    slips = near_words(typed)
    if slips:
        return slips[0]
    if len(typed) < _SHORTEST_PREFIX:
        return None
    alike = {typed[:end] for end in range(_SHORTEST_PREFIX, len(typed))} & places.keys()
    words = list_of_words()
    begun = bisect_left(words, typed)  # the list stands in the order of the alphabet
    alike.update(word for word in words[begun : begun + 2] if word.startswith(typed))
    return alike.pop() if len(alike) == 1 else None


def near_words(typed: str) -> list[str]:
    """The other words of the list that are one slip of the finger away, in order."""
    return sorted((_one_slip_from(typed) & _places().keys()) - {typed})


def _one_slip_from(typed: str) -> set[str]:
    halves = [(typed[:place], typed[place:]) for place in range(len(typed) + 1)]
    dropped = {left + right[1:] for left, right in halves if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    changed = {left + letter + right[1:] for left, right in halves if right for letter in ascii_lowercase}
    added = {left + letter + right for left, right in halves for letter in ascii_lowercase}
    return dropped | swapped | changed | added
