"""The words of a compartment's register, brought up to date entry by entry as the register changes.

They hang on the unlocked copies of the register and go with the last of them. A change of one entry is read as one
entry, however large the register is.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from triage.register.checks import written_phone
from triage.register.entries import Entry, Group, Person
from triage.register.kept import Entries
from triage.register.unlocked import Unlocked
from triage.search.postings import Postings

NAME = "words to search"
STEP = 500
# Of this share changed, such as by an import, all is read anew: taking words away one by one would take longer.
MOST_CHANGED = 0.25
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Field:
    """What a field of an entry is called, and what stands in it."""

    label: str
    text: str


@dataclass
class EntryWords:
    """The words of each entry as it stood at a version of its own; `of_register` is the register's.

    `versions` is by ids as numbers, which every id has already.
    """

    postings: Postings = field(default_factory=Postings, repr=False)
    versions: dict[int, int] = field(default_factory=dict, repr=False)
    of_register: int = -1
    busy: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def bring_up_to(self, copy: Unlocked, progress: Progress) -> None:
        """Take away what is gone or changed and take in what is new; never back to an earlier version."""
        with self.busy:
            if self.of_register >= copy.version:
                return
            stands = versions_in(copy)
            gone = self._gone(stands)
            postings, versions = self.postings, self.versions
            if len(gone) > MOST_CHANGED * len(versions):
                postings, versions, gone = Postings(), {}, []
            postings.take_away([UUID(int=one) for one in gone])
            for one in gone:
                del versions[one]
            new = [UUID(int=one) for one in stands if one not in versions]
            for number, entry_id in enumerate(new, start=1):
                kept = copy.entries[entry_id]
                postings.put(entry_id, [one.text for one in fields_of(kept.entry) if one.text])
                versions[entry_id.int] = kept.version
                if number % STEP == 0:
                    progress(number / len(new))
            self.postings, self.versions, self.of_register = postings, versions, copy.version

    def behind(self, copy: Unlocked) -> int:
        """How many entries would have to be read to bring it up to a copy."""
        with self.busy:
            if self.of_register >= copy.version:
                return 0
            stands = versions_in(copy)
            return len(self._gone(stands)) + sum(one not in self.versions for one in stands)

    def _gone(self, stands: Mapping[int, int]) -> list[int]:
        return [one for one, number in self.versions.items() if stands.get(one) != number]


def versions_in(copy: Unlocked) -> dict[int, int]:
    """The version of each entry of a copy, by its id as a number."""
    entries = copy.entries
    if isinstance(entries, Entries):
        return entries.versions_by_number()
    return {one.int: kept.version for one, kept in entries.items()}


def read_entry_words(copy: Unlocked, progress: Progress = lambda _share: None) -> EntryWords:
    """The words of a copy of the register. Where they were read for an earlier one, only what differs is read."""
    words = entry_words(copy)
    if words is None:
        words = EntryWords()
        words.bring_up_to(copy, progress)
        copy.carried[NAME] = words
    words.bring_up_to(copy, progress)
    return words


def entry_words(copy: Unlocked) -> EntryWords | None:
    """What was read for this copy or for one before it, as it is; None where nothing was."""
    words = copy.carried.get(NAME)
    return words if isinstance(words, EntryWords) else None


def fields_of(entry: Entry) -> Iterator[Field]:
    """Every field that is searched, as an officer reads it."""
    yield Field("Reference", entry.reference)
    yield Field("Name", entry.shown_name)
    match entry:
        case Group():
            yield from (Field("Also known as", one) for one in entry.aliases)
            yield Field("Area", entry.area)
            yield from (Field("Threat", one) for one in entry.threats)
        case Person():
            yield from (Field("Nickname", one) for one in entry.nicknames)
            yield Field("Born", entry.born)
            yield from (Field("Address", str(one)) for one in entry.addresses)
            yield from (Field("Vehicle", str(one)) for one in entry.vehicles)
            yield from (Field("Telephone", written_phone(one)) for one in entry.phones)
            yield from (Field("Online name", one) for one in entry.online_names)
            yield Field("Description", entry.description)
    yield from (Field("Business", one) for one in entry.businesses)
    yield Field("Notes", entry.notes)
