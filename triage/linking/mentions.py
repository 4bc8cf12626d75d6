"""What in a report to mark for its reader: whatever the register can be asked about, and who is no subject."""

from dataclasses import dataclass

from triage.linking.columns.building import Register
from triage.linking.gathering import Said
from triage.linking.spotting.names_said import NameSaid
from triage.linking.spotting.plates import Part
from triage.linking.spotting.roles import Role


@dataclass(frozen=True)
class Mention:
    """A stretch of the text that means something: `kind` as the page marks it, `value` in a word or two.

    Kinds: person, vehicle, phone, place, account, business, date, and `apart` for somebody named who is no subject
    (the teller's family, police, a victim).
    """

    kind: str
    value: str
    start: int
    end: int


def mentions_in(said: Said, register: Register) -> tuple[Mention, ...]:
    """Every mention in the order of the text, none inside another: of two that overlap the first and longer stands."""
    text = said.text
    found: list[Mention] = [Mention("apart", "named, but no subject", *text.span(*one)) for one in said.apart]
    for vehicle in said.vehicles:
        if vehicle.plate is not None:
            plate = vehicle.plate
            value = "plate" if plate.part is Part.WHOLE else f"{plate.part.value} a plate"
            found.append(Mention("vehicle", value, *text.span(plate.first, plate.last)))
        if vehicle.places and (vehicle.colour or vehicle.model):
            found.append(Mention("vehicle", "vehicle", *text.span(vehicle.places[0], vehicle.places[-1])))
    found += [Mention("phone", "telephone" if one.whole else "part of a telephone", *one.place) for one in said.phones]
    for street in said.places.streets:
        numbered = bool(street.number) and any(
            len(register.places.streets.of(key)) and register.places.number_id(street.number) >= 0
            for key, _ in street.keys
        )
        first = street.first - 1 if numbered else street.first
        found.append(Mention("place", "address" if numbered else "street", *text.span(first, street.last)))
    for code in said.places.postcodes:
        if code.is_whole or code.key in register.places.outward:
            found.append(Mention("place", "postcode", *code.place))
    for phrase in said.phrases:
        found.append(
            Mention(
                "account" if phrase.is_online else "business",
                "online name" if phrase.is_online else "business",
                *phrase.place,
            )
        )
    found += [Mention("person", "group or family", *text.span(one.first, one.last)) for one in said.groups]
    found += [Mention("date", "date of birth" if one.born else "age", *one.place) for one in said.ages]
    found += [Mention("date", "date", *place) for place in said.dates]
    for name in said.people:
        if _is_telling(name, register):
            if name.role is Role.COMPANY:
                found.append(Mention("person", "companion", *text.span(name.first, name.last)))
                continue
            value = "nickname" if _nickname(name) else "full name" if len(name.words) > 1 else "name"
            found.append(Mention("person", value, *text.span(*_told(name))))
    return _apart(found)


def _told(name: NameSaid) -> tuple[int, int]:
    """From the first to the last word of a name that is known on the register."""
    known = [place for place, word in enumerate(name.words) if word.likely]
    return (name.first + known[0], name.first + known[-1]) if known else (name.first, name.last)


def _nickname(name: NameSaid) -> bool:
    """Whether the words are a nickname of the register as it stands there."""
    known = " ".join(word.folded for word in name.words if word.likely)
    return any(closeness == 1.0 and phrase == known for phrase, closeness in name.nicknames)


def _is_telling(name: NameSaid, register: Register) -> bool:
    """Whether a name says enough to be marked: a bare given name says little."""
    if name.role is Role.COMPANY and name.sure > 0.5 and len(name.words) > 1:
        return True  # somebody's wife is worth a mark whoever she is
    if name.sure < 0.5 or not any(word.likely for word in name.words):
        return False
    if len([word for word in name.words if word.likely]) > 1 or _nickname(name):
        return True
    surname = any(one.word in register.names.surname for word in name.words for one in word.likely[:1])
    return surname or name.role is Role.SUBJECT


def _apart(found: list[Mention]) -> tuple[Mention, ...]:
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.kind, one.value)):
        if one.start < one.end and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return tuple(kept)
