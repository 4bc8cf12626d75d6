"""The two metadata of triage's own databases, and the row that carries everything else encrypted."""

from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Dialect, LargeBinary, MetaData, TypeDecorator, Uuid
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


class IdAsKept(TypeDecorator[Any]):
    """An id as its database hands it over and takes it back: 32 hexadecimal digits on SQLite, a UUID on PostgreSQL.

    For reading a hundred thousand rows, of which most ids only lead to the next row; `hex_of` makes either one text.
    """

    impl = Uuid
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:  # noqa: ARG002  SQLAlchemy gives it
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:  # noqa: ARG002  as above
        return None


# An id as `IdAsKept` reads it.
IdKept = str | UUID


def hex_of(kept: IdKept) -> str:
    """An id that was read so, as 32 hexadecimal digits; of a UUID those, too."""
    return kept if isinstance(kept, str) else kept.hex


def bytes_of(kept: IdKept) -> bytes:
    """The same as its 16 bytes."""
    return bytes.fromhex(kept) if isinstance(kept, str) else kept.bytes


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
