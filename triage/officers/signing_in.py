"""Who somebody is when they sign in: a passphrase that unlocks their seed, then a code that works once.

Argon2id takes most of a second, so it runs between two units of work and holds no lock of the database:

    found = find_lock(session, …)          # short: read the locked seed
    seed = open_lock(found, passphrase)    # slow: no session
    officer = enter(session, found, seed, by_code(code))  # short: spend the code, unlock the officer
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from config import TriageSettings
from envelope.errors import EnvelopeError, WrongPassphraseError
from envelope.identity import Identity
from envelope.vault import open_with_passphrase
from triage.audit.service import create_audit_key
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.keys.host_signed import recipient_of
from triage.keys.models import BoxRow
from triage.keys.records import open_row
from triage.keys.service import BoxName, box_named
from triage.keys.system import sign_in_digest
from triage.keys.vouching import keep_vouched
from triage.officers.errors import SignInError
from triage.officers.models import OfficerRow, is_at_work
from triage.officers.news import NOBODY, Addressee
from triage.officers.officer import Officer, officer_of
from triage.officers.passkeys.errors import PasskeyRefusedError
from triage.officers.passkeys.keeping import Unlocked, check_passkey
from triage.officers.rules import OfficerState, Role
from triage.officers.second_factor import spend_code

_LOCKS = select(
    OfficerRow.id, OfficerRow.locked_seed, OfficerRow.sealed_totp, OfficerRow.box_id, BoxRow.public_key
).join(BoxRow, BoxRow.id == OfficerRow.box_id)

# Spends what it is: the officer's row and seed, within a unit of work. Raises SignInError.
SecondFactor = Callable[[CaseSession, OfficerRow, bytes], None]


@dataclass(frozen=True)
class FoundLock:
    """The locked seed to try a passphrase on; for a name nobody has, somebody else's, so that the work is the same.

    `to` is who is told when it does not open.
    """

    officer_id: UUID | None
    locked_seed: bytes = field(repr=False)
    sealed_totp: bytes = field(repr=False)
    to: Addressee

    def is_of(self, row: OfficerRow) -> bool:
        """Whether neither passphrase nor authenticator was replaced since."""
        return row.locked_seed == self.locked_seed and row.sealed_totp == self.sealed_totp


def find_lock(session: CaseSession, settings: TriageSettings, sign_in_name: str) -> FoundLock:
    """Find what a passphrase is tried on.

    Raises:
        NotFoundError: no force has been set up here.
    """
    digest = sign_in_digest(settings, sign_in_name)
    found = session.execute(_LOCKS.where(OfficerRow.sign_in_digest == digest)).one_or_none()
    # Asked for whoever comes, so that the database does the same for a name that somebody has. Which of the locks it
    # is hangs on the name alone: while some cost more than others, their cost says as much of a name as chance does.
    at = UUID(bytes=digest[:16])
    some = _LOCKS.where(OfficerRow.state != OfficerState.LEFT).order_by(OfficerRow.id < at, OfficerRow.id).limit(1)
    decoy = session.execute(some).one_or_none()
    if decoy is None:
        raise NotFoundError("force here: run `quietword init` first")
    if found is not None and found.locked_seed:
        return _found_lock(found.id, found)
    return _found_lock(None, decoy)


def find_lock_of(session: CaseSession, officer_id: UUID) -> FoundLock:
    """The lock of somebody who is signed in.

    Raises:
        SignInError: they have left.
    """
    found = session.execute(_LOCKS.where(OfficerRow.id == officer_id)).one_or_none()
    if found is None or not found.locked_seed:
        raise SignInError
    return _found_lock(officer_id, found)


def addressee_of(session: CaseSession, officer_id: UUID) -> Addressee | None:
    """Who is told of a try with a passkey of theirs; None once they have left."""
    found = session.execute(_LOCKS.where(OfficerRow.id == officer_id)).one_or_none()
    return None if found is None or not found.locked_seed else _found_lock(officer_id, found).to


# Any: a row of `_LOCKS`.
def _found_lock(officer_id: UUID | None, row: Any) -> FoundLock:
    to = Addressee(officer_id or NOBODY, row.box_id, row.public_key)
    return FoundLock(officer_id, row.locked_seed, row.sealed_totp, to)


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
    if row is None or not is_at_work(row, session.today) or not found.is_of(row):
        raise SignInError
    factor(session, row, seed)
    return unlock(session, row, seed)


def enter_by_passkey(session: CaseSession, unlocked: Unlocked) -> tuple[Officer, bytes]:
    """The officer whose passkey has just unlocked their seed and was checked, and their sign-in digest.

    Raises:
        PasskeyRefusedError: they may not sign in any more, or the seed is not theirs.
    """
    row = session.get(OfficerRow, unlocked.officer_id)
    if row is None or not is_at_work(row, session.today):
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


def keep_lock(session: CaseSession, officer: Officer, found: FoundLock | None = None) -> OfficerRow:
    """Hold the row of somebody just recognised until the end of the unit of work, so that nothing of it changes.

    Raises:
        SignInError: since they were recognised they have enrolled, were suspended or let go, or `found`, the lock that
            their passphrase opened, is theirs no more, or their authenticator was replaced.
    """
    # Read anew even where this unit of work has read it before: what it said then may have changed since.
    row = session.get(OfficerRow, officer.id, with_for_update=True, populate_existing=True)
    if row is None or row.box_id != officer.keys.box_id or not is_at_work(row, session.today):
        raise SignInError
    if found is not None and not found.is_of(row):
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
        audit_key=create_audit_key(session, audit.id, recipient_of(session, audit).public_key),
    )
    keep_vouched(session, box, row.id, officer.signing_key)
    try:
        return replace(officer, name=str(open_row(session, row, by=officer)["name"]))
    except (NoKeyError, NotFoundError, EnvelopeError):
        return officer  # nobody has granted them the directory yet
