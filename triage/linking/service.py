"""Suggest whom a report is about, and keep what an officer decided about it, with the reasons they were shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, OutOfDateError
from triage.intake.reports import case_report, open_for_work, report_row
from triage.intake.retention import has_news
from triage.keys.keyring import KeyHolder
from triage.keys.records import seal_row
from triage.keys.service import desk_id
from triage.linking.at_decision import said_of
from triage.linking.decisions import Decision, Found, Verdict, body_of_entry, in_order
from triage.linking.errors import SomebodyConfirmedError
from triage.linking.holder.several import StandingMatcher
from triage.linking.index import matcher_for
from triage.linking.learning.held_back import held_back
from triage.linking.learning.keeping import as_learnt
from triage.linking.marks import Marks, set_beside
from triage.linking.matching import Suggestion
from triage.linking.mentions import Mention
from triage.linking.models import LinkDecisionRow
from triage.linking.reading import join_answers
from triage.linking.reasons import Reason
from triage.linking.walls import known_to, opened_decision
from triage.register.browsing import entry_names
from triage.register.models import EntryRow

__all__ = [
    "Decision",
    "Found",
    "LinkedReport",
    "Verdict",
    "confirm",
    "confirm_nobody",
    "decisions_of",
    "marks_beside",
    "mentions_of",
    "reject",
    "reject_shown",
    "reports_linked_to",
    "suggestions_beside",
    "suggestions_for",
    "take_back",
]

# Which decisions point at an entry is sealed, so finding them means opening them: this many, the newest first.
MOST_DECISIONS_OPENED = 20_000
# A decision is read by all who read its report: of an entry that they may not open it keeps that there is one.
ELSEWHERE = "An entry of another compartment"


@dataclass(frozen=True)
class LinkedReport:
    """A report confirmed to be about an entry."""

    report_id: UUID
    received_on: date
    state: str
    decided_by: UUID
    decided_on: date
    reasons: tuple[Reason, ...]


def suggestions_for(session: CaseSession, report_id: UUID, *, by: KeyHolder, limit: int = 8) -> tuple[Suggestion, ...]:
    """Whom the report may be about, the likeliest first; empty where nobody on the register fits or it is held back.

    Raises:
        NotFoundError, NoKeyError: the report.
    """
    found = suggestions_beside(session, report_id, by=by, limit=limit)
    record(session, Act.LINK_SUGGESTED, report_id, by=by, count=len(found))
    return found


def suggestions_beside(
    session: CaseSession, report_id: UUID, *, by: KeyHolder, limit: int = 8
) -> tuple[Suggestion, ...]:
    """As `suggestions_for`, on the page of the report itself: that it was opened is recorded there, once and for all.

    Raises:
        NotFoundError, NoKeyError: the report.
    """
    if held_back(session, report_id, by=by):
        return ()
    text, matcher = _read_now(session, report_id, by=by)
    return as_learnt(session, matcher.suggest(text, limit=limit), near=lambda: matcher.rank(text, limit=limit), by=by)


def mentions_of(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> dict[str, tuple[Mention, ...]]:
    """What to mark in each answer of a report, by question; places count from the beginning of the answer."""
    text, passages = join_answers(case_report(session, report_id, by=by).answers)
    found = matcher_for(session, by=by).mentions(text)
    return {
        passage.key: tuple(
            Mention(one.kind, one.value, one.start - passage.start, one.end - passage.start)
            for one in found
            if passage.start <= one.start and one.end <= passage.start + len(passage.text)
        )
        for passage in passages
    }


def marks_beside(session: CaseSession, report_id: UUID, suggestions: Iterable[Suggestion], *, by: KeyHolder) -> Marks:
    """The text of a report with its marks, each leading to what it says of these suggestions and back."""
    text, passages = join_answers(case_report(session, report_id, by=by).answers)
    return set_beside(text, passages, matcher_for(session, by=by).mentions(text), suggestions)


def confirm(
    session: CaseSession, report_id: UUID, entry_id: UUID, *, by: KeyHolder, found: Found = Found.SUGGESTED
) -> None:
    """The report is about this entry: an officer says so.

    Raises:
        NotFoundError: no such entry that `by` could open.
        ReportClosedError: the report is closed.
    """
    _decide(session, report_id, [entry_id], Verdict.CONFIRMED, found, by=by)
    report, entry = report_row(session, report_id), session.get_one(EntryRow, entry_id)
    # The day until which a report is kept is on its page, and must not tell of a link behind a wall.
    if entry.compartment_id in {report.compartment_id, desk_id(session)}:
        has_news(session, report)


def reject(session: CaseSession, report_id: UUID, entry_id: UUID, *, by: KeyHolder) -> None:
    """The report is not about this entry, whatever the program suggests; raises as `confirm`."""
    _decide(session, report_id, [entry_id], Verdict.REJECTED, Found.SUGGESTED, by=by)


def reject_shown(session: CaseSession, report_id: UUID, shown: Iterable[UUID], *, by: KeyHolder) -> None:
    """None of these: each entry that the officer was shown is rejected, unless it has been decided since.

    Whoever is meant may still be on the register, so the report stays open for a search; raises as `confirm`.
    """
    decided = {one.entry_id for one in decisions_of(session, report_id, by=by) if one.stands}
    fresh = [one for one in dict.fromkeys(shown) if one not in decided]
    _decide(session, report_id, fresh, Verdict.REJECTED, Found.SUGGESTED, by=by)


def confirm_nobody(
    session: CaseSession, report_id: UUID, *, by: KeyHolder, shown: Iterable[UUID] | None = None
) -> None:
    """Nobody on the register is meant: what was shown is rejected, and that is kept as well.

    Args:
        shown: the entries the officer saw suggested; None for all that are suggested now.

    Raises:
        SomebodyConfirmedError: a confirmed link stands.
        NotFoundError, ReportClosedError: as `confirm`.
    """
    if any(one.stands and one.verdict is Verdict.CONFIRMED for one in decisions_of(session, report_id, by=by)):
        raise SomebodyConfirmedError
    _, known = said_of(session, report_id, *_read_now(session, report_id, by=by), by=by)
    if shown is None:
        shown = [one.entry_id for one in suggestions_beside(session, report_id, by=by)]
    reject_shown(session, report_id, shown, by=by)
    _keep(session, report_id, {"verdict": Verdict.NOBODY.value, "found": Found.SUGGESTED.value, **known}, by=by)
    record(session, Act.LINK_REJECTED, report_id, by=by, reason="nobody on the register")


def take_back(session: CaseSession, report_id: UUID, entry_id: UUID | None, *, by: KeyHolder) -> None:
    """Undo the decision that stands about an entry, or that nobody is meant (None); both stay in the history.

    Raises:
        OutOfDateError: no such decision stands any more.
        ReportClosedError: the report is closed.
    """
    standing = [one for one in decisions_of(session, report_id, by=by) if one.stands and one.entry_id == entry_id]
    if not standing:
        raise OutOfDateError
    before = standing[-1]
    body = {
        "verdict": Verdict.TAKEN_BACK.value,
        "found": before.found.value,
        "entry_id": str(entry_id) if entry_id else None,
        "kind": before.kind.value if before.kind else None,
        "name": before.name,
    }
    _keep(session, report_id, body, by=by)
    record(session, Act.LINK_TAKEN_BACK, report_id, by=by, reason=before.verdict.value, to=entry_id)


def decisions_of(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[Decision, ...]:
    """Every decision about a report, the oldest first; `stands` marks those that hold now. Asking decides nothing.

    One about an entry behind a wall is for whoever holds the wall's key: others are not told that there is a wall.

    Raises:
        NoKeyError: the report is not for `by` to read.
    """
    rows = session.scalars(select(LinkDecisionRow).where(LinkDecisionRow.report_id == report_id)).all()
    # Left out before they are put in order: what stands for somebody is reckoned from what they may know.
    known = known_to(session, [opened_decision(session, row, by=by) for row in rows], by=by)
    return tuple(one for one in in_order(known) if one.verdict is not Verdict.ASKED)


def reports_linked_to(session: CaseSession, entry_id: UUID, *, by: KeyHolder) -> tuple[LinkedReport, ...]:
    """The reports that officers confirmed to be about an entry, the newest first.

    Which entry a decision is about is sealed (design §3), so this opens the decisions whose reports `by` may read,
    the newest 20,000 of them; a register of a force stays far below, and a national one will want an index of them.
    """
    rows = session.scalars(
        select(LinkDecisionRow)
        .order_by(LinkDecisionRow.decided_on.desc(), LinkDecisionRow.id)
        .limit(MOST_DECISIONS_OPENED)
    ).all()
    opened = by.keys.open_many(session, (row.data_key_id for row in rows))
    by_report: dict[UUID, list[Decision]] = {}
    for row in rows:
        if row.data_key_id in opened:
            by_report.setdefault(row.report_id, []).append(opened_decision(session, row, by=by))
    found: list[LinkedReport] = []
    for report_id, decisions in by_report.items():
        for one in in_order(decisions):
            if one.stands and one.verdict is Verdict.CONFIRMED and one.entry_id == entry_id:
                report = case_report(session, report_id, by=by)
                found.append(
                    LinkedReport(
                        report_id, report.received_on, report.state, one.decided_by, one.decided_on, one.reasons
                    )
                )
    record(session, Act.REGISTER_READ, entry_id, by=by, reason="linked reports", count=len(found))
    return tuple(sorted(found, key=lambda one: (one.received_on, one.report_id), reverse=True))


def _decide(
    session: CaseSession, report_id: UUID, entry_ids: Sequence[UUID], verdict: Verdict, found: Found, *, by: KeyHolder
) -> None:
    open_for_work(session, report_id, by=by)
    if not entry_ids:
        return
    names = entry_names(session, entry_ids, by=by)
    suggested, known = said_of(session, report_id, *_read_now(session, report_id, by=by), by=by)
    compartment_id = report_row(session, report_id).compartment_id
    act = Act.LINK_CONFIRMED if verdict is Verdict.CONFIRMED else Act.LINK_REJECTED
    for entry_id in entry_ids:
        row = session.get(EntryRow, entry_id)
        if entry_id not in names or row is None:
            raise NotFoundError("entry of the register")
        name = names[entry_id] if row.compartment_id == compartment_id else ELSEWHERE
        body = body_of_entry(verdict, found, entry_id=entry_id, kind=row.kind, name=name, suggested=suggested)
        _keep(session, report_id, body | known, by=by)
        record(session, act, report_id, by=by, reason=found.value, to=entry_id)


def _read_now(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[str, StandingMatcher]:
    """A report's text, and what reads it."""
    text, _ = join_answers(case_report(session, report_id, by=by).answers)
    return text, matcher_for(session, by=by)


def _keep(session: CaseSession, report_id: UUID, body: Mapping[str, Any], *, by: KeyHolder) -> None:
    number = 1 + len(session.scalars(select(LinkDecisionRow.id).where(LinkDecisionRow.report_id == report_id)).all())
    row = LinkDecisionRow(id=uuid4(), report_id=report_id, decided_by=by.id, decided_on=session.today)
    key_id = open_for_work(session, report_id, by=by).data_key_id
    seal_row(session, row, {"number": number, **body}, by=by, key_id=key_id)
    session.flush()
