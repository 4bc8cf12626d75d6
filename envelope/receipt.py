"""A receipt: 96 random bits that only its holder keeps, as eight words or 32 digits (the same secret).

Words:  secret x 167 + 101, in base 7,776, most significant word first. 2^96 x 167 < 7,776^8, and 167 is the largest
        prime for which that holds. A number that does not leave 101 when divided by 167 is no receipt: one wrong
        word is caught unless it stands a multiple of 167 places away in the list (46 of 7,775).
Digits: secret x 1,000 + check, such that the whole leaves 1 when divided by 997: any one wrong digit and any two
        neighbours changed over are caught, always.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from secrets import token_bytes

from envelope.errors import ReceiptError
from envelope.words import index_of, list_of_words, near_words, nearest_word

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
_NUMBERING = re.compile(r"[1-8]?")
_SEPARATORS = re.compile(r"[\s,;.:/|_()\[\]\"'“”‘’«»،؛]+")
# Accents, joiners and marks of direction.
_UNSEEN = frozenset({"Mn", "Cf"})
# Letters of other alphabets, and digits, that look like ours: what a keyboard or a scanner puts in their place.
_LETTER_LOOKALIKES = str.maketrans("авеһіјкмнорѕстухԁԛԝαβεικνορτυχı01", "abehijkmhopsctyxdqwabeikvoptuxiol")
_DIGIT_LOOKALIKES = str.maketrans("oоοiіılsѕzb", "00011115528")
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
        plain = _plain(text)
        if not plain.strip():
            raise ReceiptError("Enter your receipt: eight words or 32 digits.")
        digits = _DASHES.sub("", _SEPARATORS.sub("", plain))
        if _is_digits_but_for_lookalikes(digits):
            return cls(_secret_of_digits(digits.translate(_DIGIT_LOOKALIKES)))
        if any(character.isalpha() for character in plain):
            return cls(_secret_of_words(_split_words(plain)))
        return cls(_secret_of_digits(digits))


def _plain(text: str) -> str:
    """Small letters without accents, our own digits, and none of the unseen characters that a copied page brings:
    joiners, soft hyphens, and the marks that turn the direction of writing."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in unicodedata.normalize("NFD", folded)
        if unicodedata.category(character) not in _UNSEEN
    )


def _is_digits_but_for_lookalikes(text: str) -> bool:
    digits = sum(character.isdecimal() for character in text)
    return digits >= _DIGITS // 2 and text.translate(_DIGIT_LOOKALIKES).isdecimal()


def _split_words(plain: str) -> list[str]:
    words: list[str] = []
    for piece in _SEPARATORS.split(_DASHES.sub("-", plain)):
        if _NUMBERING.fullmatch(piece):
            continue
        # Four words of the list hold a hyphen of their own; everywhere else it only keeps words apart.
        if _meant(piece) is not None:
            words.append(_meant(piece) or piece)
        else:
            words.extend(_meant(part) or part for part in piece.split("-") if part)
    return words


def _meant(piece: str) -> str | None:
    """The word of the list that this is, also where letters of another alphabet or digits stand for those it has."""
    return next((one for one in (piece, piece.translate(_LETTER_LOOKALIKES)) if index_of(one) is not None), None)


def _secret_of_words(words: list[str]) -> bytes:
    for place, word in enumerate(words[:_WORDS]):
        if index_of(word) is None:
            raise _unknown_word(place, word)
    if len(words) != _WORDS:
        raise ReceiptError("A receipt has eight words. You entered %(count)s.", count=_count(len(words)))
    secret = _checked(words)
    if secret is None:
        raise _words_that_do_not_fit(words)
    return secret.to_bytes(RECEIPT_SECRET_BYTES, "big")


def _checked(words: Sequence[str]) -> int | None:
    """The secret of eight words of the list, or None when they do not check."""
    value = 0
    for word in words:
        value = value * _BASE + (index_of(word) or 0)
    secret, remainder = divmod(value, _WORD_MODULUS)
    return secret if remainder == _WORD_REMAINDER and secret < 1 << 8 * RECEIPT_SECRET_BYTES else None


def _words_that_do_not_fit(words: Sequence[str]) -> ReceiptError:
    """Say where the slip probably is, if there is but one slip that would explain it.

    Anybody can work this out from the words that were typed: it says nothing about any receipt that exists.
    """
    turned = [
        place
        for place in range(_WORDS - 1)
        if _checked([*words[:place], words[place + 1], words[place], *words[place + 2 :]]) is not None
    ]
    mistaken = [
        (place, near)
        for place, word in enumerate(words)
        for near in near_words(word)
        if _checked([*words[:place], near, *words[place + 1 :]]) is not None
    ]
    if len(turned) == 1 and not mistaken:
        return ReceiptError(
            "These eight words do not belong together. Did you change over the %(place)s word and the one after it?",
            place=ORDINALS[turned[0]],
        )
    if len(mistaken) == 1 and not turned:
        place, near = mistaken[0]
        return ReceiptError(
            "These eight words do not belong together. Is the %(place)s word, “%(word)s”, really “%(near)s”?",
            place=ORDINALS[place],
            word=words[place],
            near=near,
        )
    return ReceiptError(
        "These eight words do not belong together. Check each word and their order against your receipt."
    )


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
