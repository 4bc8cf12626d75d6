"""Look into the register: lists with filters and pages, one entry with its members and ties, and a search by words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.keys.keyring import KeyHolder
from triage.keys.service import desk_id
from triage.officers.oneself import record_if_entry_of_oneself, record_if_searched
from triage.paging import cut
from triage.register import checks
from triage.register.codes import reads_as
from triage.register.entries import Entry, Group, Kind, Person, Status
from triage.register.glimpse import copies_with
from triage.register.kept import Kept
from triage.register.models import EntryRow
from triage.register.unlocked import Unlocked, unlock_all, unlock_register

PAGE = 50


class Order(StrEnum):
    """What a list is sorted by."""

    NAME = "name"
    REFERENCE = "reference"
    CHANGED = "changed"


@dataclass(frozen=True)
class Line:
    """One entry in a list."""

    id: UUID
    kind: Kind
    reference: str
    name: str
    also: tuple[str, ...]
    groups: tuple[str, ...]
    area: str
    status: Status
    members: int
    updated_on: date
    sorts_as: str
    born: str = ""


@dataclass(frozen=True)
class Listing:
    """One page of a list, the pages there are, and how many entries fit."""

    lines: tuple[Line, ...]
    page: int
    pages: int
    fitting: int


@dataclass(frozen=True)
class Member:
    """A person in a group."""

    id: UUID
    name: str
    nicknames: tuple[str, ...]
    role: str
    function: str
    status: Status


@dataclass(frozen=True)
class Place:
    """A group a person belongs to."""

    id: UUID
    name: str
    role: str
    function: str


@dataclass(frozen=True)
class Strand:
    """A tie as seen from the entry that is shown."""

    id: UUID
    reads: str
    other_id: UUID | None
    other: str
    note: str
    source: str
    since: date


@dataclass(frozen=True)
class Shown:
    """One entry and what hangs together with it; `is_apart` when it lies in a compartment and not with the desk."""

    id: UUID
    place: UUID
    is_apart: bool
    version: int
    updated_on: date
    entry: Entry
    members: tuple[Member, ...]
    places: tuple[Place, ...]
    strands: tuple[Strand, ...]


def browse(
    session: CaseSession,
    *,
    by: KeyHolder,
    kind: Kind = Kind.GROUP,
    words: str = "",
    status: Status | None = None,
    order: Order = Order.NAME,
    downwards: bool = False,
    page: int = 1,
) -> Listing:
    """A page of groups or people. Archived entries are listed only where they are asked for."""
    copies = unlock_all(session, by=by)
    found = [
        line
        for copy in copies
        for line in lines_fitting(copy, words)
        if line.kind is kind and (line.status is status if status else line.status is not Status.ARCHIVED)
    ]
    found.sort(key=lambda line: sort_key(line, order), reverse=downwards)
    here = cut(len(found), PAGE, page=page)
    record(session, Act.REGISTER_READ, None, by=by, reason="searched" if words else "browsed", count=len(found))
    record_if_searched(session, words, by=by)
    return Listing(tuple(found[here.begins : here.begins + PAGE]), here.page, here.pages, len(found))


def show_entry(session: CaseSession, entry_id: UUID, *, by: KeyHolder) -> Shown:
    """One entry with its members, groups and ties; the look is recorded.

    Raises:
        NotFoundError, NoKeyError.
    """
    row = session.get(EntryRow, entry_id)
    if row is None:
        raise NotFoundError("entry of the register")
    copy = unlock_register(session, row.compartment_id, by=by)
    kept = copy.entries.get(entry_id)
    if kept is None:
        raise NotFoundError("entry of the register")
    record(session, Act.REGISTER_READ, entry_id, by=by)
    homes = [str(one) for one in kept.entry.addresses] if isinstance(kept.entry, Person) else []
    record_if_entry_of_oneself(session, entry_id, kept.entry.shown_name, homes, by=by)
    return Shown(
        id=kept.id,
        place=row.compartment_id,
        is_apart=row.compartment_id != desk_id(session),
        version=kept.version,
        updated_on=kept.updated_on,
        entry=kept.entry,
        members=_members(copy, entry_id),
        places=_places(copy, kept.entry),
        strands=_strands(copy, entry_id),
    )


def entry_names(session: CaseSession, entry_ids: Iterable[UUID], *, by: KeyHolder) -> dict[UUID, str]:
    """The names of entries for pages that mention them; those `by` cannot open are left out."""
    wanted = set(entry_ids)
    return {
        entry_id: copy.entries[entry_id].entry.shown_name
        for copy in copies_with(session, wanted, by=by)
        for entry_id in wanted & copy.entries.keys()
    }


def lines_fitting(copy: Unlocked, words: str) -> Iterable[Line]:
    """The entries of one compartment that fit all the words, in no order."""
    lines = copy.derive("lines", lambda copy: {kept.id: line_of(kept, copy) for kept in copy.entries.values()})
    folded = checks.fold(words).split()
    if not folded:
        return lines.values()
    texts = copy.derive("search", lambda copy: {kept.id: _search_text(kept.entry) for kept in copy.entries.values()})
    joined = "".join(folded)
    return [
        lines[entry_id]
        for entry_id, text in texts.items()
        if all(word in text for word in folded) or (len(joined) > 3 and f"#{joined}" in text)
    ]


def _search_text(entry: Entry) -> str:
    """Everything a person would search an entry by; plates and telephones as one word after a `#`."""
    parts = [entry.reference, entry.shown_name, *entry.businesses]
    solid: list[str] = []
    match entry:
        case Group():
            parts += [*entry.aliases, entry.area, *entry.threats]
        case Person():
            parts += [*entry.nicknames, *entry.online_names, *(str(address) for address in entry.addresses)]
            parts += [f"{one.colour} {one.make} {one.model}" for one in entry.vehicles]
            solid = [one.vrm for one in entry.vehicles]
            solid += [number for phone in entry.phones for number in (phone, phone.replace("+44", "0", 1))]
    return " ".join([checks.fold(" ".join(parts)), *(f"#{checks.fold(one).replace(' ', '')}" for one in solid)])


def line_of(kept: Kept, copy: Unlocked) -> Line:
    """One entry as lists show it."""
    entry = kept.entry
    groups: tuple[str, ...] = ()
    born = ""
    match entry:
        case Group():
            also, area = entry.aliases, entry.area
        case Person():
            also, area = entry.nicknames, entry.addresses[0].area if entry.addresses else ""
            groups = tuple(place.name for place in _places(copy, entry))
            born = entry.born
    name = entry.shown_name if isinstance(entry, Group) else _by_surname(entry)
    return Line(
        id=kept.id,
        kind=entry.kind,
        reference=entry.reference,
        name=name,
        also=also,
        groups=groups,
        area=area,
        status=entry.status,
        members=len(copy.members.get(kept.id, ())),
        updated_on=kept.updated_on,
        sorts_as=checks.fold(name),
        born=born,
    )


def _by_surname(person: Person) -> str:
    return ", ".join(part for part in (person.surname, person.given_names) if part) or person.reference


def sort_key(line: Line, order: Order) -> tuple[str, str, str]:
    """Where a line stands in a list, to the last tie."""
    match order:
        case Order.NAME:
            return line.sorts_as, line.reference, str(line.id)
        case Order.REFERENCE:
            return line.reference, line.sorts_as, str(line.id)
        case Order.CHANGED:
            return line.updated_on.isoformat(), line.sorts_as, str(line.id)


def _members(copy: Unlocked, group_id: UUID) -> tuple[Member, ...]:
    found: list[Member] = []
    for person_id in copy.members.get(group_id, ()):
        person = copy.entries[person_id].entry
        assert isinstance(person, Person)  # noqa: S101  only people have memberships
        place = next(one for one in person.memberships if one.group_id == group_id)
        found.append(Member(person_id, person.shown_name, person.nicknames, place.role, place.function, person.status))
    ranks = {"principal": 0, "significant": 1, "peripheral": 2}
    return tuple(sorted(found, key=lambda one: (ranks.get(one.role, 3), checks.fold(one.name), one.id)))


def _places(copy: Unlocked, entry: Entry) -> tuple[Place, ...]:
    if not isinstance(entry, Person):
        return ()
    return tuple(
        Place(one.group_id, copy.entries[one.group_id].entry.shown_name, one.role, one.function)
        for one in entry.memberships
        if one.group_id in copy.entries
    )


def _strands(copy: Unlocked, entry_id: UUID) -> tuple[Strand, ...]:
    found: list[Strand] = []
    for tie_id in copy.ties_at.get(entry_id, ()):
        kept = copy.ties[tie_id]
        tie, from_start = kept.tie, kept.tie.from_id == entry_id
        other_id = tie.to_id if from_start else tie.from_id
        known = copy.entries.get(other_id) if other_id else None
        other = known.entry.shown_name if known else tie.to_words
        reads = reads_as(tie.type, from_start=from_start)
        found.append(Strand(tie_id, reads, other_id, other, tie.note, tie.source, tie.seen_on or kept.updated_on))
    return tuple(sorted(found, key=lambda one: (one.reads, checks.fold(one.other), one.id)))
