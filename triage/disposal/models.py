"""Disposals, the rows each takes with it while it runs, and the backups that may still hold a key: ids and dates."""

from datetime import date
from uuid import UUID

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase


class DisposalRow(CaseBase):
    """One record that was disposed of, for good: what is left of it is this line, its certificate, and the audit log.

    No foreign key leads anywhere: it outlives what it is about. `signature` is of the certificate's canonical text.
    `about_on` is the day a report was received: until that day's intake key is destroyed, nothing is certified.
    """

    __tablename__ = "disposals"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    group: Mapped[str] = mapped_column(String(32))
    ground: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[UUID]
    decided_on: Mapped[date]
    operation_id: Mapped[UUID | None]
    keys: Mapped[int]
    about_on: Mapped[date | None]
    destroyed_on: Mapped[date | None]
    done_on: Mapped[date | None]
    opens_until: Mapped[date | None]
    signed_by: Mapped[UUID | None]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))


class DisposalPartRow(CaseBase):
    """One row that goes with a record, listed before anything is destroyed, so that a crash leaves nothing half done.

    `place` is the table; the list goes when the disposal is done.
    """

    __tablename__ = "disposal_parts"
    __table_args__ = (WITHOUT_ROWID,)

    disposal_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(32), primary_key=True)
    row_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_id: Mapped[UUID | None]


class BackupRow(CaseBase):
    """One backup that was made. A backup of keys opens nothing from `opens_until` on."""

    __tablename__ = "backups"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    made_on: Mapped[date]
    opens_until: Mapped[date]
    expired_on: Mapped[date | None]
