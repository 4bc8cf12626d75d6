"""Leaves of the audit log, the keys their content is sealed under, and the head of the tree."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Index, String, text
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
    reason; `binding`, in few lines, says whose key is whose (triage/audit/binding.py). The leaf hash is
    SHA-256(0x00 ‖ the leaf's canonical bytes) as in RFC 6962 §2.1.
    """

    __tablename__ = "audit_leaves"
    __table_args__ = (
        # A person's lines come in order from the index alone; those that name keys are found without the others.
        Index("ix_audit_leaves_signer_id", "signer_id", "sequence"),
        Index(
            "ix_audit_leaves_binding",
            "sequence",
            sqlite_where=text("binding IS NOT NULL"),
            postgresql_where=text("binding IS NOT NULL"),
        ),
    )

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(unique=True)
    signer_id: Mapped[UUID]
    key_id: Mapped[UUID]
    key_digest: Mapped[bytes]
    recorded_on: Mapped[date]
    salt: Mapped[bytes]
    sealed: Mapped[bytes]
    leaf_hash: Mapped[bytes]
    signature: Mapped[bytes]
    binding: Mapped[bytes | None]


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


class AuditTileRow(CaseBase):
    """The root over 1,024 lines and the days they are of, so that a proof need not read the log.

    A proof made from a changed one does not fit the root that was signed. Searches go by the days, so `verify` holds
    both against the lines.
    """

    __tablename__ = "audit_tiles"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root: Mapped[bytes]
    first_on: Mapped[date]
    last_on: Mapped[date]


class AuditSummaryRow(CaseBase):
    """What 1,024 lines are about, sealed to the auditors, so that a search opens only the lines it is for.

    `sealed` says whether something is in them at all, and `places`, read only then, in which.
    """

    __tablename__ = "audit_summaries"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]
    places: Mapped[bytes]


class HoneyRow(CaseBase):
    """A record that nobody has reason to open, sealed to the auditors: which one it is stands nowhere else."""

    __tablename__ = "audit_honey"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]


class ReasonRow(CaseBase):
    """That a session has said why it opens a case: found by the session's own token alone, so it tells of nobody."""

    __tablename__ = "reasons_given"
    __table_args__ = (WITHOUT_ROWID,)

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    given_on: Mapped[date]
