"""Triage may empty the tables it has collected from, so that a deleted row's place tells nobody when it came."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = "drops, parts, burns"
TRIAGE = "quietword_triage_drop"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT TRUNCATE ON {TABLES} TO {TRIAGE}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"REVOKE TRUNCATE ON {TABLES} FROM {TRIAGE}")
