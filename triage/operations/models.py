"""Operations that take two people, as the case database keeps them."""

from datetime import date
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class OperationRow(SealedRow, CaseBase):
    """One proposal. What it is, of what and why lie in the sealed body, which both signatures cover.

    The state in clear says nothing by itself: carrying out believes the signatures and the clock alone.
    """

    __tablename__ = "operations"
    __table_args__ = (WITHOUT_ROWID,)

    state: Mapped[str] = mapped_column(String(16))
    proposed_by: Mapped[UUID]
    proposed_on: Mapped[date]
    proposal_signature: Mapped[bytes]
    decided_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    approval_signature: Mapped[bytes | None]
    carried_out_by: Mapped[UUID | None]
    carried_out_on: Mapped[date | None]
