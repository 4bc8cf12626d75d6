"""Sanitised texts, drafted by one officer and agreed by another."""

from datetime import date
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class DraftRow(SealedRow, CaseBase):
    """A text written anew, with its own id and grade. Who wrote it and who agreed are in clear: random ids."""

    __tablename__ = "drafts"
    __table_args__ = (WITHOUT_ROWID,)

    report_id: Mapped[UUID] = mapped_column(index=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    drafted_by: Mapped[UUID]
    drafted_on: Mapped[date]
    reviewed_by: Mapped[UUID | None]
    reviewed_on: Mapped[date | None]
