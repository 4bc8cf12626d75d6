"""The one-way store, and on PostgreSQL the two roles that keep it one-way."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REPORTING = "quietword_reporting"
TRIAGE = "quietword_triage_drop"
TABLES = ("drops", "parts", "burns", "notices", "intake_keys", "bells")

# The receipt's holder burns it by showing the preimage of its lookup id; from then on nothing of it is shown.
VISIBLE_NOTICES = """
CREATE VIEW visible_notices AS
SELECT notice_id, lookup_id, sealed, published_on, expires_on
FROM notices
WHERE NOT EXISTS (SELECT 1 FROM burns WHERE burns.lookup_id = notices.lookup_id)
"""


def upgrade() -> None:
    _create(
        "drops",
        sa.Column("drop_id", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("danger", sa.Boolean, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("drop_id", name="pk_drops"),
        sa.CheckConstraint("length(drop_id) = 16", name="ck_drops_id_length"),
    )
    _create(
        "parts",
        sa.Column("file_id", sa.LargeBinary(16), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("file_id", "sequence", name="pk_parts"),
        sa.CheckConstraint("length(file_id) = 16", name="ck_parts_id_length"),
        sa.CheckConstraint("sequence >= 0", name="ck_parts_sequence"),
        sa.CheckConstraint("length(sealed) <= 1048576", name="ck_parts_sealed_length"),
    )
    _create(
        "burns",
        sa.Column("preimage", sa.LargeBinary(32), nullable=False),
        sa.Column("lookup_id", sa.LargeBinary(16), nullable=False),
        sa.Column("burnt_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("preimage", name="pk_burns"),
        sa.CheckConstraint("length(preimage) = 32", name="ck_burns_preimage_length"),
        sa.CheckConstraint("length(lookup_id) = 16", name="ck_burns_id_length"),
    )
    op.create_index("ix_burns_lookup_id", "burns", ["lookup_id"])
    _create(
        "notices",
        sa.Column("notice_id", sa.LargeBinary(16), nullable=False),
        sa.Column("lookup_id", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.Column("expires_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("notice_id", name="pk_notices"),
        sa.CheckConstraint("length(notice_id) = 16", name="ck_notices_id_length"),
        sa.CheckConstraint("length(lookup_id) = 16", name="ck_notices_lookup_length"),
    )
    op.create_index("ix_notices_lookup_id", "notices", ["lookup_id"])
    _create(
        "intake_keys",
        sa.Column("box_id", sa.LargeBinary(16), nullable=False),
        sa.Column("not_before", sa.Date, nullable=False),
        sa.Column("not_after", sa.Date, nullable=False),
        sa.Column("signed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("box_id", name="pk_intake_keys"),
        sa.CheckConstraint("length(box_id) = 16", name="ck_intake_keys_id_length"),
    )
    _create(
        "bells",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("rings", sa.Boolean, nullable=False),
        sa.Column("next_release", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_bells"),
    )
    op.execute(VISIBLE_NOTICES)
    if op.get_bind().dialect.name == "postgresql":
        _make_one_way()


def downgrade() -> None:
    """Remove every table. The roles stay: they belong to the whole cluster, and a login may be a member."""
    op.execute("DROP VIEW visible_notices")
    for name in reversed(TABLES):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_in_our_schema(f"REVOKE USAGE ON SCHEMA %I FROM {REPORTING}, {TRIAGE}"))


def _create(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(name, *items, sqlite_with_rowid=False)


def _make_one_way() -> None:
    for role in (REPORTING, TRIAGE):
        # Another database of the cluster may have made it, or may be making it at this moment.
        op.execute(
            f"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
                    CREATE ROLE {role} NOLOGIN;
                END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$
            """
        )
    every = ", ".join((*TABLES, "visible_notices"))
    op.execute(f"REVOKE ALL ON {every} FROM PUBLIC, {REPORTING}, {TRIAGE}")
    op.execute(_in_our_schema(f"GRANT USAGE ON SCHEMA %I TO {REPORTING}, {TRIAGE}"))
    # The public host: it appends, and reads what is published. It cannot read what it appended.
    op.execute(f"GRANT INSERT ON drops, parts, burns TO {REPORTING}")
    op.execute(f"GRANT SELECT ON visible_notices, intake_keys, bells TO {REPORTING}")
    # The triage side: it reads and destroys what came in, and publishes. It writes no report here.
    op.execute(f"GRANT SELECT, DELETE ON drops, parts, burns TO {TRIAGE}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON notices, intake_keys, bells TO {TRIAGE}")
    op.execute(f"GRANT SELECT ON visible_notices TO {TRIAGE}")


def _in_our_schema(statement: str) -> str:
    return f"DO $$ BEGIN EXECUTE format('{statement}', current_schema()); END $$"
