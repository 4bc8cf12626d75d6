"""An officer at work: who they are, what they may do, and the keys they hold."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from envelope.identity import Identity
from envelope.signing import SigningKey
from triage.audit.actor import AuditKey
from triage.keys.keyring import KeyRing
from triage.officers.rules import Permission, Role, may

SIGNING_LABEL = "quietword officer signing v1"


@dataclass(frozen=True)
class Officer:
    """A signed-in person. Handed to every use case as `by`."""

    id: UUID
    name: str
    role: Role
    keys: KeyRing = field(repr=False)
    signing_key: SigningKey = field(repr=False)
    audit_key: AuditKey = field(repr=False)
    is_system: bool = False

    def may(self, permission: Permission) -> bool:
        return may(self.role, permission)

    def with_new_ring(self) -> "Officer":
        """The same person, having opened nothing yet: for the next batch of a long piece of work."""
        return replace(self, keys=self.keys.anew())


def officer_of(*, id: UUID, name: str, role: Role, box_id: UUID, seed: bytes, audit_key: AuditKey) -> Officer:  # noqa: A002
    """Build the officer whose 32-byte seed has just been unlocked."""
    return Officer(
        id=id,
        name=name,
        role=role,
        keys=KeyRing(box_id, Identity(seed)),
        signing_key=SigningKey.of_seed(seed, SIGNING_LABEL),
        audit_key=audit_key,
    )


@dataclass(frozen=True)
class OfficerName:
    """Somebody named on a page: who graded, who drafted."""

    id: UUID
    name: str
    role: Role
    state: str


@dataclass(frozen=True)
class Team:
    """A neighbourhood team a referral can go to."""

    id: UUID
    box_id: UUID
    name: str
    area: str
    state: str
