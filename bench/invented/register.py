"""Invents a register: groups with a name culture and a town, and the people in them."""

from dataclasses import dataclass
from random import Random
from typing import Any

from bench.invented import things
from bench.invented.names import CULTURES, Culture
from bench.invented.names.culture import falling
from bench.invented.places import Town, invent_towns, postcode

Line = dict[str, Any]  # one line of the interchange format, which is JSON by nature
SAME_CULTURE, SAME_FAMILY, AT_HOME = 0.82, 0.35, 0.75


@dataclass(frozen=True)
class Register:
    """Groups and people as the interchange format has them, and what they were drawn from."""

    groups: tuple[Line, ...]
    people: tuple[Line, ...]
    cultures: tuple[str, ...]  # the name culture of each of the people, in their order
    towns: tuple[Town, ...]
    families: tuple[str, ...]  # the family that each group is, empty where it is none


class Inventor:
    """Draws people; a stranger to the register is drawn in the same way as those on it."""

    def __init__(self, rng: Random, towns: tuple[Town, ...], sizes: list[float]) -> None:
        self.rng, self.towns, self.sizes = rng, towns, sizes
        self._men = {one.code: falling(len(one.men), flat=10) for one in CULTURES}
        self._women = {one.code: falling(len(one.women)) for one in CULTURES}
        self._surnames = {one.code: falling(len(one.surnames), flat=30, steep=0.75) for one in CULTURES}

    def town(self) -> Town:
        return self.rng.choices(self.towns, cum_weights=self.sizes)[0]

    def culture(self) -> Culture:
        return self.rng.choices(CULTURES, [one.share for one in CULTURES])[0]

    def surname(self, culture: Culture) -> str:
        return self.rng.choices(culture.surnames, cum_weights=self._surnames[culture.code])[0]

    def person(self, number: int, group: int, culture: Culture, town: Town, home: str, family: str) -> Line:
        """A person of a group; `family` is the surname of the family that the group is, if it is one."""
        rng = self.rng
        sex = "f" if rng.random() < 0.12 else "m"
        givens, weights = (
            (culture.women, self._women[culture.code]) if sex == "f" else (culture.men, self._men[culture.code])
        )
        given = rng.choices(givens, cum_weights=weights)[0]
        surname = family if family and rng.random() < SAME_FAMILY else self.surname(culture)
        middle = [rng.choice(culture.middles)] if culture.middles and rng.random() < 0.35 else []
        nicknames = [self._nickname(given)] if rng.random() < 0.42 else []
        if nicknames and rng.random() < 0.1:
            nicknames.append(rng.choice(things.NICKNAMES))
        other = culture.said_as(given)
        aliases = [f"{rng.choice(other)} {surname}"] if other and rng.random() < 0.06 else []
        return {
            "kind": "person",
            "id": f"p{number}",
            "group": f"g{group}",
            "sex": sex,
            "given": given,
            "middle": middle,
            "surname": surname,
            "aliases": aliases,
            "nicknames": nicknames,
            "born": f"{int(rng.triangular(1958, 2010, 1994))}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            "addresses": [self._address(town, home) for _ in range(1 + (rng.random() < 0.2))],
            "vehicles": [things.invent_vehicle(rng) for _ in range(rng.choices((0, 1, 2), (40, 48, 12))[0])],
            "phones": [things.invent_phone(rng) for _ in range(rng.choices((0, 1, 2), (48, 40, 12))[0])],
            "businesses": [things.invent_business(rng)] if rng.random() < 0.05 else [],
        }

    def _nickname(self, given: str) -> str:
        if self.rng.random() < 0.3:
            return f"{self.rng.choice(things.NICK_ADDED)} {given}"
        return self.rng.choice(things.NICKNAMES)

    def _address(self, town: Town, home: str) -> Line:
        rng = self.rng
        where = town if rng.random() < AT_HOME else self.town()
        street = home if where is town and rng.random() < 0.15 else rng.choice(where.streets)
        return {
            "number": rng.randint(1, 160),
            "street": street,
            "town": where.name,
            "postcode": postcode(where, street),
        }


def invent_register(seed: int, *, people: int, groups: int) -> Register:
    """A register of so many people in so many groups, the same for the same seed."""
    rng = Random(f"register {seed}")
    towns, sizes = invent_towns(rng)
    inventor = Inventor(rng, towns, sizes)
    made_groups: list[Line] = []
    made_people: list[Line] = []
    cultures: list[str] = []
    families: list[str] = []
    sizes_of_groups = _sizes(rng, people, groups)
    for group, size in enumerate(sizes_of_groups):
        culture, town = inventor.culture(), inventor.town()
        home = rng.choice(towns[towns.index(town)].streets)
        line, family = _group(inventor, group, culture, town, home)
        made_groups.append(line)
        families.append(family)
        for _ in range(size):
            own = culture if rng.random() < SAME_CULTURE else inventor.culture()
            kin = family if own is culture else ""
            made_people.append(inventor.person(len(made_people), group, own, town, home, kin))
            cultures.append(own.code)
    return Register(tuple(made_groups), tuple(made_people), tuple(cultures), towns, tuple(families))


def _group(inventor: Inventor, number: int, culture: Culture, town: Town, home: str) -> tuple[Line, str]:
    """A group's line, and the surname of the family that it is (empty where it is none)."""
    rng = inventor.rng
    draw, aliases, family = rng.random(), [], ""
    businesses = [things.invent_business(rng)] if rng.random() < 0.15 else []
    if draw < 0.4:
        family = inventor.surname(culture)
        name = f"{family} {rng.choice(('family', 'OCG', 'brothers', 'network'))}"
        aliases = [f"the {family}s"] if rng.random() < 0.6 else []
    elif draw < 0.7:
        name = f"Operation {rng.choice(things.OPERATIONS)} {number}"
    else:
        name = f"{home.rsplit(' ', 1)[0]} {rng.choice(('Street Crew', 'Road Boys', 'Firm', 'Lads', 'Mob'))} {town.name}"
        aliases = [f"the {home.rsplit(' ', 1)[0]} lot"] if rng.random() < 0.5 else []
    line = {"kind": "group", "id": f"g{number}", "name": name, "aliases": aliases, "town": town.name, "home": home}
    return {**line, "businesses": businesses}, family


def _sizes(rng: Random, people: int, groups: int) -> list[int]:
    """Sizes of the groups, uneven as in life, that add up to `people`; nobody is without a group."""
    sizes = [1] * groups
    weights = [rng.lognormvariate(0, 0.7) for _ in range(groups)]
    for place in rng.choices(range(groups), weights, k=people - groups):
        sizes[place] += 1
    return sizes
