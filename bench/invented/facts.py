"""What a report truly says of its subject, and who on the register fits all of it: the ceiling of any matcher."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bench.invented.names import BY_CODE
from bench.invented.register import Line, Register

TODAY = date(2026, 11, 1)  # the day on which ages are told, fixed so that the same seed gives the same ceilings
ABOUT = 2  # years that “about 31” may be off

# Facts that a set of people is kept for; the others are asked of each person who is left.
KEPT = frozenset(
    (
        *("given", "surname", "family", "nickname", "alias", "initial", "town", "street", "house", "postcode"),
        *("outward", "vehicle", "plate", "phone", "business", "group", "with"),
    )
)


@dataclass(frozen=True)
class Fact:
    """One true fact: `kind`, and the words it is about, before any slip of the pen."""

    kind: str
    key: tuple[str, ...]


def age_of(person: Line) -> int:
    """Whole years on TODAY."""
    born = date.fromisoformat(person["born"])
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))


class Index:
    """The register turned round, for counting who fits."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._kept: dict[tuple[str, tuple[str, ...]], set[int]] = defaultdict(set)
        self.members: dict[str, list[int]] = defaultdict(list)
        self.group_of = [person["group"] for person in register.people]
        for number, person in enumerate(register.people):
            self.members[person["group"]].append(number)
            for fact in self._facts_of(number, person):
                self._kept[fact].add(number)
        for place, group in enumerate(register.groups):
            named = [("group", (one,)) for one in (group["name"], *group["aliases"])]
            named += [("business", (one,)) for one in group["businesses"]]
            if register.families[place]:
                named.append(("family", (register.families[place],)))
            for fact in named:
                self._kept[fact].update(self.members[group["id"]])

    def said_names(self, number: int) -> set[str]:
        """Every way to say the given name of the person of that number."""
        person = self.register.people[number]
        return {person["given"], *BY_CODE[self.register.cultures[number]].said_as(person["given"])}

    def fitting(self, facts: Sequence[Fact]) -> set[int]:
        """The numbers of the people whom every fact fits."""
        sets = sorted((self._people(fact) for fact in facts if fact.kind in KEPT), key=len)
        left = set.intersection(*sets) if sets else set(range(len(self.register.people)))
        for fact in facts:
            if fact.kind not in KEPT:
                left = {number for number in left if fits(fact, self.register.people[number])}
        return left

    def groups_of(self, people: Iterable[int]) -> set[str]:
        return {self.group_of[number] for number in people}

    def _people(self, fact: Fact) -> set[int]:
        if fact.kind != "with":
            return self._kept.get((fact.kind, fact.key), set())
        given, surname = fact.key
        named = self._kept.get(("given", (given,)), set()) & self._kept.get(("surname", (surname,)), set())
        # Somebody is not his own company.
        return {other for one in named for other in self.members[self.group_of[one]] if other != one or len(named) > 1}

    def _facts_of(self, number: int, person: Line) -> Iterable[tuple[str, tuple[str, ...]]]:
        for name in self.said_names(number):
            yield "given", (name,)
        surnames = (person["surname"], *BY_CODE[self.register.cultures[number]].said_as(person["surname"]))
        for surname in surnames:
            yield "surname", (surname,)
            yield "initial", (person["given"][0], surname)
        yield "family", (person["surname"],)
        for kind in ("nickname", "business"):
            for value in person[f"{kind}s" if kind == "nickname" else "businesses"]:
                yield kind, (value,)
        for alias in person["aliases"]:
            yield "alias", (alias,)
        for address in person["addresses"]:
            yield "town", (address["town"],)
            yield "street", (address["street"],)
            yield "house", (str(address["number"]), address["street"])
            yield "postcode", (address["postcode"],)
            yield "outward", (address["postcode"].split()[0],)
        for vehicle in person["vehicles"]:
            yield "plate", (vehicle["vrm"],)
            colour, make, model = vehicle["colour"], vehicle["make"], vehicle["model"]
            for told in ((colour, make, ""), (colour, "", model), ("", make, model), (colour, make, model)):
                yield "vehicle", told
        for phone in person["phones"]:
            yield "phone", (phone,)


def fits(fact: Fact, person: Line) -> bool:
    """Whether a fact that is part of something, or an age, fits somebody."""
    first = fact.key[0]
    match fact.kind:
        case "age":
            return abs(age_of(person) - int(first)) <= ABOUT
        case "decade":
            return age_of(person) // 10 == int(first) // 10
        case "born":
            return bool(person["born"].startswith(first))
        case "surname_letter":
            return bool(person["surname"].startswith(first))
        case "plate_start":
            return any(one["vrm"].startswith(first) for one in person["vehicles"])
        case "plate_end":
            return any(one["vrm"].endswith(first) for one in person["vehicles"])
        case "plate_part":
            return any(first in one["vrm"] for one in person["vehicles"])
        case "phone_start":
            return any(one.startswith(first) for one in person["phones"])
        case "phone_end":
            return any(one.endswith(first) for one in person["phones"])
        case "phone_part":
            return any(first in one for one in person["phones"])
        case "phone_gap":
            return any(one.startswith(first) and one.endswith(fact.key[1]) for one in person["phones"])
        case _:
            raise ValueError(fact.kind)
