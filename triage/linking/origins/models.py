"""What officers said about the origin of two reports, and how far the earlier reports have been looked through."""

from datetime import date
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class OriginDecisionRow(SealedRow, CaseBase):
    """Whether two reports go back to one telling. One of the two in clear, the other and the verdict sealed with it."""

    __tablename__ = "origin_decisions"
    __table_args__ = (WITHOUT_ROWID,)

    report_id: Mapped[UUID] = mapped_column(index=True)
    decided_by: Mapped[UUID]
    decided_on: Mapped[date]


class FindingRow(SealedRow, CaseBase):
    """Whom a report may mention, as it was last looked through; sealed with the report, whose id is the row's."""

    __tablename__ = "register_findings"
    __table_args__ = (WITHOUT_ROWID,)

    version: Mapped[int]


class LookBackRow(CaseBase):
    """One look through the earlier reports, newest first. `at_day` and `at_id` are where it stands: ids and dates."""

    __tablename__ = "look_backs"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    compartment_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(16))
    reports_total: Mapped[int]
    reports_done: Mapped[int]
    at_day: Mapped[date | None]
    at_id: Mapped[UUID | None]
    started_by: Mapped[UUID]
    started_on: Mapped[date]


class LookedForRow(CaseBase):
    """Up to which version an entry of the register has been looked for in the earlier reports, and by which look."""

    __tablename__ = "looked_for"
    __table_args__ = (WITHOUT_ROWID,)

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    look_back_id: Mapped[UUID] = mapped_column(index=True)
