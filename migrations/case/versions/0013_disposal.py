"""How long records are kept, legal holds, disposals and what each takes along, and the backups that were made."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports", sa.Column("retention_group", sa.String(length=32), nullable=True))
    op.add_column("reports", sa.Column("clock_from", sa.Date(), nullable=True))
    # What has been graded already is of the group that every graded report was kept as until now.
    op.execute(
        "UPDATE reports SET retention_group = 'all other' WHERE state IN ('graded', 'referred') "
        "OR id IN (SELECT report_id FROM gradings)"
    )
    op.create_table(
        "retention_periods",
        sa.Column("group", sa.String(length=32), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("group", name=op.f("pk_retention_periods")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "legal_holds",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_legal_holds_report_id"), "legal_holds", ["report_id"])
    op.create_table(
        "disposals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("group", sa.String(length=32), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.Column("keys", sa.Integer(), nullable=False),
        sa.Column("about_on", sa.Date(), nullable=True),
        sa.Column("destroyed_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("opens_until", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposals")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_disposals_subject_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "disposal_parts",
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("disposal_id", "place", "row_id", name=op.f("pk_disposal_parts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "backups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("opens_until", sa.Date(), nullable=False),
        sa.Column("expired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Certificates go with their table; the audit log keeps what was disposed of, when, and by whom."""
    for name in ("backups", "disposal_parts", "disposals"):
        op.drop_table(name)
    op.drop_index(op.f("ix_legal_holds_report_id"), table_name="legal_holds")
    op.drop_table("legal_holds")
    op.drop_table("retention_periods")
    op.drop_column("reports", "clock_from")
    op.drop_column("reports", "retention_group")
