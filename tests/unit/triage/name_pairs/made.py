"""Labelled pairs: every two names of a written line, and people made up and written down badly.

A line goes whole to the half that the rules were tuned on or to the half kept aside, by a check sum of its words.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from tests.unit.triage.name_pairs import written_far, written_near

MADE_A_CULTURE = 90


@dataclass(frozen=True)
class Pair:
    """Two names, whether they are one person's, of which culture, and whether they are kept aside from tuning."""

    culture: str
    one: str
    other: str
    same: bool
    aside: bool


def written() -> Iterator[Pair]:
    """Every two names of each written line."""
    for table, same in (
        (written_near.SAME, True),
        (written_far.SAME, True),
        (written_near.APART, False),
        (written_far.APART, False),
    ):
        for culture, lines in table.items():
            for line in lines.strip().splitlines():
                for one, other in combinations(line.split(" / "), 2):
                    yield Pair(culture, one, other, same, crc32(line.encode()) % 2 == 1)


def _slip(name: str, chance: random.Random) -> str:
    """One letter wrong: left out, doubled, changed about, or one that looks like it."""
    places = [place for place, letter in enumerate(name) if letter.isalpha() and place and name[place - 1].isalpha()]
    place = chance.choice(places)
    letter = name[place]
    match chance.randrange(4):
        case 0:
            return name[:place] + name[place + 1 :]
        case 1:
            return name[:place] + letter + name[place:]
        case 2:
            return name[: place - 1] + letter + name[place - 1] + name[place + 1 :]
        case _:
            seen = {"l": "i", "i": "l", "o": "a", "a": "o", "e": "c", "n": "m", "m": "n", "u": "v", "r": "n", "d": "cl"}
            return name[:place] + seen.get(letter, "e") + name[place + 1 :]


def _written_badly(name: str, chance: random.Random) -> str:
    words = name.split()
    match chance.randrange(7):
        case 0:
            return f"{words[-1].upper()}, {' '.join(words[:-1])}"
        case 1 if len(words) > 2:
            return " ".join(words[:1] + words[2:])
        case 2:
            return f"{words[0][0]} {' '.join(words[1:])}"
        case 3:
            return _slip(_slip(name, chance), chance)
        case 4:
            return name.lower().replace("-", " ")
        case 5 if len(words[-1]) > 6:
            return name[:-2]
        case _:
            return _slip(name, chance)


def made(seed: int = 4) -> Iterator[Pair]:
    """People whose words come from the written lines: one written badly, brothers, namesakes, others of the culture."""
    chance = random.Random(seed)
    for culture in {**written_near.APART, **written_far.APART}:
        lines = {**written_near.APART, **written_far.APART}[culture].strip().splitlines()
        for aside in (False, True):
            people = sorted(
                {name for line in lines if (crc32(line.encode()) % 2 == 1) == aside for name in line.split(" / ")}
            )
            if len(people) < 4:
                continue
            firsts = sorted({" ".join(name.split()[:-1]) for name in people})
            lasts = sorted({name.split()[-1] for name in people})
            for number in range(MADE_A_CULTURE // 2):
                first, other_first = chance.sample(firsts, 2)
                last = chance.choice(lasts)
                name = f"{first} {last}"
                if number % 2 == 0:
                    yield Pair(culture, name, _written_badly(name, chance), True, aside)
                elif number % 4 == 1 or len(lasts) < 2:
                    yield Pair(culture, name, _slip(f"{other_first} {last}", chance), False, aside)
                else:
                    other_last = chance.choice([word for word in lasts if word != last])
                    yield Pair(culture, name, f"{first} {other_last}", False, aside)


def all_pairs() -> list[Pair]:
    """The written pairs and those made."""
    return [*written(), *made()]
