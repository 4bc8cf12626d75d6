"""Put a report into the case database under a data key of its own: one just unsealed, or one an officer writes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from envelope.errors import TooLongError
from envelope.padding import REPORT_BUCKETS
from envelope.report import ADDS, Report
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.intake.errors import ReasonMissingError
from triage.intake.files import keep_files, require_few
from triage.intake.mailboxes import adds_to_a_closed_report, place_of_addition, remember_report
from triage.intake.models import ReportRow
from triage.intake.priority import Reason, prioritise, sooner
from triage.intake.quarantine import quarantine_what_is_named_again
from triage.intake.reports import ReportState, Step, history_line
from triage.intake.retention import Group, periods
from triage.keys.keyring import KeyHolder
from triage.keys.records import create_data_key, destroy_data_key, seal_row
from triage.keys.service import desk_id

# A report of nothing but alarming words must not grow by what is said about it.
MOST_REASONS = 40


def keep_unsealed(
    session: CaseSession, report: Report, *, drop_id: bytes, danger: bool, received_on: date, by: KeyHolder
) -> UUID:
    """Keep what came out of an envelope, with the address its notices go to.

    Raises:
        TooLongError: it fits in none of the four sizes; nothing was kept.
        MalformedError: it names more files than our form lets through; nothing was kept.
    """
    require_few(report.parts)
    body = {
        "language": report.language,
        "mailbox": {
            "lookup_id": report.mailbox.lookup_id.hex(),
            "public_key": report.mailbox.public_key.hex(),
        },
        "drop_id": drop_id.hex(),
        "files": len(report.parts),
        "history": [history_line(Step.UNSEALED, by.id, session.today)],
        "adds": report.adds,
        "sooner": adds_to_a_closed_report(session, report.mailbox, by=by),
    }
    report_id = _keep(
        session,
        {question: answer for question, answer in report.answers.items() if question != ADDS},
        body,
        danger=danger or report.danger,
        received_on=received_on,
        guards=[place_of_addition(session, report.mailbox, by=by)],
        by=by,
    )
    keep_files(session, report_id, report.parts, by=by)
    quarantine_what_is_named_again(session, report_id, by=by)
    remember_report(session, report_id, report.mailbox, adds=report.adds, by=by)
    return report_id


def write_report(
    session: CaseSession,
    answers: Mapping[str, str],
    *,
    by: KeyHolder,
    started_by: UUID | None = None,
    place: UUID | None = None,
) -> UUID:
    """Keep a report that an officer writes, such as what a team saw: its source is known, and no notice goes back.

    `answers` are by question, as on the public form ("what", "who", "where", "when", "things"); `started_by` is the
    id of the outcome it began with; `place` the compartment it lies in, the desk where it is None.

    Raises:
        ReasonMissingError: it says nothing.
    """
    if not answers.get("what", "").strip():
        raise ReasonMissingError("this becomes a report: what was seen")
    body = {
        "language": "en",
        "started_by": str(started_by) if started_by else "",
        "history": [history_line(Step.WRITTEN, by.id, session.today)],
    }
    report_id = _keep(
        session, answers, body, danger=False, received_on=session.today, guards=[place or desk_id(session)], by=by
    )
    record(session, Act.REPORT_WRITTEN, report_id, by=by)
    return report_id


def _keep(
    session: CaseSession,
    answers: Mapping[str, str],
    body: dict[str, Any],  # JSON that is sealed at once
    *,
    danger: bool,
    received_on: date,
    guards: Sequence[UUID],
    by: KeyHolder,
) -> UUID:
    priority = prioritise(answers, danger=danger)
    band = sooner(priority.band) if body.get("sooner") else priority.band
    row = ReportRow(
        id=uuid4(),
        compartment_id=guards[0],
        state=ReportState.NEW,
        band=band,
        danger=danger,
        received_on=received_on,
        first_read_on=None,
        retain_until=received_on + timedelta(days=periods(session)[Group.UNACTIONABLE]),
    )
    body["answers"] = dict(answers)
    body["because"] = [_reason(reason) for reason in priority.reasons[:MOST_REASONS]]
    key_id = create_data_key(session, guards=guards, by=by)
    try:
        seal_row(session, row, body, by=by, key_id=key_id, buckets=REPORT_BUCKETS)
    except TooLongError:
        destroy_data_key(session, key_id, by=by)
        raise
    session.flush()
    return row.id


def _reason(reason: Reason) -> dict[str, str | int]:
    return {
        "signal": reason.signal.value,
        "question": reason.question,
        "start": reason.start,
        "end": reason.end,
        "words": reason.words,
    }
