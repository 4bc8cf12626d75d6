"""The certificates as pages show them: what went, and until when a backup could bring it back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from envelope.signing import VerifyingKey
from triage.database import CaseSession
from triage.disposal.certificate import Certificate
from triage.disposal.certifying import is_genuine
from triage.disposal.models import DisposalRow
from triage.disposal.rules import DisposalState, Ground, Kind
from triage.errors import NotFoundError
from triage.keys.vouching import keys_in_log
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.paging import cut

PER_PAGE = 25


@dataclass(frozen=True)
class Disposed:
    """One disposal as the list of certificates shows it."""

    id: UUID
    subject_id: UUID
    kind: Kind
    ground: Ground
    state: DisposalState
    decided_by: str
    decided_on: date
    opens_until: date | None
    certificate: Certificate | None
    signature: bytes
    verifying_key: bytes
    is_genuine: bool


def disposed(session: CaseSession, *, page: int, by: Officer) -> tuple[tuple[Disposed, ...], int, int, int]:
    """The disposals, the newest first: those of one page, how many there are, which page it is and of how many."""
    total = session.scalar(select(func.count()).select_from(DisposalRow)) or 0
    here = cut(total, PER_PAGE, page=page)
    rows = session.scalars(
        select(DisposalRow).order_by(DisposalRow.decided_on.desc(), DisposalRow.id).limit(PER_PAGE).offset(here.begins)
    ).all()
    return tuple(_disposed(session, row, by=by) for row in rows), total, here.page, here.pages


def disposed_one(session: CaseSession, disposal_id: UUID, *, by: Officer) -> Disposed:
    """One of them; raises NotFoundError."""
    row = session.get(DisposalRow, disposal_id)
    if row is None:
        raise NotFoundError("certificate")
    return _disposed(session, row, by=by)


def _disposed(session: CaseSession, row: DisposalRow, *, by: Officer) -> Disposed:
    names = names_of(session, [row.decided_by], by=by)
    done = row.state == DisposalState.DONE
    # The keys that the log gave whoever signed it: a row of the database could name anybody's.
    keys = keys_in_log(session, row.signed_by) if done and row.signed_by is not None else ()
    key = next((one for one in keys if is_genuine(row, VerifyingKey(one))), None)
    return Disposed(
        row.id,
        row.subject_id,
        Kind(row.kind),
        Ground(row.ground),
        DisposalState(row.state),
        names[row.decided_by],
        row.decided_on,
        row.opens_until,
        Certificate.of(row) if done else None,
        row.signature or b"",
        key or (keys[0] if keys else b""),
        key is not None,
    )
