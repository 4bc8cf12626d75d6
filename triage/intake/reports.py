"""One report as the later steps read it, and the few changes of its state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from envelope.mailbox import MailboxAddress
from envelope.padding import REPORT_BUCKETS
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError
from triage.intake.answers import Answer, answers_in_order, first_words
from triage.intake.errors import ReasonMissingError, ReportClosedError
from triage.intake.models import AnsweredRow, ReportRow
from triage.intake.priority import Band, Reason, Signal
from triage.intake.retention import Group, group_of, has_news, set_group
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row, reseal_row


class ReportState(StrEnum):
    """Where a report is on its way."""

    NEW = "new"
    OPEN = "open"
    GRADED = "graded"
    REFERRED = "referred"
    CLOSED = "closed"


class Step(StrEnum):
    """What happened to the report itself; what happened to its items, links and drafts stands with those."""

    UNSEALED = "unsealed"
    WRITTEN = "written"
    READ = "first read"
    CLOSED = "closed"
    REOPENED = "taken up again"

    @property
    def is_by_a_person(self) -> bool:
        """Whether somebody worked on the report; opening envelopes by the dozen is not that."""
        return self is not Step.UNSEALED


@dataclass(frozen=True)
class Happened:
    """One line of a report's own history."""

    step: Step
    by: UUID
    on: date
    reason: str = ""


@dataclass(frozen=True)
class CaseReport:
    """A report, opened. `answers` are the sender's own words and choices: always shown as plain text.

    `adds` when the sender said that it adds to an earlier report; `read_sooner` when one of its receipt was closed.
    """

    id: UUID
    data_key_id: UUID
    state: ReportState
    band: Band
    danger: bool
    received_on: date
    first_read_on: date | None
    retain_until: date
    language: str
    answers: Mapping[str, str] = field(repr=False)
    mailbox: MailboxAddress | None = field(repr=False)
    reasons: tuple[Reason, ...] = field(repr=False)
    history: tuple[Happened, ...]
    files: int = 0
    started_by: UUID | None = None
    adds: bool = False
    read_sooner: bool = False

    @property
    def answers_in_order(self) -> tuple[Answer, ...]:
        return answers_in_order(self.answers)

    @property
    def first_words(self) -> str:
        return first_words(self.answers)

    @property
    def is_anonymous(self) -> bool:
        """Whether it came through the public form; one that an officer wrote has no mailbox."""
        return self.mailbox is not None

    @property
    def is_closed(self) -> bool:
        return self.state is ReportState.CLOSED

    def happened(self, step: Step) -> Happened | None:
        """The last time this happened, if it did."""
        return next((one for one in reversed(self.history) if one.step is step), None)


def report_row(session: CaseSession, report_id: UUID) -> ReportRow:
    """The row of a report; its words are still sealed.

    Raises:
        NotFoundError: there is none.
    """
    row = session.get(ReportRow, report_id)
    if row is None:
        raise NotFoundError("report")
    return row


def _held_row(session: CaseSession, report_id: UUID) -> ReportRow:
    """The row, and nobody else's to change until the unit of work ends: two officers are one after the other."""
    session.flush()
    row = session.get(ReportRow, report_id, with_for_update=True)
    if row is None:
        raise NotFoundError("report")
    return row


