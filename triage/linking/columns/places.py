"""Addresses as columns, a row an address: street, number, town and postcode as numbers of a list of their own."""

from array import array

import numpy as np

from triage.linking.columns.postings import NONE, Numbers, Postings, each_once
from triage.linking.columns.slips import Slips
from triage.linking.reading import key_of
from triage.linking.words import STREET_WORDS
from triage.register.entries import Person


class PlaceColumns:
    """Postings of address rows by street, town and postcode; `person_of` says whose a row is."""

    def __init__(self) -> None:
        self.streets, self.towns, self.outward, self.postcodes = Postings(), Postings(), Postings(), Postings()
        self.numbers: list[str] = []  # house numbers in use
        self._number_ids: dict[str, int] = {}
        self._person, self._number = array("i"), array("i")
        self.person_of: Numbers = NONE
        self.number_of: Numbers = NONE
        self.parts: dict[str, str] = {}  # a street without its last word, where that is long enough to be telling

    def add(self, number: int, person: Person) -> None:
        """Note one person's addresses."""
        for address in person.addresses:
            row = len(self._person)
            self._person.append(number)
            house = address.number.lower()
            self._number.append(self._number_ids.setdefault(house, len(self._number_ids)) if house else -1)
            for postings, words in ((self.streets, address.street), (self.towns, address.area)):
                if key := key_of(words):
                    postings.note(key, row)
            if within := key_of(address.within):
                self.streets.note(within, row)
            if postcode := key_of(address.postcode).replace(" ", ""):
                self.postcodes.note(postcode, row)
                if len(postcode) > 4:
                    self.outward.note(postcode[:-3], row)

    def finish(self, towns: list[str]) -> None:
        """Pack the columns; `towns` are further ones, where groups are known."""
        for postings in (self.streets, self.towns, self.outward, self.postcodes):
            postings.finish()
        self.person_of, self.number_of = np.array(self._person, np.int32), np.array(self._number, np.int32)
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

    def number_id(self, house: str) -> int:
        """The number of a house number; -2 where no address bears it."""
        return self._number_ids.get(house, -2)

    def people(self, rows: Numbers) -> Numbers:
        """Whose these addresses are, each once."""
        return each_once(self.person_of[rows])
