"""What officers search for, sealed to their own box."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "searches",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_searches_officer_id"), "searches", ["officer_id"])


def downgrade() -> None:
    """Searches that officers keep go with their table."""
    op.drop_index(op.f("ix_searches_officer_id"), table_name="searches")
    op.drop_table("searches")
