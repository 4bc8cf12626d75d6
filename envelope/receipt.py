"""A receipt: 96 random bits that only its holder keeps, as eight words or 32 digits (the same secret).

Words:  secret x 167 + 101, in base 7,776, most significant word first. 2^96 x 167 < 7,776^8, and 167 is the largest
        prime for which that holds. A number that does not leave 101 when divided by 167 is no receipt: one wrong
        word is caught unless it stands a multiple of 167 places away in the list (46 of 7,775).
Digits: secret x 1,000 + check, such that the whole leaves 1 when divided by 997: any one wrong digit and any two
        neighbours changed over are caught, always.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_bytes

from envelope.errors import ReceiptError
from envelope.words import index_of, list_of_words, nearest_word

RECEIPT_SECRET_BYTES = 12

_WORDS = 8
_DIGITS = 32
_GROUP = 4
_BASE = 7776
_WORD_MODULUS, _WORD_REMAINDER = 167, 101
_DIGIT_MODULUS, _DIGIT_REMAINDER = 997, 1
_LONGEST_INPUT = 400
_LONGEST_QUOTE = 24
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# A list copied off a page or paper comes with its numbers and commas.
_NUMBERING = re.compile(r"(?<!\S)[1-8][.):]?(?!\S)")
_SEPARATORS = re.compile(r"[\s,;.:/|_]+")
_DASHES = re.compile(r"[-‐‑‒–—―−]")


@dataclass(frozen=True)
class Receipt:
    """What a reporter keeps and we never store: 12 bytes."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != RECEIPT_SECRET_BYTES:
            raise ValueError("A receipt's secret is 12 bytes")

    @classmethod
    def generate(cls, chance: Callable[[int], bytes] = token_bytes) -> "Receipt":
        """A new one. The four words with a hyphen are passed over: nobody can say a hyphen on the telephone."""
        while True:
            receipt = cls(chance(RECEIPT_SECRET_BYTES))
            if not any("-" in word for word in receipt.words()):
                return receipt

    def words(self) -> tuple[str, ...]:
        """Eight words of the EFF's long list."""
        value = int.from_bytes(self.secret, "big") * _WORD_MODULUS + _WORD_REMAINDER
        indexes = []
        for _ in range(_WORDS):
            value, index = divmod(value, _BASE)
            indexes.append(index)
        words = list_of_words()
        return tuple(words[index] for index in reversed(indexes))

    def digits(self) -> str:
        """Thirty-two digits in groups of four."""
        shifted = int.from_bytes(self.secret, "big") * 1000
        value = shifted + (_DIGIT_REMAINDER - shifted) % _DIGIT_MODULUS
        text = f"{value:0{_DIGITS}d}"
        return " ".join(text[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))

    @classmethod
    def parse(cls, text: str) -> "Receipt":
        """Read words or digits as people type them: any case, spaces, dashes, commas, numbered, any script's digits.

        Raises ReceiptError, whose message says in one sentence what is wrong.
        """
        if len(text) > _LONGEST_INPUT:
            raise ReceiptError("That is too long to be a receipt. Enter eight words or 32 digits.")
        plain = unicodedata.normalize("NFKC", text).casefold()
        if not plain.strip():
            raise ReceiptError("Enter your receipt: eight words or 32 digits.")
        if any(character.isalpha() for character in plain):
            return cls(_secret_of_words(_split_words(_NUMBERING.sub(" ", plain))))
        return cls(_secret_of_digits(_DASHES.sub("", _SEPARATORS.sub("", plain))))


def _split_words(plain: str) -> list[str]:
    words: list[str] = []
    for piece in _SEPARATORS.split(_DASHES.sub("-", plain)):
        # Four words of the list hold a hyphen of their own; everywhere else it only keeps words apart.
        if index_of(piece) is not None:
            words.append(piece)
        else:
            words.extend(part for part in piece.split("-") if part)
    return words


def _secret_of_words(words: list[str]) -> bytes:
    value = 0
    for place, word in enumerate(words[:_WORDS]):
        index = index_of(word)
        if index is None:
            raise _unknown_word(place, word)
        value = value * _BASE + index
    if len(words) != _WORDS:
        raise ReceiptError("A receipt has eight words. You entered %(count)s.", count=_count(len(words)))
    secret, remainder = divmod(value, _WORD_MODULUS)
    if remainder != _WORD_REMAINDER or secret >= 1 << 8 * RECEIPT_SECRET_BYTES:
        raise ReceiptError(
            "These eight words do not belong together. Check each word and their order against your receipt."
        )
    return secret.to_bytes(RECEIPT_SECRET_BYTES, "big")


def _secret_of_digits(text: str) -> bytes:
    if not text.isdecimal():
        raise ReceiptError("Enter only the eight words or the 32 digits of your receipt.")
    if len(text) != _DIGITS:
        raise ReceiptError("A receipt has 32 digits. You entered %(count)s.", count=len(text))
    value = int(text)
    secret = value // 1000
    if (
        value % _DIGIT_MODULUS != _DIGIT_REMAINDER
        or value % 1000 >= _DIGIT_MODULUS
        or secret >= 1 << 8 * RECEIPT_SECRET_BYTES
    ):
        raise ReceiptError("One or more of these digits is wrong. Check each group of four against your receipt.")
    return secret.to_bytes(RECEIPT_SECRET_BYTES, "big")


def _unknown_word(place: int, word: str) -> ReceiptError:
    shown = word if len(word) <= _LONGEST_QUOTE else word[:_LONGEST_QUOTE] + "…"
    near = nearest_word(word)
    if near is None:
        return ReceiptError(
            "The %(place)s word, “%(word)s”, is not one of our words. Check it against your receipt.",
            place=ORDINALS[place],
            word=shown,
        )
    return ReceiptError(
        "The %(place)s word, “%(word)s”, is not one of our words. Did you mean “%(near)s”?",
        place=ORDINALS[place],
        word=shown,
        near=near,
    )


def _count(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
