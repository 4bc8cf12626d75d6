"""A person's row, held and read anew until the commit: of two changes at once the second sees what the first did."""

from collections.abc import Set
from uuid import UUID

from triage.audit.actor import Actor
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.officers.errors import OneselfError, WrongStateError
from triage.officers.models import OfficerRow
from triage.officers.rules import OfficerState

NOT_LEFT = frozenset(OfficerState) - {OfficerState.LEFT}


def row_to_change(session: CaseSession, officer_id: UUID, *, states: Set[OfficerState]) -> OfficerRow:
    """Of anybody in one of these states.

    Raises:
        NotFoundError, WrongStateError.
    """
    row = _held(session, officer_id)
    _must_be(row, states)
    return row


def row_of_another(
    session: CaseSession, officer_id: UUID, *, by: Actor, states: Set[OfficerState] = NOT_LEFT
) -> OfficerRow:
    """Of anybody but oneself in one of these states, else of anybody who has not left.

    Raises:
        NotFoundError, OneselfError, WrongStateError.
    """
    row = _held(session, officer_id)
    if row.id == by.id:
        raise OneselfError
    _must_be(row, states)
    return row


def _held(session: CaseSession, officer_id: UUID) -> OfficerRow:
    row = session.get(OfficerRow, officer_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFoundError("officer")
    return row


def _must_be(row: OfficerRow, states: Set[OfficerState]) -> None:
    if row.state not in states:
        raise WrongStateError(row.state)
