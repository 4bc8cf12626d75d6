"""Add to the register, change it, archive in it, and tie its entries together."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import select, update

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError, OutOfDateError
from triage.keys.keyring import KeyHolder
from triage.keys.records import destroy_data_key, open_row, reseal_row, seal_row
from triage.keys.service import desk_id
from triage.register.bodies import entry_of, tie_of
from triage.register.codes import TIES
from triage.register.entries import Entry, Kind, Person, Status, Tie, entry_body, tie_body
from triage.register.errors import FieldError, ReferenceTakenError, RegisterError
from triage.register.models import EntryRow, RegisterVersionRow, TieRow
from triage.register.unlocked import CHANGED, Unlocked, unlock_register

PREFIXES = {Kind.GROUP: "OCG", Kind.PERSON: "N"}


def claim_register(session: CaseSession, compartment_id: UUID) -> None:
    """Count one change of the register, and let other writers wait for its commit: references stay unique."""
    counted = session.execute(
        update(RegisterVersionRow)
        .where(RegisterVersionRow.compartment_id == compartment_id)
        .values(version=RegisterVersionRow.version + 1)
        .execution_options(synchronize_session=False)
    )
    if counted.rowcount == 0:  # type: ignore[attr-defined]  # a CursorResult, which the signature hides
        session.add(RegisterVersionRow(compartment_id=compartment_id, version=1))
        session.flush()
    session.info[CHANGED] = True


def add_entry(session: CaseSession, entry: Entry, *, by: KeyHolder, compartment_id: UUID | None = None) -> UUID:
    """Put a group or a person on the register; gives its id. An empty reference becomes the next free one.

    Unless a compartment is given it lies with the desk, or in the compartment of its groups where `by` holds that: at
    the desk, whoever is kept out of the group would open its people.

    Raises:
        FieldError: its groups lie in different compartments.
        ReferenceTakenError: its reference is on the register already.
        NoKeyError: `by` does not hold the compartment.
    """
    where = compartment_id or _place_of_groups(session, entry, by=by) or desk_id(session)
    if not by.keys.holds(session, where):
        raise NoKeyError
    claim_register(session, where)
    copy = unlock_register(session, where, by=by)
    if not entry.reference:
        entry = replace(entry, reference=next_reference(copy, entry.kind))
    if entry.reference.casefold() in copy.by_reference:
        raise ReferenceTakenError(entry.reference)
    entry_id = seal_entry(session, entry, where, by=by)
    record(session, Act.REGISTER_CHANGED, entry_id, by=by, reason="added")
    return entry_id


def seal_entry(session: CaseSession, entry: Entry, compartment_id: UUID, *, by: KeyHolder) -> UUID:
    """Write a new entry under a key of its own, without recording it: the use case that calls this does."""
    row = EntryRow(
        id=uuid4(),
        compartment_id=compartment_id,
        kind=entry.kind,
        state=entry.status,
        version=1,
        updated_on=session.today,
    )
    seal_row(session, row, entry_body(entry), by=by, guards=[compartment_id])
    return row.id


def change_entry(session: CaseSession, entry_id: UUID, entry: Entry, *, version: int, by: KeyHolder) -> None:
    """Replace an entry that stands at `version`, the one the officer read.

    Raises:
        OutOfDateError: somebody changed it since.
        ReferenceTakenError: another entry has its new reference.
        FieldError: it would be put into a group of a compartment that it does not lie in.
    """
    row = _row(session, entry_id)
    before = entry_of(open_row(session, row, by=by))
    if set(_places_apart(session, _groups_of(entry) - _groups_of(before), by=by)) - {row.compartment_id}:
        raise FieldError(
            "memberships",
            "This group lies in a compartment. Have a supervisor move this person there first: here, people who may "
            "not know of the group would read of it",
        )
    _replace(session, entry_id, entry, version=version, reason="changed", by=by)


def archive_entry(session: CaseSession, entry_id: UUID, *, version: int, reason: str, by: KeyHolder) -> None:
    """Take an entry out of daily use, with the reason, which is kept with it.

    Raises:
        FieldError: no reason is given.
        OutOfDateError: somebody changed it since.
    """
    if not reason.strip():
        raise FieldError("reason", "Enter why this entry is archived")
    old = _entry(session, entry_id, by=by)
    archived = replace(old, status=Status.ARCHIVED, archived_because=reason.strip())
    _replace(session, entry_id, archived, version=version, reason="archived", by=by)


def restore_entry(session: CaseSession, entry_id: UUID, *, version: int, by: KeyHolder) -> None:
    """Bring an archived entry back, as new intelligence asks; raises OutOfDateError."""
    old = _entry(session, entry_id, by=by)
    if old.status is not Status.ARCHIVED:
        raise OutOfDateError
    restored = replace(old, status=Status.ACTIVE, archived_because="")
    _replace(session, entry_id, restored, version=version, reason="brought back", by=by)


def keep_entry(session: CaseSession, entry_id: UUID, *, version: int, by: KeyHolder) -> None:
    """A review keeps an archived entry as it is: it stands as changed today; raises OutOfDateError."""
    _replace(session, entry_id, _entry(session, entry_id, by=by), version=version, reason="reviewed and kept", by=by)


def add_tie(session: CaseSession, tie: Tie, *, by: KeyHolder) -> UUID:
    """Tie an entry to another one of its compartment, or to a place in words.

    Raises:
        RegisterError: the tie leads from an entry to itself, or stands already.
    """
    row = _row(session, tie.from_id)
    if not TIES.known(tie.type):
        raise FieldError("type", "Choose what ties them")
    if tie.to_id is None and not tie.to_words.strip():
        raise FieldError("to", "Enter the reference of the other entry, or a place in words")
    if tie.to_id == tie.from_id:
        raise FieldError("to", "Choose another entry: this one cannot be tied to itself")
    if tie.to_id is not None and _row(session, tie.to_id).compartment_id != row.compartment_id:
        raise FieldError("to", "Choose an entry of the same compartment")
    claim_register(session, row.compartment_id)
    copy = unlock_register(session, row.compartment_id, by=by)
    standing = [copy.ties[tie_id].tie for tie_id in copy.ties_at.get(tie.from_id, ())]
    if any((one.from_id, one.to_id, one.to_words, one.type) == ends_of(tie) for one in standing):
        raise RegisterError("This tie is on the register already.")
    tie_id = seal_tie(session, tie, row.compartment_id, by=by)
    record(session, Act.REGISTER_CHANGED, tie.from_id, by=by, reason="tie added", to=tie.to_id)
    return tie_id


def ends_of(tie: Tie) -> tuple[UUID, UUID | None, str, str]:
    """What makes two ties the same tie."""
    return tie.from_id, tie.to_id, tie.to_words, tie.type


def seal_tie(session: CaseSession, tie: Tie, compartment_id: UUID, *, by: KeyHolder) -> UUID:
    """Write a new tie under a key of its own, without recording it."""
    row = TieRow(id=uuid4(), compartment_id=compartment_id, updated_on=session.today)
    seal_row(session, row, tie_body(tie), by=by, guards=[compartment_id])
    return row.id


def remove_tie(session: CaseSession, tie_id: UUID, *, by: KeyHolder) -> None:
    """Take a tie away for good: its key is destroyed."""
    row = session.get(TieRow, tie_id)
    if row is None:
        raise NotFoundError("tie")
    tie = tie_of(open_row(session, row, by=by))
    claim_register(session, row.compartment_id)
    destroy_data_key(session, row.data_key_id, by=by)
    session.delete(row)
    record(session, Act.REGISTER_CHANGED, tie.from_id, by=by, reason="tie removed", to=tie.to_id)


def next_reference(copy: Unlocked, kind: Kind) -> str:
    """The first free reference after the highest of its kind: `OCG-0013`, `N-0091`."""
    prefix = f"{PREFIXES[kind]}-"
    numbers = [
        int(tail)
        for kept in copy.entries.values()
        if kept.reference.startswith(prefix)
        and (tail := kept.reference.removeprefix(prefix)).isascii()
        and tail.isdecimal()
    ]
    return f"{prefix}{max(numbers, default=0) + 1:04}"


def _replace(session: CaseSession, entry_id: UUID, entry: Entry, *, version: int, reason: str, by: KeyHolder) -> None:
    row = _row(session, entry_id)
    claim_register(session, row.compartment_id)
    copy = unlock_register(session, row.compartment_id, by=by)
    if entry.kind != row.kind:
        raise NotFoundError(f"{entry.kind}")
    if copy.by_reference.get(entry.reference.casefold(), entry_id) != entry_id:
        raise ReferenceTakenError(entry.reference)
    _move_on(session, row, version)
    row.state, row.updated_on = entry.status, session.today
    reseal_row(session, row, entry_body(entry), by=by)
    record(session, Act.REGISTER_CHANGED, entry_id, by=by, reason=reason)


def _place_of_groups(session: CaseSession, entry: Entry, *, by: KeyHolder) -> UUID | None:
    """The compartment in which an entry's groups lie; None where they all lie with the desk, or `by` cannot say."""
    places = _places_apart(session, _groups_of(entry), by=by)
    if len(places) > 1:
        raise FieldError(
            "memberships",
            "These groups lie in different compartments, which different people hold. Enter those of one of them",
        )
    return places[0] if places else None


def _places_apart(session: CaseSession, group_ids: Collection[UUID], *, by: KeyHolder) -> list[UUID]:
    if not group_ids:
        return []
    found = session.scalars(select(EntryRow.compartment_id).where(EntryRow.id.in_(group_ids)).distinct())
    return [one for one in sorted(found) if one != desk_id(session) and by.keys.holds(session, one)]


def _groups_of(entry: Entry) -> frozenset[UUID]:
    return frozenset(one.group_id for one in entry.memberships) if isinstance(entry, Person) else frozenset()


def _move_on(session: CaseSession, row: EntryRow, version: int) -> None:
    """Count the entry's change where it still stands at `version`, so that of two at once only one wins."""
    moved = session.execute(
        update(EntryRow)
        .where(EntryRow.id == row.id, EntryRow.version == version)
        .values(version=version + 1)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # as above
        raise OutOfDateError
    session.refresh(row)


def _row(session: CaseSession, entry_id: UUID) -> EntryRow:
    row = session.get(EntryRow, entry_id)
    if row is None:
        raise NotFoundError("entry of the register")
    return row


def _entry(session: CaseSession, entry_id: UUID, *, by: KeyHolder) -> Entry:
    return entry_of(open_row(session, _row(session, entry_id), by=by))
