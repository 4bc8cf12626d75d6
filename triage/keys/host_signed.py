"""Boxes, grants, periods and own addresses carry a signature by this host's key, made when the program writes them.

Whoever owns the database can write any row and cannot sign it: the key comes from a secret on the triage host's disk
(docs/adr/0049). So nothing is sealed to a public key, opened with a seed or handed on with a grant that stands there
without one. A person's own box is signed by its owner instead (vouching.py), an intake key by the force as well.
"""

import hashlib
from contextvars import ContextVar
from datetime import date
from enum import StrEnum
from functools import lru_cache
from logging import ERROR
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from envelope.errors import EnvelopeError
from envelope.recipient import Recipient
from envelope.signing import VerifyingKey
from triage.audit.acts import Act
from triage.audit.service import create_audit_key, record
from triage.database import CaseSession, Database, afterwards
from triage.errors import TriageError
from triage.keys.host import SystemActor, host_signing_key, host_verifying_key
from triage.keys.models import BoxRow, BoxState, GrantRow, Purpose
from web.incidents import log_event, log_incident

_BOX = b"quietword box of the force v1\0"
_GRANT = b"quietword grant v1\0"
_PERIOD = b"quietword retention period v1\0"
_OWN_ADDRESS = b"quietword own address v1\0"
_AUDIT = "audit"  # `BoxName.AUDIT`, which stands on this module
_TOLD = "quietword.keys.what was refused as forged"
_TELLING = ContextVar("quietword.keys.a refusal is being written down", default=False)


class Forged(StrEnum):
    """What kind of row was refused. The text goes into the program's log and the audit line."""

    BOX = "box"
    GRANT = "grant"
    PERIOD = "period"
    APPROVAL = "approval"
    OWN_ADDRESS = "own-address"


class ForgedKeyError(TriageError):
    """A public key in the database is not one that the program wrote there."""

    def __init__(self) -> None:
        super().__init__(
            "A key in the database is not one that this program put there, so nothing was opened or sealed with it. "
            "Stop working, and tell a supervisor and an auditor at once. Only if the database was just brought back "
            "from an older backup or version: whoever runs the host types `quietword keys vouch`."
        )


class NoHostSecretError(TriageError):
    """Without this host's own secret nothing can be signed."""

    def __init__(self) -> None:
        super().__init__("This host has no secret of its own, so no key was made. Restore its folder from a backup.")


def sign_box(session: CaseSession, box: BoxRow) -> None:
    """Vouch for a box that was just made, out of a seed that lies in memory."""
    box.host_signature = _sign(session, _of_box(box))


def is_box_signed(session: CaseSession, box: BoxRow) -> bool:
    """Whether a box is as this host signed it: its public key, its name and what it is for."""
    return _is_ours(session, _of_box(box), box.host_signature)


def require_signed(session: CaseSession, box: BoxRow) -> None:
    """Raise ForgedKeyError, and tell the auditors, unless a box is as this host signed it."""
    if not is_box_signed(session, box):
        tell_of(session, Forged.BOX, box.id)
        raise ForgedKeyError


def recipient_of(session: CaseSession, box: BoxRow) -> Recipient:
    """What to seal to, of a box of the force; the one way from a row to a public key.

    Raises:
        ForgedKeyError: this host did not sign it, or signed it with another key, name or purpose.
    """
    require_signed(session, box)
    return Recipient(box.public_key)


def sign_grant(session: CaseSession, grant: GrantRow) -> None:
    """Vouch for a grant that was just sealed."""
    grant.host_signature = _sign(session, _of_grant(grant))


def is_grant_signed(session: CaseSession, grant: GrantRow) -> bool:
    """Whether a grant is one that the program gave."""
    return _is_ours(session, _of_grant(grant), grant.host_signature)


def signed_grants(session: CaseSession, box_id: UUID) -> list[GrantRow]:
    """The grants of a box that the program gave; of any other the auditors are told."""
    found = []
    for row in session.scalars(select(GrantRow).where(GrantRow.box_id == box_id)).all():
        if is_grant_signed(session, row):
            found.append(row)
        else:
            tell_of(session, Forged.GRANT, row.box_id)
    return found


def sign_period(session: CaseSession, group: str, days: int, set_on: date, operation_id: UUID) -> bytes:
    """The signature of a period of retention, made where two people's approval has just been verified; 64 bytes."""
    return _sign(session, _of_period(group, days, set_on, operation_id))


def is_period_signed(
    session: CaseSession, group: str, days: int, set_on: date, operation_id: UUID, signature: bytes | None
) -> bool:
    """Whether a period is one that the program wrote."""
    return _is_ours(session, _of_period(group, days, set_on, operation_id), signature)


def sign_own_address(session: CaseSession, officer_id: UUID, recorded_on: date, sealed: bytes) -> bytes:
    """The signature of where an officer lives, as it was just sealed to them; 64 bytes."""
    return _sign(session, _of_own_address(officer_id, recorded_on, sealed))


