"""Reports of one receipt, mailboxes that were burnt, and what the bell remembers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Each goes down to nothing: a mailbox is found again from its reports, and a bell begins anew.
TABLES = ("mailboxes", "burnt_mailboxes", "answered", "bells_watched")


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailboxes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "burnt_mailboxes",
        sa.Column("lookup_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("burnt_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("lookup_id", name=op.f("pk_burnt_mailboxes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answered",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answered")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bells_watched",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("rings", sa.Integer(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("awake_until", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bells_watched")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
