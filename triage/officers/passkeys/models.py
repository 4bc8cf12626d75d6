"""Passkeys and the challenges they have answered, as the case database keeps them."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase


class PasskeyRow(CaseBase):
    """One authenticator of one officer.

    `sealed`, under a key of the officer's seed, holds its name, its credential id and its public key, so that nobody
    who writes to the database can put a key of their own there. `locked_seed` is the seed under what the authenticator
    alone can make; it is empty for one that cannot (no PRF), which serves as a second factor only. `sign_count` is the
    last one seen.
    """

    __tablename__ = "passkeys"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    officer_id: Mapped[UUID] = mapped_column(index=True)
    credential_digest: Mapped[bytes] = mapped_column(unique=True)
    sealed: Mapped[bytes]
    locked_seed: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    added_on: Mapped[date]
    used_on: Mapped[date | None]


class SpentChallengeRow(CaseBase):
    """A challenge that was answered, so that it is answered once; gone two days later, when it is long too old."""

    __tablename__ = "spent_challenges"
    __table_args__ = (WITHOUT_ROWID,)

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    spent_on: Mapped[date] = mapped_column(index=True)
