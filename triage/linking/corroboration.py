"""Offers grading the items of other reports that officers confirmed to be about the same entry."""

from dataclasses import dataclass
from uuid import UUID

from triage.database import CaseSession
from triage.grading.rules import CorroboratingItem
from triage.grading.service import items_of
from triage.intake.reports import case_report
from triage.keys.keyring import KeyHolder
from triage.linking.origins.comparing import same_origin_as
from triage.linking.service import Decision, Verdict, decisions_of, reports_linked_to

MOST_REPORTS = 20


@dataclass(frozen=True)
class LinkedCorroboration:
    """Grading's `Corroboration`: items of other reports on the same person or group. An officer chooses. Two reports
    have one origin by their words, by an officer's word, or by the reporter's own where they came with one receipt;
    nothing here says that any two are of different origin."""

    def candidates(self, session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[CorroboratingItem, ...]:
        found: dict[UUID, CorroboratingItem] = {}
        mailbox = case_report(session, report_id, by=by).mailbox
        for decision in confirmed_links(session, report_id, by=by):
            assert decision.entry_id is not None  # noqa: S101  a confirmed link has its entry
            linked = reports_linked_to(session, decision.entry_id, by=by)
            others = [one.report_id for one in linked if one.report_id != report_id][:MOST_REPORTS]
            same_origin = same_origin_as(session, report_id, others, by=by) if others else frozenset()
            for other_id in others:
                other = case_report(session, other_id, by=by)
                for item in items_of(session, other_id, by=by):
                    if item.current is not None:
                        found[item.id] = CorroboratingItem(
                            item_id=item.id,
                            report_id=other_id,
                            is_anonymous=other.is_anonymous,
                            intelligence=item.current.grade.intelligence,
                            words=item.text,
                            why=f"Both reports are confirmed to be about {decision.name}.",
                            same_origin=other_id in same_origin,
                            same_receipt=mailbox is not None and other.mailbox == mailbox,
                        )
        return tuple(found.values())


def confirmed_links(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[Decision, ...]:
    """The people and groups a report is confirmed to be about."""
    return tuple(
        one for one in decisions_of(session, report_id, by=by) if one.stands and one.verdict is Verdict.CONFIRMED
    )
