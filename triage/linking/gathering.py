"""Gathers from one text everything the register can be asked about, and what each piece is worth to whom."""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from triage.linking.choosing import (
    MOST_NAMES,
    ages_to_weigh,
    groups_to_weigh,
    names_to_weigh,
    phones_to_weigh,
    phrases_to_weigh,
    vehicles_to_weigh,
)
from triage.linking.columns.building import Register
from triage.linking.columns.names import Likely
from triage.linking.columns.postings import Bits, Numbers
from triage.linking.reading import Reading
from triage.linking.spotting.ages import AgeSaid, find_ages
from triage.linking.spotting.apart import find_apart
from triage.linking.spotting.around import Around
from triage.linking.spotting.beginnings import Beginnings
from triage.linking.spotting.dates import find_dates
from triage.linking.spotting.groups import GroupSaid, PhraseSaid, find_groups, find_phrases
from triage.linking.spotting.harmless import find_decoys, find_denied
from triage.linking.spotting.names_said import NameSaid, NameWord
from triage.linking.spotting.own_things import set_apart_ages, set_apart_cars, set_apart_homes
from triage.linking.spotting.people import each_once, find_people
from triage.linking.spotting.phones import PhoneSaid, find_phones, words_at
from triage.linking.spotting.places import find_postcodes, find_streets, find_towns
from triage.linking.spotting.plates import find_plates
from triage.linking.spotting.roles import Role
from triage.linking.spotting.text import Text, cut
from triage.linking.spotting.vehicles import VehicleSaid, find_vehicles
from triage.linking.weighing.ages import weigh_age, weigh_sex
from triage.linking.weighing.fits import Fit, flat
from triage.linking.weighing.groups import GroupFit, weigh_area, weigh_group, weigh_phrase
from triage.linking.weighing.people import NameFit, weigh_name
from triage.linking.weighing.phones import weigh_phone
from triage.linking.weighing.places import PlacesSaid, weigh_places
from triage.linking.weighing.vehicles import weigh_vehicle
from triage.linking.words import words_of

_MEN = words_of("""he him his himself man lad bloke guy male mr fella chap geezer boy boyfriend husband""")
_WOMEN = words_of("she her hers herself woman girl lady female mrs miss ms girlfriend wife")


@dataclass
class Said:
    """What a text says, unweighed."""

    text: Text
    places: PlacesSaid
    vehicles: list[VehicleSaid]
    phones: list[PhoneSaid]
    phrases: list[PhraseSaid]
    groups: list[GroupSaid]
    people: list[NameSaid]  # as often as they are named
    ages: list[AgeSaid]
    dates: list[tuple[int, int]]  # where they stand in the text
    apart: list[tuple[int, int]]
    sex: tuple[int, tuple[int, int]] | None


@dataclass
class Gathered:
    """What a text says, weighed against a register."""

    said: Said
    fits: list[Fit] = field(default_factory=list)
    group_fits: list[GroupFit] = field(default_factory=list)
    names: list[NameFit] = field(default_factory=list)
    sex: Fit | None = None  # one of `fits`


def find_all(reading: Reading, register: Register, begin: Beginnings, today: date) -> Said:
    """Everything the text says that the register can be asked about; each word is used once."""
    text = cut(reading)
    apart = find_apart(text)
    text.taken.update(find_decoys(text))
    apart += [one for one in find_denied(text) if _is_name(text, *one, register)]
    postcodes = find_postcodes(text, register.places.outward, register.vehicles.knows)
    ages = find_ages(text, register.names, today)
    dates = find_dates(text, ages)
    around = Around(text)
    plates = find_plates(around, register.vehicles, begin.vehicles, register.names.words)
    numbers = find_phones(around)
    apart += [words_at(text, *one.place) for one in numbers if one.tellers]
    phones = [one for one in numbers if not one.tellers]
    phrases = find_phrases(text, register.phrases, begin)
    streets = find_streets(text, register.places, begin.streets)
    groups = find_groups(text, register.called, register.names, begin.groups)
    vehicles = find_vehicles(text, plates, register.vehicles, register.names, begin.vehicles)
    towns = find_towns(text, register.places, register.names.words)
    people = find_people(text, register.names)
    vehicles, own_cars = set_apart_cars(text, vehicles)
    ages, own_ages = set_apart_ages(text, ages)
    streets, towns, postcodes, own_homes = set_apart_homes(text, streets, towns, postcodes)
    apart += [*own_cars, *own_ages, *own_homes]
    places = PlacesSaid(streets, towns, postcodes)
    return Said(text, places, vehicles, phones, phrases, groups, people, ages, dates, apart, _sex(text))


