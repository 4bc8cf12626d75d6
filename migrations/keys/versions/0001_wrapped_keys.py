"""Wrapped data keys and intake grants: all that the keys database ever holds."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_grants",
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column("to_box_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("box_id", "to_box_id", name=op.f("pk_intake_grants")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "wrapped_keys",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column("wrapping", sa.String(length=16), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", "box_id", name=op.f("pk_wrapped_keys")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("wrapped_keys")
    op.drop_table("intake_grants")
