"""Write one line for each act: sealed to the auditors, signed by who acted, put in its place in the tree."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from secrets import token_bytes
from uuid import UUID, uuid4

from sqlalchemy import select

from envelope.padding import RECORD_BUCKETS
from envelope.recipient import Recipient, seal_small
from envelope.vault import encrypt_blob
from envelope.wire import Context, Purpose
from triage.audit.actor import Actor, AuditKey
from triage.audit.acts import Act
from triage.audit.binding import Binding
from triage.audit.merkle import Frontier, leaf_hash
from triage.audit.models import AuditHeadRow, AuditKeyRow, AuditLeafRow
from triage.database import CaseSession

SALT_BYTES = 32
SECRET_BYTES = 32
HEAD = "head"
LEAF_VERSION = b"quietword audit leaf v1\n"
# A line that says whose key is whose: the key stands in the leaf, where everybody who checks the log can read it.
BINDING_LEAF_VERSION = b"quietword audit leaf v2\n"
SIGNED_LEAF = b"quietword signed audit leaf v1\n"


@dataclass(frozen=True)
class LeafContent:
    """What a leaf's bytes are made of, in the order they are hashed."""

    sequence: int
    id: UUID
    signer_id: UUID
    key_id: UUID
    key_digest: bytes
    recorded_on: date
    salt: bytes
    sealed: bytes
    binding: bytes | None = None

    def to_bytes(self) -> bytes:
        """Canonical: fixed-length fields, in version 2 the binding behind its length, then the sealed body."""
        bound = b"" if self.binding is None else len(self.binding).to_bytes(2, "big") + self.binding
        return b"".join(
            (
                LEAF_VERSION if self.binding is None else BINDING_LEAF_VERSION,
                self.sequence.to_bytes(8, "big"),
                self.id.bytes,
                self.signer_id.bytes,
                self.key_id.bytes,
                self.key_digest,
                self.recorded_on.isoformat().encode("ascii"),
                self.salt,
                bound,
                self.sealed,
            )
        )

    @staticmethod
    def number_in(leaf: bytes) -> int:
        """The number of the line of those bytes; raises ValueError for other bytes."""
        if not leaf.startswith((LEAF_VERSION, BINDING_LEAF_VERSION)):
            raise ValueError("not a line")
        return int.from_bytes(leaf[len(LEAF_VERSION) : len(LEAF_VERSION) + 8], "big")

    @staticmethod
    def binding_in(leaf: bytes) -> bytes | None:
        """What the line of those bytes says of whose key is whose, if it is one of those that say it."""
        if not leaf.startswith(BINDING_LEAF_VERSION):
            return None
        # Number, three ids, a digest, a date and a salt stand before it.
        at = len(BINDING_LEAF_VERSION) + 8 + 3 * 16 + 32 + len("2026-11-22") + SALT_BYTES
        return leaf[at + 2 : at + 2 + int.from_bytes(leaf[at : at + 2], "big")]


def key_digest(sealed: bytes) -> bytes:
    """What a line holds of the key it is written under: SHA-256 of it as sealed to the audit box, 32 bytes."""
    return hashlib.sha256(sealed).digest()


def create_audit_key(session: CaseSession, audit_box_id: UUID, public_key: bytes) -> AuditKey:
    """Make the key one session writes under, sealed to the audit box so that auditors alone read the lines."""
    key_id, secret = uuid4(), token_bytes(SECRET_BYTES)
    context = Context(Purpose.DATA_KEY, (key_id.bytes, audit_box_id.bytes))
    sealed = seal_small(secret, Recipient(public_key), context)
    session.add(AuditKeyRow(id=key_id, sealed=sealed, made_on=session.today))
    return AuditKey(key_id, key_digest(sealed), secret)


def record(
    session: CaseSession,
    act: Act,
    subject_id: UUID | None,
    *,
    by: Actor,
    reason: str = "",
    to: UUID | None = None,
    count: int | None = None,
    binds: Binding | None = None,
) -> int:
    """Leave a line: who (`by`), when, what (`act`), of what (`subject_id`), why, to whom (DPA 2018 s.62).

    Returns the line's number, from 0.

    Ids only, never content. Call it last in the unit of work: it locks the head of the log until the commit.
    `binds` says in the line, in clear, whose key signs from the next line on: `verify` believes no row of the database
    about that. An unattended act carries its date alone, because the hour of a collection is near the hour of a report.
    """
    head = session.scalars(select(AuditHeadRow).where(AuditHeadRow.name == HEAD).with_for_update()).one_or_none()
    if head is None:
        head = AuditHeadRow(name=HEAD, size=0, frontier=b"")
        session.add(head)
    when = session.today.isoformat() if by.is_system else session.now.isoformat(timespec="seconds")
    line: dict[str, str | int] = {"act": act.value, "at": when}
    if subject_id is not None:
        line["subject"] = str(subject_id)
    if reason:
        line["reason"] = reason
    if to is not None:
        line["to"] = str(to)
    if count is not None:
        line["count"] = count
    if binds is not None and binds.from_line is None:
        binds = replace(binds, from_line=head.size + 1)
    leaf_id = uuid4()
    plaintext = json.dumps(line, sort_keys=True).encode()
    content = LeafContent(
        sequence=head.size,
        id=leaf_id,
        signer_id=by.id,
        key_id=by.audit_key.id,
        key_digest=by.audit_key.digest,
        recorded_on=session.today,
        salt=token_bytes(SALT_BYTES),
        sealed=encrypt_blob(by.audit_key.secret, plaintext, leaf_id.bytes, buckets=RECORD_BUCKETS),
        binding=None if binds is None else binds.to_bytes(),
    )
    digest = leaf_hash(content.to_bytes())
    session.add(
        AuditLeafRow(
            sequence=content.sequence,
            id=content.id,
            signer_id=content.signer_id,
            key_id=content.key_id,
            key_digest=content.key_digest,
            recorded_on=content.recorded_on,
            salt=content.salt,
            sealed=content.sealed,
            leaf_hash=digest,
            binding=content.binding,
            signature=by.signing_key.sign(SIGNED_LEAF + digest),
        )
    )
    frontier = Frontier.from_bytes(head.size, head.frontier).append(digest)
    head.size, head.frontier = frontier.size, frontier.to_bytes()
    session.flush()
    return content.sequence
