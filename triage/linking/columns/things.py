"""Vehicles and telephones as columns: plates and numbers as rows of characters, so that any part can be counted."""

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from triage.linking.columns.coded import Coded, pairs_of
from triage.linking.columns.keys import confused_key, each_key, phone_key, plate_key
from triage.linking.columns.postings import NONE, Numbers, Postings, each_once
from triage.linking.columns.slips import Slips
from triage.linking.ordinary import COMMON
from triage.linking.reading import key_of
from triage.register.bodies import StoredPerson
from triage.register.entries import Person

Rows = npt.NDArray[np.bool_]
Signs = npt.NDArray[np.uint8]
PLATE_LENGTH, PHONE_LENGTH = 8, 13
ANY = ord("?")


class Written:
    """Short texts as columns of characters, counted from their beginning and from their end."""

    def __init__(self, texts: list[str], length: int) -> None:
        self.length = length
        self._lengths = np.minimum(np.fromiter(map(len, texts), np.int64, len(texts)), length).astype(np.uint8)
        rows = _rows_of(texts, length)
        self._columns = [np.ascontiguousarray(rows[:, place]) for place in range(length)]
        last = self._lengths.astype(np.int64) - 1
        every = np.arange(len(texts))
        self._turned = [np.where(last >= place, rows[every, last - place], 0) for place in range(length)]

    def wrong(self, text: str) -> Signs:
        """In how many characters each row of the same length differs; 99 for rows of another length."""
        if len(text) > self.length:
            return np.full(len(self._lengths), 99, np.uint8)
        wrong = np.zeros(len(self._lengths), np.uint8)
        for column, sign in zip(self._columns, text.encode("ascii", "replace"), strict=False):
            wrong += (column != sign) & (column != ANY)
        wrong[self._lengths != len(text)] = 99
        return wrong

    def same(self, text: str) -> Rows:
        """Which rows are written so."""
        found: Rows = self._fitting(self._columns, text, 0) & (self._lengths == len(text))
        return found

    def starts(self, text: str) -> Rows:
        """Which rows begin so."""
        return self._fitting(self._columns, text, 0)

    def ends(self, text: str) -> Rows:
        """Which rows end so."""
        return self._fitting(self._turned, text[::-1], 0)

    def holds(self, text: str) -> Rows:
        """Which rows hold it anywhere."""
        found = np.zeros(len(self._lengths), np.bool_)
        for place in range(max(0, self.length - len(text) + 1)):
            found |= self._fitting(self._columns, text, place)
        return found

    def _fitting(self, columns: list[Signs], text: str, place: int) -> Rows:
        fitting = np.full(len(self._lengths), place + len(text) <= self.length, np.bool_)
        for column, sign in zip(columns[place:], text.encode("ascii", "replace"), strict=False):
            fitting &= (column == sign) | (column == ANY)
        return fitting


def _rows_of(texts: list[str], length: int) -> Signs:
    """A row of signs for each text, nothing after its end, and `?` for a sign beyond ASCII."""
    try:
        packed = np.array(texts, f"S{length}")
    except UnicodeEncodeError:
        packed = np.array([text[:length].encode("ascii", "replace") for text in texts], f"S{length}")
    return packed.view(np.uint8).reshape(-1, length)


class VehicleColumns:
    """A row a vehicle: plate as written, with confused signs made one, and postings by make, model and colour."""

    def __init__(self) -> None:
        self.makes, self.models, self.colours = Postings(), Postings(), Postings()
        self._person = array("i")
        self._plates: list[str] = []
        self._make, self._model, self._colour = Coded(), Coded(), Coded()
        self.makes_of_model: dict[str, set[str]] = {}

    def add(self, begin: int, people: Sequence[Person | StoredPerson]) -> None:
        """Note the vehicles of people, who are numbered from `begin`."""
        rows = [(number, vehicle) for number, one in enumerate(people, begin) for vehicle in one.vehicles]
        self._person.extend([number for number, _ in rows])
        self._plates.extend([one.vrm for _, one in rows])
        self._make.note([one.make for _, one in rows])
        self._model.note([one.model for _, one in rows])
        self._colour.note([one.colour for _, one in rows])

    def finish(self) -> None:
        """Pack the columns."""
        rows = np.arange(len(self._person), dtype=np.int32)
        makes, models, colours = (
            [key_of(text) for text in one.texts] for one in (self._make, self._model, self._colour)
        )
        self.makes.note_each(makes, self._make.codes, rows)
        self.models.note_each(models, self._model.codes, rows)
        self.colours.note_each(colours, self._colour.codes, rows)
        for model, make in pairs_of(self._model.codes, self._make.codes)[0]:
            if models[model]:
                self.makes_of_model.setdefault(models[model], set()).add(makes[make])
        self._make, self._model, self._colour = Coded(), Coded(), Coded()
        for postings in (self.makes, self.models, self.colours):
            postings.finish()
        self.person_of: Numbers = np.array(self._person, np.int32)
        self.plates = Written(each_key(plate_key, self._plates), PLATE_LENGTH)
        self.confused = Written(each_key(confused_key, self._plates), PLATE_LENGTH)
        self.has_plate: Rows = np.array([bool(plate) for plate in self._plates], np.bool_)
        self.owns: Numbers = each_once(self.person_of)
        self._plates = []
        words = {word for word in (*self.makes.keys(), *self.models.keys()) if len(word) > 4 and " " not in word}
        self._slips = Slips(sorted(words))

    def knows(self, plate: str) -> bool:
        """Whether a plate of the register is written so, O for 0 and I for 1 apart."""
        return bool(self.plates.same(plate_key(plate)).any())

    def corrected(self, word: str) -> str:
        """The make or model that a misspelt word stands for; empty where there is none."""
        if len(word) < 5 or word in COMMON:
            return ""
        near = self._slips.near(word, most=1)
        return near[0][0] if near else ""


class PhoneColumns:
    """A row a telephone number."""

    def __init__(self) -> None:
        self._person = array("i")
        self._numbers: list[str] = []
        self.person_of: Numbers = NONE

    def add(self, begin: int, people: Sequence[Person | StoredPerson]) -> None:
        """Note the numbers of people, who are numbered from `begin`."""
        rows = [(number, phone) for number, one in enumerate(people, begin) for phone in one.phones]
        self._person.extend([number for number, _ in rows])
        self._numbers.extend([phone_key(phone) for _, phone in rows])

    def knows(self, key: str) -> bool:
        """Whether a number of the register is written so."""
        return bool(self.numbers.same(key).any())

    def finish(self) -> None:
        """Pack the columns."""
        self.person_of = np.array(self._person, np.int32)
        self.numbers = Written(self._numbers, PHONE_LENGTH)
        self.owns: Numbers = each_once(self.person_of)
        self._numbers = []
