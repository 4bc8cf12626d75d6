"""An officer's passkeys: added, named, used and removed; each unlocks the officer's seed by itself where it can.

Everything about a passkey lies under a key of the seed, so it is checked in this order: what the authenticator made
opens the seed (or the passphrase did, or the session holds it), the seed opens the public key, and the public key
checks the authenticator's answer.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, func, or_, select, update

from config import TriageSettings
from envelope.errors import EnvelopeError
from envelope.padding import RECORD_BUCKETS
from envelope.vault import decrypt_blob, derive, encrypt_blob, keyed_digest
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.keys.system import system_secret
from triage.officers.models import OfficerRow
from triage.officers.news import What, note_change
from triage.officers.passkeys.answers import Answer, read_answer
from triage.officers.passkeys.challenges import Purpose, spend_challenge
from triage.officers.passkeys.checking import check_known, check_new
from triage.officers.passkeys.errors import (
    CannotUnlockError,
    NamelessPasskeyError,
    PasskeyRefusedError,
    TooManyPasskeysError,
)
from triage.officers.passkeys.models import PasskeyRow
from triage.officers.session import SignedIn, hold_session

DIGEST_LABEL = "quietword passkey credential v1"
ABOUT_LABEL = "quietword passkey v1"
LOCK_LABEL = "quietword passkey lock v1"
PASSKEYS_MOST = 10
NAME_MOST = 60


@dataclass(frozen=True)
class Passkey:
    """One of a person's passkeys, as they see it listed."""

    id: UUID
    name: str
    added_on: date
    used_on: date | None
    unlocks: bool
    credential_id: bytes = field(repr=False)


def binding_of(here: SignedIn) -> bytes:
    """What ties a challenge to one session; it stays when the session's secret is renewed."""
    return here.officer.id.bytes + here.token.encode()


def passkeys_of(session: CaseSession, here: SignedIn) -> tuple[Passkey, ...]:
    """The person's own, the newest first."""
    rows = session.scalars(select(PasskeyRow).where(PasskeyRow.officer_id == here.officer.id))
    found = [_passkey(row, here.seed) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.added_on, one.name, one.id), reverse=True))


def add_passkey(session: CaseSession, settings: TriageSettings, here: SignedIn, name: str, text: str) -> UUID:
    """Take an authenticator that has just made a key pair, and lock the seed to it if it can unlock.

    Raises:
        NamelessPasskeyError, TooManyPasskeysError.
        PasskeyRefusedError: its answer does not hold, or somebody has it already.
        SignedOutError: the session ended meanwhile, or the seed that would be locked is theirs no more.
    """
    name, officer_id = _named(name), here.officer.id
    hold_session(session, here)
    count = select(func.count()).select_from(PasskeyRow).where(PasskeyRow.officer_id == officer_id)
    if session.execute(count).scalar_one() >= PASSKEYS_MOST:
        raise TooManyPasskeysError(PASSKEYS_MOST)
    answer = read_answer(text, adding=True)
    spend_challenge(session, settings, answer.challenge, Purpose.ADD, binding_of(here))
    new = check_new(answer, settings)
    digest, passkey_id = _digest(settings, new.credential_id), uuid4()
    if session.scalars(select(PasskeyRow.id).where(PasskeyRow.credential_digest == digest)).first() is not None:
        raise PasskeyRefusedError
    about = {"name": name, "credential": new.credential_id.hex(), "key": new.public_key.hex()}
    context = _context(passkey_id, officer_id)
    locked = b""
    if answer.unlock is not None:
        locked = encrypt_blob(derive(answer.unlock, LOCK_LABEL), here.seed, context)
    session.add(
        PasskeyRow(
            id=passkey_id,
            officer_id=officer_id,
            credential_digest=digest,
            sealed=_seal(about, here.seed, context),
            locked_seed=locked,
            sign_count=new.sign_count,
            added_on=session.today,
        )
    )
    note_change(session, What.PASSKEY_ADDED, here)
    record(session, Act.PASSKEY_ADDED, officer_id, by=here.officer, reason=str(passkey_id))
    return passkey_id


def rename_passkey(session: CaseSession, here: SignedIn, passkey_id: UUID, name: str) -> None:
    """Call one of one's own passkeys something else.

    Raises:
        NamelessPasskeyError, NotFoundError.
    """
    row, name = _own(session, here, passkey_id), _named(name)
    context = _context(row.id, row.officer_id)
    row.sealed = _seal({**_about(row, here.seed), "name": name}, here.seed, context)
    record(session, Act.PASSKEY_RENAMED, row.officer_id, by=here.officer, reason=str(row.id))


def remove_passkey(session: CaseSession, here: SignedIn, passkey_id: UUID) -> None:
    """Let one of one's own passkeys open nothing any more; its lock on the seed is destroyed.

    Raises:
        NotFoundError.
    """
    row = _own(session, here, passkey_id)
    session.delete(row)
    note_change(session, What.PASSKEY_REMOVED, here)
    record(session, Act.PASSKEY_REMOVED, row.officer_id, by=here.officer, reason=str(row.id))


def remove_passkeys_of(session: CaseSession, officer_id: UUID) -> None:
    """Every passkey of somebody who leaves, or whose seed is another from now on."""
    session.execute(delete(PasskeyRow).where(PasskeyRow.officer_id == officer_id))


