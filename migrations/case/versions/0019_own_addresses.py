"""Where an officer lives, sealed to that officer, so that a search for it can be told to the auditors."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_addresses",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("host_signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_own_addresses")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """The addresses are lost: a supervisor records them anew."""
    op.drop_table("own_addresses")
