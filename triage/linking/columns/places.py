"""Addresses as columns, a row an address: street, number, town and postcode as numbers of a list of their own."""

import re
from array import array
from collections.abc import Sequence

import numpy as np

from triage.linking.columns.coded import Coded
from triage.linking.columns.postings import NONE, Numbers, Postings, each_once
from triage.linking.columns.slips import Slips
from triage.linking.reading import key_of
from triage.linking.words import STREET_WORDS
from triage.register.bodies import StoredPerson
from triage.register.entries import Person

_POSTCODE = re.compile("[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}").fullmatch


class PlaceColumns:
    """Postings of address rows by street, town and postcode; `person_of` says whose a row is."""

    def __init__(self) -> None:
        self.streets, self.towns, self.outward, self.postcodes = Postings(), Postings(), Postings(), Postings()
        self._number_ids: dict[str, int] = {}
        self._person = array("i")
        # A building is looked for like the street: its name stands after the street's in one column of both.
        self._street, self._town, self._number, self._postcode = Coded(), Coded(), Coded(), Coded()
        self.person_of: Numbers = NONE
        self.number_of: Numbers = NONE
        self.parts: dict[str, str] = {}  # a street without its last word, where that is long enough to be telling

    def add(self, begin: int, people: Sequence[Person | StoredPerson]) -> None:
        """Note the addresses of people, who are numbered from `begin`."""
        rows = [(number, address) for number, one in enumerate(people, begin) for address in one.addresses]
        self._person.extend([number for number, _ in rows])
        self._street.note([text for _, one in rows for text in (one.street, one.within)])
        self._town.note([one.area for _, one in rows])
        self._number.note([one.number for _, one in rows])
        # Nearly every one is another, so that only what is looked for is kept of it.
        self._postcode.note([_postcode(one.postcode) for _, one in rows])

    def finish(self, towns: list[str]) -> None:
        """Pack the columns; `towns` are further ones, where groups are known."""
        self.person_of = np.array(self._person, np.int32)
        rows = np.arange(len(self.person_of), dtype=np.int32)
        self.streets.note_each(_keys(self._street), self._street.codes, np.repeat(rows, 2))
        self.towns.note_each(_keys(self._town), self._town.codes, rows)
        postcodes, of_row = self._postcode.texts, self._postcode.codes
        self.postcodes.note_each(postcodes, of_row, rows)
        self.outward.note_each([one[:-3] if len(one) > 4 else "" for one in postcodes], of_row, rows)
        self.number_of = self._number.map(self._house)
        self._street, self._town, self._number, self._postcode = Coded(), Coded(), Coded(), Coded()
        self._person = array("i")
        for postings in (self.streets, self.towns, self.outward, self.postcodes):
            postings.finish()
        self.known = each_once(self.person_of)  # people of whom an address is known
        self.town_words = frozenset(self.towns.keys()).union(towns)
        self.town_firsts = frozenset(key.partition(" ")[0] for key in self.town_words)
        self.near_streets = Slips(sorted(key.replace(" ", "") for key in self.streets))
        self.near_towns = Slips(sorted(key.replace(" ", "") for key in self.town_words))
        self.joined = {key.replace(" ", ""): key for key in (*self.streets.keys(), *self.town_words)}
        heads: dict[str, list[str]] = {}
        for key in self.streets:
            head, _, last = key.rpartition(" ")
            if last in STREET_WORDS and head:
                heads.setdefault(head, []).append(key)
        self.heads = {head: tuple(keys) for head, keys in heads.items()}
        self.by_last: dict[str, list[str]] = {}
        for head, keys in self.heads.items():
            for key in keys:
                self.by_last.setdefault(key.rpartition(" ")[2], []).append(head)

    def _house(self, number: str) -> int:
        house = number.lower()
        return self._number_ids.setdefault(house, len(self._number_ids)) if house else -1

    def number_id(self, house: str) -> int:
        """The number of a house number; -2 where no address bears it."""
        return self._number_ids.get(house, -2)

    def people(self, rows: Numbers) -> Numbers:
        """Whose these addresses are, each once."""
        return each_once(self.person_of[rows])


def _keys(column: Coded) -> list[str]:
    return [key_of(text) for text in column.texts]


def _postcode(text: str) -> str:
    """A postcode as it is looked for. Written as they are, it needs no reading, which would remember every one."""
    return text.replace(" ", "").lower() if _POSTCODE(text) else key_of(text).replace(" ", "")
