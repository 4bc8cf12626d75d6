"""Invents reports about people on a register and about strangers, in the ways of writing of one split."""

from collections.abc import Iterator
from random import Random

from bench.invented import things
from bench.invented.facts import Fact, Index
from bench.invented.names import BY_CODE, CULTURES
from bench.invented.places import PUBS
from bench.invented.register import Inventor, Line, Register
from bench.invented.styles import SPLITS
from bench.invented.styles.style import Style
from bench.invented.telling import Subject, Teller, Told
from bench.invented.writing import Writer

UNLINKED = 0.28
LOOK_ALIKE = 0.3  # of strangers, those who share a full name with somebody on the register
SAME_TOWN = 0.25  # of those, the ones who live in that person's town as well
FEW = 3  # a teller who means one of many mostly says something more
SAYS_MORE = 0.35
VAGUE = 20  # a report that fits more people than this is about nobody in particular


def invent_reports(register: Register, seed: int, *, split: str, number: int) -> Iterator[Line]:
    """So many reports in the interchange format, each with `kind` (what it holds) and `said` (its words) besides."""
    rng = Random(f"reports {seed} {split}")
    maker = _Maker(rng, register, SPLITS[split])
    made = 0
    while made < number:
        report = maker.stranger() if rng.random() < UNLINKED else maker.known()
        if report is not None:
            yield {"id": f"{split[0]}{made}", **report}
            made += 1


class _Maker:
    def __init__(self, rng: Random, register: Register, styles: tuple[Style, ...]) -> None:
        self.rng, self.register, self.styles = rng, register, styles
        self.index = Index(register)
        towns = register.towns
        self.inventor = Inventor(rng, towns, [place + 1.0 for place in range(len(towns))])
        self._groups = {group["id"]: place for place, group in enumerate(register.groups)}
        self._of_culture: dict[str, list[int]] = {}
        for number, code in enumerate(register.cultures):
            self._of_culture.setdefault(code, []).append(number)

    def known(self) -> Line | None:
        """A report about somebody on the register; small cultures oftener than their share, to be measured too."""
        rng = self.rng
        open_ones = [one for one in CULTURES if one.code in self._of_culture]
        culture = rng.choices(open_ones, [one.share**0.5 for one in open_ones])[0]
        number = rng.choice(self._of_culture[culture.code])
        person = self.register.people[number]
        place = self._groups[person["group"]]
        companions = [one for one in self.index.members[person["group"]] if one != number]
        subject = Subject(
            person,
            culture,
            self.register.groups[place],
            self.register.families[place],
            tuple(self.register.people[one] for one in companions),
        )
        style = self._style()
        form, name, told = self._told(subject, style)
        fitting = self.index.fitting(_facts(name, told))
        if number not in fitting:
            raise AssertionError(f"{person['id']} does not fit what is told of them: {_facts(name, told)}")
        return {
            **self._written(subject, style, form, name, told),
            "person": person["id"],
            "group": person["group"],
            "slice": culture.code,
            "ceiling_person": round(1 / len(fitting), 4),
            "ceiling_group": round(1 / len(self.index.groups_of(fitting)), 4),
        }

    def stranger(self) -> Line | None:
        """A report about nobody on the register; None where, by chance, a few there would fit it after all."""
        rng = self.rng
        like = rng.choice(self.register.people) if rng.random() < LOOK_ALIKE else None
        culture = self.inventor.culture()
        if like is not None:
            culture = BY_CODE[self.register.cultures[int(like["id"][1:])]]
        home = like["addresses"][0]["town"] if like and rng.random() < SAME_TOWN else ""
        town = next((one for one in self.register.towns if one.name == home), None) or self.inventor.town()
        street = rng.choice(town.streets)
        family = self.inventor.surname(culture) if rng.random() < 0.4 else ""
        person = self.inventor.person(-1, -1, culture, town, street, family)
        if like is not None:
            person |= {"given": like["given"], "surname": like["surname"], "sex": like["sex"], "aliases": []}
        friend = self.inventor.person(-1, -1, self.inventor.culture(), town, street, "")
        subject = Subject(person, culture, None, family, (friend,))
        style = self._style()
        form, name, told = self._told(subject, style)
        if 0 < len(self.index.fitting(_facts(name, told))) <= VAGUE:
            return None
        nobody = dict.fromkeys(("person", "group", "slice", "ceiling_person", "ceiling_group"))
        return {**self._written(subject, style, form, name, told), **nobody}

    def _style(self) -> Style:
        return self.rng.choices(self.styles, [style.weight for style in self.styles])[0]

    def _told(self, subject: Subject, style: Style) -> tuple[str, Told, list[Told]]:
        """Two or three things, and more while many would fit: people say enough to be understood, mostly."""
        rng, teller = self.rng, Teller(self.rng, style)
        form, name, more = teller.name(subject)
        available = teller.things(subject)
        wanted = rng.choices((1, 2, 3, 4), (30, 38, 22, 10))[0] + (form == "none")
        told, left = [*more, *available[:wanted]], available[wanted:]
        while left and len(self.index.fitting(_facts(name, told))) > FEW and rng.random() < SAYS_MORE:
            told.append(left.pop(0))
        return form, name, told

    def _written(self, subject: Subject, style: Style, form: str, name: Told, told: list[Told]) -> Line:
        text = Writer(self.rng, style, self._beside()).report(name, told, subject.sex)
        kinds = {kind: " ".join(filter(None, (one.words, one.more))) for one in (name, *told) for kind in one.kinds}
        return {"text": text, "form": form, "style": style.name, "kind": sorted(kinds), "said": kinds}

    def _beside(self) -> dict[str, str]:
        """The teller's own people, police and places, whose names are as common as those on the register."""
        rng = self.rng
        kin, mate, officer = (rng.choice(self.register.people) for _ in range(3))
        whole = f"{mate['given']} {mate['surname']}" if rng.random() < 0.5 else mate["given"]
        named = {"kin": kin["given"], "mate": whole, "cop": officer["surname"], "pub": rng.choice(PUBS)}
        return {**named, "mine": things.drama_phone(rng)}


def _facts(name: Told, told: list[Told]) -> list[Fact]:
    return [fact for one in (name, *told) for fact in one.facts]
