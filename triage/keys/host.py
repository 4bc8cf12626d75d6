"""This host's own key, from which the log is believed: from a secret on its disk, and from no row of a database."""

from dataclasses import dataclass, field
from uuid import NAMESPACE_OID, UUID, uuid5

from envelope.signing import SigningKey, VerifyingKey
from triage.audit.actor import AuditKey
from triage.database import CaseSession

SYSTEM_ID = uuid5(NAMESPACE_OID, "quietword system")
SYSTEM_LABEL = "quietword system signing v1"
_HOST_KEY = "quietword.keys.this host's own key"  # read once in a unit of work


@dataclass(frozen=True)
class SystemActor:
    """Signs unattended acts. Its key lies on the triage host's disk, and opens no report."""

    signing_key: SigningKey = field(repr=False)
    audit_key: AuditKey = field(repr=False)
    id: UUID = SYSTEM_ID
    is_system: bool = True


def host_signing_key(session: CaseSession) -> SigningKey | None:
    """What signs for the system; None on a host that has no secret, which then signs nothing and believes nobody."""
    found: SigningKey | None = session.info.get(_HOST_KEY)
    path = session.home.system_key_path
    if found is None and path is not None and path.exists():
        session.info[_HOST_KEY] = found = SigningKey.of_seed(path.read_bytes(), SYSTEM_LABEL)
    return found


def host_verifying_key(session: CaseSession) -> VerifyingKey | None:
    """What verifies the system's lines; None on a host that has no secret."""
    key = host_signing_key(session)
    return None if key is None else key.verifying_key
