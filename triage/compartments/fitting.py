"""What on the register a conflict is about: a group or person by reference, or whoever is at an address.

Everything is asked of every place that the reader holds: references are unique in a place, and not among places.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from triage.compartments.errors import ConflictAboutError
from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.register import checks
from triage.register.entries import Kind, Person
from triage.register.unlocked import Unlocked, unlock_all

ADDRESS_LEAST = 5


def entries_about(session: CaseSession, about: str, *, by: KeyHolder) -> tuple[UUID, ...]:
    """What has this reference, or the people at this address, in every place; empty where `by` sees none of the kind.

    The people of a group go where it goes: those who lie in another place than it are named here.

    Raises:
        ConflictAboutError: it is no reference here, and too short for an address.
    """
    copies = unlock_all(session, by=by)
    if not _referenced(copies, about) and not _is_address(about):
        raise ConflictAboutError
    [found] = fitting(copies, [(about, ())])
    beside = {entry_id for entry_id in found if not _goes_with_its_group(copies, entry_id, found)}
    return tuple(sorted(beside))


def fitting(copies: Sequence[Unlocked], wanted: Sequence[tuple[str, Collection[UUID]]]) -> list[set[UUID]]:
    """For each (what it is about, entries known to be meant): those that fit it now, and everybody in its groups.

    The register is walked once, however many are asked for.
    """
    found = [_referenced(copies, about) for about, _ in wanted]
    addresses = {at: checks.fold(about) for at, (about, _) in enumerate(wanted) if not found[at] and _is_address(about)}
    for person_id, places in _addresses(copies) if addresses else ():
        for at, words in addresses.items():
            if any(words in place for place in places):
                found[at].add(person_id)
    for at, (_, known) in enumerate(wanted):
        found[at] |= {one for one in known if any(one in copy.entries for copy in copies)}
        found[at] |= {one for copy in copies for group in {*found[at], *known} for one in copy.members.get(group, ())}
    return found


def by_place(copies: Iterable[Unlocked], entry_ids: Collection[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    """Entries by the place they lie in."""
    found = {copy.compartment_id: tuple(sorted(one for one in entry_ids if one in copy.entries)) for copy in copies}
    return {place: ids for place, ids in sorted(found.items()) if ids}


def _referenced(copies: Iterable[Unlocked], about: str) -> set[UUID]:
    reference = about.casefold()
    return {copy.by_reference[reference] for copy in copies if reference in copy.by_reference}


def _is_address(about: str) -> bool:
    return len(checks.fold(about)) >= ADDRESS_LEAST


def _addresses(copies: Iterable[Unlocked]) -> Iterable[tuple[UUID, tuple[str, ...]]]:
    for copy in copies:
        for kept in copy.entries.values():
            if kept.kind is Kind.PERSON and isinstance(entry := kept.entry, Person) and entry.addresses:
                yield kept.id, tuple(checks.fold(str(one)) for one in entry.addresses)


def _goes_with_its_group(copies: Iterable[Unlocked], entry_id: UUID, found: Collection[UUID]) -> bool:
    return any(
        group in found and group in copy.entries
        for copy in copies
        if entry_id in copy.entries
        for group in copy.entries[entry_id].group_ids
    )