def _is_name(text: Text, first: int, last: int, register: Register) -> bool:
    """Whether any of these words is a name of the register, or the plural of one."""
    words = text.folds[first : last + 1]
    ways = {way for word in words for way in (word, word.removesuffix("s"), word.removesuffix("es"))}
    return not register.names.words.isdisjoint(ways)


def gather(reading: Reading, register: Register, begin: Beginnings, today: date) -> Gathered:
    """Find everything and weigh it."""
    said = find_all(reading, register, begin, today)
    found = Gathered(said)
    weighed: list[Fit | None] = [weigh_places(said.places, said.text, register)]
    vehicles = vehicles_to_weigh(said.vehicles, register)
    weighed += _speaking_once([weigh_vehicle(one, said.text, register) for one in vehicles])
    weighed += _speaking_once([weigh_phone(one, register) for one in phones_to_weigh(said.phones, register)])
    for group in groups_to_weigh(said.groups, register):
        group_fit, fit = weigh_group(group, said.text, register)
        weighed.append(fit)
        if group_fit is not None:
            found.group_fits.append(group_fit)
    for phrase in phrases_to_weigh(said.phrases):
        group_fit, fit = weigh_phrase(phrase, register)
        weighed.append(fit)
        if group_fit is not None:
            found.group_fits.append(group_fit)
    if found.group_fits and said.places.towns:
        found.group_fits.append(
            weigh_area([(one.key, said.text.span(one.first, one.last)) for one in said.places.towns], register)
        )
    weighed += [weigh_age(one, register, today) for one in ages_to_weigh(said.ages)]
    if said.sex is not None:
        found.sex = weigh_sex(*said.sex, register)
        weighed.append(found.sex)
    found.fits = [fit for fit in weighed if fit is not None]
    surest = names_to_weigh(each_once(said.people))
    surest += [company_of(one, said.text) for one in said.groups if one.company and one.surnames and not one.cores]
    weighed_names = [weigh_name(one, register) for one in surest[:MOST_NAMES]]
    # Words that name nobody on the register are a stranger's name only where something said that a name comes.
    found.names = [one for one in weighed_names if len(one.owners) or one.said.role is Role.SUBJECT]
    return found


def _speaking_once(fits: list[Fit | None]) -> list[Fit | None]:
    """Several numbers are no more against anybody than one, and not against whom one of them fits: people list many."""
    kept = [fit for fit in fits if fit is not None]
    if len(kept) < 2:
        return fits
    fitting = np.unique(np.concatenate([fit.owners for fit in kept]))

    def elsewhere(people: Numbers) -> Bits:
        against = np.minimum.reduce([fit.elsewhere(people) for fit in kept])
        return np.where(np.isin(people, fitting), np.float32(0.0), against).astype(np.float32)

    return [replace(fit, elsewhere=flat(0.0) if place else elsewhere) for place, fit in enumerate(kept)]


def company_of(said: GroupSaid, text: Text) -> NameSaid:
    """A family somebody keeps company with, as a name of theirs: its people may be in a group of another name."""
    words = tuple(Likely(word, near) for word, near in said.surnames)
    name = NameWord(text.folded(said.first), words)
    return NameSaid((name,), (), Role.COMPANY, True, False, 0.7, said.first, said.last)


def _sex(text: Text) -> tuple[int, tuple[int, int]] | None:
    """1 where only words for a man are used, 2 where only words for a woman, with the first such word."""
    taken = text.taken
    men = [place for place, word in enumerate(text.folds) if word in _MEN and place not in taken]
    women = [place for place, word in enumerate(text.folds) if word in _WOMEN and place not in taken]
    if bool(men) == bool(women):
        return None
    sex, first = (1, men[0]) if men else (2, women[0])
    return sex, text.span(first, first)
