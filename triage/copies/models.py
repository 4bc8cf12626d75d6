"""The copies, which of them their readers have let go, and whether there are such readers at all."""

from datetime import date

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase


class SealedCopyRow(CaseBase):
    """A drop as it came, whoever it is for: from its looks nobody can tell. The database lets nobody change it."""

    __tablename__ = "sealed_copies"
    __table_args__ = (WITHOUT_ROWID,)

    drop_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    sealed: Mapped[bytes]
    received_on: Mapped[date]


class ReleasedCopyRow(CaseBase):
    """The counter-corruption box was tried on this copy, which may go: signed by its holders' key."""

    __tablename__ = "released_copies"
    __table_args__ = (WITHOUT_ROWID,)

    drop_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    signature: Mapped[bytes]
    released_on: Mapped[date]


class CounterBoxRow(CaseBase):
    """There is a counter-corruption box, and from that day on a copy of every drop is kept. Nobody takes it back."""

    __tablename__ = "counter_boxes"
    __table_args__ = (WITHOUT_ROWID,)

    verifying_key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    since: Mapped[date]
