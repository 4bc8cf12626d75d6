"""Chooses what a report tells of somebody, and how each thing is worded: whole, in part, or with a slip."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.invented import noise, wilder
from bench.invented.facts import Fact, age_of
from bench.invented.names import Culture
from bench.invented.names.culture import words
from bench.invented.register import Line
from bench.invented.styles.style import Style
from bench.invented.things import SAID_COLOURS, SAID_MAKES

FORMS = dict(
    zip(
        ("full", "first", "surgroup", "nick", "givennick", "nicksur", "initial", "alias", "surname", "none"),
        (50, 12, 9, 8, 5, 4, 3, 4, 2, 6),
        strict=True,
    )
)
_DIGITS = dict(zip("0123456789", words("oh one two three four five six seven eight nine"), strict=True))


@dataclass(frozen=True)
class Told:
    """One thing told: the slot of the phrase, its words, the true fact behind them, and what kinds it is of."""

    slot: str
    words: str
    facts: tuple[Fact, ...]
    kinds: tuple[str, ...] = ()
    more: str = ""  # the second half of a number with a gap


@dataclass(frozen=True)
class Subject:
    """Whom a report is about: on the register or not."""

    person: Line
    culture: Culture
    group: Line | None
    family: str
    companions: tuple[Line, ...]

    @property
    def sex(self) -> str:
        return str(self.person["sex"])


class Teller:
    """Words things as a style does."""

    def __init__(self, rng: Random, style: Style) -> None:
        self.rng, self.style = rng, style

    def name(self, subject: Subject) -> tuple[str, Told, tuple[Told, ...]]:
        """The form of the name, the name as it is said, and a nickname said apart from it, if one is."""
        person, rng = subject.person, self.rng
        nickname, alias = (rng.choice(person[one]) if person[one] else "" for one in ("nicknames", "aliases"))
        open_forms = [
            form
            for form in FORMS
            if (nickname or "nick" not in form)
            and (alias or form != "alias")
            and (subject.family or form != "surgroup")
        ]
        form = rng.choices(open_forms, [FORMS[one] for one in open_forms])[0]
        given, other_form = self._said(subject.culture, person["given"], 0.25)
        surname, other_surname = self._said(subject.culture, person["surname"], 0.1)
        kinds = ("other form",) if other_form or other_surname else ()
        first, last = Fact("given", (given,)), Fact("surname", (surname,))
        called = Fact("nickname", (nickname,))
        match form:
            case "full" if self._is_so(self.style.wild_names):
                written, known = wilder.wild_name(given, surname, person["given"], rng)
                return form, Told("who", written, known, (*kinds, "wild name")), ()
            case "full":
                return form, self._named(self._ordered(subject, given, surname), (first, last), kinds), ()
            case "first":
                return form, self._named(given, (first,), ("other form",) if other_form else ()), ()
            case "nick":
                return form, self._named(nickname, (called,)), ()
            case "givennick":
                if given in nickname or rng.random() < 0.4:
                    words = f"{given} “{nickname}” {surname}" if rng.random() < 0.5 else f"{given} aka {nickname}"
                    known = (first, last, called) if words.endswith(surname) else (first, called)
                    return form, self._named(words, known, kinds), ()
                named = Told("nicknamed", nickname, (called,))
                return form, self._named(given, (first,), ("other form",) if other_form else ()), (named,)
            case "nicksur":
                bare = nickname.removesuffix(f" {person['given']}")
                return form, self._named(f"{bare} {surname}", (called, last)), ()
            case "initial":
                letter = person["given"][0]
                words = f"{letter}{rng.choice(('.', '', ' '))} {surname}".replace("  ", " ")
                return form, self._named(words, (Fact("initial", (letter, surname)),)), ()
            case "alias":
                return form, self._named(alias, (Fact("alias", (alias,)),)), ()
            case "surname":
                title = rng.choice(("Mr ", "Mister ", "a ") if subject.sex == "m" else ("Mrs ", "Miss "))
                return form, self._named(f"{title}{surname}", (last,)), ()
            case "surgroup":
                family = Told(
                    "family", self._slipped(subject.family), (Fact("family", (subject.family,)),), ("family",)
                )
                return form, family, ()
            case _:
                return form, Told("nobody", "", ()), ()

    def things(self, subject: Subject) -> list[Told]:
        """Everything that this style would tell of the subject besides the name, the likeliest first."""
        person, rng = subject.person, self.rng
        found: list[tuple[float, Told]] = []
        address = rng.choice(person["addresses"])
        found.append((1.6, Told("town", address["town"], (Fact("town", (address["town"],)),))))
        found.append((1.0, self._place(address)))
        if person["vehicles"]:
            vehicle = rng.choice(person["vehicles"])
            found += [(1.0, self._vehicle(vehicle)), (0.9, self._plate(vehicle["vrm"]))]
        if person["phones"]:
            found.append((0.8, self._phone(rng.choice(person["phones"]))))
        if subject.companions:
            companion = rng.choice(subject.companions)
            slot = rng.choices(("with", "kin", "second"), (60, 20, 20))[0]
            kinds = {"with": ("associate",), "kin": ("associate",), "second": ("two subjects",)}[slot]
            fact = Fact("with", (companion["given"], companion["surname"]))
            words = self._slipped(f"{companion['given']} {companion['surname']}")
            found.append((0.6, Told(slot, words, (fact,), kinds)))
        if subject.group:
            names = [subject.group["name"].split(" Operation ")[-1], *subject.group["aliases"]]
            if not subject.group["name"].startswith("Operation "):
                name = rng.choice(names)
                found.append((0.25, Told("group", name, (Fact("group", (name,)),), ("group name",))))
        owned = [*person["businesses"], *(subject.group["businesses"] if subject.group else ())]
        if owned:
            name = rng.choice(owned)
            found.append((0.7, Told("business", self._slipped(name), (Fact("business", (name,)),), ("business",))))
        found.append((0.5, self._age(person)))
        return [told for _, told in sorted(found, key=lambda one: -one[0] * rng.random())]

    def _is_so(self, share: float) -> bool:
        """By chance, where the style does so at all: another style's chances are left as they were."""
        return share > 0 and self.rng.random() < share

    def _said(self, culture: Culture, word: str, share: float) -> tuple[str, bool]:
        others = culture.said_as(word)
        if others and self.rng.random() < share:
            return self.rng.choice(others), True
        return word, False

    def _ordered(self, subject: Subject, given: str, surname: str) -> str:
        middles = " ".join(subject.person["middle"])
        draw = self.rng.random()
        if subject.culture.surname_first and draw < 0.5:
            return " ".join(filter(None, (surname, middles, given)))
        if draw > 0.96:
            return f"{surname} {given}"
        return f"{given} {middles} {surname}" if middles and draw < 0.12 else f"{given} {surname}"

    def _slipped(self, words: str) -> str:
        return noise.slip_in(words, self.rng) if self.rng.random() < self.style.name_slips else words

    def _named(self, words: str, facts: Sequence[Fact], kinds: tuple[str, ...] = ()) -> Told:
        said = self._slipped(words)
        return Told("who", said, tuple(facts), (*kinds, "name slip") if said != words else kinds)

    def _place(self, address: Line) -> Told:
        rng, street = self.rng, address["street"]
        slot = rng.choices(("street", "house", "postcode", "outward"), (60, 24, 8, 8))[0]
        if slot in {"postcode", "outward"}:
            code = address["postcode"] if slot == "postcode" else address["postcode"].split()[0]
            written = rng.choice((code, code, code.lower(), code.replace(" ", "")))
            return Told(slot, written, (Fact(slot, (code,)),), ("postcode",))
        said = noise.slip_in(street, rng) if rng.random() < self.style.street_slips else street
        kind = "misspelt street" if said != street else "street"
        if kind == "street" and rng.random() < 0.2:
            said = said.replace("Road", "Rd").replace("Avenue", "Ave").replace("Street", "St")
        if slot == "house":
            number = str(address["number"])
            return Told(slot, f"{number} {said}", (Fact("house", (number, street)),), (kind,))
        return Told(slot, said, (Fact("street", (street,)),), (kind,))

    def _vehicle(self, vehicle: Line) -> Told:
        rng = self.rng
        colour, make, model = vehicle["colour"], vehicle["make"], vehicle["model"]
        told = rng.choice(((colour, make, ""), (colour, "", model), ("", make, model), (colour, make, model)))
        words = [
            rng.choice(SAID_COLOURS.get(told[0], (told[0],))) if rng.random() < 0.2 else told[0],
            rng.choice(SAID_MAKES.get(told[1], (told[1],))) if rng.random() < 0.3 else told[1],
            told[2],
        ]
        return Told("vehicle", " ".join(filter(None, words)), (Fact("vehicle", told),), ("vehicle",))

    def _plate(self, plate: str) -> Told:
        rng = self.rng
        older = () if plate[2:4].isdecimal() and plate[4:].isalpha() else ("older plate",)
        if self._is_so(self.style.told_aloud):
            return Told("plate", wilder.plate_aloud(plate, rng), (Fact("plate", (plate,)),), ("plate aloud", *older))
        draw = rng.random()
        if draw < 0.36:
            return Told("plate", noise.written_plate(plate, rng), (Fact("plate", (plate,)),), ("whole plate", *older))
        if draw < 0.56:
            wrong = noise.written_plate(noise.wrong_plate(plate, rng), rng)
            return Told("plate", wrong, (Fact("plate", (plate,)),), ("plate with a slip", *older))
        slot = rng.choices(("plate_start", "plate_end", "plate_part"), (45, 40, 15))[0]
        size = rng.choice((3, 4, 4, 5)) if slot == "plate_start" else 3
        size = min(size, len(plate) - 1)
        begin = {"plate_start": 0, "plate_end": len(plate) - size, "plate_part": rng.randint(0, len(plate) - size)}[
            slot
        ]
        part = plate[begin : begin + size]
        written = rng.choice((*[part] * 4, *[part.lower()] * 3, " ".join(part)))
        return Told(slot, written, (Fact(slot, (part,)),), ("partial plate", *older))

    def _phone(self, phone: str) -> Told:
        rng = self.rng
        if self._is_so(self.style.told_aloud):
            return Told("phone", wilder.number_aloud(phone, rng), (Fact("phone", (phone,)),), ("phone aloud",))
        draw = rng.random()
        if draw < 0.4:
            return Told("phone", noise.written_phone(phone, rng), (Fact("phone", (phone,)),), ("whole phone",))
        slot = rng.choices(("phone_end", "phone_start", "phone_part", "phone_gap"), (55, 15, 10, 20))[0]
        if slot == "phone_gap":
            front, back = phone[: rng.choice((4, 5, 6))], phone[-rng.choice((3, 3, 4)) :]
            fact = Fact(slot, (front, back))
            return Told(slot, front, (fact,), ("phone fragment",), more=back)
        size = rng.choice((3, 3, 4, 4, 5, 6)) if slot == "phone_end" else rng.choice((5, 6, 7))
        begin = {"phone_end": len(phone) - size, "phone_start": 0, "phone_part": rng.randint(2, 4)}[slot]
        part = phone[begin : begin + size]
        written = part
        if slot == "phone_end" and rng.random() < 0.12:
            written = " ".join(_DIGITS[digit] for digit in part)
        elif size >= 5 and rng.random() < 0.3:
            written = f"{part[:-3]} {part[-3:]}"
        return Told(slot, written, (Fact(slot, (part,)),), ("phone fragment",))

    def _age(self, person: Line) -> Told:
        age = age_of(person)
        slot = self.rng.choices(("age", "decade", "born"), (60, 25, 15))[0]
        if slot == "decade" and age >= 20:
            return Told(slot, str(age // 10 * 10), (Fact("decade", (str(age),)),), ("age",))
        if slot == "born":
            return Told(slot, person["born"][:4], (Fact("born", (person["born"][:4],)),), ("age",))
        told = str(age + self.rng.choice((-1, 0, 0, 0, 1)))
        return Told("age", told, (Fact("age", (told,)),), ("age",))