def case_report(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> CaseReport:
    """Open a report for a step that works on it; the step records its own act.

    Raises:
        NotFoundError, NoKeyError.
    """
    return opened(session, report_row(session, report_id), by=by)


def opened(session: CaseSession, row: ReportRow, *, by: KeyHolder) -> CaseReport:
    """The same, of a row already at hand."""
    body = open_row(session, row, by=by)
    return CaseReport(
        id=row.id,
        data_key_id=row.data_key_id,
        state=ReportState(row.state),
        band=Band(row.band),
        danger=row.danger,
        received_on=row.received_on,
        first_read_on=row.first_read_on,
        retain_until=row.retain_until,
        language=body["language"],
        answers=body["answers"],
        mailbox=_mailbox(body.get("mailbox")),
        reasons=tuple(
            Reason(Signal(one["signal"]), one["question"], one["start"], one["end"], one["words"])
            for one in body["because"]
        ),
        history=tuple(
            Happened(Step(one["step"]), UUID(one["by"]), date.fromisoformat(one["on"]), one.get("reason", ""))
            for one in body["history"]
        ),
        files=int(body.get("files", 0)),
        started_by=UUID(body["started_by"]) if body.get("started_by") else None,
        adds=bool(body.get("adds")),
        read_sooner=bool(body.get("sooner")),
    )


def read_by_a_person(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> bool:
    """Open a report on screen: leaves a line each time, and gives True at the first time, when it becomes open.

    Raises:
        NotFoundError, NoKeyError: nothing is recorded, because nothing was read.
    """
    row = _held_row(session, report_id)
    by.keys.data_key(session, row.data_key_id)
    first = row.first_read_on is None
    if first:
        row.first_read_on = session.today
        session.execute(delete(AnsweredRow).where(AnsweredRow.id == report_id))
        if row.state == ReportState.NEW:
            row.state = ReportState.OPEN
        _write_down(session, row, Step.READ, by=by)
    record(session, Act.OPENED, report_id, by=by, reason=_why_read(row, first=first))
    return first


def record_look(session: CaseSession, report_id: UUID, *, why: str, by: KeyHolder) -> None:
    """Another page that shows a report's words was opened (DPA 2018 s.62: consultation, and its justification)."""
    record(session, Act.OPENED, report_id, by=by, reason=why)


def close(session: CaseSession, report_id: UUID, *, reason: str, by: KeyHolder) -> None:
    """Nothing more will be done with this report.

    Raises:
        ReasonMissingError, ReportClosedError.
    """
    if not reason.strip():
        raise ReasonMissingError("you close this report")
    row = open_for_work(session, report_id, by=by)
    was, row.state = row.state, ReportState.CLOSED
    _write_down(session, row, Step.CLOSED, by=by, reason=reason.strip(), was=was)
    record(session, Act.CLOSED, report_id, by=by, reason=reason.strip())


def reopen(session: CaseSession, report_id: UUID, *, reason: str, by: KeyHolder) -> None:
    """Take a closed report up again, where it stood when it was closed.

    Raises:
        ReasonMissingError, NotFoundError, NoKeyError.
    """
    if not reason.strip():
        raise ReasonMissingError("you open this report again")
    row = _held_row(session, report_id)
    by.keys.data_key(session, row.data_key_id)  # before its state says anything
    if row.state != ReportState.CLOSED:
        return
    row.state = _state_before_closing(open_row(session, row, by=by))
    has_news(session, row)
    _write_down(session, row, Step.REOPENED, by=by, reason=reason.strip())
    record(session, Act.REOPENED, report_id, by=by, reason=reason.strip())


def open_for_work(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> ReportRow:
    """The row of a report that may be worked on, by who can open it: nobody else learns whether it is closed.

    Raises:
        NotFoundError, NoKeyError.
        ReportClosedError: it is closed.
    """
    row = _held_row(session, report_id)
    by.keys.data_key(session, row.data_key_id)
    return _not_closed(row)


def _not_closed(row: ReportRow) -> ReportRow:
    if row.state == ReportState.CLOSED:
        raise ReportClosedError
    return row


def has_reached(session: CaseSession, report_id: UUID, state: ReportState) -> None:
    """Move a report forward to `state` (graded, referred); one further on already stays where it is."""
    row = _not_closed(_held_row(session, report_id))
    order = list(ReportState)
    if order.index(ReportState(row.state)) < order.index(state):
        row.state = state
    if state in {ReportState.GRADED, ReportState.REFERRED}:
        has_news(session, row)
        if group_of(row) is Group.UNACTIONABLE:
            set_group(session, row, Group.OTHER)


def is_ungraded_again(session: CaseSession, report_id: UUID) -> None:
    """An item was added that nobody has graded: a graded report is open again."""
    row = _not_closed(_held_row(session, report_id))
    if row.state == ReportState.GRADED:
        row.state = ReportState.OPEN


def history_line(step: Step, by: UUID, on: date, reason: str = "") -> dict[str, Any]:
    """One line of the history as it stands in the sealed body (JSON, hence Any)."""
    return {"step": step.value, "by": str(by), "on": on.isoformat(), "reason": reason}


def _mailbox(kept: Mapping[str, str] | None) -> MailboxAddress | None:
    if kept is None:
        return None
    return MailboxAddress(bytes.fromhex(kept["lookup_id"]), bytes.fromhex(kept["public_key"]))


def _why_read(row: ReportRow, *, first: bool) -> str:
    if first:
        return "first read"
    return "looking back at a closed report" if row.state == ReportState.CLOSED else "work on a report in hand"


def _state_before_closing(body: Mapping[str, Any]) -> ReportState:  # JSON
    closed: Mapping[str, str] = next((one for one in reversed(body["history"]) if one["step"] == Step.CLOSED.value), {})
    was = ReportState(closed.get("was", ReportState.OPEN))
    return ReportState.OPEN if was is ReportState.NEW else was


def _write_down(
    session: CaseSession, row: ReportRow, step: Step, *, by: KeyHolder, reason: str = "", was: str = ""
) -> None:
    body = open_row(session, row, by=by)
    line = history_line(step, by.id, session.today, reason)
    body["history"] = [*body["history"], line | {"was": was} if was else line]
    reseal_row(session, row, body, by=by, buckets=REPORT_BUCKETS)
