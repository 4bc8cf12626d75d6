"""What the register says, turned round: from words, plates and numbers to the entries they fit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from uuid import UUID

from triage.linking.evidence import Evidence
from triage.linking.reading import key_of
from triage.linking.words import EMPTY, GENERIC
from triage.register.entries import Entry, Group, Person, Status

LONGEST_PHRASE = 6
FRAGMENTS = range(3, 7)  # characters of a partial plate
SUFFIX, PREFIX = 4, 7  # digits of a telephone number that are looked up
SHORTEST_CORRECTED = 5

Owners = set[int]


def plate_key(text: str) -> str:
    """A plate with the letters and digits people confuse made one: O is 0, I is 1."""
    return text.lower().replace("o", "0").replace("i", "1")


def phone_key(digits: str) -> str:
    """A number without country code and trunk zero, so that +44 7700, 0044 7700 and 07700 are one."""
    bare = digits.lstrip("+").removeprefix("00")
    return bare.removeprefix("44").lstrip("0") if bare.startswith(("44", "0")) else bare


@dataclass
class Lexicon:
    """The turned-round register. Owners are numbers of `ids`, so that sets of them stay small."""

    ids: list[UUID] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    is_person: list[bool] = field(default_factory=list)
    groups_of: list[tuple[int, ...]] = field(default_factory=list)  # of a group: itself
    members: dict[int, set[int]] = field(default_factory=dict)
    people: int = 0
    groups: int = 0
    phrases: dict[str, dict[Evidence, Owners]] = field(default_factory=dict)
    plates: dict[str, Owners] = field(default_factory=dict)
    fragments: dict[str, Owners] = field(default_factory=dict)
    phones: dict[str, Owners] = field(default_factory=dict)
    phone_ends: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)  # single words of names, for spelling
    near: dict[str, set[str]] = field(default_factory=dict)  # a name with one letter left out → the name

    def add(self, words: str, evidence: Evidence, owner: int) -> None:
        """Note a phrase of an entry; one without a telling word is not noted."""
        key = key_of(words)
        parts = key.split(" ")
        if not key or len(parts) > LONGEST_PHRASE or all(part in EMPTY or len(part) < 2 for part in parts):
            return
        self.phrases.setdefault(key, {}).setdefault(evidence, set()).add(owner)

    def finish(self) -> None:
        """Prepare the look-up of misspelt names: every name with any one letter left out (Mor & Fraenkel, 1982)."""
        for name in self.names:
            for shorter in shortened(name):
                self.near.setdefault(shorter, set()).add(name)


def shortened(word: str) -> set[str]:
    """A word, and the word with any one letter left out."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def build_lexicon(entries: Iterable[tuple[UUID, Entry]]) -> Lexicon:
    """Index the entries that are not archived."""
    lexicon = Lexicon()
    kept = [(entry_id, entry) for entry_id, entry in entries if entry.status is not Status.ARCHIVED]
    number_of = {entry_id: number for number, (entry_id, _) in enumerate(kept)}
    surnames = _surnames_by_group(kept)
    for number, (entry_id, entry) in enumerate(kept):
        lexicon.ids.append(entry_id)
        lexicon.entries.append(entry)
        lexicon.is_person.append(isinstance(entry, Person))
        match entry:
            case Group():
                lexicon.groups += 1
                lexicon.groups_of.append((number,))
                _add_group(lexicon, number, entry, surnames.get(entry_id, set()))
            case Person():
                lexicon.people += 1
                groups = [number_of[one.group_id] for one in entry.memberships if one.group_id in number_of]
                lexicon.groups_of.append(tuple(dict.fromkeys(groups)))
                for group in groups:
                    lexicon.members.setdefault(group, set()).add(number)
                _add_person(lexicon, number, entry)
    lexicon.finish()
    return lexicon


def _surnames_by_group(entries: list[tuple[UUID, Entry]]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for _, entry in entries:
        if isinstance(entry, Person):
            for membership in entry.memberships:
                found.setdefault(membership.group_id, set()).add(key_of(entry.surname))
    return found


def _add_group(lexicon: Lexicon, number: int, group: Group, surnames: set[str]) -> None:
    """Note a group by its names, by what is telling in them, and a family by the surnames it is called after."""
    for name in (group.name, *group.aliases):
        lexicon.add(name, Evidence.GROUP_NAME, number)
        core = [word for word in key_of(name).split(" ") if word not in GENERIC]
        if len(core) > 1 or set(core) & surnames:
            lexicon.add(" ".join(core), Evidence.GROUP_NAME, number)
        for word in core:
            if group.family_based and {word, word.removesuffix("s")} & surnames:
                lexicon.add(word.removesuffix("s") if word not in surnames else word, Evidence.GROUP_NAME, number)
    for business in group.businesses:
        lexicon.add(business, Evidence.BUSINESS, number)
    lexicon.add(group.area, Evidence.AREA, number)


def _add_person(lexicon: Lexicon, number: int, person: Person) -> None:
    _add_names(lexicon, number, person)
    for address in person.addresses:
        if address.number:
            lexicon.add(f"{address.number} {address.street}", Evidence.ADDRESS, number)
        lexicon.add(address.street, Evidence.STREET, number)
        lexicon.add(address.area, Evidence.AREA, number)
    for business in person.businesses:
        lexicon.add(business, Evidence.BUSINESS, number)
    for online in person.online_names:
        lexicon.add(online, Evidence.ONLINE, number)
    for vehicle in person.vehicles:
        for words in product((vehicle.colour, ""), (vehicle.make, ""), (vehicle.model, "")):
            if words != (vehicle.colour, "", "") and any(words[1:]):
                lexicon.add(" ".join(words), Evidence.VEHICLE, number)
        _add_plate(lexicon, number, vehicle.vrm)
    for phone in person.phones:
        key = phone_key(phone)
        lexicon.phones.setdefault(key, set()).add(number)
        lexicon.phone_ends.setdefault(f"…{key[-SUFFIX:]}", set()).add(key)
        lexicon.phone_ends.setdefault(f"{key[:PREFIX]}…", set()).add(key)


def _add_names(lexicon: Lexicon, number: int, person: Person) -> None:
    surname, given = key_of(person.surname), key_of(person.given_names).split()
    called = list(given)
    for nickname in person.nicknames:
        lexicon.add(nickname, Evidence.NICKNAME, number)
        called += [word for word in key_of(nickname).split() if word not in EMPTY and word not in called]
    lexicon.add(surname, Evidence.SURNAME, number)
    for word in given[:1]:
        lexicon.add(word, Evidence.GIVEN_NAME, number)
    if surname and given:
        lexicon.add(" ".join((*given, surname)), Evidence.FULL_NAME, number)
    for word in called:
        if surname and word != surname:
            lexicon.add(f"{word} {surname}", Evidence.FULL_NAME, number)
            lexicon.add(f"{surname} {word}", Evidence.FULL_NAME, number)
    lexicon.names.update(word for word in (*surname.split(), *called) if len(word) >= SHORTEST_CORRECTED)


def _add_plate(lexicon: Lexicon, number: int, vrm: str) -> None:
    if not vrm:
        return
    key = plate_key(vrm)
    if "?" not in key:
        lexicon.plates.setdefault(key, set()).add(number)
    for length in FRAGMENTS:
        if length < len(key):
            for part in {key[:length], key[-length:]}:
                if "?" not in part:
                    lexicon.fragments.setdefault(part, set()).add(number)
    for part in key.split("?"):
        if "?" in key and len(part) >= FRAGMENTS.start:
            lexicon.fragments.setdefault(part, set()).add(number)
