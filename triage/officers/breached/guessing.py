"""How many guesses a passphrase takes whoever knows what people choose: an estimate from below, in bits.

The passphrase is read as a row of pieces, and the cheapest reading counts (the idea of zxcvbn, Wheeler 2016): a
password of the list by its place in it, a run along the alphabet, the digits or a keyboard, a repetition, and any
other character by itself. Case, spaces and marks add nothing, and letters written as digits are read as letters.
"""

import lzma
import unicodedata
from math import log2

from triage.officers.breached.building import LIST, SHORTEST

# 2^36 guesses through Argon2id at its shipped cost (0.7 s each) take one core some 1,500 years; four words of a list of
# 7,776 at random are 51 bits.
BITS_LEAST = 36
READ_AT_MOST = 64
LONGEST_PIECE = 40
ONE_MORE_OF_A_RUN = 1.0
# Whoever guesses does not know where one piece ends and which kind comes next.
ONE_MORE_PIECE = 1.0
OTHER_LETTER, DIGIT = log2(26), log2(10)
ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "1q2w3e4r5t6y7u8i9o0p")
# Letters as people write them in passwords: one reading, the commonest.
AS_LETTERS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
OUR_NAMES = ("quietword", "police", "triage")


def bits_of(passphrase: str) -> float:
    """The base-two logarithm of how many guesses it takes, from below."""
    places = _places()
    plain = unicodedata.normalize("NFKC", passphrase).casefold()
    readings = {_letters(plain), _letters(plain.translate(AS_LETTERS))}
    return min(_cheapest(reading, places) for reading in readings)


def _letters(text: str) -> str:
    return text if text.isalnum() else "".join(filter(str.isalnum, text))


def _cheapest(text: str, places: dict[str, int]) -> float:
    unit = _repeated(text)
    if len(unit) < len(text):
        return _cheapest(unit, places) + log2(len(text) / len(unit))
    best = [0.0]
    for end in range(1, min(len(text), READ_AT_MOST) + 1):
        last = text[end - 1]
        cheapest = best[end - 1] + (DIGIT if last.isdecimal() else OTHER_LETTER)
        if end > 1 and _goes_on(text[end - 2], last):
            cheapest = min(cheapest, best[end - 1] + ONE_MORE_OF_A_RUN)
        for begin in range(max(0, end - LONGEST_PIECE), end - SHORTEST + 1):
            place = places.get(text[begin:end])
            if place is not None:
                cheapest = min(cheapest, best[begin] + log2(place) + (ONE_MORE_PIECE if begin else 0.0))
        best.append(cheapest)
    return best[-1]


def _repeated(text: str) -> str:
    """The shortest part that the text is a repetition of; the text itself where it is none."""
    at = (text + text).find(text, 1)
    return text[:at] if 0 < at < len(text) else text


def _goes_on(one: str, other: str) -> bool:
    """Whether two characters are neighbours in a row that people run along, or the same."""
    return one == other or any(one + other in row or other + one in row for row in ROWS)


def _places() -> dict[str, int]:
    """Read anew each time: passphrases are chosen seldom, and the list is megabytes in memory."""
    words = lzma.decompress(LIST.read_bytes()).decode("utf-8").splitlines()
    found = dict.fromkeys(OUR_NAMES, 2)
    for place, word in enumerate(words, 2):
        found.setdefault(_letters(word), place)
    return found
