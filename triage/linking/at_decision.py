"""What the program says of a report at the moment of a decision, as the decision keeps it: ids, and no word of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from triage.database import CaseSession
from triage.intake.reports import report_row
from triage.keys.keyring import KeyHolder
from triage.linking.decisions import body_of_suggested
from triage.linking.holder.several import StandingMatcher
from triage.linking.learning.held_back import held_back
from triage.linking.learning.keeping import as_learnt
from triage.linking.matching import Suggestion
from triage.register.models import EntryRow

MOST_SHOWN = 8


def said_of(
    session: CaseSession, report_id: UUID, text: str, matcher: StandingMatcher, *, by: KeyHolder
) -> tuple[tuple[Suggestion, ...], dict[str, Any]]:
    """What is suggested, shown or not, and the part of a decision's body that keeps it; before the decision is made.

    It is sealed with the report, so nothing is kept of another compartment's register. Who came nearest where nobody
    is suggested is kept of a report held back alone, and of one that nothing was left out of: only that says anything
    of how low to show.
    """
    every = matcher.suggest(text, limit=MOST_SHOWN)
    nearest = () if every else matcher.rank(text, limit=MOST_SHOWN)
    ids = {one.entry_id for one in (*every, *nearest)}
    here = _of_its_compartment(session, report_id, list(ids))
    every, nearest = (tuple(one for one in some if one.entry_id in here) for some in (every, nearest))
    blind, answered = held_back(session, report_id, by=by), matcher.standing.answers
    suggested = as_learnt(session, every, near=lambda: nearest, hides=False, by=by)
    near = nearest if blind and answered and here == ids else None
    return suggested, body_of_suggested(suggested, blind=blind, answered=answered, near=near)


def _of_its_compartment(session: CaseSession, report_id: UUID, entry_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of these entries that lie in the report's own compartment."""
    compartment_id = report_row(session, report_id).compartment_id
    rows = select(EntryRow.id).where(EntryRow.compartment_id == compartment_id, EntryRow.id.in_(entry_ids))
    return frozenset(session.scalars(rows))
