"""What has been collected and not yet opened, what was collected before, and the reports."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class HeldDropRow(CaseBase):
    """A drop as it came, still sealed to the intake box of its day. `refused` names why one could not be opened."""

    __tablename__ = "held_drops"
    __table_args__ = (WITHOUT_ROWID,)

    drop_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    sealed: Mapped[bytes]
    danger: Mapped[bool]
    received_on: Mapped[date]
    refused: Mapped[str] = mapped_column(String(32), default="")


class HeldPartRow(CaseBase):
    """One sealed piece of a file as it came: at most 1 MiB, numbered from 0 under the file's random id."""

    __tablename__ = "held_parts"
    __table_args__ = (WITHOUT_ROWID,)

    file_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]
    received_on: Mapped[date]


class FileRow(SealedRow, CaseBase):
    """One file that a report names; its key, length, digest and kind are in the sealed body.

    Two reports can name one file: an edited report that was sent again. `number` counts the files of a report from 1,
    and `former_key_id` is the key it was under before it went into quarantine or out, until that one is destroyed.
    """

    __tablename__ = "files"
    __table_args__ = (WITHOUT_ROWID,)

    report_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[int]
    file_id: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    awaited: Mapped[bool]
    state: Mapped[str] = mapped_column(String(16))
    state_on: Mapped[date]
    former_key_id: Mapped[UUID | None]


class CollectedDropRow(CaseBase):
    """An id collected before, kept so that a replay is discarded."""

    __tablename__ = "collected_drops"
    __table_args__ = (WITHOUT_ROWID,)

    drop_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    collected_on: Mapped[date]


class ReportRow(SealedRow, CaseBase):
    """One report. `band` 0 is danger now, 1 urgent, 2 soon, 3 routine; what it says is in the sealed body.

    `retention_group` says what it is for retention, once somebody graded or reviewed it; its period counts from
    `clock_from`, or from the day it was received where nothing came of it yet (triage/intake/retention.py).
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_queue", "state", "band", "received_on", "id"),
        Index("ix_reports_compartment", "compartment_id", "received_on", "id"),
        WITHOUT_ROWID,
    )

    compartment_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(16))
    band: Mapped[int]
    danger: Mapped[bool]
    received_on: Mapped[date]
    first_read_on: Mapped[date | None]
    retain_until: Mapped[date]
    retention_group: Mapped[str | None] = mapped_column(String(32))
    clock_from: Mapped[date | None]


class RetentionPeriodRow(CaseBase):
    """How many days records of a group are kept, and by which operation two people set that (or as it ships).

    `host_signature` says that the program wrote it; there is a row for each group (triage/intake/retention.py).
    """

    __tablename__ = "retention_periods"
    __table_args__ = (WITHOUT_ROWID,)

    group: Mapped[str] = mapped_column(String(32), primary_key=True)
    days: Mapped[int]
    set_on: Mapped[date]
    operation_id: Mapped[UUID]
    host_signature: Mapped[bytes | None]


class LegalHoldRow(SealedRow, CaseBase):
    """Nobody may dispose of this record: why is sealed with it. `report_id` is a report's id, or that of an entry."""

    __tablename__ = "legal_holds"
    __table_args__ = (WITHOUT_ROWID,)

    report_id: Mapped[UUID] = mapped_column(index=True)
    set_by: Mapped[UUID]
    set_on: Mapped[date]
    lifted_by: Mapped[UUID | None]
    lifted_on: Mapped[date | None]


class MailboxRow(SealedRow, CaseBase):
    """Which reports came with one receipt. Its id is a keyed digest of the mailbox, so that only the desk finds it."""

    __tablename__ = "mailboxes"
    __table_args__ = (WITHOUT_ROWID,)


class BurntMailboxRow(CaseBase):
    """A mailbox whose holder burnt it, kept while a notice could still be on its way there."""

    __tablename__ = "burnt_mailboxes"
    __table_args__ = (WITHOUT_ROWID,)

    lookup_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    burnt_on: Mapped[date]


class AnsweredRow(CaseBase):
    """A drop or report in danger for which somebody has answered the bell, until it is read."""

    __tablename__ = "answered"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
