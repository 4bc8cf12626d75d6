"""What officers searched for last, and what they keep: the words sealed to their own box."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class SearchRow(SealedRow, CaseBase):
    """One search of one officer. `is_kept` where they gave it a name; any other goes when they sign out."""

    __tablename__ = "searches"
    __table_args__ = (WITHOUT_ROWID,)

    officer_id: Mapped[UUID] = mapped_column(index=True)
    is_kept: Mapped[bool]
    made_on: Mapped[date]
