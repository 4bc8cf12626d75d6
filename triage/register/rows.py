"""Turns a row of an import into a group, a person or a tie, or into the sentences that say what is wrong with it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from triage.register import checks
from triage.register.codes import FUNCTIONS, ROLES, SEXES, THREATS, TIES, CodeTable
from triage.register.entries import Group, Membership, Person, Status, Tie
from triage.register.errors import FieldError, RowError
from triage.register.places import Address, Vehicle
from triage.register.tables import Record

T = TypeVar("T")
TYPES = {"family-based": True, "not family-based": False, "": False}


class RefusedRowError(Exception):
    """All that is wrong with one row."""

    def __init__(self, errors: tuple[RowError, ...]) -> None:
        super().__init__(len(errors))
        self.errors = errors


class _Reader:
    """Reads the cells of one row and collects what is wrong, so that a person is told all of it at once."""

    def __init__(self, record: Record, today: date) -> None:
        self.record = record
        self.today = today
        self.errors: list[RowError] = []

    def wrong(self, column: str, sentence: str) -> None:
        self.errors.append(RowError(self.record.file, self.record.row, column, sentence))

    def read(self, column: str, check: Callable[[], T], otherwise: T) -> T:
        try:
            return check()
        except FieldError as error:
            self.wrong(column, str(error))
            return otherwise

    def text(self, column: str, *, needed: str = "", most: int = checks.SHORT) -> str:
        kept = self.read(column, lambda: checks.one_line(column, self.record.cells[column], most=most), "")
        if needed and not self.record.cells[column].strip():
            self.wrong(column, needed)
        return kept

    def notes(self, column: str) -> str:
        return self.read(column, lambda: checks.several_lines(column, self.record.cells[column]), "")

    def many(self, column: str, check: Callable[[str], T]) -> tuple[T, ...]:
        values = self.record.many(column)
        if len(values) > checks.MOST_OF_A_KIND:
            self.wrong(column, f"Give {checks.MOST_OF_A_KIND} or fewer")
            return ()
        found: list[T] = []
        for value in values:
            try:
                found.append(check(value))
            except FieldError as error:
                self.wrong(column, str(error))
        return tuple(found)

    def texts(self, column: str) -> tuple[str, ...]:
        return self.many(column, lambda value: checks.one_line(column, value))

    def code(self, column: str, table: CodeTable, *, needed: bool = False) -> str:
        word = self.record.cells[column].strip()
        if (word or needed) and word not in (words := table.in_use(self.today)):
            self.wrong(column, f"Enter one of: {', '.join(words)}")
        return word

    def finish(self) -> None:
        if self.errors:
            raise RefusedRowError(tuple(self.errors))


def group_of(record: Record, today: date) -> Group:
    """The group of a row; raises RefusedRowError."""
    row = _Reader(record, today)
    kind = record.cells["type"].strip().lower()
    if kind not in TYPES:
        row.wrong("type", "Enter family-based or not family-based")
    status = record.cells["status"].strip().lower() or Status.NOMINATED.value
    if status not in tuple(Status):
        row.wrong("status", f"Enter one of: {', '.join(Status)}")
    threats = row.many("threats", lambda word: word)
    if unknown := [word for word in threats if word not in THREATS.in_use(today)]:
        row.wrong("threats", f"Enter threat families of the table: {unknown[0][:40]} is not one")
    reference = row.text("reference", needed="Enter a reference")
    name = row.text("name", needed="Enter the name of the group")
    aliases, area, notes = row.texts("aliases"), row.text("area"), row.notes("notes")
    row.finish()
    return Group(
        reference=reference,
        name=name,
        aliases=aliases,
        family_based=TYPES[kind],
        threats=threats,
        area=area,
        status=Status(status),
        notes=notes,
    )


def person_of(record: Record, groups: Mapping[str, UUID], today: date) -> Person:
    """The person of a row; `groups` are ids by casefolded reference. Raises RefusedRowError."""
    row = _Reader(record, today)
    group = record.cells["group"].strip()
    role, function = row.code("role", ROLES), row.code("function", FUNCTIONS)
    memberships: tuple[Membership, ...] = ()
    if group.casefold() in groups:
        memberships = (Membership(groups[group.casefold()], role, function),)
    elif group:
        row.wrong("group", f"Add the group {group[:40]} first: no group has this reference")
    reference = row.text("reference", needed="Enter a reference")
    surname, given_names = row.text("surname"), row.text("given_names")
    nicknames = row.texts("nicknames")
    if not (surname or given_names or nicknames):
        row.wrong("surname", "Enter a surname, a given name or a nickname")
    sex = row.code("sex", SEXES)
    born = row.read("born", lambda: checks.born("born", record.cells["born"], today=today), "")
    addresses = row.many("addresses", Address.parse)
    vehicles = row.many("vehicles", Vehicle.parse)
    phones = row.many("phones", lambda text: checks.phone("phones", text))
    notes = row.notes("notes")
    row.finish()
    return Person(
        reference=reference,
        surname=surname,
        given_names=given_names,
        nicknames=nicknames,
        born=born,
        sex=sex,
        addresses=addresses,
        vehicles=vehicles,
        phones=phones,
        memberships=memberships,
        notes=notes,
    )


def tie_of_row(record: Record, entries: Mapping[str, UUID], today: date) -> Tie:
    """The tie of a row; `entries` are ids by casefolded reference. Raises RefusedRowError."""
    row = _Reader(record, today)
    ends: list[UUID] = []
    for column in ("from", "to"):
        reference = record.cells[column].strip()
        if reference.casefold() in entries:
            ends.append(entries[reference.casefold()])
        else:
            row.wrong(column, f"Add the entry {reference[:40] or '(none given)'} first: nothing has this reference")
    if len(ends) == 2 and ends[0] == ends[1]:
        row.wrong("to", "Enter another reference: an entry cannot be tied to itself")
    word = row.code("type", TIES, needed=True)
    note = row.text("note", most=checks.LONG)
    row.finish()
    return Tie(from_id=ends[0], to_id=ends[1], type=word, note=note)
