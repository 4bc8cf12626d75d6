"""What came of a referral, and the notices waiting for the day's batch."""

from datetime import date
from uuid import UUID

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class OutcomeRow(SealedRow, CaseBase):
    """One outcome of a referral, readable by the team and by the desk."""

    __tablename__ = "outcomes"
    __table_args__ = (WITHOUT_ROWID,)

    referral_id: Mapped[UUID] = mapped_column(index=True)
    recorded_by: Mapped[UUID]
    recorded_on: Mapped[date]


class PendingNoticeRow(CaseBase):
    """A notice already sealed to its mailbox, waiting to be published with the others of its day.

    It names no report, so that nobody who reads this table can tie a mailbox to one.
    """

    __tablename__ = "pending_notices"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    lookup_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    sealed: Mapped[bytes]
    state: Mapped[str] = mapped_column(String(16))
    publish_on: Mapped[date]


class ObservedRow(SealedRow, CaseBase):
    """Which report was started from what a team saw, sealed to the desk alone. Its id is the outcome's."""

    __tablename__ = "observed"
    __table_args__ = (WITHOUT_ROWID,)
