"""The two metadata of triage's own databases, and the row that carries everything else encrypted."""

from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import LargeBinary, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# A rowid keeps the order of arrival even under random keys (traps.md), so no table of ours has one.
WITHOUT_ROWID: dict[str, Any] = {"sqlite_with_rowid": False}


class CaseBase(DeclarativeBase):
    """Tables of the case database: what stands in clear is ids, dates, state, compartment, band (design §4)."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {bytes: LargeBinary, UUID: Uuid}


class KeysBase(DeclarativeBase):
    """Tables of the keys database: wrapped data keys and intake grants, and nothing else."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {bytes: LargeBinary, UUID: Uuid}


class SealedRow:
    """A row whose content is one encrypted body, under a data key that lives in the keys database alone."""

    __tablename__: str
    id: Mapped[UUID] = mapped_column(primary_key=True)
    data_key_id: Mapped[UUID]
    sealed: Mapped[bytes]
