"""Texts that are made to be slow to read against a register: each is as long as a report may be, or nearly."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from random import Random
from uuid import UUID

from triage.register.entries import Entry, Group, Person

LONGEST = 20_000  # characters; what a report may hold
MOST_MS = 500  # for one of them, read, weighed and explained against 100,000 people
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def evil_texts(entries: Iterable[tuple[UUID, Entry]], *, seed: int = 2026) -> dict[str, str]:
    """Texts by what is evil about them, at most LONGEST characters each; the same for the same register and seed.

    Many are made of what the register itself holds, for what it knows is what is looked up and weighed.
    """
    kept = [entry for _, entry in entries]
    rng = Random(f"evil {seed}")
    people = [one for one in kept if isinstance(one, Person)]
    groups = [one for one in kept if isinstance(one, Group)]
    return {
        name: text[:LONGEST]
        for name, text in (*_of_signs(), *_of_shapes(rng), *_of_people(people, rng), *_of_groups(people, groups, rng))
    }


def _filled(parts: Iterable[str], between: str = " ") -> str:
    """Parts put one after another until the text is full."""
    found, length = [], 0
    for part in parts:
        if length > LONGEST:
            break
        found.append(part)
        length += len(part) + len(between)
    return between.join(found)


def _of_signs() -> Iterator[tuple[str, str]]:
    yield "one letter", "a" * LONGEST
    yield "one capital", "I" * LONGEST
    yield "one digit", "0" * LONGEST
    yield "letters apart", "a " * (LONGEST // 2)
    yield "digits apart", "7 " * (LONGEST // 2)
    yield "spaces alone", " " * LONGEST
    yield "lines alone", "\n" * LONGEST
    yield "full stops", "." * LONGEST
    yield "apostrophes", "a'" * (LONGEST // 2)
    yield "hyphens in digits", "0-" * (LONGEST // 2)
    yield "letters and digits", "a1" * (LONGEST // 2)
    yield "brackets", "((" * (LONGEST // 4) + "))" * (LONGEST // 4)
    yield "at signs", "@a.b" * (LONGEST // 4)
    yield "marks on one letter", "e" + "\u0301" * (LONGEST - 1)
    yield "nothing to be seen", "\u200b" * LONGEST
    yield "zero-width inside words", "\u200d".join("Mohammed Khan drives a white Golf. " * (LONGEST // 70))
    yield "turned round", _filled(cycle(["\u202eمحمد خان\u202c", "\u2067Ali\u2069", "וָוָוָ"]))
    yield "one sign that becomes many letters", "ﷺ" * LONGEST
    yield "rare signs", _filled(chr(0x4E00 + place % 20_000) for place in range(LONGEST))
    yield "faces", "👨‍👩‍👧‍👦" * (LONGEST // 7)
    yield "half pairs and nulls", "\ud800\x00" * (LONGEST // 2)
    yield "wide letters", "Ｍｏｈａｍｍｅｄ　Ｋｈａｎ　" * (LONGEST // 14)


def _of_shapes(rng: Random) -> Iterator[tuple[str, str]]:
    """What a careless pattern goes through again and again."""
    yield "dates that never end", "1/1/" * (LONGEST // 4)
    yield "numbers with gaps", "07 xx " * (LONGEST // 6)
    yield "gaps without numbers", "07" + "x?*#_" * (LONGEST // 5)
    yield "numbers in words", "oh seven double eight five " * (LONGEST // 27)
    yield "double double double", "double treble " * (LONGEST // 14)
    yield "nearly plates", _filled(_plate(rng) for _ in range(LONGEST))
    yield "plates announced", _filled(f"reg {_plate(rng)}," for _ in range(LONGEST))
    yield (
        "parts that may be of plates",
        _filled(f"van, {_word(rng, 2)}{rng.randrange(10)} something" for _ in range(LONGEST)),
    )
    yield "parts that may be of numbers", _filled(f"his sim, ??{rng.randrange(100):02d}" for _ in range(LONGEST))
    yield "parts of plates", _filled(f"reg ends {_word(rng, 3)}," for _ in range(LONGEST))
    yield "numbers", _filled(f"rang 07{rng.randrange(10**9):09d}," for _ in range(LONGEST))
    yield "parts of numbers", _filled(f"mobile ends {rng.randrange(10**4):04d}." for _ in range(LONGEST))
    yield "nearly postcodes", _filled(f"AB{rng.randrange(99)} {rng.randrange(9)}C" for _ in range(LONGEST))
    yield "ages", _filled(f"aged {13 + place % 70} or {place % 7 + 2}0s" for place in range(LONGEST))
    yield "handles", _filled(f"@{_word(rng, 9)}.{_word(rng, 9)}" for _ in range(LONGEST))
    yield "words of nobody", _filled(_word(rng, rng.randint(4, 11)) for _ in range(LONGEST))
    yield "streets of nowhere", _filled(f"at {rng.randrange(200)} {_word(rng, 7)} Road" for _ in range(LONGEST))
    yield "companions of companions", _filled(cycle(["his cousin", "married to", "works with", "along with"]))
    yield "cues alone", _filled(cycle(["called", "named", "aka", "known as", "mr", "the", "family", "lads"]))
    yield "decoys", "but that is the " * (LONGEST // 16)
    yield "my my my", "my daughter told me " * (LONGEST // 20)


def _of_people(people: list[Person], rng: Random) -> Iterator[tuple[str, str]]:
    if not people:
        return

    def some(say: Callable[[Person], str], least: int = 1) -> str:
        """What is said of people drawn by chance, of whom it can be."""
        drawn = rng.sample(people, min(len(people), 8_000))
        return _filled((said for said in map(say, drawn) if len(said) >= least), ", ")

    given = [word for word, _ in Counter(one.given_names.split(" ")[0] for one in people).most_common(400)]
    surnames = [word for word, _ in Counter(one.surname for one in people).most_common(400)]
    yield "5,000 names", some(lambda one: one.surname)
    yield "whole names", some(lambda one: f"{one.given_names} {one.surname}")
    yield (
        "the commonest names",
        _filled(f"{rng.choice(given[:12])} {rng.choice(surnames[:12])}" for _ in range(LONGEST)),
    )
    yield "the commonest given names", _filled(islice(cycle(given[:80]), LONGEST), ", ")
    yield "the commonest surnames", _filled((f"the {word}s" for word in cycle(surnames)), ", ")
    yield "names misspelt", some(lambda one: f"{_slipped(one.given_names, rng)} {_slipped(one.surname, rng)}")
    yield "names run together", some(lambda one: f"{one.given_names}{one.surname}".replace(" ", ""))
    yield "names without spaces or stops", "".join(some(lambda one: one.surname).split(", "))
    yield "nicknames", some(lambda one: " ".join(one.nicknames))
    yield "companions", some(lambda one: f"his cousin {one.given_names} {one.surname}")
    yield "titles", some(lambda one: f"Mr {one.surname}")
    yield "initials", _filled(f"{letter} {rng.choice(surnames)}" for letter in cycle(_LETTERS))
    yield "one person forty ways", _forty_ways(rng.choice(people), rng)
    yield "plates of the register", some(lambda one: " ".join(vehicle.vrm for vehicle in one.vehicles))
    yield "vehicles", some(lambda one: " ".join(f"{it.colour} {it.make} {it.model}" for it in one.vehicles))
    yield "numbers of the register", some(lambda one: " ".join(one.phones))
    yield "addresses", some(lambda one: " ".join(f"{it.number} {it.street} {it.area}" for it in one.addresses))
    yield "streets misspelt", some(lambda one: " ".join(f"on {_slipped(it.street, rng)}" for it in one.addresses))
    yield "towns", some(lambda one: " ".join(f"in {it.area}" for it in one.addresses))
    yield "everything at once", some(_everything)


def _of_groups(people: list[Person], groups: list[Group], rng: Random) -> Iterator[tuple[str, str]]:
    if not groups:
        return
    drawn = rng.sample(groups, min(len(groups), 3_000))
    surnames = sorted({one.surname for one in people})
    yield "groups", _filled((one.name for one in drawn), ", ")
    yield "groups misspelt", _filled((_slipped(one.name, rng) for one in drawn), ", ")
    owned = [name for group in drawn for name in group.businesses] + [name for one in people for name in one.businesses]
    yield "businesses", _filled(owned, ", ")
    yield "families misspelt", _filled((f"the {_slipped(one, rng)} family" for one in surnames), ", ")


def _everything(one: Person) -> str:
    vehicles = " ".join(f"{it.colour} {it.make} {it.vrm}" for it in one.vehicles)
    addresses = " ".join(f"{it.number} {it.street} {it.area} {it.postcode}" for it in one.addresses)
    return f"{one.given_names} {one.surname} {' '.join(one.nicknames)} {vehicles} {' '.join(one.phones)} {addresses}"


def _forty_ways(one: Person, rng: Random) -> str:
    """One person named again and again: whole, turned round, with slips, with an initial, in capitals."""
    given, surname = one.given_names.split(" ")[0], one.surname
    ways = [f"{given} {surname}", f"{surname} {given}", f"{surname}, {given}", f"{given[:1]} {surname}"]
    ways += [f"{_slipped(given, rng)} {_slipped(surname, rng)}" for _ in range(36)]
    return _filled((way.upper() if turn % 3 else way for turn, way in enumerate(cycle(ways))), ". ")


def _slipped(words: str, rng: Random) -> str:
    """The words with one letter left out."""
    if len(words) < 4:
        return words
    place = rng.randrange(1, len(words) - 1)
    return words[:place] + words[place + 1 :]


def _plate(rng: Random) -> str:
    return f"{_word(rng, 2)}{rng.randrange(100):02d} {_word(rng, 3)}".upper()


def _word(rng: Random, letters: int) -> str:
    return "".join(rng.choices(_LETTERS, k=letters))
