"""Erase, export, release, approve and open: each asks again after five minutes, and then goes on with nothing lost."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import select

from envelope.archive import open_stream
from envelope.identity import Identity
from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force, client_for, passphrase_of
from tests.pages import PageClient
from tests.quarantine_work import file_in
from tests.sent_files import attach, picture, report_with
from tests.supervisors import PASSPHRASE, client_of_second_supervisor, second_supervisor
from tests.whole_case import work_whole_case
from triage.compartments.choosing import make_for
from triage.disposal.deciding import propose_erasure
from triage.exporting.service import propose_export
from triage.intake.models import ReportRow
from triage.keys.compartments import compartment_of
from triage.officers.vetting import vetting_of
from triage.operations.models import OperationRow
from triage.operations.rules import Operation, OperationState
from triage.operations.service import approve, propose

ASKED = "Show that it is you"
RECEIVER = Identity(b"r" * 32)


@dataclass(frozen=True)
class Ready:
    """Somebody at the page where one press is left, and what that press does once it is done."""

    who: str
    page: PageClient
    fields: dict[str, object]
    button: str
    is_done: Callable[[], bool]


def approved(force: Force, operation_id: UUID) -> UUID:
    rosa = second_supervisor(force)
    with force.database.begin() as session:
        approve(session, operation_id, by=rosa)
    return operation_id


def at(force: Force, name: str, path: str) -> PageClient:
    client = client_of_second_supervisor(force) if name == "rosa" else client_for(force, name)
    client.page(path)
    return client


def erase(force: Force) -> Ready:
    report_id, sam = report_at_desk(force), force.officer("sam")
    with force.database.begin() as session:
        operation_id = propose_erasure(session, report_id, reason="A court ordered it", by=sam)
    approved(force, operation_id)

    def is_done() -> bool:
        with force.database.look() as session:
            return session.get(ReportRow, report_id) is None

    return Ready("sam", at(force, "sam", f"/disposal/erasures/{operation_id}"), {}, "Carry it out", is_done)


def export(force: Force) -> Ready:
    work_whole_case(force)
    key, sam = RECEIVER.recipient(), force.officer("sam")
    with force.database.begin() as session:
        today = session.today
        operation_id = propose_export(session, key, today, today, reason="To the region", by=sam)
    page = at(force, "sam", f"/export/{approved(force, operation_id)}")

    def is_done() -> bool:
        return b'"text_id"' in b"".join(open_stream([page.response.data], RECEIVER))

    return Ready("sam", page, {"recipient": key.encode()}, "Export", is_done)


def release(force: Force) -> Ready:
    sam, tom = force.officer("sam"), force.officer("tom").id
    with force.database.begin() as session:
        compartment_id = make_for(session, "Heron", {sam.id, force.officer("tess").id}, by=sam)
        operation_id = propose(
            session,
            Operation.BOX_RELEASE,
            subject=compartment_id,
            parameters={"officer": str(tom)},
            reason="He leads on it",
            by=sam,
        )

    def is_done() -> bool:
        with force.database.look() as session:
            box_id = compartment_of(session, compartment_id, by=sam).box_id
            return force.officer("tom").keys.holds(session, box_id)

    path = f"/compartments/release/{approved(force, operation_id)}"
    return Ready("sam", at(force, "sam", path), {}, "Carry it out", is_done)


def sign_for_two(force: Force) -> Ready:
    with force.database.begin() as session:
        operation_id = propose(
            session, Operation.EARLY_ERASURE, subject=None, reason="A court ordered it", by=force.officer("sam")
        )

    def is_done() -> bool:
        with force.database.look() as session:
            return session.scalars(select(OperationRow.state)).one() == OperationState.APPROVED

    return Ready("rosa", at(force, "rosa", f"/operations/{operation_id}"), {"read": "y"}, "Approve", is_done)


def open_file(force: Force) -> Ready:
    report_id = report_with(force, attach(force, picture()))
    path = f"/reports/{report_id}/files/{file_in(force, report_id).id}"

    def is_done() -> bool:
        return "to see the van" in [line.get("reason") for line in audit_lines(force)]

    fields: dict[str, object] = {"reason": "to see the van"}
    return Ready("tom", at(force, "tom", path), fields, "Show it, blurred at first", is_done)


def vet(force: Force) -> Ready:
    tom = force.officer("tom").id
    day = {"until-day": 1, "until-month": 2, "until-year": force.today.year + 1}

    def is_done() -> bool:
        with force.database.look() as session:
            found = vetting_of(session, tom, by=force.officer("sam"))
        return found is not None and (found.level.value, found.until.month) == ("NPPV level 3", 2)

    fields: dict[str, object] = {"level": "NPPV level 3", **day}
    return Ready("sam", at(force, "sam", f"/people/{tom}"), fields, "Record the vetting", is_done)


@pytest.mark.parametrize("act", [erase, export, release, sign_for_two, open_file, vet])
def test_it_asks_again_after_five_minutes_and_goes_on_with_nothing_lost(
    force: Force, act: Callable[[Force], Ready]
) -> None:
    ready = act(force)
    page = ready.page
    force.clock.forward(minutes=5)
    page.submit(ready.fields, button=ready.button, status=403)
    assert page.heading() == ASKED
    assert act is export or not ready.is_done()
    force.clock.forward(seconds=30)
    form = {
        "csrf_token": page.value("csrf_token"),
        "kept": page.value("kept"),
        "proof_passphrase": PASSPHRASE if ready.who == "rosa" else passphrase_of(ready.who),
        "proof_code": force.code(ready.who),
    }
    # An export answers with a file, which is no page.
    page.response = page.client.post(page.path, data=form, base_url=page.base_url)
    assert page.response.status_code in {200, 303}
    assert ready.is_done()
