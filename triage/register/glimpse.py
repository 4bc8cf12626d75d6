"""A few entries for a page that speaks of them, without opening the whole of a large register for it."""

from collections.abc import Iterable
from uuid import UUID

from triage.database import CaseSession
from triage.register.kept import entries_of
from triage.register.opening import Holder, has_more_entries, opened_entries
from triage.register.unlocked import (
    CHANGED,
    Unlocked,
    compartments_of,
    register_version,
    unlock_register,
    unlocked_already,
)

SMALL = 5_000  # up to here opening everything takes a moment


def copies_with(session: CaseSession, entry_ids: Iterable[UUID], *, by: Holder) -> tuple[Unlocked, ...]:
    """Copies that hold these entries and the groups they are in, where `by` can open them; in a copy of a large
    register that nobody has open nothing else need be.

    Raises:
        NoKeyError: a grant that should lead to a compartment opens nothing.
    """
    wanted = frozenset(entry_ids)
    if not wanted:
        return ()
    return tuple(_with(session, one, wanted, by=by) for one in compartments_of(session, by=by))


def _with(session: CaseSession, compartment_id: UUID, wanted: frozenset[UUID], *, by: Holder) -> Unlocked:
    version, copies = register_version(session, compartment_id), unlocked_already(session, compartment_id, by=by)
    is_open = session.info.get(CHANGED) or (copies and copies[0].version == version)
    if is_open or not has_more_entries(session, compartment_id, than=SMALL):
        return unlock_register(session, compartment_id, by=by)
    opened = list(opened_entries(session, [one.hex for one in wanted], compartment_id, by=by))
    places = {group_id for kept in entries_of(compartment_id, opened).values() for group_id in kept.group_ids}
    opened += opened_entries(session, [one.hex for one in places - wanted], compartment_id, by=by)
    return Unlocked(compartment_id, version, entries_of(compartment_id, opened), {})
