"""Officers, teams and their signed-in sessions, as the case database keeps them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from triage.base import WITHOUT_ROWID, CaseBase, SealedRow
from triage.officers.rules import may_work


class OfficerRow(SealedRow, CaseBase):
    """A person who may sign in. Their names are in the sealed body, under the directory's key.

    `enrolled_on` is when they chose a passphrase and a second factor that nobody else has seen, and were given a seed
    that nobody could have kept. Which key signs which lines is what the audit log says (triage/audit/binding.py);
    `first_verifying_key` and `enrolled_at_line` say it of those who enrolled before the log did.
    """

    __tablename__ = "officers"
    __table_args__ = (WITHOUT_ROWID,)

    sign_in_digest: Mapped[bytes] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    box_id: Mapped[UUID]
    verifying_key: Mapped[bytes]
    first_verifying_key: Mapped[bytes | None]
    enrolled_at_line: Mapped[int | None] = mapped_column(BigInteger)
    locked_seed: Mapped[bytes]
    sealed_totp: Mapped[bytes]
    last_totp_step: Mapped[int]
    joined_on: Mapped[date]
    enrolled_on: Mapped[date | None]
    left_on: Mapped[date | None]
    vetted_until: Mapped[date | None]


def is_at_work(row: OfficerRow, today: date) -> bool:
    """Whether somebody may sign in and go on: at work, and until the day their vetting ends."""
    return may_work(row.state, row.vetted_until, today)


class VettingRow(SealedRow, CaseBase):
    """To which level a person is vetted and what was said of it, for supervisors and auditors; its id is theirs."""

    __tablename__ = "vettings"
    __table_args__ = (WITHOUT_ROWID,)

    recorded_on: Mapped[date]


class TeamRow(SealedRow, CaseBase):
    """A neighbourhood team: its box is its wall. Name and area are sealed under the directory's key."""

    __tablename__ = "teams"
    __table_args__ = (WITHOUT_ROWID,)

    box_id: Mapped[UUID] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(16))


class NewsRow(CaseBase):
    """Something that happened to an officer's own sign-in, sealed to the officer's box (triage/officers/news.py).

    Whether it was a try stands in clear, so that tries make room for tries alone.
    """

    __tablename__ = "officer_news"
    __table_args__ = (WITHOUT_ROWID,)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    officer_id: Mapped[UUID] = mapped_column(index=True)
    is_try: Mapped[bool]
    sealed: Mapped[bytes]
    happened_on: Mapped[date]
    seen_on: Mapped[date | None]


class OwnAddressRow(CaseBase):
    """Where an officer lives, sealed to the officer's box and signed by this host (triage/officers/own_address.py)."""

    __tablename__ = "own_addresses"
    __table_args__ = (WITHOUT_ROWID,)

    officer_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    recorded_on: Mapped[date]
    host_signature: Mapped[bytes]


class SessionRow(CaseBase):
    """A signed-in session, encrypted under a secret that only the browser's cookie holds."""

    __tablename__ = "sessions"
    __table_args__ = (WITHOUT_ROWID,)

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    officer_id: Mapped[UUID] = mapped_column(index=True)
    sealed: Mapped[bytes]
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
