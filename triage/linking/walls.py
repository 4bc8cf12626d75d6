"""Which decisions somebody may know of: one about an entry behind a wall is for whoever holds the wall's key.

Others are not told that there is a wall, so nothing they see may be reckoned from such a decision: it is left out
before anything is ordered, counted or shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from store.batches import VALUES_A_STATEMENT, batches
from triage.database import CaseSession
from triage.intake.models import ReportRow
from triage.keys.keyring import HoldsKeys
from triage.keys.records import open_row
from triage.linking.decisions import Decision, decision_of
from triage.linking.models import LinkDecisionRow
from triage.register.models import EntryRow


def opened_decision(session: CaseSession, row: LinkDecisionRow, *, by: HoldsKeys) -> Decision:
    """One decision out of its sealed row; `stands` is not known before it is in order with the others.

    Raises:
        NoKeyError: the report is not for `by` to read.
    """
    body: Mapping[str, Any] = open_row(session, row, by=by)
    return decision_of(
        body, decision_id=row.id, report_id=row.report_id, decided_by=row.decided_by, decided_on=row.decided_on
    )


def known_to(session: CaseSession, decisions: Sequence[Decision], *, by: HoldsKeys) -> list[Decision]:
    """Those of the decisions that `by` may know of, in their order."""
    hidden = behind_walls(session, {one.entry_id for one in decisions if one.entry_id is not None}, by=by)
    return [one for one in decisions if one.entry_id not in hidden]


def behind_walls(session: CaseSession, entry_ids: Collection[UUID], *, by: HoldsKeys) -> frozenset[UUID]:
    """Those of these entries that lie in a compartment whose key `by` does not hold."""
    if len(entry_ids) > VALUES_A_STATEMENT:
        # An index has every entry by its compartment: going through it once takes less than asking for so many.
        elsewhere = select(EntryRow.id).where(EntryRow.compartment_id.not_in(by.keys.held(session)))
        return frozenset(session.scalars(elsewhere)).intersection(entry_ids)
    places = _places_of_entries(session, entry_ids)
    return frozenset(one for one, place in places.items() if not by.keys.holds(session, place))


def of_the_same_place(session: CaseSession, decisions: Sequence[Decision]) -> list[Decision]:
    """Without those about an entry of another compartment than the report's, whoever asks; it needs no key."""
    entries = _places_of_entries(session, {one.entry_id for one in decisions if one.entry_id is not None})
    reports: dict[UUID, UUID] = {}
    for some in batches({one.report_id for one in decisions}):
        rows = session.execute(select(ReportRow.id, ReportRow.compartment_id).where(ReportRow.id.in_(some))).all()
        reports |= {report_id: place for report_id, place in rows}  # noqa: C416  a Row is not a pair to mypy
    # What was decided of an entry that is gone went with it, and one without an entry says nothing of any place.
    return [
        one
        for one in decisions
        if one.entry_id is None or one.entry_id not in entries or entries[one.entry_id] == reports.get(one.report_id)
    ]


def _places_of_entries(session: CaseSession, entry_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for some in batches(entry_ids):
        rows = session.execute(select(EntryRow.id, EntryRow.compartment_id).where(EntryRow.id.in_(some))).all()
        found |= {entry_id: place for entry_id, place in rows}  # noqa: C416  a Row is not a pair to mypy
    return found
