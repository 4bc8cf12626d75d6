"""What officers said about the origin of two reports, and how far earlier reports were looked through."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("origin_decisions", "register_findings", "look_backs", "looked_for")


def upgrade() -> None:
    op.create_table(
        "origin_decisions",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin_decisions")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_origin_decisions_report_id"), "origin_decisions", ["report_id"])
    op.create_table(
        "register_findings",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_findings")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "look_backs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("compartment_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reports_total", sa.Integer(), nullable=False),
        sa.Column("reports_done", sa.Integer(), nullable=False),
        sa.Column("at_day", sa.Date(), nullable=True),
        sa.Column("at_id", sa.Uuid(), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_backs")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_look_backs_compartment_id"), "look_backs", ["compartment_id"])
    op.create_table(
        "looked_for",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("look_back_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_looked_for")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_looked_for_look_back_id"), "looked_for", ["look_back_id"])


def downgrade() -> None:
    """Officers' words on origins go; the rest is found again from the reports."""
    for name in reversed(TABLES):
        op.drop_table(name)
