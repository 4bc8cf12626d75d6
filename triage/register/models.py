"""The force's working register: groups, people and the ties between them, all in sealed bodies."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow


class RegisterVersionRow(CaseBase):
    """How often a compartment's register has changed: what an unlocked copy is compared with. Writers queue at it."""

    __tablename__ = "register_versions"
    __table_args__ = (WITHOUT_ROWID,)

    compartment_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]


class EntryRow(SealedRow, CaseBase):
    """A group or a person. `version` grows with each change, so that an edit over a stale page is refused."""

    __tablename__ = "register_entries"
    # Which entries there are, and at which version, is asked without reading their sealed bodies.
    __table_args__ = (Index("ix_register_entries_standing", "compartment_id", "version", "id"), WITHOUT_ROWID)

    compartment_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(16), index=True)
    state: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    updated_on: Mapped[date]


class TieRow(SealedRow, CaseBase):
    """A typed tie between two entries; both ends are inside the sealed body (design §3)."""

    __tablename__ = "register_ties"
    __table_args__ = (WITHOUT_ROWID,)

    compartment_id: Mapped[UUID] = mapped_column(index=True)
    updated_on: Mapped[date]


class ImportRow(SealedRow, CaseBase):
    """One import: how far it is and what was wrong with which row, so that it can be stopped and resumed."""

    __tablename__ = "register_imports"
    __table_args__ = (WITHOUT_ROWID,)

    compartment_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(16))
    rows_total: Mapped[int]
    rows_done: Mapped[int]
    started_by: Mapped[UUID]
    started_on: Mapped[date]
