"""Which entries a compartment's register has, and at which version, is listed without reading their sealed bodies."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAME, BEFORE = "ix_register_entries_standing", "ix_register_entries_compartment_id"
TABLE = "register_entries"


def upgrade() -> None:
    op.create_index(NAME, TABLE, ["compartment_id", "version", "id"])
    op.drop_index(BEFORE, table_name=TABLE)


def downgrade() -> None:
    op.create_index(BEFORE, TABLE, ["compartment_id"])
    op.drop_index(NAME, table_name=TABLE)
