"""Whose box is whose, signed by each owner."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each person signs their own box when they next sign in; nobody can give them a key before."""
    op.create_table(
        "box_signatures",
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("box_id", name=op.f("pk_box_signatures")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """The signatures go; from here on a public key in the database is believed."""
    op.drop_table("box_signatures")
