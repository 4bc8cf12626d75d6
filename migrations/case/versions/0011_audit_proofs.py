"""Lines say whose key is whose; tiles for proofs, sealed summaries for searches, honey records, reasons given."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: making the table anew would take the triggers that let it only grow.
    op.add_column("audit_leaves", sa.Column("binding", sa.LargeBinary(), nullable=True))
    op.drop_index("ix_audit_leaves_signer_id", table_name="audit_leaves")
    op.create_index("ix_audit_leaves_signer_id", "audit_leaves", ["signer_id", "sequence"])
    op.create_index(
        "ix_audit_leaves_binding",
        "audit_leaves",
        ["sequence"],
        sqlite_where=sa.text("binding IS NOT NULL"),
        postgresql_where=sa.text("binding IS NOT NULL"),
    )
    op.create_table(
        "audit_tiles",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_tiles")),
    )
    op.create_table(
        "audit_summaries",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_summaries")),
    )
    op.create_table(
        "audit_honey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_honey")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reasons_given",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_reasons_given")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("reasons_given", "audit_honey", "audit_summaries", "audit_tiles"):
        op.drop_table(table)
    op.drop_index("ix_audit_leaves_binding", table_name="audit_leaves")
    op.drop_index("ix_audit_leaves_signer_id", table_name="audit_leaves")
    op.create_index("ix_audit_leaves_signer_id", "audit_leaves", ["signer_id"])
    op.drop_column("audit_leaves", "binding")
