"""Operations as a page shows them: by name, with where each stands at this moment."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.keys.records import open_row
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.operations.models import OperationRow
from triage.operations.rules import APPROVERS, OPEN, PROPOSERS, OperationState, Proposal, proposal_of

DECIDED_SHOWN = 100


@dataclass(frozen=True)
class OperationRecord:
    """One operation: what was proposed, who decided, and what the reader may do about it.

    `officer` is the name of whom it gives something to, where it is about somebody.
    """

    proposal: Proposal
    state: OperationState
    proposed_by: str
    decided_by: str
    decided_on: date | None
    carried_out_by: str
    carried_out_on: date | None
    may_approve: bool
    may_refuse: bool
    may_carry_out: bool
    officer: str = ""

    @property
    def fingerprint(self) -> str:
        """The first sixteen digits of what the approval signs, for reading over the telephone."""
        digits = self.proposal.digest().hex()[:16]
        return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def operations(session: CaseSession, *, by: Officer) -> tuple[OperationRecord, ...]:
    """Every operation that `by` can read: what waits first, then the newest decided ones."""
    rows = session.scalars(
        select(OperationRow).order_by(OperationRow.proposed_on.desc(), OperationRow.id).limit(DECIDED_SHOWN * 2)
    ).all()
    found = [_record(session, row, by=by) for row in rows if by.keys.opens(session, row.data_key_id)]
    found.sort(key=lambda one: (one.proposal.proposed_at, one.proposal.id), reverse=True)
    found.sort(key=lambda one: one.state not in OPEN)
    return tuple(found[:DECIDED_SHOWN])


def operation_of(session: CaseSession, operation_id: UUID, *, by: Officer) -> OperationRecord:
    """One of them.

    Raises:
        NotFoundError, NoKeyError.
    """
    row = session.get(OperationRow, operation_id)
    if row is None:
        raise NotFoundError("operation")
    return _record(session, row, by=by)


def _record(session: CaseSession, row: OperationRow, *, by: Officer) -> OperationRecord:
    proposal = proposal_of(open_row(session, row, by=by))
    state = OperationState(row.state)
    if state in OPEN and proposal.is_over(session.now):
        state = OperationState.EXPIRED
    given = proposal.parameters.get("officer")
    officer_id = UUID(str(given)) if given else None
    people = [one for one in (row.proposed_by, row.decided_by, row.carried_out_by, officer_id) if one is not None]
    names = names_of(session, people, by=by)
    is_own = proposal.proposed_by == by.id
    decides = by.role in APPROVERS[proposal.operation]
    return OperationRecord(
        proposal=proposal,
        state=state,
        proposed_by=names[row.proposed_by],
        decided_by=names[row.decided_by] if row.decided_by else "",
        decided_on=row.decided_on,
        carried_out_by=names[row.carried_out_by] if row.carried_out_by else "",
        carried_out_on=row.carried_out_on,
        may_approve=state is OperationState.PROPOSED and decides and not is_own,
        may_refuse=state in OPEN and (decides or is_own),
        may_carry_out=state is OperationState.APPROVED and by.role in PROPOSERS[proposal.operation],
        officer=names.get(officer_id, "") if officer_id else "",
    )
