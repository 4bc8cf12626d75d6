"""What happened to an officer's own sign-in, sealed to that officer."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officer_news",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("is_try", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_news")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_officer_news_officer_id"), "officer_news", ["officer_id"])


def downgrade() -> None:
    """What was not seen yet is lost; the lines of the audit log say it still."""
    op.drop_table("officer_news")
