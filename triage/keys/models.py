"""Boxes and grants in the case database; intake grants and wrapped data keys in the keys database."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, KeysBase, SealedRow


class Purpose(StrEnum):
    """What a box is for."""

    INTAKE = "intake"
    OFFICER = "officer"
    COMPARTMENT = "compartment"
    TEAM = "team"
    SIGNING = "signing"
    COUNTER_CORRUPTION = "counter-corruption"
    RECOVERY = "recovery"


class BoxState(StrEnum):
    LIVE = "live"
    ROTATING = "rotating"  # another has its place, and what it guarded is being wrapped for that one
    RETIRED = "retired"


class Wrapping(StrEnum):
    """How a data key is wrapped: for a box by somebody inside it or from outside, or under another data key."""

    SYMMETRIC = "symmetric"
    SEALED = "sealed"
    CHAINED = "chained"


class BoxRow(CaseBase):
    """A key pair: the public half, and what it is for. Its seed exists only inside grants.

    `rotation_due` is since when somebody who could open it should not any more. `host_signature` is this host's own
    (triage/keys/host_signed.py); a person's box has one by its owner instead.
    """

    __tablename__ = "boxes"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(32), default="")
    public_key: Mapped[bytes]
    state: Mapped[str] = mapped_column(String(16))
    created_on: Mapped[date]
    not_before: Mapped[date | None]
    not_after: Mapped[date | None]
    rotation_due: Mapped[date | None]
    host_signature: Mapped[bytes | None]


class CompartmentRow(SealedRow, CaseBase):
    """A part of the desk's work with a box of its own; its name lies in the sealed body.

    Its id stays when its box is rotated: `box_id` is the box of today.
    """

    __tablename__ = "compartments"
    __table_args__ = (WITHOUT_ROWID,)

    box_id: Mapped[UUID] = mapped_column(unique=True)
    made_on: Mapped[date]


class RotationRow(CaseBase):
    """One box taking the place of another: how far it is, so that it can be stopped and resumed."""

    __tablename__ = "rotations"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    old_box_id: Mapped[UUID] = mapped_column(unique=True)
    new_box_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(16))
    keys_total: Mapped[int]
    keys_done: Mapped[int]
    started_by: Mapped[UUID]
    started_on: Mapped[date]


class GrantReviewRow(CaseBase):
    """When somebody last looked at a grant and found it still needed; its id is the grant's."""

    __tablename__ = "grant_reviews"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reviewed_by: Mapped[UUID]
    reviewed_on: Mapped[date]


class GrantRow(CaseBase):
    """A box's seed sealed to another box: access is given by sealing. `host_signature` says that the program did it."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("box_id", "to_box_id"), WITHOUT_ROWID)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    box_id: Mapped[UUID] = mapped_column(index=True)
    to_box_id: Mapped[UUID] = mapped_column(index=True)
    sealed: Mapped[bytes]
    granted_by: Mapped[UUID]
    granted_on: Mapped[date]
    host_signature: Mapped[bytes | None]


class IntakeSignatureRow(CaseBase):
    """The force's signature over an intake box, made when the box was: no other box of a day is ever vouched for."""

    __tablename__ = "intake_signatures"
    __table_args__ = (WITHOUT_ROWID,)

    box_id: Mapped[UUID] = mapped_column(primary_key=True)
    signature: Mapped[bytes]


class BoxSignatureRow(CaseBase):
    """A person's signature over their own box: no grant is sealed to another public key (triage/keys/vouching.py)."""

    __tablename__ = "box_signatures"
    __table_args__ = (WITHOUT_ROWID,)

    box_id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    signature: Mapped[bytes]


class IntakeGrantRow(KeysBase):
    """An intake box's seed sealed to the desk: destroyed when the day is retired, and in no archive."""

    __tablename__ = "intake_grants"
    __table_args__ = (WITHOUT_ROWID,)

    box_id: Mapped[UUID] = mapped_column(primary_key=True)
    to_box_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]


class WrappedKeyRow(KeysBase):
    """A data key wrapped for one box. Destroying every such row of a key *is* deletion.

    A chained key hangs under another data key, whose id then stands in `box_id`: with that one it is gone too.
    """

    __tablename__ = "wrapped_keys"
    __table_args__ = (WITHOUT_ROWID,)

    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    box_id: Mapped[UUID] = mapped_column(primary_key=True)
    wrapping: Mapped[str] = mapped_column(String(16))
    wrapped: Mapped[bytes]


class DestroyedKeyRow(KeysBase):
    """The id of a data key that was destroyed, written with its destruction: a restored backup destroys it again.

    It is kept for longer than any backup of keys can be opened, and then goes.
    """

    __tablename__ = "destroyed_keys"
    __table_args__ = (WITHOUT_ROWID,)

    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    destroyed_on: Mapped[date]


class SystemActorRow(CaseBase):
    """The verifying key of unattended acts."""

    __tablename__ = "system_actors"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    verifying_key: Mapped[bytes]
    made_on: Mapped[date]
