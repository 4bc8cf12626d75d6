"""Slips of the pen and of the ear, in names, streets and plates, and in the teller's own words."""

import re
from random import Random

from bench.invented.names.culture import words

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # a slip of the finger is to the key beside
_NEIGHBOURS = {
    key: row[max(0, place - 1) : place] + row[place + 1 : place + 2] for row in _KEYS for place, key in enumerate(row)
}
_SOUNDS = (
    *(("ph", "f"), ("ck", "k"), ("kn", "n"), ("wr", "r"), ("ie", "ei"), ("ey", "y"), ("ou", "u"), ("ll", "l")),
    *(("tt", "t"), ("ss", "s"), ("nn", "n"), ("rr", "r"), ("mm", "m"), ("ai", "ay"), ("ee", "ea"), ("oo", "u")),
    *(("er", "a"), ("sh", "ch"), ("gh", "g"), ("qu", "kw"), ("c", "k"), ("z", "s"), ("y", "i"), ("v", "w"), ("j", "g")),
)
CONFUSED = dict(zip("0O1I5S8B2Z6GVUMN", "O0I1S5B8Z2G6UVNM", strict=True))  # by the eye
_TEXTED = {
    long: short
    for long, _, short in (
        pair.partition(":")
        for pair in words(
            "you:u your:ur are:r see:c to:2 for:4 people:ppl because:coz and:n with:wiv that:dat the:da know:no "
            "before:b4 what:wot something:sumfin about:bout everyone:every1 night:nite please:pls them:em"
        )
    )
}
_DROPPED = frozenset(("a", "an", "the", "is", "are", "been", "to", "of"))


def slip(word: str, rng: Random) -> str:
    """A word of four letters or more with one slip: changed over, left out, doubled, a key beside, or as it sounds."""
    letters = [place for place, sign in enumerate(word) if sign.isalpha()]
    if len(letters) < 4:
        return word
    kind = rng.choice(("over", "out", "double", "key", "sound", "sound"))
    place = rng.choice(letters[1:-1])
    if kind == "over" and word[place + 1].isalpha() and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "double":
        return word[:place] + word[place] + word[place:]
    if kind == "key":
        return word[:place] + rng.choice(_NEIGHBOURS.get(word[place].lower(), "e")) + word[place + 1 :]
    if kind == "sound":
        heard = _heard(word, rng)
        if heard != word:
            return heard
    return word[:place] + word[place + 1 :]


def slip_in(words: str, rng: Random) -> str:
    """Some words with a slip in one of the longer ones."""
    parts = words.split(" ")
    longer = [place for place, part in enumerate(parts) if sum(map(str.isalpha, part)) >= 4]
    if longer:
        place = rng.choice(longer)
        parts[place] = slip(parts[place], rng)
    return " ".join(parts)


def _heard(word: str, rng: Random) -> str:
    fitting = [pair for pair in _SOUNDS if pair[0] in word[1:]]
    if not fitting:
        return word
    written, sounded = rng.choice(fitting)
    return word[0] + word[1:].replace(written, sounded, 1)


def wrong_plate(plate: str, rng: Random) -> str:
    """A plate with one character wrong: half the time one that is taken for another by the eye."""
    confused = [place for place, sign in enumerate(plate) if sign in CONFUSED]
    if confused and rng.random() < 0.5:
        place = rng.choice(confused)
        return plate[:place] + CONFUSED[plate[place]] + plate[place + 1 :]
    place = rng.randrange(len(plate))
    others = "0123456789" if plate[place].isdecimal() else "ABCDEFGHJKLMNPRSTUVWXY"
    return plate[:place] + rng.choice([sign for sign in others if sign != plate[place]]) + plate[place + 1 :]


def written_plate(plate: str, rng: Random) -> str:
    """A plate as people write it: with its space, without, with a hyphen, in small letters, letter by letter."""
    found = re.fullmatch(r"([A-Z]{2}\d{2})([A-Z]{3})|([A-Z]\d+)([A-Z]{3})|([A-Z]{3})(\d+[A-Z]?)", plate)
    halves = [half for half in found.groups() if half] if found else [plate]
    way = rng.choices(("spaced", "close", "hyphen", "small", "apart"), (40, 36, 4, 16, 4))[0]
    match way:
        case "close":
            return plate
        case "hyphen":
            return "-".join(halves)
        case "small":
            return " ".join(halves).lower() if rng.random() < 0.5 else plate.lower()
        case "apart":
            return " ".join(plate)
        case _:
            return " ".join(halves)


def written_phone(digits: str, rng: Random) -> str:
    """A telephone number as people write it."""
    way = rng.choices(("close", "five", "threes", "abroad", "dots"), (34, 34, 16, 12, 4))[0]
    match way:
        case "five":
            return f"{digits[:5]} {digits[5:]}"
        case "threes":
            return f"{digits[:5]} {digits[5:8]} {digits[8:]}"
        case "abroad":
            return f"+44 {digits[1:5]} {digits[5:]}" if rng.random() < 0.5 else f"+44{digits[1:]}"
        case "dots":
            return f"{digits[:5]}.{digits[5:8]}.{digits[8:]}"
        case _:
            return digits


def blurred(text: str, rng: Random, *, rate: float) -> str:
    """The teller's own words with slips at this rate a word, and apostrophes left out as often as not."""

    def one(found: re.Match[str]) -> str:
        return slip(found.group(), rng) if rng.random() < rate else found.group()

    text = re.sub(r"(?<![{\w])[a-z]{4,}(?![}\w])", one, text)
    return text.replace("'", "") if rng.random() < 8 * rate else text


def texted(text: str, rng: Random) -> str:
    """Words shortened as in text messages, most of the time; what is in braces is left alone."""

    def one(found: re.Match[str]) -> str:
        return _TEXTED[found.group()] if rng.random() < 0.7 else found.group()

    return re.sub(r"(?<![{\w'])(" + "|".join(_TEXTED) + r")(?![}\w'])", one, text)


def without_small_words(text: str, rng: Random) -> str:
    """Articles and forms of to be left out, as those do whose first language has none."""
    return " ".join(word for word in text.split(" ") if word.lower() not in _DROPPED or rng.random() < 0.35)
