"""Items of a report, every version of their grades, and the code tables as versioned data."""

from datetime import date
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class CodeRow(CaseBase):
    """One code of a national scheme, as defined from a date: the guidance is being rewritten (domain.md)."""

    __tablename__ = "codes"
    __table_args__ = (WITHOUT_ROWID,)

    scheme: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    definition: Mapped[str] = mapped_column(String(1000))


class ItemRow(SealedRow, CaseBase):
    """A numbered item of a report, graded on its own; text, nature and people named are in the sealed body."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("report_id", "number"), WITHOUT_ROWID)

    report_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[int]


class GradingRow(SealedRow, CaseBase):
    """One version of an item's grade. Versions are added, never changed."""

    __tablename__ = "gradings"
    __table_args__ = (UniqueConstraint("item_id", "version"), WITHOUT_ROWID)

    report_id: Mapped[UUID] = mapped_column(index=True)
    item_id: Mapped[UUID] = mapped_column(index=True)
    version: Mapped[int]
    graded_by: Mapped[UUID]
    graded_on: Mapped[date]
