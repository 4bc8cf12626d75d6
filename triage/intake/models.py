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


class CollectedDropRow(CaseBase):
    """An id collected before, kept so that a replay is discarded."""

    __tablename__ = "collected_drops"
    __table_args__ = (WITHOUT_ROWID,)

    drop_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    collected_on: Mapped[date]


class ReportRow(SealedRow, CaseBase):
    """One report. `band` 0 is danger now, 1 urgent, 2 soon, 3 routine; what it says is in the sealed body."""

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_queue", "state", "band", "received_on", "id"),
        WITHOUT_ROWID,
    )

    compartment_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(16))
    band: Mapped[int]
    danger: Mapped[bool]
    received_on: Mapped[date]
    first_read_on: Mapped[date | None]
    retain_until: Mapped[date]
