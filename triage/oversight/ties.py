"""Ties that people have declared, as the rule about them needs them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from triage.compartments.conflicts import ConflictState, conflicts
from triage.database import CaseSession
from triage.officers.officer import Officer


def declared_ties(session: CaseSession, *, by: Officer) -> Mapping[UUID, Collection[str]]:
    """Ids of the entries and compartments that each person has a standing tie to."""
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for one in conflicts(session, by=by):
        if one.state is ConflictState.STANDING:
            found[one.officer_id] |= {str(entry_id) for entry_id in one.entry_ids}
            found[one.officer_id] |= {str(compartment_id) for compartment_id in one.compartment_ids}
    return found
