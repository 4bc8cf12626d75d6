"""Certify what is destroyed: once nothing that was sent with it can be opened either, and with the day from which no
backup brings it back.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from envelope.errors import EnvelopeError
from envelope.signing import VerifyingKey
from triage.audit.actor import Actor
from triage.database import CaseSession
from triage.disposal.certificate import Certificate, signed_bytes
from triage.disposal.models import BackupRow, DisposalRow
from triage.disposal.rules import DisposalState
from triage.keys.models import BoxRow, BoxState, Purpose


def certify_destroyed(session: CaseSession, *, by: Actor, most: int = 500) -> tuple[UUID, ...]:
    """Sign the certificate of what is destroyed and can be certified; gives the ids of the disposals.

    Not while the intake key of a report's day lives: until then a copy of its sealed drop, kept for the other box or in
    a backup of the case database, could still be opened.
    """
    rows = session.scalars(
        select(DisposalRow).where(DisposalRow.state == DisposalState.DESTROYED).order_by(DisposalRow.id).limit(most)
    ).all()
    done = []
    for row in rows:
        if row.about_on is not None and intake_key_lives(session, row.about_on):
            continue
        row.state, row.done_on, row.signed_by = DisposalState.DONE, session.today, by.id
        row.opens_until = opens_until(session)
        row.signature = by.signing_key.sign(signed_bytes(Certificate.of(row)))
        done.append(row.id)
    session.flush()
    return tuple(done)


def opens_until(session: CaseSession) -> date:
    """The first day on which no backup of ours opens what is destroyed today."""
    last = session.scalar(
        select(func.max(BackupRow.opens_until)).where(BackupRow.kind == "keys", BackupRow.expired_on.is_(None))
    )
    return max(last or session.today, session.today)


def is_genuine(row: DisposalRow, verifying_key: VerifyingKey) -> bool:
    """Whether a certificate is as it was signed."""
    try:
        verifying_key.verify(signed_bytes(Certificate.of(row)), row.signature or b"")
    except EnvelopeError:
        return False
    return True


def intake_key_lives(session: CaseSession, day: date) -> bool:
    """Whether a key that opens what came on a day is not destroyed yet."""
    query = select(BoxRow.id).where(
        BoxRow.purpose == Purpose.INTAKE,
        BoxRow.state == BoxState.LIVE,
        BoxRow.not_before <= day,
        BoxRow.not_after >= day,
    )
    return session.scalars(query.limit(1)).first() is not None
