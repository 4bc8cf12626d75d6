"""What the bell remembers when it is started again: nothing of any report."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase


class BellRow(CaseBase):
    """The one bell: how often it has rung unanswered, its last daily test, and until which minute it is awake.

    How often, and not since when: the hour at which it began would be the hour at which a report came.
    """

    __tablename__ = "bells_watched"
    __table_args__ = (WITHOUT_ROWID,)

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    rings: Mapped[int]
    tested_on: Mapped[date | None]
    failed: Mapped[bool]
    awake_until: Mapped[int | None]
