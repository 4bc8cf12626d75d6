"""Signed-in sessions: rows that only the browser's cookie opens, ended by idleness and by age."""

import base64
import binascii
import hashlib
import hmac
import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from config import TriageSettings
from envelope.errors import EnvelopeError
from envelope.padding import RECORD_BUCKETS
from envelope.vault import decrypt_blob, derive, encrypt_blob
from triage.audit.actor import AuditKey
from triage.database import CaseSession
from triage.officers.errors import SessionEndedError, SignedOutError
from triage.officers.models import OfficerRow, SessionRow, is_at_work
from triage.officers.officer import Officer, officer_of
from triage.officers.rules import Role

SECRET_BYTES = 32
SESSION_LABEL = "quietword session row v1"
# Seen-at is written at most once a minute, so that reading a page is not a write each time.
SEEN_EVERY = timedelta(minutes=1)
# How long after proving who they are somebody may do what matters most (triage/officers/fresh.py).
FRESH_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class SignedIn:
    """An officer's session as one request sees it.

    `kept_key` seals what one page of the session offers and the next takes back; it goes on with the session.
    """

    officer: Officer
    seed: bytes = field(repr=False)
    token: str = field(repr=False)
    kept_key: bytes = field(repr=False)
    digest: bytes = field(repr=False)
    seen_at: datetime
    ends_at: datetime
    proven_at: datetime
    is_enrolled: bool

    def is_due(self, now: datetime) -> bool:
        """Whether `keep_session` should write that the person is still here."""
        return now - self.seen_at >= SEEN_EVERY

    def is_fresh(self, now: datetime) -> bool:
        """Whether the person proved who they are in the last minutes; never by a clock that was set back."""
        return timedelta() <= now - self.proven_at < FRESH_FOR


def start_session(session: CaseSession, officer: Officer, seed: bytes) -> str:
    """Store a session and return what its cookie holds: the only thing that opens the row."""
    return _store(session, officer, seed, token_bytes(24).hex(), token_bytes(SECRET_BYTES), session.now)


def renew_session(session: CaseSession, signed_in: SignedIn) -> str:
    """The same session under a new secret, its person having just proven who they are; the old cookie opens nothing.

    Its forms' token and its absolute end stay, so that a page open in another tab can still be sent.

    Raises:
        SignedOutError: it was ended meanwhile.
    """
    began = session.scalar(select(SessionRow.started_at).where(SessionRow.digest == signed_in.digest))
    if began is None or not end_session(session, signed_in.digest):
        raise SignedOutError
    return _store(session, signed_in.officer, signed_in.seed, signed_in.token, signed_in.kept_key, _aware(began))


def _store(
    session: CaseSession, officer: Officer, seed: bytes, token: str, kept_key: bytes, started_at: datetime
) -> str:
    secret = token_bytes(SECRET_BYTES)
    body = {
        "name": officer.name,
        "role": officer.role,
        "box": str(officer.keys.box_id),
        "seed": seed.hex(),
        "token": token,
        "kept_key": kept_key.hex(),
        "proven_at": session.now.isoformat(),
        "audit_id": str(officer.audit_key.id),
        "audit_digest": officer.audit_key.digest.hex(),
        "audit_key": officer.audit_key.secret.hex(),
    }
    digest = _digest(secret)
    session.add(
        SessionRow(
            digest=digest,
            officer_id=officer.id,
            sealed=encrypt_blob(
                derive(secret, SESSION_LABEL, 32),
                json.dumps(body).encode(),
                digest + officer.id.bytes,
                buckets=RECORD_BUCKETS,
            ),
            started_at=started_at,
            seen_at=session.now,
        )
    )
    return base64.urlsafe_b64encode(secret).decode("ascii").rstrip("=")


def resume_session(session: CaseSession, settings: TriageSettings, cookie: str) -> SignedIn:
    """The session a cookie opens; it changes nothing.

    Raises:
        SessionEndedError: its time is over or the person may no longer sign in: wipe it with `end_session`.
        SignedOutError: there is none.
    """
    secret = _secret_of(cookie)
    row = session.get(SessionRow, _digest(secret))
    if row is None:
        raise SignedOutError
    started, seen = _aware(row.started_at), _aware(row.seen_at)
    ends_at = min(seen + timedelta(minutes=settings.idle_minutes), started + timedelta(hours=settings.absolute_hours))
    officer_row = session.get(OfficerRow, row.officer_id)
    if session.now >= ends_at or officer_row is None or not is_at_work(officer_row, session.today):
        raise SessionEndedError(row.digest)
    try:
        body = json.loads(
            decrypt_blob(derive(secret, SESSION_LABEL, 32), row.sealed, row.digest + row.officer_id.bytes)
        )
        # A seed from before they enrolled is not theirs alone, so no session of it goes on.
        if body["role"] != officer_row.role or UUID(body["box"]) != officer_row.box_id:
            raise SessionEndedError(row.digest)
        token, kept_key = str(body["token"]), bytes.fromhex(body["kept_key"])
        seed, proven_at = bytes.fromhex(body["seed"]), datetime.fromisoformat(body["proven_at"])
        officer = officer_of(
            id=row.officer_id,
            name=body["name"],
            role=Role(officer_row.role),
            box_id=UUID(body["box"]),
            seed=seed,
            audit_key=AuditKey(
                UUID(body["audit_id"]), bytes.fromhex(body["audit_digest"]), bytes.fromhex(body["audit_key"])
            ),
        )
    except (EnvelopeError, KeyError):  # changed, or of an earlier version that kept other things: sign in anew
        raise SessionEndedError(row.digest) from None
    is_enrolled = officer_row.enrolled_on is not None
    return SignedIn(officer, seed, token, kept_key, row.digest, seen, ends_at, proven_at, is_enrolled)


