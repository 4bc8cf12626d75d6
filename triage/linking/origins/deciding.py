"""An officer's word on whether two reports have one origin: it outranks the program's, and can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, TriageError
from triage.intake.models import ReportRow
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row, seal_row
from triage.linking.origins.grouping import Said
from triage.linking.origins.models import OriginDecisionRow

# Which two reports a decision is about is sealed, so finding one means opening them.
MOST_OPENED = 20_000


class OriginVerdict(StrEnum):
    """What an officer says of two reports."""

    ONE = "one origin"
    TWO = "two origins"
    TAKEN_BACK = "taken back"


class Ground(StrEnum):
    """On what grounds. A list and no free words, for a decision stays when one of its two reports is deleted."""

    NOT_SAID = ""
    SAME_WORDS = "the wording is the same"
    ONE_REPEATS = "one says that it repeats the other"
    SAME_TEXT_ELSEWHERE = "both copy a text from somewhere else"
    DIFFERENT_SIGHT = "each saw something the other did not"
    DIFFERENT_EVENT = "they tell of different events"
    KNOWN_OTHERWISE = "it is known from other work"


class SameReportError(TriageError):
    """Somebody compared a report with itself."""

    def __init__(self) -> None:
        super().__init__("Choose two different reports to compare.")


@dataclass(frozen=True)
class OriginDecision:
    """One decision about two reports; `stands` is false once a later one about the same two has been made."""

    id: UUID
    one: UUID
    other: UUID
    verdict: OriginVerdict
    ground: Ground
    number: int
    decided_by: UUID
    decided_on: date
    stands: bool = True


def decide_origin(
    session: CaseSession,
    one: UUID,
    other: UUID,
    verdict: OriginVerdict,
    *,
    ground: Ground = Ground.NOT_SAID,
    by: KeyHolder,
) -> None:
    """Keep an officer's word on two reports, sealed under the key of the first, and gone with it.

    Raises:
        SameReportError: it is one report.
        NotFoundError, NoKeyError: either of them is not for `by` to read.
    """
    if one == other:
        raise SameReportError
    # Always in one order, so that two officers who decide about the same two are one after the other.
    rows = {each: session.get(ReportRow, each, with_for_update=True) for each in sorted((one, other))}
    row, beside = rows[one], rows[other]
    if row is None or beside is None:
        raise NotFoundError("report")
    by.keys.data_key(session, beside.data_key_id)
    number = 1 + max((decision.number for decision in origin_decisions(session, by=by)), default=0)
    body = {"other": str(other), "verdict": verdict.value, "ground": ground.value, "number": number}
    decision = OriginDecisionRow(id=uuid4(), report_id=one, decided_by=by.id, decided_on=session.today)
    seal_row(session, decision, body, by=by, key_id=row.data_key_id)
    session.flush()
    record(session, Act.ORIGIN_DECIDED, one, by=by, reason=verdict.value, to=other)


def origin_decisions(session: CaseSession, *, by: KeyHolder) -> tuple[OriginDecision, ...]:
    """Every decision that `by` opens, the oldest first; those of a deleted report are gone with its key."""
    rows = session.scalars(
        select(OriginDecisionRow).order_by(OriginDecisionRow.decided_on.desc(), OriginDecisionRow.id).limit(MOST_OPENED)
    ).all()
    opened = by.keys.open_many(session, (row.data_key_id for row in rows))
    found = [_decision(session, row, by=by) for row in rows if row.data_key_id in opened]
    found.sort(key=lambda one: (one.number, one.decided_on, one.id))
    last = {frozenset((one.one, one.other)): one.id for one in found}
    return tuple(replace(one, stands=last[frozenset((one.one, one.other))] == one.id) for one in found)


def words_of_officers(decisions: Iterable[OriginDecision]) -> tuple[Said[UUID], ...]:
    """What stands, as grouping takes it."""
    return tuple(
        Said(one.one, one.other, one.verdict is OriginVerdict.ONE)
        for one in decisions
        if one.stands and one.verdict is not OriginVerdict.TAKEN_BACK
    )


def about(decisions: Iterable[OriginDecision], one: UUID, other: UUID) -> tuple[OriginDecision, ...]:
    """The decisions about these two, the oldest first."""
    pair = {one, other}
    return tuple(each for each in decisions if {each.one, each.other} == pair)


def _decision(session: CaseSession, row: OriginDecisionRow, *, by: KeyHolder) -> OriginDecision:
    body = open_row(session, row, by=by)
    return OriginDecision(
        id=row.id,
        one=row.report_id,
        other=UUID(body["other"]),
        verdict=OriginVerdict(body["verdict"]),
        ground=Ground(body["ground"]),
        number=int(body["number"]),
        decided_by=row.decided_by,
        decided_on=row.decided_on,
    )
