"""Builds the columns of a register: one pass over its entries, then packing."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import numpy as np

from triage.linking.columns.coded import Coded
from triage.linking.columns.groups import GroupColumns, PhraseColumns
from triage.linking.columns.held import Entries, Ids
from triage.linking.columns.names import NameColumns
from triage.linking.columns.places import PlaceColumns
from triage.linking.columns.postings import Numbers
from triage.linking.columns.things import PhoneColumns, VehicleColumns
from triage.linking.reading import key_of
from triage.register.bodies import Stored, StoredGroup, StoredPerson
from triage.register.bulk import in_bulk
from triage.register.entries import Entry, Group, Person, Status

NO_GROUP = -1
MANY = 5_000  # entries; walking them for garbage would hold up a report for half a second
PEOPLE = (StoredPerson, Person)


class Register:
    """People and groups under numbers of their own, each counted from 0, and every column about them.

    Entries are added in the order of their ids, so that the order of reading changes nothing; then it is finished.
    """

    def __init__(self) -> None:
        self.group_ids, self.person_ids = Ids(), Ids()
        self.groups: Entries[Group] = Entries()
        self.people: Entries[Person] = Entries()
        self.names, self.places, self.vehicles = NameColumns(), PlaceColumns(), VehicleColumns()
        self.phones, self.called, self.phrases = PhoneColumns(), GroupColumns(), PhraseColumns()
        self._areas: list[str] = []
        self._born, self._sex, self._member_of, self._members = Coded(), Coded(), Coded(), array("i")

    def add(self, ids: Sequence[str], entries: Sequence[Entry | Stored], held: Sequence[Entry | bytes]) -> None:
        """Add entries, except archived ones. An id is 32 hexadecimal digits; what is `held` of an entry is the entry or
        the text it is read from when somebody asks.
        """
        rows = [row for row in zip(ids, entries, held, strict=True) if row[1].status is not Status.ARCHIVED]
        begin, of_people = len(self.people), [row for row in rows if isinstance(row[1], PEOPLE)]
        people: list[Person | StoredPerson] = [entry for _, entry, _ in of_people]  # type: ignore[misc]  # as seen
        for entry_id, entry, kept in rows if len(people) < len(rows) else ():
            if isinstance(entry, Group | StoredGroup):
                self.called.add(len(self.groups), entry)
                self._areas.append(entry.area)
                self.group_ids.extend((entry_id,))
                self.groups.extend((kept,))
        self.person_ids.extend([entry_id for entry_id, _, _ in of_people])
        self.people.extend([kept for _, _, kept in of_people])
        for columns in (self.names, self.places, self.vehicles, self.phones, self.phrases):
            columns.add(begin, people)
        self._born.note([one.born for one in people])
        self._sex.note([one.sex for one in people])
        places = [(number, one) for number, person in enumerate(people, begin) for one in person.memberships]
        self._members.extend([number for number, _ in places])
        self._member_of.note([str(one.group_id) for _, one in places])

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.people)

    def groups_of(self, person: int) -> Numbers:
        """The groups of a person."""
        low, high = np.searchsorted(self.member_person, (person, person + 1))
        return self.member_group[low:high]

    def members_of(self, group: int) -> Numbers:
        """The people of a group."""
        return self._by_group[self._group_starts[group] : self._group_starts[group + 1]]

    def member_positions(self, people: Numbers) -> Numbers:
        """Where the memberships of these people, who rise, stand in `member_person` and `member_group`."""
        lows = np.searchsorted(self.member_person, people, "left")
        highs = np.searchsorted(self.member_person, people, "right")
        several = [np.arange(lows[one] + 1, highs[one]) for one in np.flatnonzero(highs - lows > 1)]
        return np.sort(np.concatenate([lows[highs > lows], *several])).astype(np.int32)

    def finish(self) -> None:
        """Pack the columns; nothing is added from then on."""
        self.born: Numbers = self._born.map(_day)  # 19900314, and 0 for parts that are not known
        self.sexes = self._sex.map(_sex).astype(np.int8)  # 1 male, 2 female, 0 not known
        number_of = {entry_id.hex: number for number, entry_id in enumerate(self.group_ids)}
        of_members = self._member_of.map(lambda text: number_of.get(text.replace("-", ""), NO_GROUP))
        persons = np.array(self._members, np.int32)
        _, first = np.unique((persons.astype(np.int64) << 32) | (of_members + 1), return_index=True)
        once = np.sort(first[of_members[first] != NO_GROUP])
        self._join(persons[once], of_members[once])
        self._born, self._sex, self._member_of, self._members = Coded(), Coded(), Coded(), array("i")

    def _join(self, persons: Numbers, groups: Numbers) -> None:
        self.member_person, self.member_group = persons, groups  # in the order of people
        self.group_of: Numbers = np.full(len(self.people), NO_GROUP, np.int32)
        self.group_of[persons[::-1]] = groups[::-1]  # the first of several
        again = np.flatnonzero(persons[1:] == persons[:-1]) + 1
        self.further_groups = tuple(zip(persons[again].tolist(), groups[again].tolist(), strict=True))
        order = np.argsort(groups, kind="stable")
        self._by_group: Numbers = persons[order]
        self.group_sizes = np.bincount(groups, minlength=len(self.groups)).astype(np.int32)
        self._group_starts = np.concatenate(([0], np.cumsum(self.group_sizes))).astype(np.int32)
        self.names.finish()
        self.vehicles.finish()
        self.phones.finish()
        self.called.finish()
        self.places.finish([key_of(area) for area in self._areas if area])
        self.phrases.finish(self.called.business)


def _day(born: str) -> int:
    """A date of birth as a number; a year alone is 19900000."""
    try:
        parts = [int(part) for part in born.split("-")[:3]]
        if len(parts) == 3:
            date(*parts)
    except ValueError:
        return 0
    year, month, day = (*parts, 0, 0, 0)[:3]
    return year * 10_000 + month * 100 + day


def _sex(said: str) -> int:
    return {"m": 1, "f": 2}.get(said[:1].lower(), 0)


def build_register(entries: Iterable[tuple[UUID, Entry]]) -> Register:
    """The columns of the entries that are not archived."""
    register, given = Register(), sorted(entries, key=lambda one: one[0].int)
    with in_bulk(len(given) > MANY):
        register.add([one.hex for one, _ in given], [entry for _, entry in given], [entry for _, entry in given])
        register.finish()
    return register
