"""What the demo's officers do with the reports they opened, as cases.json tells it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from envelope.mailbox import NoticeState
from quietword.demo.desk import Desk
from quietword.demo.notebook import millbrook
from triage.database import CaseSession, Database
from triage.grading.rules import Action, Grade, Handling, Intelligence, Sanction
from triage.grading.service import grade_item
from triage.intake.reports import close, read_by_a_person
from triage.keys.service import desk_id
from triage.linking.service import Found, confirm, reject, suggestions_for
from triage.outcome.notices import queue_notice
from triage.outcome.rules import NewOutcome, OutcomeCode
from triage.outcome.service import record_outcome
from triage.referral.referral import NewReferral
from triage.referral.rules import Ask, LawfulPurpose, Marking, Terms
from triage.referral.service import acknowledge, open_referral, refer
from triage.register.unlocked import unlock_register
from triage.sanitising.draft import DraftText
from triage.sanitising.rules import Knowers, digest_of
from triage.sanitising.service import approve_draft, findings_of, original_of, save_draft, submit_draft

Told = dict[str, Any]  # what JSON holds, in the shape that millbrook/cases.json has


@dataclass
class Casework:
    """Takes each case as far as it is told, through the same services as the pages."""

    desk: Desk
    teams: dict[str, UUID]
    _later: list[tuple[date, Callable[[CaseSession], None]]] = field(default_factory=list)

    def take_up(self, database: Database, reports: dict[str, UUID]) -> None:
        """Do what was left for this day, then work on the day's reports."""
        with database.begin() as session:
            self._catch_up(session)
        for told in millbrook("cases.json"):
            if told["report"] in reports:
                with database.begin() as session:
                    self._work(session, reports[told["report"]], told)

    def _work(self, session: CaseSession, report_id: UUID, told: Told) -> None:
        reader = self.desk.officer(told["read_by"])
        release = self.desk.settings.release
        read_by_a_person(session, report_id, by=reader)
        queue_notice(session, report_id, NoticeState.READ, by=reader, release=release)
        if "grade" in told:
            grade_item(session, report_id, 1, _grade(told["grade"]), by=reader)
        self._link(session, report_id, told)
        if "draft" in told:
            self._sanitise(session, report_id, told)
        if "close" in told:
            close(session, report_id, reason=told["close"], by=reader)
            queue_notice(session, report_id, NoticeState.CLOSED, by=reader, release=release)

    def _link(self, session: CaseSession, report_id: UUID, told: Told) -> None:
        if not told.keys() & {"confirm", "reject"}:
            return
        reader = self.desk.officer(told["read_by"])
        suggested = {one.entry_id for one in suggestions_for(session, report_id, by=reader)}
        entry_of = unlock_register(session, desk_id(session), by=reader).by_reference
        for reference in told.get("confirm", ()):
            entry_id = entry_of[reference.casefold()]
            found = Found.SUGGESTED if entry_id in suggested else Found.SEARCHED
            confirm(session, report_id, entry_id, by=reader, found=found)
        for reference in told.get("reject", ()):
            reject(session, report_id, entry_of[reference.casefold()], by=reader)

    def _sanitise(self, session: CaseSession, report_id: UUID, told: Told) -> None:
        drafter, words = self.desk.officer(told["read_by"]), told["draft"]
        content = DraftText(
            text=words["text"],
            grade=Grade(),
            knowers=Knowers(words["knowers"]),
            request=words["request"],
            risk_notes=words["risk_notes"],
            do_not=tuple(words["do_not"]),
            harmless_names=tuple(words["harmless_names"]),
        )
        original_of(session, report_id, by=drafter)
        draft_id = save_draft(session, report_id, content, by=drafter)
        warnings = digest_of(findings_of(session, content, report_id, by=drafter))
        submit_draft(session, draft_id, by=drafter, warnings_read=warnings)
        if "approve_by" not in told:
            return
        second = self.desk.officer(told["approve_by"])
        original_of(session, report_id, by=second)
        approve_draft(session, draft_id, by=second)
        if "refer" in told:
            self._refer(session, draft_id, told)

    def _refer(self, session: CaseSession, draft_id: UUID, told: Told) -> None:
        where = told["refer"]
        embargo = session.today + timedelta(days=where["embargo_days"]) if where["embargo_days"] else None
        new = NewReferral(
            team_id=self.teams[where["team"]],
            asks=tuple(Ask[name] for name in where["asks"]),
            purpose=LawfulPurpose.PREVENT,
            marking=Marking.OFFICIAL_SENSITIVE,
            terms=Terms(embargo_until=embargo, expires_on=session.today + timedelta(days=where["return_days"])),
        )
        referral_id = refer(session, draft_id, new, by=self.desk.officer(told["approve_by"]))
        if "outcome" in told:
            answer = told["outcome"]
            day = session.today + timedelta(days=answer["after_days"])
            self._later.append((day, lambda then: self._answer(then, referral_id, answer)))

    def _answer(self, session: CaseSession, referral_id: UUID, answer: Told) -> None:
        member = self.desk.officer(answer["by"])
        open_referral(session, referral_id, by=member)
        acknowledge(session, referral_id, by=member)
        record_outcome(session, referral_id, NewOutcome(OutcomeCode(answer["code"]), answer["words"]), by=member)

    def _catch_up(self, session: CaseSession) -> None:
        due = [one for one in self._later if one[0] <= session.today]
        self._later = [one for one in self._later if one[0] > session.today]
        for _, act in due:
            act(session)


def _grade(told: Told) -> Grade:
    return Grade(
        intelligence=Intelligence(told["intelligence"]),
        handling=Handling(told["handling"]),
        action=Action(told["action"]) if "action" in told else None,
        sanction=Sanction(told["sanction"]) if "sanction" in told else None,
        instructions=told.get("instructions", ""),
        basis=told.get("basis", ""),
        rationale=told.get("rationale", ""),
        risk=told.get("risk", ""),
    )
