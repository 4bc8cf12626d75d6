"""A quick first look: whether a text may mention any of a few entries at all, so that the others are not read against
the whole register again. It lets through too much rather than too little; the matcher decides.
"""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from triage.linking.columns.keys import phone_key, plate_key
from triage.linking.columns.slips import shortened
from triage.linking.naming import other_forms, skeleton
from triage.linking.reading import key_of, read
from triage.linking.words import EMPTY
from triage.register.entries import Entry, Group, Person

LEAST_LETTERS = 3
LEAST_WITH_A_SLIP = 5
LEAST_DIGITS = 3
# What nearly every text has: it would let through everything.
GENERIC = frozenset(
    {"road", "street", "lane", "avenue", "close", "drive", "court", "crescent", "gardens", "square", "terrace", "way"}
    | {"grove", "place", "hill", "park", "view", "the", "crew", "boys", "family", "firm", "lot", "group", "gang"}
)


def sieve_for(wanted: Mapping[UUID, Entry], around: Iterable[Entry] = ()) -> Callable[[str], bool]:
    """Tells whether a text may mention one of `wanted`; `around` are their groups or people."""
    people = [*wanted.values(), *around]
    words = {word for entry in people for word in _words(entry) if word not in EMPTY | GENERIC}
    near = {shorter for word in words if len(word) >= LEAST_WITH_A_SLIP for shorter in shortened(word)}
    sounds = {skeleton(word) for word in words if word.isalpha()} - {""}
    parts = {part for entry in people for part in _parts(entry)}

    def may_mention(text: str) -> bool:
        reading = read(text)
        for folded in {word.folded for word in reading.words} - EMPTY:
            if folded in words or folded.removesuffix("s") in words or plate_key(folded) in parts or folded in parts:
                return True
            if len(folded) >= LEAST_WITH_A_SLIP and not near.isdisjoint(shortened(folded)):
                return True
            if len(folded) >= LEAST_LETTERS and folded.isalpha() and skeleton(folded) in sounds:
                return True
        return False

    return may_mention


def _words(entry: Entry) -> Iterable[str]:
    """The telling words of an entry: names, streets, cars, businesses."""
    said: list[str] = [*entry.businesses]
    match entry:
        case Group():
            said += [entry.name, *entry.aliases]
        case Person():
            said += [entry.surname, *entry.nicknames, *entry.online_names]
            said += [address.street for address in entry.addresses]
            said += [f"{vehicle.make} {vehicle.model}" for vehicle in entry.vehicles]
            for given in key_of(entry.given_names).split():
                said += [given, *other_forms(given)]
    for phrase in said:
        yield from key_of(phrase).split()


def _parts(entry: Entry) -> Iterable[str]:
    """Every stretch of a plate or a number that somebody could give of it."""
    if isinstance(entry, Person):
        for vehicle in entry.vehicles:
            yield from _stretches(plate_key(vehicle.vrm.replace(" ", "")), LEAST_DIGITS)
        for phone in entry.phones:
            yield from _stretches(phone_key(phone), LEAST_DIGITS)
            yield from _stretches(f"0{phone_key(phone)}", LEAST_DIGITS)


def _stretches(whole: str, least: int) -> Iterable[str]:
    for begin in range(len(whole) - least + 1):
        for end in range(begin + least, len(whole) + 1):
            yield whole[begin:end]
