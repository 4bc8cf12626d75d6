"""Boxes, grants and periods of retention that this host signed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("boxes", "grants", "retention_periods")


def upgrade() -> None:
    """What stands there is signed by `quietword migrate`, once, with a secret that is in no database."""
    for table in TABLES:
        op.add_column(table, sa.Column("host_signature", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """The signatures go; from here on a public key in the database is believed."""
    for table in TABLES:
        op.drop_column(table, "host_signature")
