"""Which links officers have decided, over all reports at once: what is decided is not asked again."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from store.batches import batches
from triage.database import CaseSession
from triage.keys.keyring import HoldsKeys, KeyHolder
from triage.keys.records import open_row
from triage.linking.decisions import Verdict, decision_of, in_order
from triage.linking.learning.held_back import held_back
from triage.linking.models import LinkDecisionRow
from triage.linking.service import MOST_DECISIONS_OPENED


def standing_verdicts(
    session: CaseSession, reports: Iterable[UUID] | None = None, *, by: HoldsKeys
) -> Mapping[UUID, Mapping[UUID | None, Verdict]]:
    """By report, and by entry: the verdicts that stand; under None, that nobody on the register is meant.

    `reports` are those asked about; without it, all, of which the newest 20,000 decisions are opened.
    """
    newest = select(LinkDecisionRow).order_by(LinkDecisionRow.decided_on.desc(), LinkDecisionRow.id)
    rows: list[LinkDecisionRow] = []
    if reports is None:
        rows += session.scalars(newest.limit(MOST_DECISIONS_OPENED))
    else:
        for some in batches(list(dict.fromkeys(reports))):
            rows += session.scalars(newest.where(LinkDecisionRow.report_id.in_(some)))
    opened = by.keys.open_many(session, (row.data_key_id for row in rows))
    found: dict[UUID, list[LinkDecisionRow]] = {}
    for row in rows:
        if row.data_key_id in opened:
            found.setdefault(row.report_id, []).append(row)
    return {
        report_id: {
            one.entry_id: one.verdict
            for one in in_order(
                decision_of(
                    open_row(session, row, by=by),
                    decision_id=row.id,
                    report_id=row.report_id,
                    decided_by=row.decided_by,
                    decided_on=row.decided_on,
                )
                for row in of_report
            )
            if one.stands and one.verdict in {Verdict.CONFIRMED, Verdict.REJECTED, Verdict.NOBODY}
        }
        for report_id, of_report in found.items()
    }


def without_held_back(session: CaseSession, reports: Iterable[UUID], *, by: KeyHolder) -> frozenset[UUID]:
    """The reports whose suggestions may be shown: those held back are decided about before anybody is suggested."""
    return frozenset(one for one in set(reports) if not held_back(session, one, by=by))
