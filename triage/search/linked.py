"""Which reports an officer has confirmed to be about an entry: read once for each decision, and kept beside the words.

Whether a decision confirms anything is sealed with its report, and a narrowing asks it of every report that is found.
Decisions are added and never changed, so a report with as many as before stands as before.
"""

from collections.abc import Container
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from store.batches import batches
from triage.database import CaseSession
from triage.linking.decisions import Verdict
from triage.linking.models import LinkDecisionRow
from triage.linking.origins.standing import standing_verdicts
from triage.register.opening import Holder, only_compartment

BATCH = 500


@dataclass(frozen=True)
class LinkStand:
    """How many decisions there are about a report, and whether one that stands confirms an entry."""

    decisions: int
    is_linked: bool


def linked_reports(
    session: CaseSession,
    compartment_id: UUID,
    known: dict[UUID, LinkStand],
    *,
    among: Container[UUID],
    by: Holder,
) -> frozenset[UUID]:
    """Of the reports `among`, all of one compartment, those with a confirmed link that stands.

    `known` is what was read before, and is brought up to date. A report that no key of `by` opens is not among them.
    """
    # Counted by the index alone: the rows of the reports are large, and which are of the compartment is known.
    counts = select(LinkDecisionRow.report_id, func.count()).group_by(LinkDecisionRow.report_id)
    number_of = {report_id: number for report_id, number in session.execute(counts) if report_id in among}
    for gone in known.keys() - number_of.keys():
        known.pop(gone, None)
    stale = [one for one, number in number_of.items() if one not in known or known[one].decisions != number]
    for some in batches(stale, BATCH):
        # A ring for each batch, as where the words are read: none ends up with the keys of all reports.
        verdicts = standing_verdicts(session, some, by=only_compartment(session, compartment_id, by=by))
        for report_id in some:
            if report_id in verdicts:
                is_linked = Verdict.CONFIRMED in verdicts[report_id].values()
                known[report_id] = LinkStand(number_of[report_id], is_linked)
    return frozenset(one for one in number_of if one in known and known[one].is_linked)
