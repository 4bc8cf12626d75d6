"""What the page of a report says of its origin, in a few lines."""

from dataclasses import dataclass
from uuid import UUID

from triage.database import CaseSession
from triage.intake.reports import case_report
from triage.keys.keyring import KeyHolder
from triage.linking.corroboration import confirmed_links
from triage.linking.decisions import Verdict
from triage.linking.origins.comparing import Compared, compare_more, grouped, text_of
from triage.linking.origins.hearsay import Sign, signs_in
from triage.linking.origins.standing import standing_verdicts

# The page of a report waits for little: the page of its origin reads on.
READ_BESIDE = 200


@dataclass(frozen=True)
class CountedFor:
    """An entry that the report is confirmed to be about: so many reports are, and so many origins they have."""

    entry_id: UUID
    reports: int
    origins: int


@dataclass(frozen=True)
class OriginsBeside:
    """How many other reports go back to the same telling, and the counts for each confirmed entry."""

    kin: int
    entries: tuple[CountedFor, ...]
    signs: tuple[Sign, ...]
    compared: Compared

    def of(self, entry_id: UUID) -> CountedFor | None:
        return next((one for one in self.entries if one.entry_id == entry_id), None)


def origins_beside(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> OriginsBeside:
    """The counts for one report, over what has been read for comparing so far.

    Raises:
        NotFoundError, NoKeyError: the report.
    """
    report = case_report(session, report_id, by=by)
    mine = [one.entry_id for one in confirmed_links(session, report_id, by=by) if one.entry_id is not None]
    verdicts = standing_verdicts(session, by=by) if mine else {}
    on_each = {
        entry_id: [other for other, each in verdicts.items() if each.get(entry_id) is Verdict.CONFIRMED]
        for entry_id in mine
    }
    everything = list(dict.fromkeys([report_id, *(other for each in on_each.values() for other in each)]))
    compared = compare_more(session, by=by, first=everything, most=READ_BESIDE)
    found = grouped(session, everything, by=by)
    openable = {one for group in found.groups for one in group}
    counted = tuple(
        CountedFor(entry_id, len(there), sum(1 for group in found.groups if set(group) & there))
        for entry_id, each in on_each.items()
        if (there := set(each) & openable)
    )
    return OriginsBeside(len(found.of(report_id)) - 1, counted, signs_in(text_of(report), report.answers), compared)
