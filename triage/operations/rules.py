"""Which operations take two people, who may propose and approve each, and the exact bytes that they sign."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from triage.officers.rules import Role

LASTS = timedelta(hours=24)
REASON_MOST = 500
CANONICAL_LABEL = b"quietword operation v1\n"
PROPOSED_LABEL = b"quietword operation proposed v1\n"
APPROVED_LABEL = b"quietword operation approved v1\n"

# What an operation is about beyond its subject: ids, numbers and settings, never the words of a report.
Parameters = Mapping[str, str | int]


class Operation(StrEnum):
    """What nobody does alone. The text is what people read."""

    BOX_RELEASE = "release of a box"
    CONFLICT_LIFT = "lifting of a conflict"
    EARLY_ERASURE = "early erasure"
    BULK_EXPORT = "bulk export"
    RESTORE = "restore from a backup"
    RETENTION_CHANGE = "change of retention"
    RECOVERY = "recovery of a key"


class OperationState(StrEnum):
    """Where a proposal stands; one whose day is over can be neither approved nor carried out."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    CARRIED_OUT = "carried out"
    EXPIRED = "expired"


OPEN = frozenset({OperationState.PROPOSED, OperationState.APPROVED})

# Both are supervisors, for an auditor changes nothing; a force with one supervisor names a second. An administrator may
# propose what concerns the machines, and never approves.
PROPOSERS: dict[Operation, frozenset[Role]] = dict.fromkeys(Operation, frozenset({Role.SUPERVISOR})) | {
    Operation.RESTORE: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Operation.RECOVERY: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
}
APPROVERS: dict[Operation, frozenset[Role]] = dict.fromkeys(Operation, frozenset({Role.SUPERVISOR}))


@dataclass(frozen=True)
class Proposal:
    """An operation as it was proposed: every word of it is signed by both people."""

    id: UUID
    operation: Operation
    subject: UUID | None
    parameters: Parameters
    reason: str
    proposed_by: UUID
    proposed_at: datetime
    expires_at: datetime

    def canonical(self) -> bytes:
        """The one way to write it: a label, then JSON with sorted keys and no spaces, times in UTC to the second."""
        body = {
            "id": str(self.id),
            "operation": self.operation.value,
            "subject": str(self.subject) if self.subject else None,
            "parameters": dict(self.parameters),
            "reason": self.reason,
            "proposed_by": str(self.proposed_by),
            "proposed_at": self.proposed_at.isoformat(timespec="seconds"),
            "expires_at": self.expires_at.isoformat(timespec="seconds"),
        }
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return CANONICAL_LABEL + text.encode()

    def digest(self) -> bytes:
        """SHA-256 of the canonical operation, 32 bytes: what an approval signs."""
        return hashlib.sha256(self.canonical()).digest()

    def proposed_bytes(self) -> bytes:
        """What the proposer signs."""
        return PROPOSED_LABEL + self.digest()

    def approved_bytes(self) -> bytes:
        """What the approver signs: another label, so that a proposal's signature never passes for an approval."""
        return APPROVED_LABEL + self.digest()

    def is_over(self, now: datetime) -> bool:
        return now >= self.expires_at


def proposal_of(body: Mapping[str, object]) -> Proposal:
    """Read what `body_of_proposal` wrote; raises KeyError or ValueError where it is not that."""
    parameters = body["parameters"]
    if not isinstance(parameters, Mapping):
        raise ValueError("parameters")
    subject = body["subject"]
    return Proposal(
        id=UUID(str(body["id"])),
        operation=Operation(str(body["operation"])),
        subject=UUID(str(subject)) if subject else None,
        parameters=dict(parameters),
        reason=str(body["reason"]),
        proposed_by=UUID(str(body["proposed_by"])),
        proposed_at=datetime.fromisoformat(str(body["proposed_at"])),
        expires_at=datetime.fromisoformat(str(body["expires_at"])),
    )


def body_of_proposal(proposal: Proposal) -> dict[str, object]:
    """The sealed body of a proposal: the canonical JSON, so that what is kept is what was signed."""
    body = json.loads(proposal.canonical().removeprefix(CANONICAL_LABEL))
    assert isinstance(body, dict)  # noqa: S101  written by us a line above
    return body
