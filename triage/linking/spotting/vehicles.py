"""Vehicles as they are talked of: make, model, colour and plate that are said together."""

from dataclasses import dataclass, field

from triage.linking.columns.names import NameColumns
from triage.linking.columns.things import VehicleColumns
from triage.linking.spotting.plates import PlateSaid
from triage.linking.spotting.text import Text
from triage.linking.words import EMPTY, PLATE_WORDS, words_of

MOST = 12
NEAR = 7  # words between what is said of one vehicle
_SHORTEST = 5  # letters of a make or model that is put right
COLOURS = words_of(
    """black white grey silver red blue green orange yellow gold brown purple pink beige bronze navy maroon cream"""
)
_BEFORE = words_of(
    """a an the his her their this that another new old in drives drive drove driving uses using got has own owns
    of hire hired big small little dark light metallic matt matte and or"""
)
_CARS = words_of(
    """car van motor vehicle 4x4 suv estate saloon hatchback convertible pickup truck lorry jeep coupe cab"""
)
_DRIVES = words_of("""drives drive drove driving driven uses car van motor vehicle whip wheels parked owns reg plate""")


@dataclass
class VehicleSaid:
    """One vehicle: keys of make, model and colour, empty where they are not said, and its plate."""

    make: str = ""
    model: str = ""
    colour: str = ""
    plate: PlateSaid | None = None
    places: list[int] = field(default_factory=list)  # of the words for make, model and colour


def find_vehicles(
    text: Text, plates: list[PlateSaid], vehicles: VehicleColumns, names: NameColumns, begin: frozenset[str]
) -> list[VehicleSaid]:
    """Vehicles in the order of the text; takes the words of make and model. `begin` are the words these begin with."""
    said = _named(text, vehicles, names, begin)
    for plate in plates:
        near = [one for one in said if one.plate is None and _near(text, one, plate)]
        only = [one for one in said if one.plate is None] if len(plates) == 1 and len(said) == 1 else []
        chosen = min(near, key=lambda one: abs(one.places[-1] - plate.first), default=only[0] if only else None)
        if chosen is None:
            said.append(VehicleSaid(plate=plate))
        else:
            chosen.plate = plate
    return said


def _near(text: Text, one: VehicleSaid, plate: PlateSaid) -> bool:
    if not one.places:
        return False
    gap = min(abs(place - edge) for place in one.places for edge in (plate.first, plate.last))
    return gap <= NEAR and text.sentences[one.places[0]] == text.sentences[plate.first]


def _named(text: Text, vehicles: VehicleColumns, names: NameColumns, begin: frozenset[str]) -> list[VehicleSaid]:
    found: list[VehicleSaid] = []
    corrected: dict[str, str] = {}
    place = 0
    while place < len(text.words) and len(found) < MOST:
        step = 1
        most = 3 if text.folds[place] in begin else 1 if _may_be_misspelt(text, place, found, vehicles) else 0
        for count in range(text.free_run(place, most), 0, -1):
            last = place + count - 1
            key = " ".join(text.folds[place : last + 1])
            make = key if key in vehicles.makes else ""
            if not make and count == 1 and (most == 1 or _may_be_misspelt(text, place, found, vehicles)):
                if key not in corrected:
                    corrected[key] = vehicles.corrected(key)
                make = corrected[key]
            if make and make in vehicles.makes and _is_make(text, place, last, vehicles, names, make != key):
                found.append(VehicleSaid(make=make, places=list(range(place, last + 1))))
                step = count
                break
            model = key if key in vehicles.models else make
            if model and model in vehicles.models and _is_model(text, place, last, found, model):
                if found and _goes_with(text, found[-1], place):
                    found[-1].model = model
                    found[-1].places.extend(range(place, last + 1))
                    step = count
                    break
                if not key.replace(" ", "").isdecimal() or COLOURS.intersection(text.before(place, 1)):
                    found.append(VehicleSaid(model=model, places=list(range(place, last + 1))))
                    step = count
                    break
        place += step
    for one in found:
        text.take(one.places[0], one.places[-1])
        _colour(text, one)
    return found


def _may_be_misspelt(text: Text, place: int, found: list[VehicleSaid], vehicles: VehicleColumns) -> bool:
    """Whether one word may be a make or model with a slip, by the words beside it: `_is_make` and `_is_model` ask."""
    if len(text.folds[place]) < _SHORTEST:
        return False
    before, after = text.before(place, 5), text.after(place, 2)
    if not COLOURS.isdisjoint(before[:1]) or not _DRIVES.isdisjoint(before) or before[:1] == ["a"]:
        return True
    if after and (after[0] in _CARS or after[0] in PLATE_WORDS or after[0] in vehicles.models):
        return True
    return " ".join(after) in vehicles.models or (bool(found) and 0 < place - found[-1].places[-1] <= 2)


def _goes_with(text: Text, one: VehicleSaid, place: int) -> bool:
    """Whether a model is said just after this make."""
    if not one.make or one.model or not one.places:
        return False
    return place - one.places[-1] <= 2 and text.sentences[place] == text.sentences[one.places[-1]]


def _is_make(text: Text, first: int, last: int, vehicles: VehicleColumns, names: NameColumns, near: bool) -> bool:
    """Whether a word that may be a make, or a surname (Ford, Morris, Austin), is a make here."""
    before, after = text.before(first, 1), text.after(last, 2)
    following = " ".join(after[:1])
    sure = bool(
        following in vehicles.models
        or " ".join(after) in vehicles.models
        or COLOURS.intersection(before)
        or (_CARS | PLATE_WORDS).intersection(after[:1])
    )
    key = " ".join(text.folded(place) for place in range(first, last + 1))
    if sure:
        return True
    if near and not _DRIVES.intersection(text.before(first, 5)):
        return False
    if before and before[0] in names.first and before[0] not in _BEFORE:
        return False
    if key not in names.words:
        return True
    return bool(before) and before[0] in _BEFORE and not {"family", "lads", "brothers", "lot", "boys"} & set(after[:1])


def _is_model(text: Text, first: int, last: int, found: list[VehicleSaid], model: str) -> bool:
    if found and found[-1].make and 0 < first - found[-1].places[-1] <= 2:
        return True
    before, after = text.before(first, 4), text.after(last, 1)
    if model.isdecimal():
        return bool(COLOURS.intersection(before[:1]) and _DRIVES.intersection(before))  # drives a grey 308
    if model.replace(" ", "").isdecimal() or model in EMPTY or len(model) < 2:
        return False
    if COLOURS.intersection(before[:1]) or (_CARS | PLATE_WORDS).intersection(after):
        return True
    return bool(_DRIVES.intersection(before) or (before[:1] == ["a"] and len(model) > 2 and "in" in before))


def _colour(text: Text, one: VehicleSaid) -> None:
    """The colour said just before the vehicle, or just after it (`Golf, white`)."""
    for place in range(one.places[0] - 1, max(-1, one.places[0] - 4), -1):
        if not text.joined(place, one.places[0]):
            break
        if text.folded(place) in COLOURS:
            one.colour = text.folded(place)
            one.places.insert(0, place)
            text.take(place, place)
            return
        if text.folded(place) not in {"coloured", "colour", "metallic", "old", "new", "big", "little", "dark", "light"}:
            break
    for place in range(one.places[-1] + 1, min(len(text.words), one.places[-1] + 4)):
        if not text.joined(one.places[-1], place):
            return
        if text.folded(place) in COLOURS:
            one.colour = text.folded(place)
            one.places.append(place)
            text.take(place, place)
            return
        if text.folded(place) not in {"in", "colour", "coloured", "car", "van", "it", "is", "its"}:
            return
