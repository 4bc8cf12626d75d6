"""Ties that people have declared, as the rule about them needs them: every id that is about what each is tied to.

An auditor opens no entry and no report. Where each lies stands in clear, and the log says which report was linked to
which entry: that is enough to know what a look was at.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from store.batches import batches
from triage.audit.acts import Act
from triage.audit.reading import Wanted
from triage.compartments.conflicts import ConflictState, conflicts
from triage.database import CaseSession
from triage.intake.models import FileRow, ReportRow
from triage.keys.models import CompartmentRow
from triage.officers.officer import Officer
from triage.oversight.log import reader_of
from triage.referral.models import ReferralRow
from triage.register.models import EntryRow

# The newest of each kind: about half a second's reading where no summary covers them yet.
LINKS_MOST = 2_000


def declared_ties(session: CaseSession, *, by: Officer) -> Mapping[UUID, Collection[str]]:
    """For each person, the ids that are about what they have a standing tie to.

    These are the entries and compartments of their conflicts, everything that lies in those compartments, the reports
    elsewhere that are confirmed to be about one of the entries, and the files of all of these.

    Raises:
        NoKeyError: `by` does not hold the audit box.
    """
    standing = [one for one in conflicts(session, by=by) if one.state is ConflictState.STANDING]
    linked = _linked_reports(session, by=by) if standing else {}
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for one in standing:
        found[one.officer_id] |= _about(session, one.entry_ids, one.compartment_ids, linked)
    return found


def _about(
    session: CaseSession,
    entry_ids: Collection[UUID],
    compartment_ids: Collection[UUID],
    linked: Mapping[str, Collection[str]],
) -> set[str]:
    boxes = session.scalars(select(CompartmentRow.box_id).where(CompartmentRow.id.in_(compartment_ids))).all()
    entries = {*entry_ids, *session.scalars(select(EntryRow.id).where(EntryRow.compartment_id.in_(boxes)))}
    reports = {str(one) for one in session.scalars(select(ReportRow.id).where(ReportRow.compartment_id.in_(boxes)))}
    for entry_id in entries:
        reports.update(linked.get(str(entry_id), ()))
    referrals = session.scalars(select(ReferralRow.id).where(ReferralRow.compartment_id.in_(boxes))).all()
    places = {str(one) for one in (*entries, *compartment_ids, *boxes, *referrals)}
    return places | reports | _files_of(session, reports)


def _files_of(session: CaseSession, report_ids: Collection[str]) -> set[str]:
    """A file is opened by its own id."""
    found: set[str] = set()
    for some in batches(sorted(map(UUID, report_ids))):
        found |= {str(one) for one in session.scalars(select(FileRow.id).where(FileRow.report_id.in_(some)))}
    return found


def _linked_reports(session: CaseSession, *, by: Officer) -> Mapping[str, Collection[str]]:
    """Which reports were confirmed to be about each entry, and not taken back since."""
    reader = reader_of(session, by=by)
    lines = [
        line
        for act in (Act.LINK_CONFIRMED, Act.LINK_TAKEN_BACK)
        for line in reader.find(Wanted(act=act), most=LINKS_MOST).lines
    ]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in sorted(lines, key=lambda line: line.sequence):
        if line.act == Act.LINK_CONFIRMED:
            found[line.to].add(line.subject)
        else:
            found[line.to].discard(line.subject)
    return found
