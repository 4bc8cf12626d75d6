"""Which reports an officer has confirmed to be about an entry: read once for each decision, and kept beside the words.

Whom a decision confirms is sealed with its report, and a narrowing asks it of every report that is found. Decisions are
added and never changed, so a report with as many as before stands as before. What was read is kept for everybody who
holds the reports' key, and a link to an entry behind a wall then counts for who holds the wall alone.
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
from triage.linking.walls import behind_walls
from triage.register.opening import Holder, only_compartment

BATCH = 500


@dataclass(frozen=True)
class LinkStand:
    """How many decisions there are about a report, and which entries those that stand confirm, walled or not."""

    decisions: int
    confirmed: frozenset[UUID]


def linked_reports(
    session: CaseSession,
    compartment_id: UUID,
    known: dict[UUID, LinkStand],
    *,
    among: Container[UUID],
    by: Holder,
) -> frozenset[UUID]:
    """Of the reports `among`, all of one compartment, those with a confirmed link that stands and `by` may know of.

    `known` is what was read before, and is brought up to date. A report that no key of `by` opens is not among them.
    """
    confirmed = read_links(session, compartment_id, known, among=among, by=by)
    hidden = behind_walls(session, frozenset().union(*confirmed.values()), by=by)
    return frozenset(report_id for report_id, entries in confirmed.items() if entries - hidden)


def read_links(
    session: CaseSession,
    compartment_id: UUID,
    known: dict[UUID, LinkStand],
    *,
    among: Container[UUID],
    by: Holder,
) -> dict[UUID, frozenset[UUID]]:
    """Bring `known` up to date; gives the confirmed entries of each report `among` that has decisions."""
    # Counted by the index alone: the rows of the reports are large, and which are of the compartment is known.
    counts = select(LinkDecisionRow.report_id, func.count()).group_by(LinkDecisionRow.report_id)
    number_of = {report_id: number for report_id, number in session.execute(counts) if report_id in among}
    for gone in known.keys() - number_of.keys():
        known.pop(gone, None)
    stale = [one for one, number in number_of.items() if one not in known or known[one].decisions != number]
    for some in batches(stale, BATCH):
        # A ring for each batch, as where the words are read: none ends up with the keys of all reports.
        holder = only_compartment(session, compartment_id, by=by)
        verdicts = standing_verdicts(session, some, heeds_walls=False, by=holder)
        for report_id in some:
            if report_id in verdicts:
                standing = verdicts[report_id].items()
                confirmed = {one for one, verdict in standing if one is not None and verdict is Verdict.CONFIRMED}
                known[report_id] = LinkStand(number_of[report_id], frozenset(confirmed))
    return {one: known[one].confirmed for one in number_of if one in known}
