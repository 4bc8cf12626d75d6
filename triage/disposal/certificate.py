"""A certificate of disposal: what went, when, why, who agreed, until when a backup could bring it back; no content."""

import base64
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.disposal.models import DisposalRow
from triage.disposal.rules import Ground, Kind

LABEL = b"quietword disposal certificate v1\n"


@dataclass(frozen=True)
class Certificate:
    """One disposal, as it is signed."""

    id: UUID
    subject_id: UUID
    kind: Kind
    group: str
    ground: Ground
    decided_by: UUID
    decided_on: date
    operation_id: UUID | None
    keys: int
    destroyed_on: date
    certified_on: date
    opens_until: date
    signed_by: UUID

    @classmethod
    def of(cls, row: DisposalRow) -> "Certificate":
        """Of a disposal that is done."""
        days = (row.destroyed_on, row.done_on, row.opens_until)
        destroyed_on, certified_on, until = (day or date.min for day in days)
        return cls(
            row.id,
            row.subject_id,
            Kind(row.kind),
            row.group,
            Ground(row.ground),
            row.decided_by,
            row.decided_on,
            row.operation_id,
            row.keys,
            destroyed_on,
            certified_on,
            until,
            row.signed_by or UUID(int=0),
        )

    @property
    def a_backup_may_hold_it(self) -> bool:
        return self.opens_until > self.certified_on

    def lines(self) -> tuple[str, ...]:
        """What it says, a line each: the canonical text."""
        until = self.opens_until.isoformat()
        return (
            "Certificate of disposal",
            f"number: {self.id}",
            f"record: {self.kind} {self.subject_id}",
            f"kept as: {self.group}",
            f"why: {self.ground.sentence}",
            f"decided by: {self.decided_by} on {self.decided_on.isoformat()}",
            f"operation for two people: {self.operation_id or 'none'}",
            f"keys destroyed: {self.keys} on {self.destroyed_on.isoformat()}",
            f"certified by: {self.signed_by} on {self.certified_on.isoformat()}",
            f"backups of keys: those made before then open it until {until}, and from that day on none does"
            if self.a_backup_may_hold_it
            else "backups of keys: none opens it",
            "backups of cases: hold no key, and open nothing"
            if self.kind is Kind.REPORT
            else "backups of cases: those made before say which reports were linked to it, under the keys of those",
        )


def signed_bytes(certificate: Certificate) -> bytes:
    """What the signature covers."""
    return LABEL + "\n".join(certificate.lines()).encode()


def as_file(certificate: Certificate, signature: bytes, verifying_key: bytes) -> bytes:
    """The file that an officer keeps: the text, the Ed25519 signature, and the key that it verifies with."""
    text = "\n".join(certificate.lines())
    foot = (
        f"signature: {base64.b64encode(signature).decode('ascii')}",
        f"verifies with: {base64.b64encode(verifying_key).decode('ascii')}",
    )
    return (text + "\n\n" + "\n".join(foot) + "\n").encode()
