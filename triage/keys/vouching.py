"""Whose box is whose: each person signs their own, and the log says which key is theirs.

A grant is sealed to a public key. Were that a mere column, whoever writes to the database would have the next grant
sealed to a key of their own. So a person's box carries their signature, by the key that comes of the box's own seed;
and which key is theirs is read from the audit log, back to this host's own secret (docs/adr/0030, 0038).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from envelope.errors import EnvelopeError
from envelope.signing import SigningKey, VerifyingKey
from triage.audit.binding import Binding, Bound
from triage.audit.bindings import Trusted, read_bindings
from triage.audit.checking import Problems
from triage.audit.models import AuditLeafRow
from triage.database import CaseSession
from triage.errors import TriageError
from triage.keys.host import SYSTEM_ID, host_verifying_key
from triage.keys.models import BoxRow, BoxSignatureRow

# As in triage/officers/witness.py, which a test holds this to: whoever adds a person names their first key.
ROLES_THAT_BIND = frozenset({"administrator", "supervisor"})
_LABEL = b"quietword own box v1\0"
_BOUND = "quietword.keys.who the log says that everybody is"
# What the log said when it was last read, by what its lines were then: nothing of it is secret.
_READ: dict[bytes, "_Said"] = {}
_MADE_HERE = "quietword.keys.boxes made in this unit of work"


class UnvouchedBoxError(TriageError):
    """The public key in the database is not one that its owner signed with the key that the log knows."""

    def __init__(self) -> None:
        super().__init__(
            "No key was given: the public key of this person in the database is not one that they signed. Ask them to "
            "sign in, and try again. If it is refused again, somebody may have changed the database: have the audit "
            "log verified."
        )


def made_here(session: CaseSession, box_id: UUID) -> None:
    """Note that a box was made in this unit of work, out of a seed that lies in memory."""
    session.info.setdefault(_MADE_HERE, set()).add(box_id)


def is_kept(session: CaseSession, box_id: UUID) -> bool:
    """Whether a box outlives a crash: one made in this unit of work does not yet, and its seed would go with it."""
    return box_id not in session.info.get(_MADE_HERE, ())


def vouch(session: CaseSession, box: BoxRow, owner_id: UUID, signing_key: SigningKey) -> None:
    """Sign one's own box, whose seed the caller has just made, or opened and compared with it."""
    signature = signing_key.sign(_signed(box, owner_id))
    session.merge(BoxSignatureRow(box_id=box.id, owner_id=owner_id, signature=signature))
    session.flush()


def keep_vouched(session: CaseSession, box: BoxRow, owner_id: UUID, signing_key: SigningKey) -> None:
    """The same at each sign-in, where it is not signed so already: since before boxes were, or since somebody wrote."""
    row = session.get(BoxSignatureRow, box.id)
    if row is None or (row.owner_id, row.signature) != (owner_id, signing_key.sign(_signed(box, owner_id))):
        vouch(session, box, owner_id, signing_key)


def owner_of(session: CaseSession, box: BoxRow) -> UUID | None:
    """Whose box it is, by their signature and the log; None for one made in this unit of work that is nobody's yet.

    Raises:
        UnvouchedBoxError: nobody signed it, or not with the key that the log names as theirs now.
    """
    row = session.get(BoxSignatureRow, box.id)
    if not is_kept(session, box.id):
        return None if row is None else row.owner_id
    said = people_in_log(session).get(row.owner_id) if row is not None else None
    if row is None or said is None:
        raise UnvouchedBoxError
    try:
        VerifyingKey(said.key).verify(_signed(box, row.owner_id), row.signature)
    except EnvelopeError:
        raise UnvouchedBoxError from None
    return row.owner_id


def people_in_log(session: CaseSession) -> Mapping[UUID, Binding]:
    """The key and the role that the log gives everybody now, read once in a unit of work; empty where it says nothing.

    Only lines that stand there when it is read count. That no line was taken away is for `quietword audit verify`.
    """
    return _said(session).now


def keys_in_log(session: CaseSession, officer_id: UUID) -> tuple[bytes, ...]:
    """Every key that the log ever gave somebody (32 bytes each), the newest first: for what they signed long ago."""
    return _said(session).ever.keys_of(officer_id)


@dataclass(frozen=True)
class _Said:
    """What the lines say that name keys: of everybody now, and ever."""

    ever: Bound
    now: Mapping[UUID, Binding]


def _said(session: CaseSession) -> _Said:
    found: _Said | None = session.info.get(_BOUND)
    if found is None:
        key = host_verifying_key(session)
        found = _Said(Bound(), {}) if key is None else _read(session, key)
        session.info[_BOUND] = found
    return found


def _read(session: CaseSession, key: VerifyingKey) -> _Said:
    """Verified again only where a line that names a key is another than when this process read them last."""
    lines = select(
        AuditLeafRow.sequence,
        AuditLeafRow.signer_id,
        AuditLeafRow.binding,
        AuditLeafRow.leaf_hash,
        AuditLeafRow.signature,
    ).where(AuditLeafRow.binding.is_not(None))
    stamp = hashlib.sha256(
        repr((key.public_key, session.execute(lines.order_by(AuditLeafRow.sequence)).all())).encode()
    )
    known = _READ.get(stamp.digest())
    if known is None:
        ever = read_bindings(session, Trusted(SYSTEM_ID, key, ROLES_THAT_BIND), Problems()).bound
        known = _Said(ever, ever.last())
        _READ.clear()
        _READ[stamp.digest()] = known
    return known


def _signed(box: BoxRow, owner_id: UUID) -> bytes:
    """Label ‖ box id (16) ‖ owner's id (16) ‖ SHA-256 of the public key (32)."""
    return _LABEL + box.id.bytes + owner_id.bytes + hashlib.sha256(box.public_key).digest()
