"""Compartments, conflicts, rotations, vetting and the review of grants."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "compartments",
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        *_sealed(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compartments")),
        sa.UniqueConstraint("box_id", name=op.f("uq_compartments_box_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "compartment_moves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_box_id", sa.Uuid(), nullable=False),
        sa.Column("compartment_row_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reports_total", sa.Integer(), nullable=False),
        sa.Column("reports_done", sa.Integer(), nullable=False),
        sa.Column("at_id", sa.Uuid(), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compartment_moves")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_compartment_moves_from_box_id"), "compartment_moves", ["from_box_id"])
    op.create_index(op.f("ix_compartment_moves_compartment_row_id"), "compartment_moves", ["compartment_row_id"])
    op.create_table(
        "conflicts",
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        *_sealed(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflicts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rotations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("old_box_id", sa.Uuid(), nullable=False),
        sa.Column("new_box_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("keys_total", sa.Integer(), nullable=False),
        sa.Column("keys_done", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotations")),
        sa.UniqueConstraint("old_box_id", name=op.f("uq_rotations_old_box_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_rotations_new_box_id"), "rotations", ["new_box_id"])
    op.create_table(
        "grant_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_reviews")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vettings",
        sa.Column("recorded_on", sa.Date(), nullable=False),
        *_sealed(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vettings")),
        sqlite_with_rowid=False,
    )
    op.add_column("boxes", sa.Column("rotation_due", sa.Date(), nullable=True))
    op.add_column("officers", sa.Column("vetted_until", sa.Date(), nullable=True))
    op.add_column("referrals", sa.Column("compartment_id", sa.Uuid(), nullable=True))
    # Until now every report, and so every referral, was the desk's.
    boxes = sa.table("boxes", sa.column("id"), sa.column("name"))
    referrals = sa.table("referrals", sa.column("compartment_id"))
    desk = sa.select(boxes.c.id).where(boxes.c.name == "desk").limit(1).scalar_subquery()
    op.execute(referrals.update().values(compartment_id=desk))
    op.create_index(op.f("ix_referrals_compartment_id"), "referrals", ["compartment_id"])


def downgrade() -> None:
    """Only while no compartment stands beside the desk: without its row nobody knows what its records are."""
    op.drop_index(op.f("ix_referrals_compartment_id"), table_name="referrals")
    op.drop_column("referrals", "compartment_id")
    op.drop_column("officers", "vetted_until")
    op.drop_column("boxes", "rotation_due")
    op.drop_table("vettings")
    op.drop_table("grant_reviews")
    op.drop_index(op.f("ix_rotations_new_box_id"), table_name="rotations")
    op.drop_table("rotations")
    op.drop_table("conflicts")
    op.drop_index(op.f("ix_compartment_moves_compartment_row_id"), table_name="compartment_moves")
    op.drop_index(op.f("ix_compartment_moves_from_box_id"), table_name="compartment_moves")
    op.drop_table("compartment_moves")
    op.drop_table("compartments")


def _sealed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
