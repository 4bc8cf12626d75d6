"""Quarantine by key: a file suspected to be an indecent image of a child is taken out of the desk's reach.

Its key is sealed anew to the safeguarding leads and the key it had is destroyed, so that what an officer keeps of the
databases opens it no more. Law: Protection of Children Act 1978 s.1, Criminal Justice Act 1988 s.160.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession, Database
from triage.errors import NotFoundError
from triage.intake.errors import QuarantineStepError, ReasonMissingError
from triage.intake.files import FileState
from triage.intake.models import FileRow, ReportRow
from triage.intake.retention import NEVER, due_on
from triage.intake.shut_files import SHUT, is_quarantined, listed
from triage.keys.keyring import KeyHolder
from triage.keys.records import create_data_key, destroy_wrappings, open_row, reseal_row, seal_row
from triage.keys.service import BoxName, box_named, find_box
from triage.officers.safeguarding import holders_at_work, quarantine_box

Line = dict[str, str]  # one line of a file's history, as it stands in the sealed body

SUSPECTED = "suspected indecent image of a child"
UNTIL_RELEASED = NEVER


def put_in_quarantine(database: Database, report_id: UUID, file_id: UUID, *, by: KeyHolder) -> None:
    """Put a file in quarantine, commit, and only then destroy the key it had: a crash between the two loses nothing.

    Raises:
        NotFoundError: the report has no such file.
        NoKeyError: `by` does not hold its key.
    """
    with database.begin() as session:
        quarantine(session, report_id, file_id, by=by)
    with database.begin() as session:
        destroy_former_keys(session)


def quarantine(session: CaseSession, report_id: UUID, file_id: UUID, *, by: KeyHolder) -> None:
    """The first half: seal it to those who hold the quarantine, under every report that names it.

    Doing it twice changes nothing. The caller commits, and then calls `destroy_former_keys`.

    Raises:
        NotFoundError: there is no such file.
        NoKeyError: the report is not for `by` to read, so neither is the state of its file.
    """
    row = _held_row(session, report_id, file_id)
    by.keys.data_key(session, session.get_one(ReportRow, row.report_id).data_key_id)
    if FileState(row.state).is_shut:
        return
    by.keys.data_key(session, row.data_key_id)
    guard = quarantine_box(session)
    same = select(FileRow).where(FileRow.file_id == row.file_id, FileRow.state == FileState.KEPT).order_by(FileRow.id)
    for one in session.scalars(same.with_for_update()).all():
        report = session.get_one(ReportRow, one.report_id, with_for_update=True)
        try:
            _seal_for(session, one, guard.id, _put(session, _kept_until(session, report), by=by), by=by)
        except NotFoundError:  # deleted with its report: nothing opens it
            continue
        one.state, one.state_on = FileState.QUARANTINED, session.today
        report.retain_until = UNTIL_RELEASED
        session.flush()
        record(session, Act.FILE_QUARANTINED, one.id, by=by, reason=SUSPECTED)


def quarantine_what_is_named_again(session: CaseSession, report_id: UUID, *, by: KeyHolder) -> None:
    """Put the files of a report just opened where their like is already: a sender who goes back, changes a word and
    sends again names the same files, and must not bring them back before the desk."""
    named = select(FileRow.file_id).where(FileRow.report_id == report_id)
    # Held, so that whoever is pressing the button just now is waited for.
    same = select(FileRow).where(FileRow.file_id.in_(named)).order_by(FileRow.id).with_for_update()
    rows = session.scalars(same).all()
    shut = {row.file_id for row in rows if FileState(row.state).is_shut}
    for row in rows:
        if row.report_id == report_id and row.file_id in shut:
            quarantine(session, report_id, row.id, by=by)


def destroy_former_keys(session: CaseSession) -> int:
    """Destroy what files were sealed under before they went into quarantine or out; gives how many. Safe to repeat.

    Never in the unit of work that seals anew: keys are committed first, and a crash would leave a row with no key.
    """
    rows = session.scalars(select(FileRow).where(FileRow.former_key_id.is_not(None)).with_for_update()).all()
    for row in rows:
        if row.former_key_id is not None:
            destroy_wrappings(session, row.former_key_id)
        row.former_key_id = None
    return len(rows)


def ask_release(session: CaseSession, report_id: UUID, file_id: UUID, *, reason: str, by: KeyHolder) -> None:
    """The first of two steps out: a lead says why it need not be in quarantine. It stays there.

    Raises:
        ReasonMissingError, NotFoundError, NoKeyError.
        QuarantineStepError: somebody has asked already.
    """
    if not reason.strip():
        raise ReasonMissingError("this file need not be in quarantine")
    row = _shut_row(session, report_id, file_id, FileState.QUARANTINED, "Somebody has asked for its release already.")
    _write_down(session, row, FileState.RELEASE_ASKED, reason.strip(), by=by)
    record(session, Act.FILE_RELEASE_ASKED, file_id, by=by, reason=reason.strip())


def refuse_release(session: CaseSession, report_id: UUID, file_id: UUID, *, reason: str, by: KeyHolder) -> None:
    """Leave it in quarantine after all.

    Raises:
        ReasonMissingError, NotFoundError, NoKeyError, QuarantineStepError.
    """
    if not reason.strip():
        raise ReasonMissingError("this file stays in quarantine")
    row = _shut_row(session, report_id, file_id, FileState.RELEASE_ASKED, "Nobody has asked for its release.")
    _write_down(session, row, FileState.QUARANTINED, reason.strip(), by=by)
    record(session, Act.FILE_RELEASE_WITHDRAWN, file_id, by=by, reason=reason.strip())


def release(session: CaseSession, report_id: UUID, file_id: UUID, *, by: KeyHolder) -> None:
    """The second step: give the desk its key again, under every report that names it.

    The caller commits, and then calls `destroy_former_keys`.

    Raises:
        NotFoundError, NoKeyError.
        QuarantineStepError: nobody has asked, or the one who asked would also agree, where another lead is there.
    """
    row = _shut_row(session, report_id, file_id, FileState.RELEASE_ASKED, "Ask for its release first.")
    [asked] = listed(session, [row], by=by)
    if asked.asked_by == by.id and holders_at_work(session) - {by.id}:
        raise QuarantineStepError("Another safeguarding lead must agree: you asked for this release yourself.")
    same = select(FileRow).where(FileRow.file_id == row.file_id, FileRow.state.in_(SHUT)).order_by(FileRow.id)
    for one in session.scalars(same.with_for_update()).all():
        report = session.get_one(ReportRow, one.report_id, with_for_update=True)
        body = open_row(session, one, by=by)
        key_id = create_data_key(session, under=report.data_key_id, by=by)
        _seal_anew(session, one, body, _line(session, FileState.KEPT, by=by), key_id, by=by)
        one.state, one.state_on = FileState.KEPT, session.today
        session.flush()
        if not is_quarantined(session, report.id):
            put = next(line for line in reversed(body["history"]) if "kept_until" in line)
            report.retain_until = max(date.fromisoformat(put["kept_until"]), _kept_until(session, report))
        record(session, Act.FILE_RELEASED, one.id, by=by, reason=asked.asked_because)


def hand_over(session: CaseSession, *, by: KeyHolder) -> int:
    """Seal to the leads what was put in quarantine while there was none; gives how many files.

    For the unit of work in which a supervisor names the first lead; `destroy_former_keys` comes after its commit.
    """
    leads, supervisors = find_box(session, BoxName.SAFEGUARDING), box_named(session, BoxName.SUPERVISORS)
    if leads is None or not by.keys.holds(session, supervisors.id):
        return 0
    rows = session.scalars(select(FileRow).where(FileRow.state.in_(SHUT)).order_by(FileRow.id)).all()
    for row in rows:
        _seal_for(session, row, leads.id, _line(session, FileState.QUARANTINED, by=by, reason="handed over"), by=by)
    if rows:
        record(session, Act.FILES_HANDED_OVER, None, by=by, count=len(rows))
    return len(rows)


def _put(session: CaseSession, kept_until: date, *, by: KeyHolder) -> Line:
    return _line(session, FileState.QUARANTINED, by=by) | {"kept_until": kept_until.isoformat()}


def _line(session: CaseSession, state: FileState, *, by: KeyHolder, reason: str = "") -> Line:
    return {"step": state.value, "by": str(by.id), "on": session.today.isoformat(), "reason": reason}


def _seal_for(session: CaseSession, row: FileRow, box_id: UUID, line: Line, *, by: KeyHolder) -> None:
    """Seal what opens a file to a box, under a new data key that `by` forgets at once."""
    body = open_row(session, row, by=by)
    key_id = create_data_key(session, guards=[box_id], by=by)
    _seal_anew(session, row, body, line, key_id, by=by)
    by.keys.forget(key_id)


def _seal_anew(
    session: CaseSession, row: FileRow, body: Mapping[str, Any], line: Line, key_id: UUID, *, by: KeyHolder
) -> None:
    if row.former_key_id is not None:  # a crash left it, and what it opened has been under another key since
        destroy_wrappings(session, row.former_key_id)
    row.former_key_id = row.data_key_id
    seal_row(session, row, {**body, "history": [*body["history"], line]}, by=by, key_id=key_id)


def _write_down(session: CaseSession, row: FileRow, state: FileState, reason: str, *, by: KeyHolder) -> None:
    body = open_row(session, row, by=by)
    line = _line(session, state, by=by, reason=reason)
    reseal_row(session, row, {**body, "history": [*body["history"], line]}, by=by)
    row.state, row.state_on = state, session.today
    session.flush()


def _held_row(session: CaseSession, report_id: UUID, file_id: UUID) -> FileRow:
    """The row, and nobody else's to change until the unit of work ends."""
    session.flush()
    row = session.get(FileRow, file_id, with_for_update=True)
    if row is None or row.report_id != report_id:
        raise NotFoundError("file")
    return row


def _shut_row(session: CaseSession, report_id: UUID, file_id: UUID, state: FileState, otherwise: str) -> FileRow:
    row = _held_row(session, report_id, file_id)
    if not FileState(row.state).is_shut:
        raise NotFoundError("file in quarantine")
    if FileState(row.state) is not state:
        raise QuarantineStepError(otherwise)
    return row


def _kept_until(session: CaseSession, report: ReportRow) -> date:
    """The day it is kept until, its files aside (intake/retention.py)."""
    return report.retain_until if report.retain_until != UNTIL_RELEASED else due_on(session, report)
