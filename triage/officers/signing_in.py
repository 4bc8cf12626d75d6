"""Who somebody is when they sign in: a passphrase that unlocks their seed, then a code that works once.

Argon2id takes most of a second, so it runs between two units of work and holds no lock of the database:

    found = find_lock(session, …)          # short: read the locked seed
    seed = open_lock(found, passphrase)    # slow: no session
    officer = enter(session, found, seed, by_code(code))  # short: spend the code, unlock the officer
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import select

from config import TriageSettings
from envelope.errors import EnvelopeError, WrongPassphraseError
from envelope.identity import Identity
from envelope.vault import open_with_passphrase
from triage.audit.service import create_audit_key
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.keys.models import BoxRow
from triage.keys.records import open_row
from triage.keys.service import BoxName, box_named
from triage.keys.system import sign_in_digest
from triage.officers.errors import SignInError
from triage.officers.models import OfficerRow
from triage.officers.officer import Officer, officer_of
from triage.officers.passkeys.errors import PasskeyRefusedError
from triage.officers.passkeys.keeping import Unlocked, check_passkey
from triage.officers.rules import OfficerState, Role, may_work
from triage.officers.second_factor import spend_code

# Spends what it is: the officer's row and seed, within a unit of work. Raises SignInError.
SecondFactor = Callable[[CaseSession, OfficerRow, bytes], None]


@dataclass(frozen=True)
class FoundLock:
    """The locked seed to try a passphrase on; for a name nobody has, somebody else's, so that the work is the same."""

    officer_id: UUID | None
    locked_seed: bytes = field(repr=False)


def find_lock(session: CaseSession, settings: TriageSettings, sign_in_name: str) -> FoundLock:
    """Find what a passphrase is tried on.

    Raises:
        NotFoundError: no force has been set up here.
    """
    digest = sign_in_digest(settings, sign_in_name)
    row = session.scalars(select(OfficerRow).where(OfficerRow.sign_in_digest == digest)).one_or_none()
    # Asked for whoever comes, so that the database does the same for a name that somebody has.
    some = select(OfficerRow.locked_seed).where(OfficerRow.state != OfficerState.LEFT).order_by(OfficerRow.id).limit(1)
    decoy = session.scalars(some).one_or_none()
    if decoy is None:
        raise NotFoundError("force here: run `quietword init` first")
    if row is not None and row.locked_seed:
        return FoundLock(row.id, row.locked_seed)
    return FoundLock(None, decoy)


def find_lock_of(session: CaseSession, officer_id: UUID) -> FoundLock:
    """The lock of somebody who is signed in.

    Raises:
        SignInError: they have left.
    """
    row = session.get(OfficerRow, officer_id)
    if row is None or not row.locked_seed:
        raise SignInError
    return FoundLock(row.id, row.locked_seed)


def open_lock(found: FoundLock, passphrase: str) -> bytes:
    """The 32-byte seed, or SignInError after the same work."""
    try:
        seed = open_with_passphrase(found.locked_seed, passphrase)
    except WrongPassphraseError:
        raise SignInError from None
    if found.officer_id is None:
        raise SignInError
    return seed


def enter(session: CaseSession, found: FoundLock, seed: bytes, factor: SecondFactor) -> Officer:
    """Spend the second factor and unlock the officer.

    Raises:
        SignInError: the second factor does not fit, or the person may not sign in any more.
    """
    row = session.get(OfficerRow, found.officer_id)
    if row is None or not may_work(row.state, row.vetted_until, session.today) or row.locked_seed != found.locked_seed:
        raise SignInError
    factor(session, row, seed)
    return unlock(session, row, seed)


def enter_by_passkey(session: CaseSession, unlocked: Unlocked) -> tuple[Officer, bytes]:
    """The officer whose passkey has just unlocked their seed and was checked, and their sign-in digest.

    Raises:
        PasskeyRefusedError: they may not sign in any more, or the seed is not theirs.
    """
    row = session.get(OfficerRow, unlocked.officer_id)
    if row is None or not may_work(row.state, row.vetted_until, session.today):
        raise PasskeyRefusedError
    try:
        return unlock(session, row, unlocked.seed), row.sign_in_digest
    except SignInError:
        raise PasskeyRefusedError from None


def by_code(code: str) -> SecondFactor:
    """The second factor of somebody who typed the digits of their authenticator."""
    return lambda session, row, seed: spend_code(session, row, seed, code, session.now)


def by_passkey(settings: TriageSettings, answer: str) -> SecondFactor:
    """The second factor of somebody who touched a passkey instead."""
    return lambda session, row, seed: check_passkey(session, settings, row.id, seed, answer)


def sign_in(
    session: CaseSession, settings: TriageSettings, *, sign_in_name: str, passphrase: str, code: str
) -> tuple[Officer, bytes]:
    """All three in one unit of work, for commands and scripts; gives the officer and their seed.

    Raises:
        SignInError: something did not fit, or the person may not sign in.
    """
    found = find_lock(session, settings, sign_in_name)
    seed = open_lock(found, passphrase)
    return enter(session, found, seed, by_code(code)), seed


def unlock_without_code(session: CaseSession, settings: TriageSettings, sign_in_name: str, passphrase: str) -> Officer:
    """An officer by their passphrase alone, for what sets a force up before anybody has an authenticator.

    Raises:
        SignInError: there is nobody of that name, or the passphrase is another.
    """
    found = find_lock(session, settings, sign_in_name)
    seed = open_lock(found, passphrase)
    row = session.get(OfficerRow, found.officer_id)
    if row is None:
        raise SignInError
    return unlock(session, row, seed)


def keep_lock(session: CaseSession, officer: Officer) -> OfficerRow:
    """Hold the row of somebody just recognised until the end of the unit of work, so that they cannot enrol meanwhile.

    Raises:
        SignInError: they have enrolled since, so the seed they were recognised by is theirs no more.
    """
    row = session.get(OfficerRow, officer.id, with_for_update=True)
    if row is None or row.box_id != officer.keys.box_id:
        raise SignInError
    return row


def unlock(session: CaseSession, row: OfficerRow, seed: bytes) -> Officer:
    """The officer of a row whose seed is known, with an audit key of their own.

    Raises:
        SignInError: the seed is not of the row's box: somebody wrote a lock of their own into the database.
    """
    audit, box = box_named(session, BoxName.AUDIT), session.get(BoxRow, row.box_id)
    if box is None or Identity(seed).recipient().public_key != box.public_key:
        raise SignInError
    officer = officer_of(
        id=row.id,
        name="New officer",
        role=Role(row.role),
        box_id=row.box_id,
        seed=seed,
        audit_key=create_audit_key(session, audit.id, audit.public_key),
    )
    try:
        return replace(officer, name=str(open_row(session, row, by=officer)["name"]))
    except (NoKeyError, NotFoundError, EnvelopeError):
        return officer  # nobody has granted them the directory yet
