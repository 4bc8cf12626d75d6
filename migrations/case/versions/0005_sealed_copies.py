"""Copies of everything collected, which triage cannot delete: what it cannot open is for somebody else to read.

A copy may go when the holders of the counter-corruption box have released it. On SQLite these triggers hold that
against our own program, and anybody who writes to the file can take them away. On PostgreSQL triage's login is put
into quietword_triage_case and the holders' into quietword_counter, and neither owns the tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TRIAGE = "quietword_triage_case"
COUNTER = "quietword_counter"
TABLES = ("sealed_copies", "released_copies", "counter_boxes")
REFUSAL = "A sealed copy stays as it is until its readers have released it"


def upgrade() -> None:
    op.create_table(
        "sealed_copies",
        sa.Column("drop_id", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("drop_id", name="pk_sealed_copies"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "released_copies",
        sa.Column("drop_id", sa.LargeBinary(16), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("drop_id", name="pk_released_copies"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counter_boxes",
        sa.Column("verifying_key", sa.LargeBinary(32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("verifying_key", name="pk_counter_boxes"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
        _share_out_rights()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    """Remove the tables. The roles stay: they belong to the whole cluster, and a login may be a member."""
    for name in reversed(TABLES):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION sealed_copies_stay()")
        op.execute(_in_our_schema(f"ALTER DEFAULT PRIVILEGES IN SCHEMA %I REVOKE ALL ON TABLES FROM {TRIAGE}"))
        op.execute(_in_our_schema(f"REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM {TRIAGE}, {COUNTER}"))
        op.execute(_in_our_schema(f"REVOKE USAGE ON SCHEMA %I FROM {TRIAGE}, {COUNTER}"))


def _guard_on_sqlite() -> None:
    released = "EXISTS (SELECT 1 FROM released_copies WHERE drop_id = OLD.drop_id)"
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        unless = f"WHEN NOT {released} " if table == "sealed_copies" else ""
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {unless}"
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION sealed_copies_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'sealed_copies' THEN "
        "IF EXISTS (SELECT 1 FROM released_copies WHERE drop_id = OLD.drop_id) THEN RETURN OLD; END IF; END IF; "
        "RAISE EXCEPTION 'A sealed copy stays as it is until its readers have released it'; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION sealed_copies_stay()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION sealed_copies_stay()"
        )


def _share_out_rights() -> None:
    for role in (TRIAGE, COUNTER):
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
    op.execute(_in_our_schema(f"GRANT USAGE ON SCHEMA %I TO {TRIAGE}, {COUNTER}"))
    # Triage works on every other table, those of later migrations too. Of the copies it adds, and reads.
    rights = "SELECT, INSERT, UPDATE, DELETE"
    op.execute(_in_our_schema(f"GRANT {rights} ON ALL TABLES IN SCHEMA %I TO {TRIAGE}"))
    op.execute(_in_our_schema(f"ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT {rights} ON TABLES TO {TRIAGE}"))
    op.execute(f"REVOKE ALL ON {', '.join(TABLES)} FROM PUBLIC, {TRIAGE}, {COUNTER}")
    op.execute(f"GRANT SELECT, INSERT ON sealed_copies TO {TRIAGE}")
    op.execute(f"GRANT SELECT ON released_copies, counter_boxes TO {TRIAGE}")
    # The holders of the box read what was collected, say what may go, and take it away. They see no report.
    op.execute(f"GRANT SELECT ON collected_drops, held_parts TO {COUNTER}")
    op.execute(f"GRANT SELECT, DELETE ON sealed_copies TO {COUNTER}")
    op.execute(f"GRANT SELECT, INSERT ON released_copies, counter_boxes TO {COUNTER}")


def _in_our_schema(statement: str) -> str:
    return f"DO $$ BEGIN EXECUTE format('{statement}', current_schema()); END $$"
