"""Draft a sanitised text, put it forward, agree to it or send it back: one function a use case."""

import hashlib
from uuid import UUID, uuid4

from sqlalchemy import func, select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, OutOfDateError
from triage.grading.rules import Grade
from triage.grading.service import items_of
from triage.intake.answers import Answer
from triage.intake.models import ReportRow
from triage.intake.reports import case_report, open_for_work
from triage.intake.shut_files import require_not_quarantined
from triage.keys.records import Body, open_row, reseal_row, seal_row
from triage.officers.officer import Officer
from triage.officers.rules import Permission
from triage.sanitising.checks import Finding, check
from triage.sanitising.draft import Draft, DraftText
from triage.sanitising.models import DraftRow
from triage.sanitising.rules import (
    WRITABLE,
    DraftState,
    SanitisingError,
    require_answer,
    require_release,
    require_second_person,
    require_text_grade,
    require_warnings_read,
    require_writable,
)


def save_draft(
    session: CaseSession, report_id: UUID, content: DraftText, *, by: Officer, seen: str | None = None
) -> UUID:
    """Write a text anew, or go on with one's own that is not agreed to yet; returns the draft's id.

    `seen` is `Draft.seen` of what the page was drawn from, empty where there was none; None asks nothing.

    Raises:
        OutOfDateError: the same officer has saved it in another window since.
        SanitisingError: it has been put forward, and waits.
        ReportClosedError: nothing more is done with this report.
        QuarantinedError: a file of it is in quarantine.
    """
    report = open_for_work(session, report_id, by=by)
    require_not_quarantined(session, report_id)
    session.refresh(report, with_for_update=True)  # a double click makes one text, not two
    row = _own(session, report_id, by=by)
    if seen is not None and seen != ("" if row is None else seen_of(row)):
        raise OutOfDateError
    body = content.to_body() | {"note": "", "override_reason": ""}
    if row is None:
        newest = session.scalar(select(func.max(DraftRow.version)).where(DraftRow.report_id == report_id)) or 0
        row = DraftRow(
            id=uuid4(),
            report_id=report_id,
            version=newest + 1,
            state=DraftState.DRAFT,
            drafted_by=by.id,
            drafted_on=session.today,
        )
        seal_row(session, row, body, by=by, key_id=report.data_key_id)
    else:
        require_writable(DraftState(row.state))
        body["note"] = open_row(session, row, by=by)["note"]
        reseal_row(session, row, body, by=by)
        row.drafted_on = session.today
    record(session, Act.DRAFTED, row.id, by=by)
    return row.id


def submit_draft(session: CaseSession, draft_id: UUID, *, by: Officer, warnings_read: str | None = None) -> None:
    """Put a text forward for a second officer. Only who wrote it may.

    `warnings_read` is `digest_of` the warnings that were on the page when they ticked that they had read them.

    Raises:
        UnreadWarningsError: there are others.
        SanitisingError: it is somebody else's, or has been put forward.
        QuarantinedError: a file of the report is in quarantine.
    """
    row = _row(session, draft_id)
    require_writable(DraftState(row.state))
    if row.drafted_by != by.id:
        raise SanitisingError("Only the officer who wrote this text may put it forward.")
    open_for_work(session, row.report_id, by=by)
    require_not_quarantined(session, row.report_id)
    content = DraftText.from_body(open_row(session, row, by=by))
    require_answer(content.knowers)
    require_text_grade(content.grade, item_grades(session, row.report_id, by=by))
    require_warnings_read(findings_of(session, content, row.report_id, by=by), read=warnings_read)
    row.state = DraftState.SUBMITTED
    record(session, Act.SUBMITTED, row.id, by=by)


def take_back(session: CaseSession, draft_id: UUID, *, by: Officer) -> None:
    """Its writer has seen something to change before anybody agreed.

    Raises:
        NotFoundError, NoKeyError.
        SanitisingError: it is somebody else's, or does not wait.
    """
    row = _row(session, draft_id)
    by.keys.data_key(session, row.data_key_id)  # before its state says anything
    _require_submitted(row)
    if row.drafted_by != by.id:
        raise SanitisingError("Only the officer who wrote this text may take it back. You can send it back.")
    row.state = DraftState.DRAFT
    record(session, Act.RETURNED, row.id, by=by, reason="taken back by who wrote it")


def approve_draft(
    session: CaseSession, draft_id: UUID, *, by: Officer, override_reason: str = "", seen: str | None = None
) -> None:
    """Agree that nothing in a text points back. It may be referred from now on.

    Raises:
        SanitisingError: `by` wrote it, it was not put forward, or five people or fewer could have known and no
            supervisor says why it may go.
        OutOfDateError: it was written again since the page (`seen`) was drawn.
    """
    row = _for_review(session, draft_id, by=by, seen=seen)
    body = open_row(session, row, by=by)
    knowers = require_answer(DraftText.from_body(body).knowers)
    require_release(knowers, may_override=by.may(Permission.OVERRIDE), override_reason=override_reason)
    reason = override_reason.strip() if knowers.too_few else ""
    reseal_row(session, row, body | {"note": "", "override_reason": reason}, by=by)
    row.state, row.reviewed_by, row.reviewed_on = DraftState.APPROVED, by.id, session.today
    if reason:
        record(session, Act.OVERRIDDEN, row.id, by=by, reason="five people or fewer could have known")
    record(session, Act.APPROVED, row.id, by=by)


