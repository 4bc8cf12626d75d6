"""The groups that a person can be put into, of every place that the reader holds."""

from dataclasses import dataclass
from uuid import UUID

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.keys.keyring import KeyHolder
from triage.keys.service import desk_id
from triage.register.entries import Group, Status
from triage.register.unlocked import unlock_all


@dataclass(frozen=True)
class GroupChoice:
    """A group that a person can be put into, and the place it lies in: the person lies there, too."""

    id: UUID
    reference: str
    name: str
    place: UUID
    is_apart: bool


def group_choices(session: CaseSession, *, by: KeyHolder) -> tuple[GroupChoice, ...]:
    """Each group in use in every place that `by` holds, by name; the look is recorded."""
    desk = desk_id(session)
    groups = [
        GroupChoice(kept.id, kept.reference, kept.group.name, copy.compartment_id, copy.compartment_id != desk)
        for copy in unlock_all(session, by=by)
        for kept in copy.entries.values()
        if isinstance(kept.group, Group) and kept.status is not Status.ARCHIVED
    ]
    record(session, Act.REGISTER_READ, None, by=by, reason="groups to choose from", count=len(groups))
    return tuple(sorted(groups, key=lambda one: (one.name.casefold(), one.reference, one.id)))
