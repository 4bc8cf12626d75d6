"""Referrals: a body the team's key opens, and an origin that only the desk's key opens."""

from datetime import date
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class ReferralRow(SealedRow, CaseBase):
    """What a team sees (`sealed`), apart from where it came from (`OriginRow`, which the team cannot open).

    `compartment_id` is the report's: whoever does not hold it is shown no referral of it, nor counted one.
    """

    __tablename__ = "referrals"
    __table_args__ = (WITHOUT_ROWID,)

    team_id: Mapped[UUID] = mapped_column(index=True)
    compartment_id: Mapped[UUID | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(16))
    embargo_until: Mapped[date | None]
    expires_on: Mapped[date]
    referred_by: Mapped[UUID]
    referred_on: Mapped[date]


class OriginRow(SealedRow, CaseBase):
    """Which report and draft a referral came from, sealed to the desk alone. Its id is the referral's."""

    __tablename__ = "referral_origins"
    __table_args__ = (WITHOUT_ROWID,)


class ReferredRow(SealedRow, CaseBase):
    """The same tie from the report's side, under the report's key; the referral's id is in the sealed body."""

    __tablename__ = "referred"
    __table_args__ = (WITHOUT_ROWID,)

    report_id: Mapped[UUID] = mapped_column(index=True)
