"""One report with everything the steps know of it, and its timeline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.database import CaseSession
from triage.grading.service import Item, items_of
from triage.intake.answers import Answer
from triage.intake.files import CaseFileOf, files_of
from triage.intake.mailboxes import Companion, companions_of
from triage.intake.reports import CaseReport, Step, case_report
from triage.linking.marks import span_of
from triage.linking.mentions import Mention
from triage.linking.service import Decision, decisions_of, mentions_of
from triage.officers.names import names_of
from triage.officers.officer import Officer
from triage.officers.oneself import record_if_named
from triage.outcome.service import Outcome, outcomes_of, referral_of_outcome
from triage.referral.referral import Referral
from triage.referral.service import referrals_of
from triage.sanitising.draft import Draft
from triage.sanitising.service import drafts_of
from web.markup import Span


@dataclass(frozen=True)
class Said:
    """One answer with the stretches of it to mark, and the words that say why each is marked."""

    answer: Answer
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Moment:
    """One line of the timeline: what happened, on which day, and by whom where a person did it."""

    what: str
    on: date
    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class Referred:
    """A referral of this report and what came of it."""

    referral: Referral
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class CaseFile:
    """Everything the page of one report shows. `names` has the name of every officer it speaks of.

    `began_with` is the referral whose team saw what became this report; `companions` came with its receipt.
    """

    report: CaseReport
    said: tuple[Said, ...]
    items: tuple[Item, ...]
    decisions: tuple[Decision, ...]
    drafts: tuple[Draft, ...]
    referrals: tuple[Referred, ...]
    timeline: tuple[Moment, ...]
    names: dict[UUID, str]
    today: date
    began_with: UUID | None = None
    companions: tuple[Companion, ...] = ()
    files: tuple[CaseFileOf, ...] = ()

    @property
    def is_quarantined(self) -> bool:
        """Whether a file is out of the desk's reach, and the report stays as it is."""
        return any(file.state.is_shut for file in self.files)

    @property
    def is_graded(self) -> bool:
        return bool(self.items) and all(item.current is not None for item in self.items)

    @property
    def adds_to_something(self) -> bool:
        """Whether the report that this one adds to is here; it may be unopened yet, or deleted."""
        return any(not one.adds for one in self.companions)

    @property
    def adds_to_a_closed_report(self) -> bool:
        return any(one.is_closed for one in self.companions)

    @property
    def next_to_grade(self) -> int:
        """The first item without a grade; 1 where nobody has split the report."""
        return next((item.number for item in self.items if item.current is None), 1)

    def has_own_draft(self, officer_id: UUID) -> bool:
        """Whether this officer has a text of their own that they can still write on."""
        return any(draft.drafted_by == officer_id and draft.is_writable for draft in self.drafts)

    @property
    def shows_single_anonymous_banner(self) -> bool:
        """Every 2/D carries the banner, and so does what nobody has graded yet."""
        if not self.report.is_anonymous:
            return False
        return not self.items or any(
            item.current is None or item.current.grade.is_single_anonymous for item in self.items
        )


def case_file(session: CaseSession, report_id: UUID, *, by: Officer) -> CaseFile:
    """Read everything about a report. The reading itself is recorded by `read_by_a_person`, before.

    Raises:
        NotFoundError, NoKeyError.
    """
    report = case_report(session, report_id, by=by)
    items = items_of(session, report_id, by=by)
    decisions = decisions_of(session, report_id, by=by)
    mentions = mentions_of(session, report_id, by=by)
    drafts = drafts_of(session, report_id, by=by)
    referrals = tuple(
        Referred(referral, outcomes_of(session, referral.id, by=by))
        for referral in referrals_of(session, report_id, by=by)
    )
    officers = {
        *(one.by for one in report.history),
        *(version.graded_by for item in items for version in item.versions),
        *(decision.decided_by for decision in decisions),
        *(officer for draft in drafts for officer in (draft.drafted_by, draft.reviewed_by) if officer),
        *(one.referral.referred_by for one in referrals),
        *(outcome.recorded_by for one in referrals for outcome in one.outcomes),
    }
    names = names_of(session, officers, by=by)
    companions = companions_of(session, [report], by=by).get(report_id, ())
    return CaseFile(
        report=report,
        said=tuple(
            Said(answer, tuple(_spans(report, answer, mentions.get(answer.question, ()))))
            for answer in report.answers_in_order
        ),
        items=items,
        decisions=decisions,
        drafts=drafts,
        referrals=referrals,
        timeline=_timeline(report, items, decisions, drafts, referrals, names, companions),
        names=names,
        today=session.today,
        began_with=referral_of_outcome(session, report.started_by) if report.started_by else None,
        companions=companions,
        files=files_of(session, report_id, by=by),
    )


