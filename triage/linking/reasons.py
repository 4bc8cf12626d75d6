"""Says in words why a stretch of a report fits an entry of the register."""

from dataclasses import dataclass

from triage.linking.evidence import Evidence
from triage.linking.lexicon import phone_key, plate_key
from triage.linking.reading import key_of
from triage.register import checks
from triage.register.entries import Entry, Group, Person
from triage.register.places import Vehicle


@dataclass(frozen=True)
class Reason:
    """One reason: the report's words, what the register says, how close they are, and how many others fit.

    `start` and `end` are where the words stand in the joined text; `against` marks what speaks against the entry.
    """

    said: str
    known: str
    evidence: str
    sentence: str
    near: bool
    others: int
    start: int = 0
    end: int = 0
    against: bool = False

    @property
    def rarity(self) -> str:
        """How many others on the register fit these words as well."""
        match self.others:
            case 0:
                return "Nobody else on the register fits."
            case 1:
                return "1 other entry fits as well."
            case _:
                return f"{self.others:,} other entries fit as well."


def reason_for(
    *,
    said: str,
    evidence: Evidence,
    key: str,
    near: bool,
    entry: Entry,
    other_than: Entry | None,
    others: int,
    place: tuple[int, int],
) -> Reason:
    """The reason that `said` fits `entry`; `other_than` is the entry suggested where that is another, by membership."""
    said = " ".join(said.split())
    known, tail = _known(evidence, key, entry)
    named = other_than is not None and isinstance(entry, Person)
    who, are = (entry.shown_name, "is") if named else ("they", "are")
    whose = f" of {entry.shown_name}" if named else ""
    match evidence:
        case Evidence.FULL_NAME:
            words = f"fits the name of {known}"
        case Evidence.NICKNAME:
            words = f"is close to “{known}”, a known nickname{whose}" if near else f"is a known nickname{whose}"
        case Evidence.SURNAME:
            words = f"{'is close to' if near else 'is'} the surname of {entry.shown_name}"
        case Evidence.GIVEN_NAME:
            words = f"{'is close to' if near else 'is'} the given name of {known}"
        case Evidence.GROUP_NAME:
            words = f"fits the group {known}" + (", of which they are a member" if other_than is not None else "")
        case Evidence.PLATE:
            words = f"is the plate{whose}: {known}"
        case Evidence.PART_PLATE:
            words = f"fits {tail} a plate{whose}: {known}"
        case Evidence.VEHICLE:
            words = f"fits a vehicle{whose}: {known}"
        case Evidence.PHONE:
            words = f"is a telephone number{whose}: {known}"
        case Evidence.PART_PHONE:
            words = f"fits {tail} a telephone number{whose}: {known}"
        case Evidence.ADDRESS:
            words = f"is an address{whose}: {known}"
        case Evidence.STREET:
            words = f"is a street {who} {are} known at: {known}"
        case Evidence.AREA:
            words = f"is an area {who} {are} known in: {known}"
        case Evidence.BUSINESS:
            words = f"is a business{whose}: {known}"
        case Evidence.ONLINE:
            words = f"is an online name{whose}: {known}"
    return Reason(said, known, evidence.value, f"“{said}” {words}", near, others, *place)


def _known(evidence: Evidence, key: str, entry: Entry) -> tuple[str, str]:
    """The value on the register that fits, and for a part of it, which part."""
    match entry:
        case Group():
            if evidence is Evidence.AREA:
                return entry.area, ""
            values = entry.businesses if evidence is Evidence.BUSINESS else (entry.name, *entry.aliases)
            exact = next((value for value in values if key_of(value) == key), None)
            return exact or next((value for value in values if key in key_of(value)), entry.name), ""
        case Person():
            return _known_of_person(evidence, key, entry)


def _known_of_person(evidence: Evidence, key: str, person: Person) -> tuple[str, str]:
    match evidence:
        case Evidence.NICKNAME:
            return next((one for one in person.nicknames if key_of(one) == key), key), ""
        case Evidence.SURNAME:
            return person.surname, ""
        case Evidence.PLATE | Evidence.PART_PLATE:
            vehicle = next((one for one in person.vehicles if _part(key, plate_key(one.vrm))), Vehicle(key))
            words = " ".join(part for part in (vehicle.colour, vehicle.make, vehicle.model) if part)
            plate = checks.written_plate(vehicle.vrm)
            return f"{plate} ({words})" if words else plate, _part(key, plate_key(vehicle.vrm))
        case Evidence.VEHICLE:
            fitting = (one for one in person.vehicles if set(key.split()) <= set(key_of(str(one)).split()))
            return next((str(one) for one in fitting), key), ""
        case Evidence.PHONE | Evidence.PART_PHONE:
            number = next((one for one in person.phones if _part(key, phone_key(one))), key)
            return checks.written_phone(number), _part(key, phone_key(number))
        case Evidence.ADDRESS | Evidence.STREET:
            return next((str(one) for one in person.addresses if key in key_of(str(one))), key), ""
        case Evidence.AREA:
            return next((one.area for one in person.addresses if key_of(one.area) == key), key), ""
        case Evidence.BUSINESS | Evidence.ONLINE:
            values = person.businesses if evidence is Evidence.BUSINESS else person.online_names
            return next((one for one in values if key_of(one) == key), key), ""
        case _:
            return person.shown_name, ""


def _part(key: str, whole: str) -> str:
    """Which part of a plate or number a fragment is; empty where it is none."""
    bare = key.lstrip("0") if key.isdecimal() else key
    if whole.endswith(key):
        return "the end of"
    if whole.startswith((key, bare)):
        return "the beginning of"
    return "part of" if key in whole else ""