def is_own_address_signed(
    session: CaseSession, officer_id: UUID, recorded_on: date, sealed: bytes, signature: bytes
) -> bool:
    """Whether an own address is one that the program wrote."""
    return _is_ours(session, _of_own_address(officer_id, recorded_on, sealed), signature)


def unsigned_boxes(session: CaseSession) -> list[BoxRow]:
    """The force's boxes that are not as this host signed them, by name."""
    boxes = session.scalars(select(BoxRow).where(BoxRow.purpose != Purpose.OFFICER).order_by(BoxRow.name, BoxRow.id))
    return [box for box in boxes if not is_box_signed(session, box)]


def sign_what_stands(session: CaseSession) -> list[BoxRow]:
    """Vouch for every box and grant as it stands, where this host has not; gives the boxes.

    Of databases of an older version, once: it takes the database's word, as the program did until then.
    """
    fresh = unsigned_boxes(session)
    for box in fresh:
        sign_box(session, box)
    for grant in session.scalars(select(GrantRow)):
        if not is_grant_signed(session, grant):
            sign_grant(session, grant)
    session.flush()
    return fresh


def tell_of(session: CaseSession, what: Forged, subject_id: UUID | None) -> None:
    """Say in the program's log, and after this unit of work in a line of its own, that a row was refused as forged.

    The unit of work itself may be undone, or only look; where the line cannot be kept, that is an incident.
    """
    told: set[tuple[Forged, UUID | None]] = session.info.setdefault(_TOLD, set())
    if (what, subject_id) in told or _TELLING.get():
        return
    told.add((what, subject_id))
    log_event("forged_row_refused", level=ERROR, what=what)
    afterwards(session, lambda database: _leave_a_line(database, what, subject_id))


def _leave_a_line(database: Database, what: Forged, subject_id: UUID | None) -> None:
    token = _TELLING.set(True)
    try:
        with database.begin() as session:
            key = host_signing_key(session)
            audit = session.scalars(select(BoxRow).where(BoxRow.name == _AUDIT, BoxRow.state == BoxState.LIVE)).first()
            if key is None or audit is None:
                return
            audit_key = create_audit_key(session, audit.id, recipient_of(session, audit).public_key)
            reason = f"written into the database by hand: {what}"
            record(session, Act.FORGERY_REFUSED, subject_id, by=SystemActor(key, audit_key), reason=reason)
    except (DBAPIError, NoConnectionLeftError, ForgedKeyError) as error:
        log_incident(error)
    finally:
        _TELLING.reset(token)


def _sign(session: CaseSession, message: bytes) -> bytes:
    key = host_signing_key(session)
    if key is None:
        raise NoHostSecretError
    return key.sign(message)


def _is_ours(session: CaseSession, message: bytes, signature: bytes | None) -> bool:
    key = host_verifying_key(session)
    return key is not None and signature is not None and _is_signed(key, message, bytes(signature))


@lru_cache(maxsize=1 << 14)
def _is_signed(key: VerifyingKey, message: bytes, signature: bytes) -> bool:
    """Remembered by everything that it depends on: a row that changes in anything is verified anew."""
    try:
        key.verify(message, signature)
    except EnvelopeError:
        return False
    return True


def _of_box(box: BoxRow) -> bytes:
    """Label ‖ box id (16) ‖ SHA-256 of the purpose, a zero byte and the name (32) ‖ SHA-256 of the public key (32)."""
    named = hashlib.sha256(f"{box.purpose}\0{box.name}".encode()).digest()
    return _BOX + box.id.bytes + named + hashlib.sha256(box.public_key).digest()


def _of_grant(grant: GrantRow) -> bytes:
    """Label ‖ box id (16) ‖ id of the box it is for (16) ‖ who gave it (16) ‖ SHA-256 of the sealed seed (32)."""
    ids = grant.box_id.bytes + grant.to_box_id.bytes + grant.granted_by.bytes
    return _GRANT + ids + hashlib.sha256(grant.sealed).digest()


def _of_own_address(officer_id: UUID, recorded_on: date, sealed: bytes) -> bytes:
    """Label ‖ officer's id (16) ‖ day (10) ‖ SHA-256 of the sealed address (32)."""
    return _OWN_ADDRESS + officer_id.bytes + recorded_on.isoformat().encode("ascii") + hashlib.sha256(sealed).digest()


def _of_period(group: str, days: int, set_on: date, operation_id: UUID) -> bytes:
    """Label ‖ operation's id (16) ‖ days (4, big-endian) ‖ day it was set (10) ‖ group, to the end."""
    when = set_on.isoformat().encode("ascii")
    return _PERIOD + operation_id.bytes + (days % 2**32).to_bytes(4, "big") + when + group.encode()
