"""Two people agree to a restore where the cases stand: there is somebody to ask, and a log to keep it in.

Their passphrases are checked before anything is brought back. A second factor cannot be: what it is checked against is
sealed with the keys that are lost. The shares of the recovery key, typed by those who hold them, come on top.
"""

from dataclasses import dataclass, field
from uuid import UUID

from config import TriageSettings
from envelope.signing import SigningKey
from triage.backup.errors import NotAgreedError
from triage.database import CaseSession
from triage.keys.host_signed import Forged, tell_of
from triage.keys.vouching import people_in_log
from triage.officers.errors import SignInError
from triage.officers.models import OfficerRow, is_at_work
from triage.officers.officer import SIGNING_LABEL
from triage.officers.rules import Role
from triage.officers.signing_in import find_lock, open_lock, unlock
from triage.operations.rules import APPROVERS, PROPOSERS, Operation
from triage.operations.service import approve, carry_out, propose


@dataclass(frozen=True)
class Agreeing:
    """Who typed their sign-in name and passphrase."""

    sign_in_name: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class Recognised:
    """Whose passphrase it was: the officer's id, and the 32-byte seed that it opened."""

    officer_id: UUID
    role: Role
    seed: bytes = field(repr=False)


@dataclass(frozen=True)
class Pair:
    """The one who proposes and the other who approves."""

    proposer: Recognised
    approver: Recognised


def recognise(session: CaseSession, settings: TriageSettings, people: tuple[Agreeing, Agreeing] | None) -> Pair:
    """Check both passphrases against the case database alone.

    Whose key is whose, and in which role, says the log and not their row.

    Raises:
        NotAgreedError: one does not fit, they are one person, or their roles do not decide about it.
    """
    if people is None:
        raise NotAgreedError
    proposer, approver = (_recognise(session, settings, one) for one in people)
    if proposer.officer_id == approver.officer_id:
        raise NotAgreedError
    if proposer.role not in PROPOSERS[Operation.RESTORE] or approver.role not in APPROVERS[Operation.RESTORE]:
        raise NotAgreedError
    return Pair(proposer, approver)


def agree(session: CaseSession, pair: Pair, backup_id: UUID, *, reason: str) -> UUID:
    """Keep what they agreed to, signed by both, as an operation that is carried out; gives its id.

    It needs the keys that were just brought back.
    """
    rows = [session.get_one(OfficerRow, one.officer_id) for one in (pair.proposer, pair.approver)]
    proposer, approver = (
        unlock(session, row, one.seed) for row, one in zip(rows, (pair.proposer, pair.approver), strict=True)
    )
    operation_id = propose(session, Operation.RESTORE, subject=backup_id, reason=reason, by=proposer)
    approve(session, operation_id, by=approver)
    carry_out(session, operation_id, Operation.RESTORE, by=proposer)
    return operation_id


def _recognise(session: CaseSession, settings: TriageSettings, one: Agreeing) -> Recognised:
    try:
        found = find_lock(session, settings, one.sign_in_name)
        seed = open_lock(found, one.passphrase)
    except SignInError:
        raise NotAgreedError from None
    row = session.get(OfficerRow, found.officer_id)
    if row is None or not is_at_work(row, session.today):
        raise NotAgreedError
    said = people_in_log(session).get(row.id)
    if said is None or said.key != SigningKey.of_seed(seed, SIGNING_LABEL).verifying_key.public_key:
        # A lock that anybody can write into the database opens to a key that is not the log's.
        tell_of(session, Forged.APPROVAL, row.id)
        raise NotAgreedError
    return Recognised(row.id, Role(said.role), seed)
