"""What a vehicle said in a report is worth: plate, make, model and colour counted together."""

import numpy as np

from triage.linking.columns.building import Register
from triage.linking.columns.keys import confused_key, plate_key
from triage.linking.columns.postings import Numbers, each_once
from triage.linking.columns.things import Rows
from triage.linking.evidence import Evidence
from triage.linking.spotting.plates import Part
from triage.linking.spotting.text import Text
from triage.linking.spotting.vehicles import VehicleSaid
from triage.linking.weighing.fits import NO_ONE, Because, Fit, at_least, best_of, by_record, worth

# Of a plate that is said whole: written right, with a pair of signs confused, with one wrong.
_EXACT, _CONFUSED, _ONE_WRONG, _PART = 4, 3, 2, 1
_PLATE_MEANT = {_EXACT: 0.8, _CONFUSED: 0.06, _ONE_WRONG: 0.06, _PART: 0.85, 0: 0.04}
_PLATE_USUAL = {_EXACT: 1e-8, _CONFUSED: 1e-7, _ONE_WRONG: 1e-6, 0: 1.0}
_MATCH = {"make": (0.9, 0.06, 0.06), "model": (0.85, 0.08, 0.02), "colour": (0.85, 0.12, 0.15)}  # meant, other, usual
HAVING, LACKING = -2.5, -1.0  # bits against those whose known vehicles all differ, and those of whom none is known


def weigh_vehicle(said: VehicleSaid, text: Text, register: Register) -> Fit | None:
    """Whom a vehicle fits; None where nobody's vehicle does."""
    vehicles = register.vehicles
    plate = _plate_levels(said, register)
    levels: list[Numbers] = [plate]
    rows_of = {"make": vehicles.makes.of(said.make), "model": vehicles.models.of(said.model)}
    rows_of["colour"] = vehicles.colours.of(said.colour)
    kinds = [kind for kind in ("make", "model", "colour") if getattr(said, kind)]
    for kind in kinds:
        level = np.zeros(len(plate), np.int32)
        level[rows_of[kind]] = 1
        levels.append(level)
    telling = plate > 0
    for kind in ("make", "model"):
        telling[rows_of[kind]] = True
    rows = np.flatnonzero(telling).astype(np.int32)
    if not len(rows):
        # Part of a plate that fits nobody may be no part of one: it speaks against nobody.
        if said.plate is None or said.plate.part is not Part.WHOLE:
            return None
        return Fit(
            NO_ONE,
            np.empty(0, np.float32),
            by_record(vehicles.owns, HAVING, LACKING),
            lambda owner: _against(said, text, register, owner),
        )
    bits = np.zeros(len(rows), np.float32)
    for combination, some, as_well in at_least([level[rows] for level in levels]):
        meant, usual = 1.0, 1.0
        if said.plate is not None:
            meant *= _PLATE_MEANT[combination[0]]
            usual *= _part_usual(said) if combination[0] == _PART else _PLATE_USUAL[combination[0]]
        for kind, is_so in zip(kinds, combination[1:], strict=True):
            right, other, often = _MATCH[kind]
            meant *= right if is_so else other
            usual *= often if is_so else 1.0
        bits[some] = worth(meant, as_well, max(register.size, 1), usual)
    owners, best, chosen = best_of(vehicles.person_of[rows], bits)
    row_of = dict(zip(owners.tolist(), rows[chosen].tolist(), strict=True)) if len(owners) < 2_000 else None

    def explain(owner: int) -> list[Because]:
        place = int(np.searchsorted(owners, owner))
        if place == len(owners) or owners[place] != owner:
            return _against(said, text, register, owner)
        row = row_of[owner] if row_of is not None else int(rows[chosen[place]])
        return _because(said, text, register, row, plate, {kind: rows_of[kind] for kind in kinds})

    return Fit(owners, best, by_record(vehicles.owns, HAVING, LACKING), explain)


def _plate_levels(said: VehicleSaid, register: Register) -> Numbers:
    """How well the plate of each row fits what was said."""
    plates, confused = register.vehicles.plates, register.vehicles.confused
    levels = np.zeros(len(register.vehicles.person_of), np.int32)
    if said.plate is None:
        return levels
    key, likely = plate_key(said.plate.text), confused_key(said.plate.text)
    match said.plate.part:
        case Part.WHOLE:
            wrong = confused.wrong(likely)
            levels[wrong <= 1] = _ONE_WRONG
            levels[wrong == 0] = _CONFUSED
            levels[plates.same(key)] = _EXACT
            if not levels.any():
                for swapped in _swapped(likely):
                    levels[confused.same(swapped)] = _ONE_WRONG
        case Part.START:
            levels[_first_of(plates.starts(key), confused.starts(likely))] = _PART
        case Part.END:
            levels[_first_of(plates.ends(key), confused.ends(likely))] = _PART
        case Part.ANYWHERE:
            levels[_first_of(plates.holds(key), confused.holds(likely))] = _PART
    levels[~register.vehicles.has_plate] = 0
    return levels


def _first_of(written: Rows, confused: Rows) -> Rows:
    """What fits as it is written, and what fits with confused signs only where nothing does."""
    return written if written.any() else confused


def _swapped(key: str) -> list[str]:
    return [key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in range(len(key) - 1) if key[i] != key[i + 1]]


def _part_usual(said: VehicleSaid) -> float:
    assert said.plate is not None  # noqa: S101  asked for a part of one alone
    return max(1e-6, 0.06 ** len(said.plate.text)) * (4 if said.plate.part is Part.ANYWHERE else 1)


def _because(
    said: VehicleSaid, text: Text, register: Register, row: int, plate: Numbers, rows_of: dict[str, Numbers]
) -> list[Because]:
    found = []
    level = int(plate[row])
    vehicles = register.vehicles
    if said.plate is not None:
        place = text.span(said.plate.first, said.plate.last)
        others = len(each_once(vehicles.person_of[plate >= level])) - 1
        evidence = Evidence.PART_PLATE if level == _PART else Evidence.PLATE
        if level:
            found.append(Because(evidence, place, said.plate.text, others, near=level in {_CONFUSED, _ONE_WRONG}))
        elif said.plate.part is Part.WHOLE and vehicles.has_plate[row]:
            found.append(Because(Evidence.PLATE, place, said.plate.text, against=True))
    if not said.places:
        return found
    place = text.span(said.places[0], said.places[-1])
    matching = [kind for kind, rows in rows_of.items() if row in rows]
    if "make" in matching or "model" in matching:
        fitting = np.ones(len(plate), np.bool_)
        for kind in matching:
            inside = np.zeros(len(plate), np.bool_)
            inside[rows_of[kind]] = True
            fitting &= inside
        others = len(each_once(vehicles.person_of[fitting])) - 1
        key = " ".join(getattr(said, kind) for kind in ("colour", "make", "model") if kind in matching)
        found.append(Because(Evidence.VEHICLE, place, key, others))
    wrong = [kind for kind in rows_of if kind not in matching]
    if wrong and (found or matching):
        found.append(Because(Evidence.VEHICLE, place, " ".join(getattr(said, kind) for kind in wrong), against=True))
    return found


def _against(said: VehicleSaid, text: Text, register: Register, owner: int) -> list[Because]:
    if owner not in register.vehicles.owns:
        return []
    if said.plate is not None and said.plate.part is Part.WHOLE:
        return [Because(Evidence.PLATE, text.span(said.plate.first, said.plate.last), said.plate.text, against=True)]
    return []
