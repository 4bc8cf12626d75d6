"""The ids and dates of a compartment's reports are listed without reading their sealed bodies."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ix_reports_compartment"


def upgrade() -> None:
    op.create_index(NAME, "reports", ["compartment_id", "received_on", "id"])


def downgrade() -> None:
    op.drop_index(NAME, table_name="reports")
