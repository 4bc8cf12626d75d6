"""The pages of disposal: lists, a review, the two steps of an early erasure and of a new period, and certificates."""

import base64
from uuid import UUID

import pytest
from sqlalchemy import select

from envelope.signing import VerifyingKey
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.supervisors import client_of_second_supervisor
from triage.disposal.certificate import LABEL
from triage.disposal.errors import ReviewedOnlyError
from triage.disposal.models import DisposalRow
from triage.disposal.rules import Ground
from triage.disposal.service import Told, decide_report
from triage.intake.models import ReportRow, RetentionPeriodRow
from triage.intake.reports import close, read_by_a_person
from triage.intake.retention import AS_IT_SHIPS, Group, set_group
from triage.intake.retiring import retire
from triage.keys.intake_keys import sign_intake_keys
from triage.operations.models import OperationRow


def due_report(force: Force, days: int = 91) -> UUID:
    report_id = report_at_desk(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        read_by_a_person(session, report_id, by=tom)
        close(session, report_id, reason="nothing to act on", by=tom)
    force.clock.forward(days=days)
    return report_id


def gone(force: Force, report_id: UUID) -> bool:
    with force.database.look() as session:
        return session.get(ReportRow, report_id) is None


def test_the_list_shows_what_is_due_and_filters_and_sorts(force: Force) -> None:
    report_id = due_report(force)
    newer = report_at_desk_today(force)
    sam = client_for(force, "sam")
    sam.page("/disposal")
    assert str(report_id)[:8] in sam.text()
    assert str(newer)[:8] not in sam.text()
    for address in (
        "?shown=near",
        "?shown=held",
        "?shown=all&group=not+graded&sort=-received",
        "?shown=x&sort=y&page=z",
    ):
        sam.page(f"/disposal{address}")
    sam.page("/disposal?shown=all")
    assert str(newer)[:8] in sam.text()
    assert "nobody has read it" in sam.text().lower()


def report_at_desk_today(force: Force) -> UUID:
    sam = force.officer("sam")
    with force.database.begin() as session:
        force.intake_keys = sign_intake_keys(session, by=sam)
    return report_at_desk(force, "A newer one")


def test_a_report_that_is_due_is_disposed_of_by_one_reviewer_and_certified(force: Force) -> None:
    report_id = due_report(force)
    retire(force.database, force.settings, force.collection, force.publishing)
    sam = client_for(force, "sam")
    sam.page(f"/reports/{report_id}/keeping")
    sam.submit({"decision": "dispose", "reason": "Nothing came of it"}, button="Go on")
    assert "no key opens it any more" in sam.text()
    assert gone(force, report_id)
    with force.database.look() as session:
        row = session.scalars(select(DisposalRow)).one()
    iris = client_for(force, "iris")
    iris.page("/disposal/certificates")
    iris.page(f"/disposal/certificates/{row.id}")
    assert "Backups of keys: none opens it" in iris.text()
    assert "signature is not of these words" not in iris.text()
    file = iris.client.get(f"/disposal/certificates/{row.id}/file", base_url=iris.base_url)
    text, _, foot = file.get_data(as_text=True).partition("\n\n")
    said = dict(line.split(": ", 1) for line in foot.splitlines())
    key = VerifyingKey(base64.b64decode(said["verifies with"]))
    key.verify(LABEL + text.encode(), base64.b64decode(said["signature"]))


def test_a_certificate_that_somebody_changed_says_so(force: Force) -> None:
    report_id = due_report(force)
    retire(force.database, force.settings, force.collection, force.publishing)
    sam = client_for(force, "sam")
    sam.page(f"/reports/{report_id}/keeping")
    sam.submit({"decision": "dispose", "reason": "Nothing came of it"}, button="Go on")
    with force.database.begin() as session:
        row = session.scalars(select(DisposalRow)).one()
        row.ground = "early erasure"
    iris = client_for(force, "iris")
    iris.page(f"/disposal/certificates/{row.id}")
    assert "signature is not of these words" in iris.text()


def test_public_protection_is_reviewed_and_kept_for_a_lifetime(force: Force) -> None:
    """Ten years on a review may keep it, or two people erase it; one person alone does not dispose of it."""
    report_id = due_report(force, days=0)
    with force.database.begin() as session:
        set_group(session, session.get_one(ReportRow, report_id), Group.PROTECTION)
    force.clock.forward(days=3654)
    sam = client_for(force, "sam")
    sam.page("/disposal")
    assert str(report_id)[:8] in sam.text()
    sam.page(f"/reports/{report_id}/keeping")
    assert "kept until" in sam.text()
    assert "Dispose of it" not in sam.text()
    assert "Propose an early erasure" in sam.text()
    with pytest.raises(ReviewedOnlyError), force.database.begin() as session:
        decide_report(session, report_id, Told(Ground.REVIEWED, reason="x"), by=force.officer("sam"))
    sam.submit({"decision": "keep", "group": "public protection", "reason": "Still of use"}, button="Go on")
    with force.database.look() as session:
        assert (session.get_one(ReportRow, report_id).retain_until - force.today).days == 3653
    force.clock.forward(days=91 * 366)
    with force.database.begin() as session:
        decide_report(session, report_id, Told(Ground.REVIEWED, reason="x"), by=force.officer("sam"))


def test_what_is_not_due_takes_a_second_person(force: Force) -> None:
    report_id = report_at_desk(force)
    sam = client_for(force, "sam")
    sam.page(f"/reports/{report_id}/keeping")
    assert "Dispose of it" not in sam.text()
    sam.submit({"decision": "erase", "reason": "A court ordered it"}, button="Go on")
    with force.database.look() as session:
        operation_id = session.scalars(select(OperationRow.id)).one()
    address = f"/disposal/erasures/{operation_id}"
    sam.page(address)
    assert "cannot be carried out" in sam.text()
    token = {"csrf_token": sam.value("csrf_token"), "carry_out": "Carry it out"}
    refused = sam.client.post(address, data=token, base_url=sam.base_url)
    assert "is not approved by a second person" in refused.get_data(as_text=True)
    assert not gone(force, report_id)
    rosa = client_of_second_supervisor(force)
    rosa.page(f"/operations/{operation_id}")
    rosa.submit({"read": "y"}, button="Approve")
    sam.page(f"/disposal/erasures/{operation_id}")
    sam.submit(button="Carry it out")
    assert gone(force, report_id)
    sam.page(address)
    assert "A court ordered it" in sam.text()
    again = sam.client.post(address, data=token | {"csrf_token": sam.value("csrf_token")}, base_url=sam.base_url)
    assert "decided already" in again.get_data(as_text=True)


def test_an_operation_is_carried_out_on_the_page_of_its_kind_alone(force: Force) -> None:
    report_id = report_at_desk(force)
    sam = client_for(force, "sam")
    sam.page(f"/reports/{report_id}/keeping")
    sam.submit({"decision": "erase", "reason": "A court ordered it"}, button="Go on")
    with force.database.look() as session:
        operation_id = session.scalars(select(OperationRow.id)).one()
    for place in ("disposal/periods", "export", "compartments/release"):
        assert sam.client.get(f"/{place}/{operation_id}", base_url=sam.base_url).status_code == 404, place


def test_a_hold_is_set_and_lifted_on_the_page(force: Force) -> None:
    report_id = due_report(force)
    sam = client_for(force, "sam")
    for decision, said in (("hold", "The legal hold is set"), ("lift", "The legal hold is lifted")):
        sam.page(f"/reports/{report_id}/keeping")
        sam.submit({"decision": decision, "reason": "A trial"}, button="Go on")
        assert said in sam.text()
    sam.page(f"/reports/{report_id}/keeping")
    sam.submit({"decision": "keep", "group": "other serious", "reason": "It names a gun"}, button="Go on")
    with force.database.look() as session:
        row = session.get_one(ReportRow, report_id)
        assert (row.retention_group, (row.retain_until - force.today).days) == ("other serious", 3653)


def test_a_period_is_changed_by_two_people(force: Force) -> None:
    report_id = report_at_desk(force)
    sam = client_for(force, "sam")
    sam.page("/disposal/periods")
    sam.submit({"group": "not graded", "days": "7", "reason": "Too long"}, button="Propose the change")
    assert "from 30 to" in sam.text()
    sam.submit({"group": "not graded", "days": "60", "reason": "Too long"}, button="Propose the change")
    with force.database.look() as session:
        operation_id = session.scalars(select(OperationRow.id)).one()
        assert session.get_one(RetentionPeriodRow, "not graded").operation_id == AS_IT_SHIPS
    rosa = client_of_second_supervisor(force)
    rosa.page(f"/operations/{operation_id}")
    rosa.submit({"read": "y"}, button="Approve")
    sam.page(f"/disposal/periods/{operation_id}")
    sam.submit(button="Carry it out")
    with force.database.look() as session:
        row = session.get_one(ReportRow, report_id)
        assert (row.retain_until - row.received_on).days == 60


def test_without_a_reason_nothing_is_decided(force: Force) -> None:
    report_id = due_report(force)
    sam = client_for(force, "sam")
    sam.page(f"/reports/{report_id}/keeping")
    sam.submit({"decision": "dispose", "reason": ""}, button="Go on")
    assert "Enter why" in sam.text()
    assert not gone(force, report_id)
