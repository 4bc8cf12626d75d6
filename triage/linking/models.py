"""What an officer decided about each suggested link, and what was learnt from it; both are sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class LinkDecisionRow(SealedRow, CaseBase):
    """Confirmed or rejected: entry, decision, strength and the reasons shown are in the sealed body."""

    __tablename__ = "link_decisions"
    __table_args__ = (WITHOUT_ROWID,)

    report_id: Mapped[UUID] = mapped_column(index=True)
    decided_by: Mapped[UUID]
    decided_on: Mapped[date]


class CalibrationRow(SealedRow, CaseBase):
    """One version of what a compartment's decisions taught; the highest number is in force, and none is changed."""

    __tablename__ = "link_calibrations"
    __table_args__ = (UniqueConstraint("compartment_id", "number"), WITHOUT_ROWID)

    compartment_id: Mapped[UUID]
    number: Mapped[int]
    made_by: Mapped[UUID]
    made_on: Mapped[date]
