"""One's own account: a new passphrase, and an end to one's sessions."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from config import TriageSettings
from envelope.identity import Identity
from envelope.signing import SigningKey
from envelope.vault import seal_to_passphrase
from triage.audit.acts import Act
from triage.audit.binding import Binding
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.keys.holding import hold_what_is_granted
from triage.keys.models import GrantRow, Purpose
from triage.keys.records import open_row
from triage.keys.service import create_box, retire_box, seal_grant
from triage.officers.errors import PassphraseError, WrongCodeError, WrongStateError
from triage.officers.models import OfficerRow
from triage.officers.news import What, move_news, note_change
from triage.officers.officer import SIGNING_LABEL, Officer
from triage.officers.own_address import move_own_address
from triage.officers.passkeys.keeping import remove_passkeys_of
from triage.officers.passphrases import check_passphrase, kdf_cost
from triage.officers.second_factor import is_totp_secret, seal_totp, step_of
from triage.officers.session import SignedIn, end_session_of, end_sessions_of, hold_session, start_session
from triage.officers.signing_in import unlock


def sign_in_name_of(session: CaseSession, *, by: Officer) -> str:
    """The name an officer signs in by; empty until somebody grants them the directory."""
    row = session.get(OfficerRow, by.id)
    if row is None:
        raise NotFoundError("officer")
    try:
        return str(open_row(session, row, by=by)["sign_in_name"])
    except NoKeyError:
        return ""


def lock_seed(settings: TriageSettings, seed: bytes, new: str, *, old: str, sign_in_name: str) -> bytes:
    """Seal a seed to a new passphrase. It takes as long as a sign-in: call it between units of work.

    Raises:
        PassphraseError: too easy to guess, or the old one again.
    """
    check_passphrase(new, sign_in_name)
    if new == old:
        raise PassphraseError("Use a passphrase that is not the one you have now.")
    return seal_to_passphrase(seed, new, kdf_cost(settings))


def change_passphrase(session: CaseSession, locked_seed: bytes, signed_in: SignedIn) -> None:
    """Put the seed under its new lock, and end the person's other sessions.

    Raises:
        SignedOutError: the session ended meanwhile, or they may not sign in any more.
    """
    row = hold_session(session, signed_in)
    row.locked_seed = locked_seed
    end_sessions_of(session, row.id, but=signed_in.digest)
    note_change(session, What.PASSPHRASE_CHANGED, signed_in)
    record(session, Act.PASSPHRASE_CHANGED, row.id, by=signed_in.officer)


def end_other_sessions(session: CaseSession, signed_in: SignedIn) -> None:
    """Sign out everywhere else."""
    end_sessions_of(session, signed_in.officer.id, but=signed_in.digest)
    record(session, Act.SIGNED_OUT, signed_in.officer.id, by=signed_in.officer, reason="every other session")


def end_one_session(session: CaseSession, signed_in: SignedIn, digest: bytes) -> None:
    """Sign out in one of one's own other browsers.

    Raises:
        NotFoundError: it has ended already, or is somebody else's.
    """
    if not end_session_of(session, signed_in.officer.id, digest):
        raise NotFoundError("session")
    record(session, Act.SIGNED_OUT, signed_in.officer.id, by=signed_in.officer, reason="one other session")


@dataclass(frozen=True)
class NewLock:
    """A seed under a passphrase, and a second factor, to be put in the place of those that somebody else has seen."""

    identity: Identity = field(repr=False)
    locked_seed: bytes = field(repr=False)
    totp_secret: str = field(repr=False)
    step: int


def make_lock(
    settings: TriageSettings, passphrase: str, totp_secret: str, code: str, *, now: datetime, name: str
) -> NewLock:
    """Check both, make a seed and seal it. It takes as long as a sign-in: call it between units of work.

    Raises:
        PassphraseError: too easy to guess.
        WrongCodeError: the code is not of this second factor, so the authenticator does not have it yet.
    """
    step = step_of(totp_secret, code, now) if is_totp_secret(totp_secret) else None
    if step is None:
        raise WrongCodeError
    check_passphrase(passphrase, name)
    identity = Identity.generate()
    return NewLock(identity, seal_to_passphrase(identity.seed, passphrase, kdf_cost(settings)), totp_secret, step)


def enrol(session: CaseSession, lock: NewLock, signed_in: SignedIn) -> str:
    """Begin anew with a seed, a passphrase and a second factor that nobody has seen; gives the new session's cookie.

    Whoever saw the first passphrase and kept a copy of the database holds the first seed. From here on it opens
    nothing, signs nothing and is in no session: what had been granted to its box is sealed to a new one.

    Raises:
        WrongStateError: they have enrolled before; a lost second factor is a matter for an administrator.
        SignedOutError: the session ended meanwhile, such as by first secrets given anew.
    """
    # Held until the commit, so that of two browsers one enrols, and no sign-in with the first seed comes between.
    row = hold_session(session, signed_in)
    if row.enrolled_on is not None:
        raise WrongStateError("enrolled")
    old = (row.box_id, Identity(signed_in.seed))
    row.box_id = _move_to_new_box(session, row.box_id, lock.identity, by=signed_in.officer)
    new = (row.box_id, lock.identity)
    move_news(session, row.id, old, new)
    move_own_address(session, row.id, old, new)
    row.first_verifying_key = row.verifying_key
    row.verifying_key = SigningKey.of_seed(lock.identity.seed, SIGNING_LABEL).verifying_key.public_key
    row.locked_seed = lock.locked_seed
    row.sealed_totp = seal_totp(lock.identity.seed, lock.totp_secret, row.id.bytes)
    row.last_totp_step = lock.step
    row.enrolled_on = session.today
    end_sessions_of(session, row.id)
    remove_passkeys_of(session, row.id)
    # Signed by the first key, which the log knows, so that nobody else names the second; from the next line on the
    # first one signs nothing.
    binding = Binding(row.id, row.verifying_key, row.role)
    row.enrolled_at_line = record(session, Act.OFFICER_ENROLLED, row.id, by=signed_in.officer, binds=binding) + 1
    officer = unlock(session, row, lock.identity.seed)
    return start_session(session, officer, lock.identity.seed)


def _move_to_new_box(session: CaseSession, old_box_id: UUID, identity: Identity, *, by: Officer) -> UUID:
    """Seal what a person was granted to a box of a new seed, and retire the old one."""
    hold_what_is_granted(session, [old_box_id])
    by.keys.forget_ways()
    box, _ = create_box(session, Purpose.OFFICER, identity=identity)
    for held in session.scalars(select(GrantRow).where(GrantRow.to_box_id == old_box_id)).all():
        seal_grant(session, held.box_id, by.keys.identity(session, held.box_id), box, granted_by=held.granted_by)
    retire_box(session, old_box_id)
    by.keys.forget_ways()
    return box.id
