"""Declared conflicts, and moves of records from one compartment to another."""

from datetime import date
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class ConflictRow(SealedRow, CaseBase):
    """Somebody's tie to a group or an address: who, to what and why are sealed to supervisors and auditors."""

    __tablename__ = "conflicts"
    __table_args__ = (WITHOUT_ROWID,)

    state: Mapped[str] = mapped_column(String(16))
    declared_on: Mapped[date]
    lifted_on: Mapped[date | None]


class MoveRow(CaseBase):
    """One move into a compartment: how far it has looked through the reports, so that it can be stopped and resumed.

    What is moved stands nowhere in clear: it is whatever is about the entries that the compartment has on its register.
    """

    __tablename__ = "compartment_moves"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    from_box_id: Mapped[UUID] = mapped_column(index=True)
    compartment_row_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(16))
    reports_total: Mapped[int]
    reports_done: Mapped[int]
    at_id: Mapped[UUID | None]
    started_by: Mapped[UUID]
    started_on: Mapped[date]
