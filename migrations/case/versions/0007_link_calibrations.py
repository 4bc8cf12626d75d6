"""What officers' decisions taught about how far suggestions can be believed, version after version."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_calibrations",
        sa.Column("compartment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_calibrations")),
        sa.UniqueConstraint("compartment_id", "number", name=op.f("uq_link_calibrations_compartment_id_number")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Suggestions are shown as the shipped matcher has them again; the decisions stay, to learn from anew."""
    op.drop_table("link_calibrations")