def hold_session(session: CaseSession, signed_in: SignedIn) -> OfficerRow:
    """Hold the row of somebody signed in until the end of the unit of work, for what changes how they sign in.

    Raises:
        SignedOutError: since their request began the session was ended, or they were given another seed, suspended or
            let go; a passphrase takes most of a second to seal, so there is time for it.
    """
    row = session.get(OfficerRow, signed_in.officer.id, with_for_update=True, populate_existing=True)
    stands = session.scalar(select(SessionRow.digest).where(SessionRow.digest == signed_in.digest))
    if row is None or stands is None or not is_at_work(row, session.today):
        raise SignedOutError
    if row.box_id != signed_in.officer.keys.box_id:
        raise SignedOutError
    return row


def keep_session(session: CaseSession, digest: bytes) -> None:
    """Write that its person is still here."""
    session.execute(update(SessionRow).where(SessionRow.digest == digest).values(seen_at=session.now))


@dataclass(frozen=True)
class OpenSession:
    """One of a person's sessions, as they see it listed."""

    digest: bytes = field(repr=False)
    started_at: datetime
    seen_at: datetime
    is_this: bool


def digest_in(text: str) -> bytes:
    """A session's digest as a page names it: it opens nothing, and only whose session it is may end it by it."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def sessions_of(session: CaseSession, settings: TriageSettings, signed_in: SignedIn) -> tuple[OpenSession, ...]:
    """The person's sessions that have not ended, the newest first."""
    sweep_sessions(session, settings)
    rows = session.scalars(
        select(SessionRow)
        .where(SessionRow.officer_id == signed_in.officer.id)
        .order_by(SessionRow.started_at.desc(), SessionRow.digest)
    )
    return tuple(
        OpenSession(row.digest, _aware(row.started_at), _aware(row.seen_at), row.digest == signed_in.digest)
        for row in rows
    )


def end_session(session: CaseSession, digest: bytes) -> bool:
    """End one session; gives whether it was still there."""
    ended = session.execute(delete(SessionRow).where(SessionRow.digest == digest))
    return bool(ended.rowcount)  # type: ignore[attr-defined]  # a CursorResult, which the signature hides


def end_session_of(session: CaseSession, officer_id: UUID, digest: bytes) -> bool:
    """End one session if it is that person's; gives whether it was."""
    ended = session.execute(delete(SessionRow).where(SessionRow.digest == digest, SessionRow.officer_id == officer_id))
    return bool(ended.rowcount)  # type: ignore[attr-defined]  # a CursorResult, which the signature hides


def end_session_of_cookie(session: CaseSession, cookie: str) -> None:
    """End whatever session a cookie is of, for a browser that signs in anew."""
    with suppress(SignedOutError):
        end_session(session, _digest(_secret_of(cookie)))


def end_sessions_of(session: CaseSession, officer_id: UUID, *, but: bytes = b"") -> None:
    """End every session of a person, `but` the one with that digest: they were suspended, left, or changed
    their passphrase."""
    session.execute(delete(SessionRow).where(SessionRow.officer_id == officer_id, SessionRow.digest != but))


def sweep_sessions(session: CaseSession, settings: TriageSettings) -> int:
    """Wipe sessions past their idle or absolute time; returns how many."""
    idle = session.now - timedelta(minutes=settings.idle_minutes)
    oldest = session.now - timedelta(hours=settings.absolute_hours)
    ended = session.execute(delete(SessionRow).where(or_(SessionRow.seen_at <= idle, SessionRow.started_at <= oldest)))
    return int(ended.rowcount)  # type: ignore[attr-defined]  # a CursorResult, which the signature hides


def officers_signed_in(session: CaseSession) -> frozenset[UUID]:
    """Whoever has a session that nobody has ended or swept."""
    return frozenset(session.scalars(select(SessionRow.officer_id).distinct()))


def token_fits(signed_in: SignedIn, token: str) -> bool:
    """Compare a form's token with the session's, in constant time."""
    return hmac.compare_digest(signed_in.token.encode(), token.encode())


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(b"quietword session v1" + secret).digest()


def _secret_of(cookie: str) -> bytes:
    try:
        secret = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
    except (binascii.Error, ValueError):
        raise SignedOutError from None
    if len(secret) != SECRET_BYTES:
        raise SignedOutError
    return secret


def _aware(moment: datetime) -> datetime:
    """SQLite gives times back without their zone; all of ours are UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
