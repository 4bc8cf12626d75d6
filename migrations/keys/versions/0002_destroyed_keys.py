"""The ids of destroyed keys, so that a restored backup destroys them again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "destroyed_keys",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("destroyed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_destroyed_keys")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("destroyed_keys")
