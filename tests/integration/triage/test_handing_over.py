"""A new report about somebody behind a wall: who is told that it belongs there, and who moves it."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.audit_lines import audit_lines
from tests.compartments import OTTOLINE
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.pages import text_of
from triage.audit.acts import Act
from triage.compartments.moving import NothingToMoveError, move_one_report
from triage.errors import NoKeyError
from triage.intake.models import ReportRow
from triage.intake.reports import case_report
from triage.keys.compartments import Compartment, make_compartment
from triage.linking.service import confirm
from triage.officers.service import officer_box
from triage.register.entries import Group
from triage.register.service import add_entry
from triage.register.unlocked import unlock_register

ABOUT = "Ottoline Vandersloot sells pills by the arch."
WALL = "Operation Heron"
TOLD = "This report may belong in the compartment"


@pytest.fixture
def wall(force: Force) -> Compartment:
    """Sam and Tess hold it, with Ottoline on its register; Tom holds the desk alone."""
    people = {name: force.officer(name) for name in ("sam", "tess", "tom")}
    with force.database.begin() as session:
        boxes = [officer_box(session, people[name].id).id for name in ("sam", "tess")]
        made = make_compartment(session, WALL, boxes, by=force.officer("sam"))
    with force.database.begin() as session:
        add_entry(session, OTTOLINE, by=force.officer("tess"), compartment_id=made.box_id)
    return made


@pytest.fixture
def report_id(force: Force, wall: Compartment) -> UUID:
    return report_at_desk(force, ABOUT)


def confirmed(force: Force, wall: Compartment, report_id: UUID) -> None:
    tess = force.officer("tess")
    with force.database.begin() as session:
        her = unlock_register(session, wall.box_id, by=tess).by_reference[OTTOLINE.reference.casefold()]
        confirm(session, report_id, her, by=tess)


def test_whoever_holds_the_wall_is_told_to_hand_a_report_over_and_nobody_else(
    force: Force, wall: Compartment, report_id: UUID
) -> None:
    tess, tom = client_for(force, "tess"), client_for(force, "tom")
    for is_confirmed in (False, True):
        if is_confirmed:
            confirmed(force, wall, report_id)
        for page in (f"/reports/{report_id}", f"/reports/{report_id}/links"):
            shown = text_of(tess.page(page))
            assert f"{TOLD} {WALL}" in shown
            assert "Tell Sam Underhill" in shown
            assert "The compartment is about Ottoline Vandersloot." in shown
            hidden = text_of(tom.page(page))
            for word in (TOLD, WALL, "Vandersloot was", "nother compartment", "Link confirmed", "Tell Sam"):
                assert word not in hidden


def test_a_supervisor_moves_it_from_its_own_page_for_a_reason(force: Force, wall: Compartment, report_id: UUID) -> None:
    sam = client_for(force, "sam")
    sam.page(f"/reports/{report_id}")
    sam.follow("Move the report there")
    sam.submit(compartment=str(wall.id), reason="", button="Move the report")
    sam.sees("Enter why you move it")
    sam.submit(compartment=str(wall.id), reason="It is about that group", button="Move the report")
    assert sam.path == f"/reports/{report_id}"
    sam.does_not_see(TOLD)
    with force.database.look() as session:
        assert session.get_one(ReportRow, report_id).compartment_id == wall.box_id
        assert case_report(session, report_id, by=force.officer("tess")).id == report_id
        with pytest.raises(NoKeyError):
            case_report(session, report_id, by=force.officer("tom"))
    [line] = [one for one in audit_lines(force, force.officer("sam").id) if one["act"] == Act.COMPARTMENT_MOVED]
    assert (line["subject"], line["to"]) == (str(report_id), str(wall.id))
    assert line["reason"] == "It is about that group"


def test_a_report_is_moved_once_and_by_who_opens_it(force: Force, wall: Compartment, report_id: UUID) -> None:
    with force.database.begin() as session:
        move_one_report(session, report_id, wall, by=force.officer("sam"))
    with pytest.raises(NothingToMoveError), force.database.begin() as session:
        move_one_report(session, report_id, wall, by=force.officer("sam"))
    tom = force.officer("tom")
    with force.database.begin() as session:
        other = make_compartment(session, "Another", [tom.keys.box_id], by=force.officer("sam"))
    with pytest.raises(NoKeyError), force.database.begin() as session:
        move_one_report(session, report_id, other, by=tom)


def test_a_compartment_is_told_apart_by_what_its_reader_may_know_of_it(
    force: Force, wall: Compartment, report_id: UUID
) -> None:
    """A wall of a conflict is named by its day: whoever chooses reads whom it is about, or who holds it."""
    tess, tom = force.officer("tess"), force.officer("tom")
    with force.database.begin() as session:
        apart = make_compartment(
            session, "Apart 2026-11-22", [tess.keys.box_id, tom.keys.box_id], by=force.officer("sam")
        )
    with force.database.begin() as session:
        add_entry(
            session, replace(OTTOLINE, reference="N-9002", surname="Quayle"), by=tess, compartment_id=apart.box_id
        )
    with force.database.begin() as session:
        for number in range(4):
            group = Group(reference=f"OCG-90{number}", name=f"Firm {number}")
            add_entry(session, group, by=tess, compartment_id=wall.box_id)
    sam = client_for(force, "sam")
    sam.page(f"/reports/{report_id}/move")
    labels = [text_of(one) for one in sam.root.findall(".//option")]
    assert labels == [
        "Choose a compartment",
        "Apart 2026-11-22: held by Tess Marlow and Tom Arkwright, made on 22 November 2026",
        f"{WALL}: about Firm 0, Firm 1, Firm 2 and 1 more",
    ]
    sam.does_not_see("Quayle")
