"""A bulk export takes two people, leaves signed and sealed, and holds nothing that points back to a report."""

import base64
import hashlib
import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from envelope.archive import open_stream
from envelope.identity import Identity
from envelope.signing import VerifyingKey
from tests.audit_lines import audit_lines
from tests.desk_work import ORIGINAL, SAFE_TEXT
from tests.force import Force, client_for
from tests.supervisors import client_of_second_supervisor, second_supervisor
from tests.whole_case import work_whole_case
from triage.compartments.choosing import make_for
from triage.compartments.moving import move_one_report
from triage.exporting.service import SIGNED_LABEL, Exported, ExportError, export, propose_export, recipient_of
from triage.intake.files import FileState
from triage.intake.models import FileRow
from triage.keys.compartments import compartment_of
from triage.operations.errors import DecidedError, NotApprovedError
from triage.operations.models import OperationRow
from triage.operations.service import approve

RECEIVER = Identity(b"r" * 32)


def proposed(force: Force) -> UUID:
    sam = force.officer("sam")
    with force.database.begin() as session:
        today = session.today
        return propose_export(session, RECEIVER.recipient(), today, today, reason="To the region", by=sam)


def approved(force: Force) -> UUID:
    operation_id, rosa = proposed(force), second_supervisor(force)
    with force.database.begin() as session:
        approve(session, operation_id, by=rosa)
    return operation_id


def exported(force: Force, operation_id: UUID, to: Identity = RECEIVER) -> Exported:
    sam = force.officer("sam")
    with force.database.begin() as session:
        return export(session, operation_id, to.recipient(), by=sam)


def test_what_leaves_is_sealed_signed_and_points_back_to_nothing(force: Force) -> None:
    case = work_whole_case(force)
    made = exported(force, approved(force))
    assert made.texts == 1
    plain = b"".join(open_stream([made.file], RECEIVER))
    *lines, last = plain.splitlines(keepends=True)
    foot = json.loads(last)
    key = VerifyingKey(base64.b64decode(foot["verifies_with"]))
    key.verify(SIGNED_LABEL + hashlib.sha256(b"".join(lines)).digest(), base64.b64decode(foot["signature"]))
    [told] = [json.loads(line) for line in lines]
    assert told["text_id"] == str(case.draft_id)
    for secret in (case.report_id, case.person_id, case.referral_id):
        assert str(secret).encode() not in plain
    assert set(told["grade"]) <= {"source", "intelligence", "handling", "action", "sanction", "instructions"}
    assert set(told) == {"text_id", "agreed_on", "grade", "text", "do_not"}
    assert SAFE_TEXT.encode() not in made.file
    assert ORIGINAL.encode() not in plain


def test_nobody_exports_alone_or_twice_or_to_somebody_else(force: Force) -> None:
    work_whole_case(force)
    operation_id = proposed(force)
    with pytest.raises(NotApprovedError):
        exported(force, operation_id)
    rosa = second_supervisor(force)
    with force.database.begin() as session:
        approve(session, operation_id, by=rosa)
    with pytest.raises(ExportError, match="another key"):
        exported(force, operation_id, Identity(b"x" * 32))
    exported(force, operation_id)
    with pytest.raises(DecidedError):
        exported(force, operation_id)


def test_a_report_with_a_file_in_quarantine_stays(force: Force) -> None:
    work_whole_case(force)
    operation_id = approved(force)
    with force.database.begin() as session:
        for row in session.scalars(select(FileRow)):
            row.state = FileState.QUARANTINED
    made = exported(force, operation_id)
    assert (made.texts, made.kept_back) == (0, 1)


def test_of_a_compartment_that_one_does_not_hold_nothing_is_exported_counted_or_told(force: Force) -> None:
    """One text there stopped the whole export, and so told whoever asked that there is one."""
    case = work_whole_case(force)
    operation_id = approved(force)
    sam, tom, tess = force.officer("sam"), force.officer("tom"), force.officer("tess")
    with force.database.begin() as session:
        made = make_for(session, "Apart", {tom.id, tess.id}, by=sam)
    tom = force.officer("tom")
    with force.database.begin() as session:
        move_one_report(session, case.report_id, compartment_of(session, made, by=tom), by=tom)
    made_of = exported(force, operation_id)
    assert (made_of.texts, made_of.kept_back) == (0, 0)
    with pytest.raises(ExportError, match="No text was agreed"):
        proposed(force)


def test_each_case_that_left_and_the_export_have_a_line(force: Force) -> None:
    case = work_whole_case(force)
    operation_id = approved(force)
    exported(force, operation_id)
    lines = audit_lines(force)
    [line] = [line for line in lines if line["act"] == "cases exported"]
    assert (line["subject"], line["reason"], line["to"]) == (str(case.report_id), "To the region", str(operation_id))


def test_it_is_proposed_approved_and_downloaded_on_the_pages(force: Force) -> None:
    work_whole_case(force)
    sam = client_for(force, "sam")
    sam.page("/export")
    day = {"since-day": force.today.day, "since-month": force.today.month, "since-year": force.today.year}
    until = {name.replace("since", "until"): value for name, value in day.items()}
    key = RECEIVER.recipient().encode()
    sam.submit({**day, **until, "recipient": "age1pq1nonsense", "reason": "To the region"}, button="Propose the export")
    sam.sees("begins with age1pq1")
    sam.submit({**day, **until, "recipient": key, "reason": "To the region"}, button="Propose the export")
    with force.database.look() as session:
        operation_id = session.scalars(select(OperationRow.id)).one()
    rosa = client_of_second_supervisor(force)
    rosa.page(f"/operations/{operation_id}")
    rosa.submit({"read": "y"}, button="Approve")
    sam.page(f"/export/{operation_id}")
    token = sam.value("csrf_token")
    file = sam.client.post(
        f"/export/{operation_id}", data={"csrf_token": token, "recipient": key}, base_url=sam.base_url
    )
    assert b'"text_id"' in b"".join(open_stream([file.data], RECEIVER))


def test_days_the_wrong_way_round_or_empty_are_refused(force: Force) -> None:
    sam = force.officer("sam")
    with force.database.begin() as session:
        today = session.today
        for since, until in ((today, today - timedelta(days=1)), (today, today)):
            with pytest.raises(ExportError):
                propose_export(session, RECEIVER.recipient(), since, until, reason="x", by=sam)
    with pytest.raises(ExportError):
        recipient_of("nonsense")
