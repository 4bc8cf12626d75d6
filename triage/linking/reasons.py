"""Says in words why a stretch of a report speaks for or against an entry of the register."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from triage.linking.columns.keys import phone_key, plate_key
from triage.linking.evidence import Evidence
from triage.linking.reading import bare_key, key_of
from triage.linking.weighing.fits import Because
from triage.register import checks
from triage.register.entries import Entry, Group, Person
from triage.register.places import Address, Vehicle

# The order in which reasons are given: what tells one from all others first.
ORDER = (
    *(Evidence.PLATE, Evidence.PHONE, Evidence.ONLINE, Evidence.BORN, Evidence.FULL_NAME, Evidence.PART_PHONE),
    *(
        Evidence.PART_PLATE,
        Evidence.NICKNAME,
        Evidence.INITIAL,
        Evidence.ADDRESS,
        Evidence.SURNAME,
        Evidence.GROUP_NAME,
    ),
    *(Evidence.POSTCODE, Evidence.STREET, Evidence.BUSINESS, Evidence.ASSOCIATE, Evidence.VEHICLE, Evidence.GIVEN_NAME),
    *(Evidence.FAMILY, Evidence.AREA, Evidence.AGE, Evidence.SEX),
)


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


def reason_for(because: Because, text: str, entry: Entry, other_than: Entry | None) -> Reason:
    """The reason that words fit `entry`; `other_than` is the entry suggested where that is another, by membership."""
    start, end = because.place
    said = " ".join(text[start:end].split())
    known = _known(because, said, entry)
    sentence = _against(because, known) if because.against else _for(because, known, entry, other_than)
    return Reason(
        said=said,
        known=known,
        evidence=because.evidence.value,
        sentence=f"“{said}” {sentence}",
        near=bool(because.near),
        others=int(because.others),
        start=start,
        end=end,
        against=because.against,
    )


def _for(because: Because, known: str, entry: Entry, other_than: Entry | None) -> str:
    named = other_than is not None and isinstance(entry, Person)
    who, are = (entry.shown_name, "is") if named else ("they", "are")
    whose = f" of {entry.shown_name}" if named else ""
    close = "is close to" if because.near else "is"
    fits = "is close to" if because.near else "fits"
    match because.evidence:
        case Evidence.FULL_NAME:
            return f"{fits} the name of {known}"
        case Evidence.INITIAL:
            return f"{fits} the initial and surname of {known}"
        case Evidence.NICKNAME:
            return f"is close to “{known}”, a known nickname{whose}" if because.near else f"is a known nickname{whose}"
        case Evidence.SURNAME:
            return f"{close} the surname of {entry.shown_name}"
        case Evidence.GIVEN_NAME:
            return f"{close} the given name of {known}"
        case Evidence.GROUP_NAME | Evidence.FAMILY:
            return f"{fits} the group {known}" + (", of which they are a member" if other_than is not None else "")
        case Evidence.ASSOCIATE:
            return f"{fits} {known}, of the same group"
        case Evidence.PLATE:
            return f"is close to a plate{whose}: {known}" if because.near else f"is the plate{whose}: {known}"
        case Evidence.PART_PLATE:
            return f"fits {_part_of_plate(because.key, entry)} a plate{whose}: {known}"
        case Evidence.VEHICLE:
            return f"fits a vehicle{whose}: {known}"
        case Evidence.PHONE:
            return f"is {'one digit from ' if because.near else ''}a telephone number{whose}: {known}"
        case Evidence.PART_PHONE:
            return f"fits {_part_of_phone(because.key, entry)} a telephone number{whose}: {known}"
        case Evidence.ADDRESS:
            return f"{close} an address{whose}: {known}"
        case Evidence.STREET:
            return f"{close} a street {who} {are} known at: {known}"
        case Evidence.AREA:
            return f"{close} an area {who} {are} known in: {known}"
        case Evidence.POSTCODE:
            return f"fits the postcode of an address{whose}: {known}"
        case Evidence.BUSINESS:
            return f"{close} a business{whose}: {known}"
        case Evidence.ONLINE:
            return f"is an online name{whose}: {known}"
        case Evidence.AGE:
            return f"{'is not far from' if because.near else 'fits'} the age of {entry.shown_name}, born {known}"
        case Evidence.BORN:
            return f"{'is close to' if because.near else 'is'} the date of birth of {entry.shown_name}: {known}"
        case Evidence.SEX:
            return "fits"


def _against(because: Because, known: str) -> str:
    match because.evidence:
        case Evidence.PLATE | Evidence.PART_PLATE:
            return f"is not a plate they are known by: {known}"
        case Evidence.VEHICLE:
            return f"does not fit the vehicle known: {known}"
        case Evidence.PHONE | Evidence.PART_PHONE:
            return f"is not a telephone number they are known by: {known}"
        case Evidence.AREA | Evidence.STREET | Evidence.ADDRESS | Evidence.POSTCODE:
            return f"is not where they are known: {known}"
        case Evidence.AGE | Evidence.BORN:
            return f"does not fit their date of birth, {known}"
        case Evidence.SEX:
            return f"does not fit: the register has {known}"
        case _:
            return f"is not a name they are known by: {known}"


def _known(because: Because, said: str, entry: Entry) -> str:
    """The value on the register that the words are compared with."""
    key, evidence = because.key, because.evidence
    match entry:
        case Group():
            if evidence is Evidence.AREA:
                return entry.area
            values = entry.businesses if evidence is Evidence.BUSINESS else (entry.name, *entry.aliases)
            return next((value for value in values if key_of(value) == key), values[0] if values else entry.name)
        case Person():
            return _of_person(because, key, said, entry)


def _of_person(because: Because, key: str, said: str, person: Person) -> str:
    match because.evidence:
        case Evidence.NICKNAME:
            return _closest(key_of(said), person.nicknames) or person.shown_name
        case Evidence.SURNAME:
            return person.surname
        case Evidence.PLATE | Evidence.PART_PLATE:
            return (
                "; ".join(_vehicle(one) for one in person.vehicles)
                if because.against
                else _vehicle(_plated(key, person))
            )
        case Evidence.VEHICLE:
            words = set(key.split())
            ranked = sorted(person.vehicles, key=lambda one: -len(words & set(key_of(str(one)).split())))
            return str(ranked[0]) if ranked else key
        case Evidence.PHONE | Evidence.PART_PHONE:
            if because.against:
                return "; ".join(map(checks.written_phone, person.phones))
            return checks.written_phone(_phone(key, person))
        case Evidence.ADDRESS | Evidence.STREET | Evidence.POSTCODE | Evidence.AREA:
            return _address(because, key, person)
        case Evidence.BUSINESS:
            return _closest(key, person.businesses) or key
        case Evidence.ONLINE:
            return next((one for one in person.online_names if bare_key(one) == key), key)
        case Evidence.AGE | Evidence.BORN:
            return person.born
        case Evidence.SEX:
            return {"m": "a man", "f": "a woman"}.get(person.sex[:1].lower(), person.sex)
        case _:
            return person.shown_name


def _address(because: Because, key: str, person: Person) -> str:
    if because.against:
        return "; ".join(str(one) for one in person.addresses)
    if because.evidence is Evidence.AREA:
        return next((one.area for one in person.addresses if key_of(one.area) == key), key)

    def fits(one: Address) -> bool:
        if because.evidence is Evidence.POSTCODE:
            return key_of(one.postcode).replace(" ", "").startswith(key)
        return key in {key_of(one.street), key_of(one.within)}

    return next((str(one) for one in person.addresses if fits(one)), key)


def _closest(key: str, values: tuple[str, ...]) -> str:
    return min(values, key=lambda value: (OSA.distance(key, key_of(value)), value), default="")


def _vehicle(vehicle: Vehicle) -> str:
    words = " ".join(part for part in (vehicle.colour, vehicle.make, vehicle.model) if part)
    plate = checks.written_plate(vehicle.vrm)
    return f"{plate} ({words})" if words else plate


def _plated(key: str, person: Person) -> Vehicle:
    folded = plate_key(key)

    def far(one: Vehicle) -> int:
        plate = plate_key(one.vrm)
        return -1 if folded in plate else OSA.distance(folded, plate)

    return min(person.vehicles, key=far, default=Vehicle(key))


def _phone(key: str, person: Person) -> str:
    bare = key.lstrip("0")

    def far(one: str) -> int:
        number = phone_key(one)
        return (
            -2
            if number.endswith(key)
            else -1
            if number.startswith(bare) or bare in number
            else OSA.distance(key, number)
        )

    return min(person.phones, key=far, default=key)


def _part_of_plate(key: str, entry: Entry) -> str:
    plate = plate_key(_plated(key, entry).vrm) if isinstance(entry, Person) else ""
    folded = plate_key(key)
    return "the end of" if plate.endswith(folded) else "the beginning of" if plate.startswith(folded) else "part of"


def _part_of_phone(key: str, entry: Entry) -> str:
    number = phone_key(_phone(key, entry)) if isinstance(entry, Person) else ""
    if number.endswith(key):
        return "the end of"
    return "the beginning of" if number.startswith(key.lstrip("0")) else "part of"
