"""Names, plates and numbers as people write them when nobody taught them how: run together, without vowels, aloud."""

from random import Random

from bench.invented.facts import Fact
from bench.invented.names.culture import words

_ALOUD = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        words(
            "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec "
            "romeo sierra tango uniform victor whiskey x-ray yankee zulu"
        ),
        strict=True,
    )
)
_DIGITS = dict(zip("0123456789", words("zero one two three four five six seven eight nine"), strict=True))


def wild_name(given: str, surname: str, letter_of: str, rng: Random) -> tuple[str, tuple[Fact, ...]]:
    """A full name in a way of its own, with the facts left in it; `letter_of` is the given name on the register."""
    whole = (Fact("given", (given,)), Fact("surname", (surname,)))
    way = rng.choice(("vowels", "together", "letter", "comma", "title", "brackets", "letters", "stretched", "known as"))
    match way:
        case "vowels":
            return f"{_without_vowels(given)} {_without_vowels(surname)}", whole
        case "together":
            return f"{given}{surname.lower() if rng.random() < 0.5 else surname}".replace(" ", ""), whole
        case "letter":
            letter = rng.choice((surname[0], f"{surname[0]}."))
            return f"{given} {letter}", (whole[0], Fact("surname_letter", (surname[0],)))
        case "comma":
            return f"{surname.upper()}, {given}", whole
        case "title":
            return f"Mr {given} {surname}", whole
        case "brackets":
            return f"{given} ({surname})", whole
        case "letters":
            return f"{letter_of[0]}.{surname}", (Fact("initial", (letter_of[0], surname)),)
        case "stretched":
            return f"{_stretched(given, rng)} {surname}", whole
        case _:
            return f"{given} (surname {surname})", whole


def _without_vowels(word: str) -> str:
    """The word as it is texted: its first letter, and of the rest the consonants."""
    bare = word[0] + "".join(sign for sign in word[1:] if sign not in "aeiou")
    return bare if len(bare) > 2 else word


def _stretched(word: str, rng: Random) -> str:
    place = rng.randrange(len(word))
    return word[:place] + word[place] * rng.choice((2, 3)) + word[place + 1 :] if word[place].isalpha() else word


def plate_aloud(plate: str, rng: Random) -> str:
    """A plate, or part of one, as it is read out: in the alphabet of the police, figures as they stand or in words."""
    in_words = rng.random() < 0.5
    said = [_ALOUD.get(sign, _DIGITS[sign] if in_words and sign in _DIGITS else sign) for sign in plate]
    return " ".join(said)


def number_aloud(digits: str, rng: Random) -> str:
    """Digits in words, two alike as `double`, nought as people say it."""
    nought = rng.choice(("oh", "zero", "nought"))
    said: list[str] = []
    place = 0
    while place < len(digits):
        word = nought if digits[place] == "0" else _DIGITS[digits[place]]
        twice = digits[place : place + 2] == digits[place] * 2
        said.append(f"double {word}" if twice else word)
        place += 1 + twice
    return " ".join(said)