def record_if_about_oneself(session: CaseSession, report_id: UUID, *, by: Officer) -> None:
    """Leave a line for the auditors where somebody opens a report that says their own name or address."""
    answers = case_report(session, report_id, by=by).answers_in_order
    record_if_named(session, [answer.text for answer in answers if answer.own_words], opened=report_id, by=by)


def _spans(report: CaseReport, answer: Answer, mentions: tuple[Mention, ...]) -> Iterator[Span]:
    """What the register may know, and what asks for haste; where two meet, the earlier or longer is marked."""
    if not answer.own_words:
        return
    for mention in mentions:
        yield span_of(mention)
    for reason in report.reasons:
        if reason.question == answer.question:
            yield Span(reason.start, reason.end, "danger", f"Read sooner because of: {reason.signal}")


def _came_with_it(report: CaseReport, companion: Companion) -> str:
    if companion.adds:
        return "Another addition came" if report.adds else "Added to by its reporter"
    return "The report came that this adds to" if report.adds else "Another report came with its receipt"


def _timeline(
    report: CaseReport,
    items: tuple[Item, ...],
    decisions: tuple[Decision, ...],
    drafts: tuple[Draft, ...],
    referrals: tuple[Referred, ...],
    names: dict[UUID, str],
    companions: tuple[Companion, ...],
) -> tuple[Moment, ...]:
    """Newest first. Days are all that is kept, so within one day the order is that of the way a report goes."""
    moments: list[tuple[date, int, Moment]] = []

    def add(along: int, what: str, on: date, who: UUID | None = None, why: str = "") -> None:
        moments.append((on, along, Moment(what, on, names[who] if who else "", why)))

    add(0, "Received" if report.is_anonymous else "Report made", report.received_on)
    for companion in companions:
        add(0, _came_with_it(report, companion), companion.received_on)
    along_of_step = {Step.UNSEALED: 1, Step.WRITTEN: 1, Step.READ: 2, Step.CLOSED: 9, Step.REOPENED: 9}
    for one in report.history:
        add(along_of_step[one.step], one.step.value.capitalize(), one.on, one.by, one.reason)
    for item in items:
        for version in item.versions:
            again = " again" if version.version > 1 else ""
            what = f"Item {item.number} graded{again} {version.grade.code}"
            add(3, what, version.graded_on, version.graded_by, version.why)
    for decision in decisions:
        add(4, f"Link {decision.verdict.value}: {decision.name}".rstrip(": "), decision.decided_on, decision.decided_by)
    for draft in drafts:
        add(5, f"Sanitised text {draft.version} drafted", draft.drafted_on, draft.drafted_by)
        if draft.reviewed_by is not None and draft.reviewed_on is not None:
            what = "agreed" if draft.is_agreed else "sent back"
            add(6, f"Sanitised text {draft.version} {what}", draft.reviewed_on, draft.reviewed_by, draft.note)
    for referred in referrals:
        referral = referred.referral
        add(7, f"Referred to {referral.team.name}", referral.referred_on, referral.referred_by)
        for outcome in referred.outcomes:
            add(8, f"Outcome: {outcome.meaning}", outcome.recorded_on, outcome.recorded_by)
    ordered = sorted(enumerate(moments), key=lambda at: (at[1][0], at[1][1], at[0]), reverse=True)
    return tuple(moment for _, (_, _, moment) in ordered)
