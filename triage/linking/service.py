"""Suggest whom a report is about, and keep what an officer decided about it, with the reasons they were shown."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.intake.reports import case_report, open_for_work
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row, seal_row
from triage.linking.index import matcher_for
from triage.linking.matching import Strength, Suggestion
from triage.linking.mentions import Mention
from triage.linking.models import LinkDecisionRow
from triage.linking.reading import join_answers
from triage.linking.reasons import Reason
from triage.register.browsing import entry_names
from triage.register.entries import Kind
from triage.register.models import EntryRow

# Which decisions point at an entry is sealed, so finding them means opening them: this many, the newest first.
MOST_DECISIONS_OPENED = 20_000


class Verdict(StrEnum):
    """What an officer decided."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    NOBODY = "nobody on the register"


class Found(StrEnum):
    """How the officer came to the entry."""

    SUGGESTED = "suggested"
    SEARCHED = "searched"


@dataclass(frozen=True)
class Decision:
    """One decision. `stands` is false once a later one about the same entry, or one against it, has been made."""

    id: UUID
    report_id: UUID
    number: int
    verdict: Verdict
    found: Found
    entry_id: UUID | None
    kind: Kind | None
    name: str
    strength: Strength | None
    reasons: tuple[Reason, ...]
    decided_by: UUID
    decided_on: date
    stands: bool = True


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
    """Whom the report may be about, the likeliest first; empty where nobody on the register fits.

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
    text, _ = join_answers(case_report(session, report_id, by=by).answers)
    return matcher_for(session, by=by).suggest(text, limit=limit)


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


def confirm(
    session: CaseSession, report_id: UUID, entry_id: UUID, *, by: KeyHolder, found: Found = Found.SUGGESTED
) -> None:
    """The report is about this entry: an officer says so.

    Raises:
        NotFoundError: no such entry that `by` could open.
        ReportClosedError: the report is closed.
    """
    _decide(session, report_id, entry_id, Verdict.CONFIRMED, found, by=by)


def reject(session: CaseSession, report_id: UUID, entry_id: UUID, *, by: KeyHolder) -> None:
    """The report is not about this entry, whatever the program suggests; raises as `confirm`."""
    _decide(session, report_id, entry_id, Verdict.REJECTED, Found.SUGGESTED, by=by)


def confirm_nobody(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> None:
    """Nobody on the register is meant: every suggestion now shown is rejected, and that is kept as well.

    Raises:
        ReportClosedError: the report is closed.
    """
    open_for_work(session, report_id)
    for suggestion in suggestions_beside(session, report_id, by=by):
        _decide(session, report_id, suggestion.entry_id, Verdict.REJECTED, Found.SUGGESTED, by=by)
    _keep(session, report_id, {"verdict": Verdict.NOBODY.value, "found": Found.SUGGESTED.value}, by=by)
    record(session, Act.LINK_REJECTED, report_id, by=by, reason="nobody on the register")


def decisions_of(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> tuple[Decision, ...]:
    """Every decision about a report, the oldest first; `stands` marks those that hold now.

    Raises:
        NoKeyError: the report is not for `by` to read.
    """
    rows = session.scalars(select(LinkDecisionRow).where(LinkDecisionRow.report_id == report_id)).all()
    return _in_order([_decision(row, open_row(session, row, by=by)) for row in rows])


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
            by_report.setdefault(row.report_id, []).append(_decision(row, open_row(session, row, by=by)))
    found: list[LinkedReport] = []
    for report_id, decisions in by_report.items():
        for one in _in_order(decisions):
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
    session: CaseSession, report_id: UUID, entry_id: UUID, verdict: Verdict, found: Found, *, by: KeyHolder
) -> None:
    open_for_work(session, report_id)
    name = entry_names(session, [entry_id], by=by).get(entry_id)
    row = session.get(EntryRow, entry_id)
    if name is None or row is None:
        raise NotFoundError("entry of the register")
    suggestion = next((one for one in suggestions_beside(session, report_id, by=by) if one.entry_id == entry_id), None)
    body: dict[str, Any] = {
        "verdict": verdict.value,
        "found": found.value,
        "entry_id": str(entry_id),
        "kind": row.kind,
        "name": name,
        "strength": suggestion.strength.value if suggestion else None,
        "reasons": [asdict(reason) for reason in suggestion.reasons] if suggestion else [],
    }
    _keep(session, report_id, body, by=by)
    act = Act.LINK_CONFIRMED if verdict is Verdict.CONFIRMED else Act.LINK_REJECTED
    record(session, act, report_id, by=by, reason=found.value, to=entry_id)


def _keep(session: CaseSession, report_id: UUID, body: Mapping[str, Any], *, by: KeyHolder) -> None:
    number = 1 + len(session.scalars(select(LinkDecisionRow.id).where(LinkDecisionRow.report_id == report_id)).all())
    row = LinkDecisionRow(id=uuid4(), report_id=report_id, decided_by=by.id, decided_on=session.today)
    key_id = open_for_work(session, report_id).data_key_id
    seal_row(session, row, {"number": number, **body}, by=by, key_id=key_id)
    session.flush()


def _decision(row: LinkDecisionRow, body: Mapping[str, Any]) -> Decision:
    return Decision(
        id=row.id,
        report_id=row.report_id,
        number=body["number"],
        verdict=Verdict(body["verdict"]),
        found=Found(body["found"]),
        entry_id=UUID(body["entry_id"]) if body.get("entry_id") else None,
        kind=Kind(body["kind"]) if body.get("kind") else None,
        name=body.get("name", ""),
        strength=Strength(body["strength"]) if body.get("strength") else None,
        reasons=tuple(Reason(**reason) for reason in body.get("reasons", ())),
        decided_by=row.decided_by,
        decided_on=row.decided_on,
    )


def _in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The oldest first. The last word on each entry stands; “nobody” stands until somebody is confirmed."""
    ordered = sorted(decisions, key=lambda one: (one.number, one.decided_on, one.id))
    last: dict[UUID | None, UUID] = {one.entry_id: one.id for one in ordered}
    confirmed = [one.number for one in ordered if one.verdict is Verdict.CONFIRMED and last[one.entry_id] == one.id]

    def stands(one: Decision) -> bool:
        if one.verdict is Verdict.NOBODY:
            return last[None] == one.id and all(number < one.number for number in confirmed)
        return last[one.entry_id] == one.id

    return tuple(Decision(**{**vars(one), "stands": stands(one)}) for one in ordered)