@dataclass(frozen=True)
class Unlocked:
    """A seed that an authenticator has just unlocked, and whose it is."""

    officer_id: UUID
    seed: bytes = field(repr=False)


def unlock_by_passkey(session: CaseSession, settings: TriageSettings, text: str) -> Unlocked:
    """Open somebody's seed by what their authenticator made, and check its answer; the challenge is spent.

    Raises:
        PasskeyRefusedError: it is nobody's, or does not hold.
        CannotUnlockError: the authenticator has no PRF, or did not use it.
    """
    answer = read_answer(text)
    spend_challenge(session, settings, answer.challenge, Purpose.SIGN_IN, b"")
    row = _by_credential(session, settings, answer)
    if answer.unlock is None or not row.locked_seed:
        raise CannotUnlockError
    try:
        seed = decrypt_blob(derive(answer.unlock, LOCK_LABEL), row.locked_seed, _context(row.id, row.officer_id))
    except EnvelopeError:
        raise PasskeyRefusedError from None
    _check(session, settings, row, seed, answer)
    return Unlocked(row.officer_id, seed)


def check_passkey(
    session: CaseSession,
    settings: TriageSettings,
    officer_id: UUID,
    seed: bytes,
    text: str,
    *,
    purpose: Purpose = Purpose.SIGN_IN,
    binding: bytes = b"",
) -> None:
    """Check that a passkey of this person is there, as a second factor or a new proof; the challenge is spent.

    Raises:
        PasskeyRefusedError: it is not theirs, or does not hold.
    """
    answer = read_answer(text)
    spend_challenge(session, settings, answer.challenge, purpose, binding)
    row = _by_credential(session, settings, answer)
    if row.officer_id != officer_id:
        raise PasskeyRefusedError
    _check(session, settings, row, seed, answer)


@dataclass(frozen=True)
class Owner:
    """Whose passkey an answer claims to be of, and of which; nothing about it has been checked."""

    officer_id: UUID
    sign_in_digest: bytes = field(repr=False)
    credential_digest: bytes = field(repr=False)


def owner_of(session: CaseSession, settings: TriageSettings, text: str) -> Owner | None:
    """Whose it claims to be: for the line that a refusal leaves, and by what refusals are counted."""
    try:
        row = _by_credential(session, settings, read_answer(text))
    except PasskeyRefusedError:
        return None
    owner = session.get_one(OfficerRow, row.officer_id)
    return Owner(owner.id, owner.sign_in_digest, row.credential_digest)


def _check(session: CaseSession, settings: TriageSettings, row: PasskeyRow, seed: bytes, answer: Answer) -> None:
    key = bytes.fromhex(_about(row, seed)["key"])
    count = check_known(answer, settings, key, row.sign_count, row.officer_id.bytes)
    # Written where it still stands below, so that two answers with one count cannot both win; many count nothing.
    used = session.execute(
        update(PasskeyRow)
        .where(PasskeyRow.id == row.id, or_(PasskeyRow.sign_count < count, PasskeyRow.sign_count == 0))
        .values(sign_count=count, used_on=session.today)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult, which the signature hides
        raise PasskeyRefusedError


def _by_credential(session: CaseSession, settings: TriageSettings, answer: Answer) -> PasskeyRow:
    digest = _digest(settings, answer.credential_id)
    row = session.scalars(select(PasskeyRow).where(PasskeyRow.credential_digest == digest)).one_or_none()
    if row is None:
        raise PasskeyRefusedError
    return row


def _own(session: CaseSession, here: SignedIn, passkey_id: UUID) -> PasskeyRow:
    row = session.get(PasskeyRow, passkey_id)
    if row is None or row.officer_id != here.officer.id:
        raise NotFoundError("passkey")
    return row


def _passkey(row: PasskeyRow, seed: bytes) -> Passkey:
    about = _about(row, seed)
    credential = bytes.fromhex(about["credential"])
    return Passkey(row.id, about["name"], row.added_on, row.used_on, bool(row.locked_seed), credential)


def _about(row: PasskeyRow, seed: bytes) -> dict[str, str]:
    """Raises PasskeyRefusedError where somebody changed the row, or put another person's there."""
    try:
        found = json.loads(decrypt_blob(derive(seed, ABOUT_LABEL), row.sealed, _context(row.id, row.officer_id)))
    except EnvelopeError:
        raise PasskeyRefusedError from None
    return {str(name): str(value) for name, value in found.items()}


def _seal(about: dict[str, str], seed: bytes, context: bytes) -> bytes:
    return encrypt_blob(derive(seed, ABOUT_LABEL), json.dumps(about).encode(), context, buckets=RECORD_BUCKETS)


def _context(passkey_id: UUID, officer_id: UUID) -> bytes:
    return b"passkey\0" + passkey_id.bytes + officer_id.bytes


def _digest(settings: TriageSettings, credential_id: bytes) -> bytes:
    """How a credential id is found without being stored: HMAC-SHA256 under the system secret, 32 bytes."""
    return keyed_digest(system_secret(settings), DIGEST_LABEL, credential_id)


def _named(name: str) -> str:
    found = " ".join(name.split())
    if not 0 < len(found) <= NAME_MOST:
        raise NamelessPasskeyError
    return found