def return_draft(session: CaseSession, draft_id: UUID, *, by: Officer, note: str, seen: str | None = None) -> None:
    """Send a text back to who wrote it, and say what to change.

    Raises:
        SanitisingError: `by` wrote it, it was not put forward, or nothing is said.
        OutOfDateError: it was written again since the page (`seen`) was drawn.
    """
    row = _for_review(session, draft_id, by=by, seen=seen)
    if not note.strip():
        raise SanitisingError("Enter what should be changed, so that the text can be written again.", part="note")
    reseal_row(session, row, open_row(session, row, by=by) | {"note": note.strip()}, by=by)
    row.state, row.reviewed_by, row.reviewed_on = DraftState.RETURNED, by.id, session.today
    record(session, Act.RETURNED, row.id, by=by)


def draft_of(session: CaseSession, draft_id: UUID, *, by: Officer) -> Draft:
    """One sanitised text."""
    return _draft(session, _row(session, draft_id, hold=False), by=by)


def drafts_of(session: CaseSession, report_id: UUID, *, by: Officer) -> tuple[Draft, ...]:
    """Every sanitised text of a report, the newest first."""
    rows = session.scalars(
        select(DraftRow).where(DraftRow.report_id == report_id).order_by(DraftRow.version.desc(), DraftRow.id)
    )
    return tuple(_draft(session, row, by=by) for row in rows)


def drafts_waiting(session: CaseSession, *, by: Officer) -> tuple[Draft, ...]:
    """Texts put forward that wait for a second officer, the oldest first; one's own are among them, to see.

    The look is recorded.
    """
    rows = session.scalars(
        select(DraftRow).where(DraftRow.state == DraftState.SUBMITTED).order_by(DraftRow.drafted_on, DraftRow.id)
    ).all()
    opened = by.keys.open_many(session, [row.data_key_id for row in rows])
    waiting = tuple(_draft(session, row, by=by) for row in rows if row.data_key_id in opened)
    record(session, Act.QUEUE_READ, None, by=by, reason="texts to agree", count=len(waiting))
    return waiting


def original_of(session: CaseSession, report_id: UUID, *, by: Officer) -> tuple[Answer, ...]:
    """What the reporter wrote, to stand beside the text; the look is recorded.

    Raises:
        NotFoundError, NoKeyError.
    """
    answers = case_report(session, report_id, by=by).answers_in_order
    record(session, Act.OPENED, report_id, by=by, reason="to sanitise it")
    return answers


def item_grades(session: CaseSession, report_id: UUID, *, by: Officer) -> tuple[Grade, ...]:
    """The grades that the items of a report have now, which a text of it may have."""
    return tuple(item.current.grade for item in items_of(session, report_id, by=by) if item.current is not None)


def findings_of(session: CaseSession, content: DraftText, report_id: UUID, *, by: Officer) -> tuple[Finding, ...]:
    """What in `everything_that_leaves` could point back, held against the reporter's own words."""
    return findings_against(content, case_report(session, report_id, by=by).answers_in_order)


def findings_against(content: DraftText, answers: tuple[Answer, ...]) -> tuple[Finding, ...]:
    """The same, of an original already at hand."""
    original = "\n\n".join(answer.text for answer in answers if answer.own_words)
    return check(content.everything_that_leaves(), original=original, harmless_names=content.harmless_names)


def seen_of(row: DraftRow) -> str:
    """Names exactly this state of a text: its sealed body is never twice the same."""
    return hashlib.sha256(row.sealed + row.state.encode()).hexdigest()[:32]


def _own(session: CaseSession, report_id: UUID, *, by: Officer) -> DraftRow | None:
    """The text `by` is at work on, or has put forward."""
    return session.scalars(
        select(DraftRow)
        .where(
            DraftRow.report_id == report_id,
            DraftRow.drafted_by == by.id,
            DraftRow.state.in_([*WRITABLE, DraftState.SUBMITTED]),
        )
        .order_by(DraftRow.version.desc())
        .with_for_update()
    ).first()


def _for_review(session: CaseSession, draft_id: UUID, *, by: Officer, seen: str | None) -> DraftRow:
    row = _row(session, draft_id)
    require_second_person(row.drafted_by, by.id)
    _require_submitted(row)
    open_for_work(session, row.report_id, by=by)
    if seen is not None and seen != seen_of(row):
        raise OutOfDateError
    return row


def _draft(session: CaseSession, row: DraftRow, *, by: Officer) -> Draft:
    body: Body = open_row(session, row, by=by)
    return Draft(
        id=row.id,
        report_id=row.report_id,
        version=row.version,
        state=DraftState(row.state),
        content=DraftText.from_body(dict(body)),
        note=body["note"],
        override_reason=body["override_reason"],
        drafted_by=row.drafted_by,
        drafted_on=row.drafted_on,
        reviewed_by=row.reviewed_by,
        reviewed_on=row.reviewed_on,
        seen=seen_of(row),
    )


def _row(session: CaseSession, draft_id: UUID, *, hold: bool = True) -> DraftRow:
    """One row; `hold` keeps it to the end of the unit of work, so that two officers at once take turns.

    The report is held first and its text second, as everywhere: in the other order, one who saves and one who agrees
    would wait for each other.
    """
    if hold:
        report_id = session.scalar(select(DraftRow.report_id).where(DraftRow.id == draft_id))
        if report_id is not None:
            session.get(ReportRow, report_id, with_for_update=True)
    row = session.get(DraftRow, draft_id, with_for_update=hold or None)
    if row is None:
        raise NotFoundError("sanitised text")
    return row


def _require_submitted(row: DraftRow) -> None:
    if row.state != DraftState.SUBMITTED:
        raise SanitisingError("This text is not waiting for a second officer.")
