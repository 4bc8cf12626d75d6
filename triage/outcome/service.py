"""Record what came of a referral, and let what a team saw become a report of its own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.intake.writing import write_report
from triage.keys.records import open_row, seal_row
from triage.officers.officer import Officer
from triage.outcome.models import ObservedRow, OutcomeRow
from triage.outcome.rules import MEANINGS, POSITIVE, NewOutcome, OutcomeCode, OutcomeError
from triage.referral.rules import ReferralState
from triage.referral.service import hold_place_of, move_referral, referral_key


@dataclass(frozen=True)
class Outcome:
    """One thing that came of a referral."""

    id: UUID
    referral_id: UUID
    code: OutcomeCode
    words: str
    recorded_by: UUID
    recorded_on: date

    @property
    def meaning(self) -> str:
        return MEANINGS[self.code]

    @property
    def is_positive(self) -> bool:
        return self.code in POSITIVE

    @property
    def can_be_a_report(self) -> bool:
        return self.code is OutcomeCode.OBS


def record_outcome(session: CaseSession, referral_id: UUID, new: NewOutcome, *, by: Officer) -> UUID:
    """Add an outcome, sealed to the team and the desk; earlier ones stay.

    Raises:
        ReferralError: the referral has not been acknowledged, or has been returned.
        NoKeyError: it is another team's.
    """
    to = ReferralState.RETURNED if new.code is OutcomeCode.RTN else ReferralState.ANSWERED
    move_referral(session, referral_id, to, by=by)
    row = OutcomeRow(id=uuid4(), referral_id=referral_id, recorded_by=by.id, recorded_on=session.today)
    body = {"code": new.code.value, "words": new.words.strip()}
    seal_row(session, row, body, by=by, key_id=referral_key(session, referral_id, by=by))
    record(session, Act.OUTCOME_RECORDED, referral_id, by=by)
    return row.id


def outcomes_of(session: CaseSession, referral_id: UUID, *, by: Officer) -> tuple[Outcome, ...]:
    """What came of a referral, the oldest first."""
    rows = session.scalars(
        select(OutcomeRow).where(OutcomeRow.referral_id == referral_id).order_by(OutcomeRow.recorded_on, OutcomeRow.id)
    )
    return tuple(_outcome(session, row, by=by) for row in rows)


def start_report(session: CaseSession, outcome_id: UUID, *, by: Officer) -> UUID:
    """Make a report of what a team saw: an officer's observation, so its source is known and can be graded 1 and A.

    It stands in the queue with the others and carries the outcome's id. Pressed twice, it is one report.

    Raises:
        OutcomeError: the outcome says nothing that was seen.
        NoKeyError: `by` is not of the desk.
    """
    referral_id = referral_of_outcome(session, outcome_id)
    if referral_id is None:
        raise NotFoundError("outcome")
    # The referral first, as whatever moves or disposes of one takes it before what came of it.
    place = hold_place_of(session, referral_id, by=by)
    outcome_row = session.get(OutcomeRow, outcome_id, with_for_update=True)
    if outcome_row is None:
        raise NotFoundError("outcome")
    by.keys.identity(session, place)
    already = report_from(session, outcome_id, by=by)
    if already is not None:
        return already
    outcome = _outcome(session, outcome_row, by=by)
    if not outcome.can_be_a_report:
        raise OutcomeError("Only what was seen and corroborated (OBS) starts a report.")
    report_id = write_report(session, {"what": outcome.words, "how": "saw"}, started_by=outcome_id, place=place, by=by)
    tie = ObservedRow(id=outcome_id)
    seal_row(session, tie, {"report_id": str(report_id)}, by=by, guards=[place])
    return report_id


def report_from(session: CaseSession, outcome_id: UUID, *, by: Officer) -> UUID | None:
    """The report that was started from an outcome, if one was; for the desk."""
    row = session.get(ObservedRow, outcome_id)
    return None if row is None else UUID(open_row(session, row, by=by)["report_id"])


def referral_of_outcome(session: CaseSession, outcome_id: UUID) -> UUID | None:
    """Which referral an outcome answers; the id alone, which stands in clear and opens nothing."""
    return session.scalar(select(OutcomeRow.referral_id).where(OutcomeRow.id == outcome_id))


def _outcome(session: CaseSession, row: OutcomeRow, *, by: Officer) -> Outcome:
    body = open_row(session, row, by=by)
    return Outcome(row.id, row.referral_id, OutcomeCode(body["code"]), body["words"], row.recorded_by, row.recorded_on)
