"""Builds the columns of a register: one pass over its entries, then packing."""

from array import array
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import numpy as np

from triage.linking.columns.groups import GroupColumns, PhraseColumns
from triage.linking.columns.names import NameColumns
from triage.linking.columns.places import PlaceColumns
from triage.linking.columns.postings import Numbers
from triage.linking.columns.things import PhoneColumns, VehicleColumns
from triage.linking.reading import key_of
from triage.register.entries import Entry, Group, Person, Status

NO_GROUP = -1


class Register:
    """People and groups under numbers of their own, each counted from 0, and every column about them."""

    def __init__(self, entries: Iterable[tuple[UUID, Entry]]) -> None:
        kept = [(entry_id, entry) for entry_id, entry in entries if entry.status is not Status.ARCHIVED]
        kept.sort(key=lambda one: one[0].int)  # so that the order of reading changes nothing
        self.group_ids: list[UUID] = []
        self.groups: list[Group] = []
        self.person_ids: list[UUID] = []
        self.people: list[Person] = []
        self.names, self.places, self.vehicles = NameColumns(), PlaceColumns(), VehicleColumns()
        self.phones, self.called, self.phrases = PhoneColumns(), GroupColumns(), PhraseColumns()
        for entry_id, entry in kept:
            if isinstance(entry, Group):
                self.called.add(len(self.groups), entry)
                self.group_ids.append(entry_id)
                self.groups.append(entry)
        number_of = {entry_id: number for number, entry_id in enumerate(self.group_ids)}
        born, sexes = array("i"), array("b")
        persons, groups = array("i"), array("i")
        for entry_id, entry in kept:
            if isinstance(entry, Person):
                number = len(self.people)
                self.person_ids.append(entry_id)
                self.people.append(entry)
                self._add(number, entry)
                born.append(_day(entry.born))
                sexes.append({"m": 1, "f": 2}.get(entry.sex[:1].lower(), 0))
                for group in dict.fromkeys([number_of.get(one.group_id, NO_GROUP) for one in entry.memberships]):
                    if group != NO_GROUP:
                        persons.append(number)
                        groups.append(group)
        self.born: Numbers = np.array(born, np.int32)  # 19900314, and 0 for parts that are not known
        self.sexes = np.array(sexes, np.int8)  # 1 male, 2 female, 0 not known
        self._finish(np.array(persons, np.int32), np.array(groups, np.int32))

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

    def _add(self, number: int, person: Person) -> None:
        for columns in (self.names, self.places, self.vehicles, self.phones, self.phrases):
            columns.add(number, person)

    def _finish(self, persons: Numbers, groups: Numbers) -> None:
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
        self.places.finish([key_of(group.area) for group in self.groups if group.area])
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


def build_register(entries: Iterable[tuple[UUID, Entry]]) -> Register:
    """The columns of the entries that are not archived."""
    return Register(entries)
