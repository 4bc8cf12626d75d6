"""Grants are read and reviewed one by one; keys are rotated, and conflicts declared, at their pages."""

import pytest

from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.supervisors import client_of_second_supervisor, second_supervisor
from triage.errors import NoKeyError
from triage.intake.models import ReportRow
from triage.intake.reports import case_report
from triage.keys.compartments import compartments
from triage.keys.models import BoxRow, BoxState
from triage.keys.service import desk_id
from triage.linking.service import confirm
from triage.officers.errors import OneselfError
from triage.officers.grants import grants, grants_as_csv, review_grant
from triage.register.entries import Group, Membership, Person
from triage.register.service import add_entry


def test_a_grant_is_due_after_a_year_until_somebody_else_has_looked_at_it(force: Force) -> None:
    sam, rosa = force.officer("sam"), second_supervisor(force)
    force.clock.forward(days=365)
    with force.database.begin() as session:
        due = grants(session, words="tom desk", only_due=True, by=rosa)
        assert [one.holder for one in due] == ["Tom Arkwright"]
        review_grant(session, due[0].id, by=rosa)
        assert grants(session, words="tom desk", only_due=True, by=rosa) == ()
        (seen,) = grants(session, words="tom desk", by=rosa)
        assert (seen.reviewed_by, seen.reviewed_on) == ("Rosa Thorne", session.today)
        own = next(one for one in grants(session, words="sam underhill", by=sam) if one.holder == "Sam Underhill")
        with pytest.raises(OneselfError):
            review_grant(session, own.id, by=sam)


def test_the_file_has_what_the_page_has(force: Force) -> None:
    with force.database.look() as session:
        found = grants(session, by=force.officer("iris"))
        lines = grants_as_csv(found).splitlines()
    assert len(lines) == len(found) + 1
    assert any(line.startswith("Desk,compartment,Tom Arkwright,2026-11-22,") for line in lines)


def test_an_auditor_filters_who_can_open_what(force: Force) -> None:
    iris = client_for(force, "iris")
    iris.page("/keys")
    iris.follow("Who can open what, grant by grant")
    iris.page("/keys/grants?words=nell+farrow")
    iris.sees("Team Eastgate")
    assert "Still needed" not in iris.text()


def test_a_supervisor_rotates_the_desk_after_somebody_was_suspended(force: Force) -> None:
    report_id, tom = report_at_desk(force, "A van at the back."), force.officer("tom")
    tess = force.officer("tess")
    ada = client_for(force, "ada")
    ada.page(f"/people/{tom.id}")
    ada.submit(reason="An enquiry", button="Suspend")
    sam = client_for(force, "sam")
    sam.page("/keys")
    sam.sees("Due since")
    with force.database.look() as session:
        before = desk_id(session)
    sam.submit(button="Rotate Desk")
    sam.sees("The key is rotated")
    sam.sees("The old key is destroyed two days after it began")
    with force.database.look() as session:
        assert desk_id(session) != before
        assert session.get_one(BoxRow, before).state == BoxState.ROTATING
        with pytest.raises(NoKeyError):
            case_report(session, report_id, by=force.officer("tom"))
        case_report(session, report_id, by=tess)


def test_an_officer_declares_a_conflict_and_a_supervisor_sees_it(force: Force) -> None:
    tess, report_id = force.officer("tess"), report_at_desk(force, "The Harrow lot again.")
    with force.database.begin() as session:
        group = add_entry(session, Group("OCG-0700", "Harrow lot"), by=tess)
        person = add_entry(
            session,
            Person("N-0700", "Harrow", given_names="Gil", memberships=(Membership(group, "principal"),)),
            by=tess,
        )
        confirm(session, report_id, person, by=tess)
    tom = client_for(force, "tom")
    tom.page("/conflicts/declare")
    tom.submit(about="OCG-0700", reason="My cousin", button="Declare it")
    tom.sees("Tick the box")
    tom.submit(about="OCG-0700", reason="My cousin", sure="y", button="Declare it")
    tom.sees("It is declared")
    tom.page("/register")
    assert "Harrow" not in tom.text()
    with force.database.look() as session:
        with pytest.raises(NoKeyError):
            case_report(session, report_id, by=force.officer("tom"))
        assert session.get_one(ReportRow, report_id).compartment_id != desk_id(session)
    sam = client_for(force, "sam")
    sam.page("/conflicts")
    sam.sees("My cousin")
    sam.page("/compartments")
    sam.sees("Tom Arkwright")


def test_a_supervisor_makes_a_compartment_and_two_give_its_key(force: Force) -> None:
    names = {name: str(force.officer(name).id) for name in ("sam", "tess", "tom")}
    with force.database.begin() as session:
        add_entry(session, Group("OCG-0701", "Quarry lot"), by=force.officer("tess"))
    sam = client_for(force, "sam")
    sam.page("/compartments")
    sam.submit(name="Heron", holders=[names["sam"], names["tess"]], button="Make the compartment")
    sam.sees("The compartment is made")
    sam.submit(what="OCG-0701", button="Move it here")
    sam.sees("It is moved")
    sam.submit(officer=names["tom"], reason="He leads on it", button="Propose it")
    sam.sees("It is proposed")
    rosa = client_of_second_supervisor(force)
    rosa.page("/operations")
    rosa.follow("Release of a box")
    rosa.submit(read="y", button="Approve")
    rosa.sees("It is approved")
    sam.page("/operations")
    sam.follow("Release of a box")
    sam.follow("Go to where it is carried out")
    sam.submit(button="Carry it out")
    sam.sees("The key is given")
    with force.database.look() as session:
        (heron,) = compartments(session, by=force.officer("tom"))
        assert heron.name == "Heron"
        assert force.officer("tom").keys.holds(session, heron.box_id)
