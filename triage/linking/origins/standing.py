"""Which links officers have decided, over all reports at once: what is decided is not asked again."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from store.batches import batches
from triage.database import CaseSession
from triage.keys.keyring import HoldsKeys, KeyHolder
from triage.linking.decisions import Decision, Verdict, in_order
from triage.linking.learning.held_back import held_back
from triage.linking.models import LinkDecisionRow
from triage.linking.service import MOST_DECISIONS_OPENED
from triage.linking.walls import known_to, opened_decision


def standing_verdicts(
    session: CaseSession, reports: Iterable[UUID] | None = None, *, heeds_walls: bool = True, by: HoldsKeys
) -> Mapping[UUID, Mapping[UUID | None, Verdict]]:
    """By report, and by entry: the verdicts that stand; under None, that nobody on the register is meant.

    `reports` are those asked about; without it, all, of which the newest 20,000 decisions are opened. Without
    `heeds_walls` those about entries that `by` may not know of are there too: for moving keys, and for what is kept to
    be narrowed to each officer, never for a page.
    """
    newest = select(LinkDecisionRow).order_by(LinkDecisionRow.decided_on.desc(), LinkDecisionRow.id)
    rows: list[LinkDecisionRow] = []
    if reports is None:
        rows += session.scalars(newest.limit(MOST_DECISIONS_OPENED))
    else:
        for some in batches(list(dict.fromkeys(reports))):
            rows += session.scalars(newest.where(LinkDecisionRow.report_id.in_(some)))
    opened = by.keys.open_many(session, (row.data_key_id for row in rows))
    decisions = [opened_decision(session, row, by=by) for row in rows if row.data_key_id in opened]
    if heeds_walls:
        decisions = known_to(session, decisions, by=by)
    found: dict[UUID, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.report_id, []).append(one)
    return {
        report_id: {
            one.entry_id: one.verdict
            for one in in_order(of_report)
            if one.stands and one.verdict in {Verdict.CONFIRMED, Verdict.REJECTED, Verdict.NOBODY}
        }
        for report_id, of_report in found.items()
    }


def without_held_back(session: CaseSession, reports: Iterable[UUID], *, by: KeyHolder) -> frozenset[UUID]:
    """The reports whose suggestions may be shown: those held back are decided about before anybody is suggested."""
    return frozenset(one for one in set(reports) if not held_back(session, one, by=by))
