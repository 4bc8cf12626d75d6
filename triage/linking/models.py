"""What an officer decided about each suggested link; the suggestion itself is never stored unsealed."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class LinkDecisionRow(SealedRow, CaseBase):
    """Confirmed or rejected: entry, decision, strength and the reasons shown are in the sealed body."""

    __tablename__ = "link_decisions"
    __table_args__ = (WITHOUT_ROWID,)

    report_id: Mapped[UUID] = mapped_column(index=True)
    decided_by: Mapped[UUID]
    decided_on: Mapped[date]
