"""Until when the bell is vouched for, so that one that stopped promises nothing for long."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A bell that was set before has no such moment, and so does not ring until it is set again.
    op.add_column("bells", sa.Column("rings_until", sa.Integer(), nullable=True))


def downgrade() -> None:
    # What a bell promised would stand without its end: it is forgotten instead.
    op.execute("DELETE FROM bells")
    op.drop_column("bells", "rings_until")
