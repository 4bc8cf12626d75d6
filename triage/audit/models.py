"""Leaves of the audit log, the keys their content is sealed under, and the head of the tree."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase


class AuditKeyRow(CaseBase):
    """The key one session writes its lines under, sealed to the audit box: who writes cannot read."""

    __tablename__ = "audit_keys"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    made_on: Mapped[date]


class AuditLeafRow(CaseBase):
    """One act. No foreign key leads away from here: a line outlives what it is about.

    `sequence` is the one ordering we keep on purpose, of what officers do. `sealed` holds act, subject, time,
    reason; the leaf hash is SHA-256(0x00 ‖ the leaf's canonical bytes) as in RFC 6962 §2.1.
    """

    __tablename__ = "audit_leaves"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(unique=True)
    signer_id: Mapped[UUID] = mapped_column(index=True)
    key_id: Mapped[UUID]
    key_digest: Mapped[bytes]
    recorded_on: Mapped[date]
    salt: Mapped[bytes]
    sealed: Mapped[bytes]
    leaf_hash: Mapped[bytes]
    signature: Mapped[bytes]


class AuditHeadRow(CaseBase):
    """The one row every act locks: how many leaves there are, and the roots of the full subtrees over them."""

    __tablename__ = "audit_head"

    name: Mapped[str] = mapped_column(String(8), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    frontier: Mapped[bytes]


class AuditCheckpointRow(CaseBase):
    """A tree head signed by the system key, one for each day and run, for witnesses to copy."""

    __tablename__ = "audit_checkpoints"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes]
    made_on: Mapped[date]
    signature: Mapped[bytes]
