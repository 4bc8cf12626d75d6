"""The store's tables: sealed bytes, random ids and dates. Only the doors import them."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    column,
    table,
)
from sqlalchemy.schema import SchemaItem

ID_BYTES = 16
PREIMAGE_BYTES = 32
PART_BYTES = 1024 * 1024

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _table(name: str, *items: SchemaItem) -> Table:
    # Without a rowid, SQLite keeps no order of arrival. Without RETURNING and defaults, PostgreSQL's
    # reporting role needs no right to read what it wrote.
    return Table(name, metadata, *items, sqlite_with_rowid=False, implicit_returning=False)


drops = _table(
    "drops",
    Column("drop_id", LargeBinary(ID_BYTES), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("danger", Boolean(create_constraint=False), nullable=False),
    Column("received_on", Date, nullable=False),
    PrimaryKeyConstraint("drop_id"),
    CheckConstraint("length(drop_id) = 16", name="id_length"),
)

parts = _table(
    "parts",
    Column("file_id", LargeBinary(ID_BYTES), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("received_on", Date, nullable=False),
    PrimaryKeyConstraint("file_id", "sequence"),
    CheckConstraint("length(file_id) = 16", name="id_length"),
    CheckConstraint("sequence >= 0", name="sequence"),
    CheckConstraint("length(sealed) <= 1048576", name="sealed_length"),
)

burns = _table(
    "burns",
    Column("preimage", LargeBinary(PREIMAGE_BYTES), nullable=False),
    Column("lookup_id", LargeBinary(ID_BYTES), nullable=False),
    Column("burnt_on", Date, nullable=False),
    PrimaryKeyConstraint("preimage"),
    CheckConstraint("length(preimage) = 32", name="preimage_length"),
    CheckConstraint("length(lookup_id) = 16", name="id_length"),
    Index(None, "lookup_id"),
)

notices = _table(
    "notices",
    Column("notice_id", LargeBinary(ID_BYTES), nullable=False),
    Column("lookup_id", LargeBinary(ID_BYTES), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    PrimaryKeyConstraint("notice_id"),
    CheckConstraint("length(notice_id) = 16", name="id_length"),
    CheckConstraint("length(lookup_id) = 16", name="lookup_length"),
    Index(None, "lookup_id"),
)

intake_keys = _table(
    "intake_keys",
    Column("box_id", LargeBinary(ID_BYTES), nullable=False),
    Column("not_before", Date, nullable=False),
    Column("not_after", Date, nullable=False),
    Column("signed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("box_id"),
    CheckConstraint("length(box_id) = 16", name="id_length"),
)

bells = _table(
    "bells",
    Column("name", String(32), nullable=False),
    Column("rings", Boolean(create_constraint=False), nullable=False),
    Column("next_release", String(200), nullable=False),
    # Minutes since 1970 (UTC). A bell that nobody vouches for any more has stopped, whatever `rings` says.
    Column("rings_until", Integer, nullable=True),
    PrimaryKeyConstraint("name"),
)

# A view, outside the metadata: notices whose receipt has not been burnt. The reporting role may read this and
# may read neither the notices behind it nor the burns.
visible_notices = table(
    "visible_notices",
    column("notice_id", LargeBinary(ID_BYTES)),
    column("lookup_id", LargeBinary(ID_BYTES)),
    column("sealed", LargeBinary),
    column("published_on", Date),
    column("expires_on", Date),
)
