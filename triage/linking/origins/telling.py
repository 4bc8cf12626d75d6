"""What is compared of a text: its telling words, each brought to one form, and a small signature of them.

By the words alone. What reads the same in capitals, in text-speak, or with other endings is one word; words that
everybody uses weigh nothing. Nothing of who sent it, when, or in what style is looked at.
"""

import re
import struct
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from triage.forgetting import forget_with
from triage.linking.origins.plain_words import PLAIN, SHORTENED

MOST_WORDS = 1_500
LONGEST = 32  # letters of one word that are compared; what is longer is told apart by its beginning
BANDS, ROWS = 21, 3  # two texts that share half of their words meet in a band in 94 of 100 cases, a fifth in 15
_PERMUTATIONS = BANDS * ROWS
# Marks that belong to the letter before them, and signs that nobody sees, part no word.
_WITHIN = "".join(
    re.escape(chr(code)) for code in range(0x10000) if unicodedata.category(chr(code)) in {"Mn", "Mc", "Me", "Cf"}
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_WITHIN}]|['’](?=[^\W_]))*")
_ENDINGS = ("ings", "ing", "ied", "ies", "ed", "es", "ly", "s")
_SHORTEST_STEM = 3


@dataclass(frozen=True)
class Telling:
    """One text as it is compared: its words as 64-bit numbers in their order."""

    words: "array[int]"

    @property
    def bands(self) -> tuple[int, ...]:
        """What it is looked up by; worked out again rather than kept, for there are many of them."""
        return bands_of(self.words)

    @property
    def distinct(self) -> frozenset[int]:
        return frozenset(self.words)


def telling_of(text: str) -> Telling:
    """Read a text; linear in its length, and past `MOST_WORDS` telling words the rest is left out."""
    return Telling(array("Q", (_number(word) for word, _, _ in words_of(text))))


def words_of(text: str, *, every: bool = False) -> Iterator[tuple[str, int, int]]:
    """The telling words of a text in one form each, and where they stand in it; `every` word for marking passages."""
    count = 0
    for found in _WORD.finditer(text):
        for word, start, end in _pieces(found.group(), found.start()):
            form = form_of(word)
            if form and (every or form not in PLAIN):
                yield form, start, end
                count += 1
                if count >= MOST_WORDS:
                    return


@lru_cache(maxsize=50_000)
def form_of(word: str) -> str:
    """The form under which a word is compared: `Selling`, `sells` and `SOLD` do not meet, `selling` and `sells` do."""
    folded = unicodedata.normalize("NFKD", word).casefold().replace("’", "'")
    folded = "".join(one for one in folded if unicodedata.category(one) not in {"Mn", "Cf"})[:LONGEST]
    folded = folded.removesuffix("'s").replace("'", "")
    folded = SHORTENED.get(folded, folded)
    if folded in PLAIN or any(one.isdecimal() for one in folded):
        return folded
    for ending in _ENDINGS:
        stem = folded.removesuffix(ending)
        if stem != folded and len(stem) >= _SHORTEST_STEM:
            folded = f"{stem}y" if ending in {"ies", "ied"} else stem
            break
    if len(folded) > _SHORTEST_STEM and folded[-1] == folded[-2] and folded[-1] not in "aeiouls":
        folded = folded[:-1]
    return folded.removesuffix("e") if len(folded) > _SHORTEST_STEM else folded


def bands_of(words: Iterable[int]) -> tuple[int, ...]:
    """Keys of which two texts share one the more likely, the more of their words they share (Broder, 1997)."""
    rows = [_draws(word) for word in set(words)]
    if not rows:
        return ()
    least = [min(column) for column in zip(*rows, strict=True)]
    return tuple(hash((at, *least[at * ROWS : (at + 1) * ROWS])) for at in range(BANDS))


def _pieces(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    """A word; or of a script that sets no spaces between words, each two characters that follow one another."""
    if any("\u0e00" <= one <= "\u0eff" or "\u2e80" <= one <= "\ud7af" for one in word) and len(word) > 2:
        for at in range(len(word) - 1):
            yield word[at : at + 2], start + at, start + at + 2
    else:
        yield word, start, start + len(word)


def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=5_000)
def _draws(word: int) -> tuple[int, ...]:
    """One number by chance for each permutation: the word's place in it."""
    seed = word.to_bytes(8, "big")
    drawn = b"".join(blake2b(seed, salt=bytes([turn] * 16)).digest() for turn in range(-(-_PERMUTATIONS // 16)))
    return struct.unpack(f">{_PERMUTATIONS}I", drawn[: 4 * _PERMUTATIONS])


forget_with(form_of.cache_clear)
forget_with(_draws.cache_clear)
