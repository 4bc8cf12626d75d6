"""Whom the audit log may name, and checkpoints taken when people sign in and drops are collected."""

from collections.abc import Sequence

from sqlalchemy import select

from config import TriageSettings
from envelope.signing import SigningKey, VerifyingKey
from triage.audit.checkpoints import Checkpoint, take_checkpoint
from triage.audit.verify import Signer, Verification, verify
from triage.database import CaseSession
from triage.keys.models import SystemActorRow
from triage.keys.system import SYSTEM_ID, SYSTEM_LABEL, system_secret
from triage.officers.models import OfficerRow


def checkpoint(session: CaseSession, settings: TriageSettings) -> Checkpoint:
    """Sign the head of the audit log; call it last in a unit of work."""
    return take_checkpoint(session, _system_key(settings))


def verify_audit_log(
    session: CaseSession, settings: TriageSettings, *, copies: Sequence[Checkpoint] = ()
) -> Verification:
    """Check the whole log against everybody who was ever an officer here, and this host's own system key.

    Whose key is whose, and from which line on, is what the database says: rows are not signed before issue 5.
    """
    system_key = _system_key(settings).verifying_key
    signers = {row.id: _signer(row) for row in session.scalars(select(OfficerRow))}
    for system_id, key in session.execute(select(SystemActorRow.id, SystemActorRow.verifying_key)):
        signers[system_id] = Signer(VerifyingKey(bytes(key)))
    signers[SYSTEM_ID] = Signer(system_key)
    return verify(session, signers=signers, system_key=system_key, copies=copies)


def _signer(row: OfficerRow) -> Signer:
    key = VerifyingKey(bytes(row.verifying_key))
    if row.first_verifying_key is None or row.enrolled_at_line is None:
        return Signer(key)
    return Signer(key, VerifyingKey(bytes(row.first_verifying_key)), row.enrolled_at_line)


def _system_key(settings: TriageSettings) -> SigningKey:
    return SigningKey.of_seed(system_secret(settings), SYSTEM_LABEL)
