"""Propose, approve, refuse and carry out what takes two people. Every refusal raises; nothing here commits."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update

from envelope.errors import EnvelopeError
from envelope.signing import VerifyingKey
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.keys.compartments import holders_of
from triage.keys.host_signed import Forged, tell_of
from triage.keys.keyring import HoldsKeys
from triage.keys.records import open_row, seal_row
from triage.keys.service import BoxName, box_named
from triage.keys.vouching import people_in_log
from triage.officers.models import OfficerRow, is_at_work
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.operations.errors import (
    DecidedError,
    ExpiredError,
    NotApprovedError,
    NotForYouError,
    NotTrustedYetError,
    ProposedAlreadyError,
    ReasonMissingError,
    SamePersonError,
)
from triage.operations.models import OperationRow
from triage.operations.rules import (
    APPROVERS,
    LASTS,
    OPEN,
    PROPOSERS,
    REASON_MOST,
    Operation,
    OperationState,
    Parameters,
    Proposal,
    body_of_proposal,
    proposal_of,
)

# Whoever proposes a restore may hold neither of the other two.
_GUARDS = {
    Operation.RESTORE: (BoxName.SUPERVISORS, BoxName.AUDIT, BoxName.DIRECTORY),
    Operation.RECOVERY: (BoxName.SUPERVISORS, BoxName.AUDIT, BoxName.DIRECTORY),
}
_USUAL_GUARDS = (BoxName.SUPERVISORS, BoxName.AUDIT)


def propose(
    session: CaseSession,
    operation: Operation,
    *,
    subject: UUID | None,
    parameters: Parameters | None = None,
    reason: str,
    by: Officer,
) -> UUID:
    """Put an operation forward; gives its id. Another person has 24 hours to approve it, and it to be carried out.

    `subject` is the id of what it is about; `parameters` are ids, numbers and settings, never words of a report.

    Raises:
        NotForYouError, NotTrustedYetError, ReasonMissingError, ProposedAlreadyError.
    """
    if by.role not in PROPOSERS[operation]:
        raise NotForYouError
    _require_trusted(session, by)
    reason = reason.strip()
    if not 0 < len(reason) <= REASON_MOST:
        raise ReasonMissingError
    at = session.now.replace(microsecond=0)
    proposal = Proposal(uuid4(), operation, subject, dict(parameters or {}), reason, by.id, at, at + LASTS)
    for open_one in open_proposals(session, by=by):
        same = (open_one.operation, open_one.subject, open_one.parameters)
        if same == (operation, subject, proposal.parameters):
            raise ProposedAlreadyError
    row = OperationRow(
        id=proposal.id,
        state=OperationState.PROPOSED,
        proposed_by=by.id,
        proposed_on=session.today,
        proposal_signature=by.signing_key.sign(proposal.proposed_bytes()),
    )
    guards = [box_named(session, name).id for name in _GUARDS.get(operation, _USUAL_GUARDS)]
    seal_row(session, row, body_of_proposal(proposal), by=by, guards=guards)
    session.flush()
    record(session, Act.OPERATION_PROPOSED, row.id, by=by, reason=f"{operation}: {reason}", to=subject)
    return row.id


def approve(session: CaseSession, operation_id: UUID, *, by: Officer) -> None:
    """Agree to it: the approver's key signs the SHA-256 of the canonical operation.

    Raises:
        NotFoundError, NotForYouError, NotTrustedYetError, SamePersonError, DecidedError, ExpiredError,
        NotApprovedError.
    """
    row, proposal = _to_decide(session, operation_id, by=by)
    if proposal.proposed_by == by.id:
        raise SamePersonError
    _require_trusted(session, by)
    _verify_proposer(session, row, proposal)
    signature = by.signing_key.sign(proposal.approved_bytes())
    _verify(session, by.id, APPROVERS[proposal.operation], proposal.approved_bytes(), signature)
    _move(
        session,
        row,
        OperationState.PROPOSED,
        OperationState.APPROVED,
        decided_by=by.id,
        decided_on=session.today,
        approval_signature=signature,
    )
    record(session, Act.OPERATION_APPROVED, row.id, by=by, reason=proposal.operation.value, to=proposal.subject)


def refuse(session: CaseSession, operation_id: UUID, *, reason: str = "", by: Officer) -> None:
    """Say no; whoever proposed it may take it back in the same way, also once it is approved.

    Raises:
        NotFoundError, NotForYouError, DecidedError, ExpiredError.
    """
    row, proposal = _to_decide(session, operation_id, by=by, states=OPEN)
    before = OperationState(row.state)
    _move(session, row, before, OperationState.REFUSED, decided_by=by.id, decided_on=session.today)
    said = f"{proposal.operation}: {reason.strip()}" if reason.strip() else proposal.operation.value
    record(session, Act.OPERATION_REFUSED, row.id, by=by, reason=said, to=proposal.subject)


def carry_out(session: CaseSession, operation_id: UUID, operation: Operation, *, by: Officer) -> Proposal:
    """Take an approved operation up, once, in the unit of work that does it; gives what was approved.

    Both signatures are verified here against the keys of two different people who still work here, and the clock is
    asked again. If the unit of work fails, the operation is as it was and can be taken up again.

    Raises:
        NotFoundError: there is none, or it is of another kind.
        NotForYouError, NotTrustedYetError, DecidedError, ExpiredError, NotApprovedError.
    """
    row = _row(session, operation_id)
    proposal = _opened(session, row, by=by)
    if proposal.operation is not operation:
        raise NotFoundError("operation")
    if by.role not in PROPOSERS[operation]:
        raise NotForYouError
    _require_trusted(session, by)
    if row.state in {OperationState.REFUSED, OperationState.CARRIED_OUT}:
        raise DecidedError
    if proposal.is_over(session.now):
        raise ExpiredError
    _verify_proposer(session, row, proposal)
    _verify_approver(session, row, proposal)
    _move(
        session,
        row,
        OperationState.APPROVED,
        OperationState.CARRIED_OUT,
        carried_out_by=by.id,
        carried_out_on=session.today,
    )
    record(session, Act.OPERATION_CARRIED_OUT, row.id, by=by, reason=operation.value, to=proposal.subject)
    return proposal


def open_proposals(session: CaseSession, *, by: HoldsKeys) -> tuple[Proposal, ...]:
    """What is proposed or approved and not over, of what `by` can read; the newest first."""
    rows = session.scalars(
        select(OperationRow).where(
            OperationRow.state.in_(OPEN), OperationRow.proposed_on >= session.today - timedelta(days=1)
        )
    )
    found = [_opened(session, row, by=by) for row in rows if by.keys.opens(session, row.data_key_id)]
    found = [one for one in found if not one.is_over(session.now)]
    return tuple(sorted(found, key=lambda one: (one.proposed_at, one.id), reverse=True))


def _to_decide(
    session: CaseSession,
    operation_id: UUID,
    *,
    by: Officer,
    states: frozenset[OperationState] = frozenset({OperationState.PROPOSED}),
) -> tuple[OperationRow, Proposal]:
    row = _row(session, operation_id)
    proposal = _opened(session, row, by=by)
    if by.role not in APPROVERS[proposal.operation] and proposal.proposed_by != by.id:
        raise NotForYouError
    if row.state not in states:
        raise DecidedError
    if proposal.is_over(session.now):
        raise ExpiredError
    return row, proposal


def _move(
    session: CaseSession, row: OperationRow, before: OperationState, after: OperationState, **values: object
) -> None:
    """Change the state in one statement that two people at once cannot both do."""
    moved = session.execute(
        update(OperationRow)
        .where(OperationRow.id == row.id, OperationRow.state == before)
        .values(state=after, **values)
        .execution_options(synchronize_session=False)
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult, which the signature hides
        raise DecidedError
    session.expire(row)


def _verify_proposer(session: CaseSession, row: OperationRow, proposal: Proposal) -> None:
    if row.proposed_by != proposal.proposed_by:
        raise NotApprovedError
    may_propose = PROPOSERS[proposal.operation]
    _verify(session, proposal.proposed_by, may_propose, proposal.proposed_bytes(), row.proposal_signature)


def _verify_approver(session: CaseSession, row: OperationRow, proposal: Proposal) -> None:
    if row.decided_by is None or row.approval_signature is None or row.decided_by == proposal.proposed_by:
        raise NotApprovedError
    may_approve = APPROVERS[proposal.operation]
    _verify(session, row.decided_by, may_approve, proposal.approved_bytes(), row.approval_signature)


def _verify(session: CaseSession, officer_id: UUID, roles: frozenset[Role], message: bytes, signature: bytes) -> None:
    """Key and role are those that the log gives them, for a row in the database could be anybody's.

    One who was suspended or left since counts no more: their key could be in other hands.
    """
    officer = session.get(OfficerRow, officer_id)
    if officer is None or not is_at_work(officer, session.today) or officer.role not in roles:
        raise NotApprovedError
    said = people_in_log(session).get(officer_id)
    if said is None or said.role not in roles:
        raise _forged(session, officer_id)
    try:
        VerifyingKey(said.key).verify(message, signature)
    except EnvelopeError:
        raise _forged(session, officer_id) from None
    if not _is_trusted(session, officer):
        raise NotApprovedError


def _is_trusted(session: CaseSession, officer: OfficerRow) -> bool:
    """A supervisor counts from when another gave them the supervisors' key: an administrator alone can add people."""
    if officer.role != Role.SUPERVISOR:
        return True
    return officer.box_id in holders_of(session, box_named(session, BoxName.SUPERVISORS).id)


def _require_trusted(session: CaseSession, by: Officer) -> None:
    if not _is_trusted(session, session.get_one(OfficerRow, by.id)):
        raise NotTrustedYetError


def _forged(session: CaseSession, officer_id: UUID) -> NotApprovedError:
    tell_of(session, Forged.APPROVAL, officer_id)
    return NotApprovedError()


def _row(session: CaseSession, operation_id: UUID) -> OperationRow:
    row = session.get(OperationRow, operation_id)
    if row is None:
        raise NotFoundError("operation")
    return row


def _opened(session: CaseSession, row: OperationRow, *, by: HoldsKeys) -> Proposal:
    """What the body says; one that carries another row's id counts as none."""
    proposal = proposal_of(open_row(session, row, by=by))
    if proposal.id != row.id:
        raise NotFoundError("operation")
    return proposal
