"""The system as an actor: it signs what happens when nobody is there, and opens nothing."""

import os
from pathlib import Path
from secrets import token_bytes

from config import TriageSettings
from envelope.signing import SigningKey
from envelope.vault import keyed_digest
from triage.audit.service import create_audit_key
from triage.database import CaseSession
from triage.keys.host import SYSTEM_ID as SYSTEM_ID
from triage.keys.host import SYSTEM_LABEL as SYSTEM_LABEL
from triage.keys.host import SystemActor as SystemActor
from triage.keys.host_signed import recipient_of
from triage.keys.models import SystemActorRow
from triage.keys.service import BoxName, box_named

SECRET_BYTES = 32


def system_secret(settings: TriageSettings) -> bytes:
    """The 32 bytes behind the system's signature and keyed digests; made at the first call, mode 0600."""
    path: Path = settings.system_key_path
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(token_bytes(SECRET_BYTES))
    return path.read_bytes()


def system_actor(session: CaseSession, settings: TriageSettings) -> SystemActor:
    """The system, with an audit key of its own for this unit of work or run."""
    signing_key = SigningKey.of_seed(system_secret(settings), SYSTEM_LABEL)
    if session.get(SystemActorRow, SYSTEM_ID) is None:
        session.add(
            SystemActorRow(id=SYSTEM_ID, verifying_key=signing_key.verifying_key.public_key, made_on=session.today)
        )
    audit = box_named(session, BoxName.AUDIT)
    return SystemActor(signing_key, create_audit_key(session, audit.id, recipient_of(session, audit).public_key))


def sign_in_digest(settings: TriageSettings, sign_in_name: str) -> bytes:
    """How a sign-in name is found without being stored: HMAC-SHA256 under the system secret, 32 bytes."""
    name = " ".join(sign_in_name.casefold().split())
    return keyed_digest(system_secret(settings), "quietword sign-in name v1", name.encode())
