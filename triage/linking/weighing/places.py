"""What the places said in a report are worth: street, number, town and postcode, counted together by address."""

from dataclasses import dataclass

import numpy as np

from triage.linking.columns.building import Register
from triage.linking.columns.postings import Numbers
from triage.linking.evidence import Evidence
from triage.linking.spotting.places import PostcodeSaid, StreetSaid, TownSaid
from triage.linking.spotting.text import Text
from triage.linking.weighing.fits import Because, Fit, at_least, best_of, by_record, doubted, worth

_STREET_MEANT = {2: 0.7, 1: 0.22, 0: 0.12}
_STREET_USUAL = {2: 2e-4, 1: 6e-4, 0: 1.0}
_NUMBER_MEANT = {1: 0.85, 0: 0.08}
_TOWN_MEANT = {1: 0.88, 0: 0.07}
_POST_MEANT = {2: 0.75, 1: 0.9, 0: 0.1}
_POST_USUAL = {2: 1e-5, 1: 5e-4, 0: 1.0}


@dataclass(frozen=True)
class PlacesSaid:
    """Every place of a report."""

    streets: list[StreetSaid]
    towns: list[TownSaid]
    postcodes: list[PostcodeSaid]


def weigh_places(said: PlacesSaid, text: Text, register: Register) -> Fit | None:
    """Whom the places fit, by the address of theirs that fits best; None where they fit nobody's."""
    places = register.places
    count = len(places.person_of)
    outward = [one for one in said.postcodes if one.is_whole or one.key in places.outward]
    if not count or not (said.streets or said.towns or outward):
        return None
    street, number = np.zeros(count, np.int32), np.zeros(count, np.int32)
    numbered = False
    for one in said.streets:
        house = places.number_id(one.number) if one.number else -1
        numbered = numbered or bool(one.number)
        for key, near in one.keys:
            rows = places.streets.of(key)
            street[rows] = np.maximum(street[rows], 2 if near == 1.0 else 1)
            if one.number:
                number[rows[places.number_of[rows] == house]] = 1
    town = np.zeros(count, np.int32)
    for one_town in said.towns:
        town[places.towns.of(one_town.key)] = 1
    post = np.zeros(count, np.int32)
    for code in outward:
        post[places.outward.of(code.key[:-3] if code.is_whole else code.key)] = 1
        if code.is_whole:
            post[places.postcodes.of(code.key)] = 2
    rows = np.flatnonzero((street > 0) | (town > 0) | (post > 0)).astype(np.int32)
    if not len(rows):
        return None
    bits = np.zeros(len(rows), np.float32)
    sure = max((one.sure for one in said.towns), default=1.0)
    everybody = max(register.size, 1)
    for (s, n, t, p), some, as_well in at_least([street[rows], number[rows], town[rows], post[rows]]):
        meant, usual = 1.0, 1.0
        if said.streets:
            meant, usual = meant * _STREET_MEANT[s], usual * _STREET_USUAL[s]
            if numbered:
                meant, usual = meant * _NUMBER_MEANT[n], usual * (0.02 if n else 1.0)
        if said.towns:
            meant, usual = meant * _TOWN_MEANT[t], usual * (0.01 if t else 1.0)
        if outward:
            meant, usual = meant * _POST_MEANT[p], usual * _POST_USUAL[p]
        bits[some] = worth(meant, as_well, everybody, usual)
        if not said.streets and not outward:
            bits[some] = doubted(float(bits[some][0]), sure)
    owners, best, chosen = best_of(places.person_of[rows], bits)
    chosen_rows = rows[chosen]
    lived = places.known
    against = 0.0
    if said.streets:
        against -= 2.5
    if said.towns and sure > 0.6:
        against -= 3.0
    levels = {"street": street, "number": number, "town": town, "post": post}

    def explain(owner: int) -> list[Because]:
        place = int(np.searchsorted(owners, owner))
        if place == len(owners) or owners[place] != owner:
            return _against(said, text, owner, lived)
        return _because(said, text, register, int(chosen_rows[place]), levels)

    return Fit(owners, best, by_record(lived, max(against, -4.5), max(against, -4.5) / 4), explain)


def _others(register: Register, fitting: Numbers) -> int:
    return len(register.places.people(fitting)) - 1


def _because(said: PlacesSaid, text: Text, register: Register, row: int, levels: dict[str, Numbers]) -> list[Because]:
    """One reason for street (with number, and town where both fit), one for the rest."""
    places, found = register.places, []
    street, town = levels["street"], levels["town"]
    town_rows = np.flatnonzero(town)
    if street[row]:
        found += _because_of_street(said, text, register, row, levels)
    if said.towns:
        one_town = next((one for one in said.towns if row in places.towns.of(one.key)), None)
        if one_town is not None:
            place = text.span(one_town.first, one_town.last)
            others = _others(register, places.towns.of(one_town.key))
            found.append(Because(Evidence.AREA, place, one_town.key, others, near=one_town.near))
        elif not len(town_rows) or street[row]:
            place = text.span(said.towns[0].first, said.towns[0].last)
            found.append(Because(Evidence.AREA, place, said.towns[0].key, against=True))
    if levels["post"][row]:
        level = int(levels["post"][row])
        for code in said.postcodes:
            half = code.key[:-3] if code.is_whole else code.key
            rows = places.postcodes.of(code.key) if level == 2 else places.outward.of(half)
            if row in rows:
                found.append(
                    Because(Evidence.POSTCODE, code.place, code.key if level == 2 else half, _others(register, rows))
                )
                break
    if said.streets and not street[row]:
        one = said.streets[0]
        found.append(Because(Evidence.STREET, text.span(one.first, one.last), one.keys[0][0], against=True))
    return found


def _because_of_street(
    said: PlacesSaid, text: Text, register: Register, row: int, levels: dict[str, Numbers]
) -> list[Because]:
    """The street where it is said with the number that fits; without one, another number speaks against."""
    places, street = register.places, levels["street"]
    numbered = bool(levels["number"][row])
    house = int(places.number_of[row])
    said_so = [(one, key) for one in said.streets for key, _ in one.keys if row in places.streets.of(key)]
    numbers = [(one, key) for one, key in said_so if one.number]
    if numbered:
        said_so = [(one, key) for one, key in numbers if places.number_id(one.number) == house]
    one, key = said_so[0]
    fitting = street >= street[row]
    if numbered:
        fitting &= levels["number"] > 0
    others = _others(register, np.flatnonzero(fitting).astype(np.int32))
    place = text.span(one.first - 1 if numbered else one.first, one.last)
    kind = Evidence.ADDRESS if numbered else Evidence.STREET
    found = [Because(kind, place, key, others, near=street[row] == 1)]
    if numbers and not numbered and house >= 0:
        one, key = numbers[0]
        found.append(Because(Evidence.ADDRESS, text.span(one.first - 1, one.last), key, against=True))
    return found


def _against(said: PlacesSaid, text: Text, owner: int, lived: Numbers) -> list[Because]:
    if owner not in lived:
        return []
    if said.streets:
        one = said.streets[0]
        return [Because(Evidence.STREET, text.span(one.first, one.last), one.keys[0][0], against=True)]
    if said.towns:
        town = said.towns[0]
        return [Because(Evidence.AREA, text.span(town.first, town.last), town.key, against=True)]
    return []
