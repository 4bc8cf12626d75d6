"""Archived entries of the register: listed when they are due, reviewed by one, erased early by two."""

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.audit_lines import audit_lines
from tests.compartments import make_compartment
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.supervisors import client_of_second_supervisor
from triage.disposal.deciding import set_hold
from triage.disposal.entry_holds import set_entry_hold
from triage.disposal.errors import DisposalError, HeldError, NotArchivedError, NotDueError
from triage.disposal.models import DisposalRow
from triage.disposal.rules import Ground
from triage.disposal.service import Told, decide_alone, decide_entry, destroy_agreed
from triage.disposal.written_down import DestroyedIds
from triage.errors import NoKeyError
from triage.intake.models import LegalHoldRow
from triage.intake.reports import read_by_a_person
from triage.keys.system import system_actor
from triage.linking.service import Found, confirm
from triage.operations.models import OperationRow
from triage.register.entries import Person
from triage.register.models import EntryRow
from triage.register.service import add_entry, archive_entry

EARLY = Told(Ground.EARLY, operation_id=UUID(int=5))
YEARS = 10 * 365 + 3


def archived(force: Force, surname: str = "Quillfeather", *, reference: str = "N-1") -> UUID:
    tom = force.officer("tom")
    with force.database.begin() as session:
        entry_id = add_entry(session, Person(reference, surname, given_names="Ada"), by=tom)
    with force.database.begin() as session:
        archive_entry(session, entry_id, version=1, reason="moved away", by=tom)
    return entry_id


def gone(force: Force, entry_id: UUID) -> bool:
    with force.database.look() as session:
        return session.get(EntryRow, entry_id) is None


def test_the_list_shows_what_is_archived_and_due_and_filters_and_sorts(force: Force) -> None:
    entry_id = archived(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        add_entry(session, Person("N-2", "Underwoode"), by=tom)
    force.clock.forward(days=YEARS)
    archived(force, "Newcombe", reference="N-3")
    sam = client_for(force, "sam")
    sam.page("/disposal")
    sam.follow("Archived entries of the register")
    assert "Quillfeather" in sam.text()
    assert "Newcombe" not in sam.text()
    for address in ("?shown=all&kind=person&sort=-kind", "?shown=all", "?shown=x&kind=y&sort=z&page=-1"):
        sam.page(f"/disposal/entries{address}")
        assert "Quillfeather" in sam.text()
        assert "Underwoode" not in sam.text()
    sam.page("/disposal/entries?shown=all&kind=group")
    assert "Quillfeather" not in sam.text()
    lines = [line for line in audit_lines(force) if line.get("reason") == "archived entries"]
    assert len(lines) == 5
    assert not gone(force, entry_id)


def test_one_reviewer_keeps_or_disposes_of_what_is_due(force: Force) -> None:
    entry_id = archived(force)
    force.clock.forward(days=YEARS)
    sam = client_for(force, "sam")
    sam.page(f"/register/{entry_id}/keeping")
    sam.submit({"decision": "keep", "reason": ""}, button="Go on")
    assert "Enter why" in sam.text()
    sam.submit({"decision": "keep", "reason": "His brother is active"}, button="Go on")
    assert "its period begins again" in sam.text()
    assert "Quillfeather" not in sam.text()
    sam.page(f"/register/{entry_id}/keeping")
    assert "Dispose of it" not in sam.text()
    force.clock.forward(days=YEARS)
    sam = client_for(force, "sam")
    sam.page(f"/register/{entry_id}/keeping")
    sam.submit({"decision": "dispose", "reason": "Nothing came of it"}, button="Go on")
    assert "no key opens it any more" in sam.text()
    assert gone(force, entry_id)
    with force.database.look() as session:
        assert session.scalars(select(DisposalRow)).one().subject_id == entry_id
    told = [line["act"] for line in audit_lines(force) if line.get("subject") == str(entry_id)]
    assert told.count("retention reviewed") == 2
    assert told[-1] == "disposed of, and its keys destroyed"


def test_what_is_not_due_takes_a_second_person(force: Force) -> None:
    entry_id = archived(force)
    sam = client_for(force, "sam")
    sam.page(f"/register/{entry_id}/keeping")
    sam.submit({"decision": "erase", "reason": "A court ordered it"}, button="Go on")
    assert not gone(force, entry_id)
    with force.database.look() as session:
        operation_id = session.scalars(select(OperationRow.id)).one()
    rosa = client_of_second_supervisor(force)
    rosa.page(f"/operations/{operation_id}")
    assert f"/register/{entry_id}/keeping" in rosa.response.get_data(as_text=True)
    rosa.submit({"read": "y"}, button="Approve")
    sam.page(f"/disposal/erasures/{operation_id}")
    sam.submit(button="Carry it out")
    assert gone(force, entry_id)


def test_an_entry_in_use_is_not_disposed_of_and_one_of_another_compartment_is_none(force: Force) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        in_use = add_entry(session, Person("N-9", "Underwoode"), by=tom)
    box_id = make_compartment(force, for_name="tess")
    tess, sam = force.officer("tess"), client_for(force, "sam")
    with force.database.begin() as session:
        apart = session.scalars(select(EntryRow.id).where(EntryRow.compartment_id == box_id)).one()
        archive_entry(session, apart, version=1, reason="moved away", by=tess)
    answer = sam.client.get(f"/register/{apart}/keeping", base_url=sam.base_url)
    assert "There is nothing here that you can open" in answer.get_data(as_text=True)
    sam.page(f"/register/{in_use}/keeping")
    assert "what is in use is not disposed of" in sam.text()
    asked = {"csrf_token": sam.value("csrf_token"), "decision": "erase", "reason": "Why not"}
    sam.client.post(f"/register/{in_use}/keeping", data=asked, base_url=sam.base_url)
    with force.database.look() as session:
        assert session.scalars(select(OperationRow)).first() is None
    for wanted in (EARLY, Told(Ground.REVIEWED, reason="x")):
        with pytest.raises(NotArchivedError), force.database.begin() as session:
            decide_entry(session, in_use, wanted, due=session.today, by=force.officer("sam"))
    sam.page("/disposal/entries?shown=all")
    assert "Vandersloot" not in sam.text()
    assert "0 entries" in sam.text()


def test_what_was_decided_of_a_held_report_goes_with_no_entry(force: Force) -> None:
    """Who the report is about is a part of it, and a hold is on all of it."""
    report_id, tom, sam = report_at_desk(force), force.officer("tom"), force.officer("sam")
    with force.database.begin() as session:
        entry_id = add_entry(session, Person("N-1", "Quillfeather"), by=tom)
    with force.database.begin() as session:
        confirm(session, report_id, entry_id, by=tom, found=Found.SEARCHED)
        archive_entry(session, entry_id, version=1, reason="moved away", by=tom)
        set_hold(session, report_id, reason="for a trial", by=sam)
    with pytest.raises(HeldError), force.database.begin() as session:
        decide_entry(session, entry_id, EARLY, due=session.today, by=sam)


def test_a_report_that_somebody_linked_never_goes_by_itself(force: Force) -> None:
    """What an officer said of it is a person's to weigh (DPA 2018 s.49), though nobody graded it."""
    report_id, tom = report_at_desk(force), force.officer("tom")
    with force.database.begin() as session:
        read_by_a_person(session, report_id, by=tom)
        entry_id = add_entry(session, Person("N-1", "Quillfeather"), by=tom)
    with force.database.begin() as session:
        confirm(session, report_id, entry_id, by=tom, found=Found.SEARCHED)
    force.clock.forward(days=365)
    with pytest.raises(NotDueError), force.database.begin() as session:
        decide_alone(session, report_id, by=system_actor(session, force.settings))


def test_a_legal_hold_on_an_entry_itself_stops_its_disposal_until_it_is_lifted(force: Force) -> None:
    entry_id, other_id = archived(force), archived(force, "Newcombe", reference="N-2")
    force.clock.forward(days=YEARS)
    sam, officer = client_for(force, "sam"), force.officer("sam")
    sam.page(f"/register/{entry_id}/keeping")
    sam.submit({"decision": "hold", "reason": "For a trial"}, button="Go on")
    assert "The legal hold is set" in sam.text()
    assert ("Quillfeather" in sam.text(), "Newcombe" in sam.text()) == (False, True)
    sam.page("/disposal/entries?shown=held")
    assert ("Quillfeather" in sam.text(), "Newcombe" in sam.text()) == (True, False)
    for told in (EARLY, Told(Ground.REVIEWED, reason="x")):
        with pytest.raises(HeldError), force.database.begin() as session:
            decide_entry(session, entry_id, told, due=session.today, by=officer)
    sam.page(f"/register/{entry_id}/keeping")
    assert "A legal hold is on this entry" in sam.text()
    assert "Dispose of it" not in sam.text()
    sam.submit({"decision": "lift", "reason": "The trial is over"}, button="Go on")
    assert "The legal hold is lifted" in sam.text()
    sam.page(f"/register/{entry_id}/keeping")
    sam.submit({"decision": "dispose", "reason": "Nothing came of it"}, button="Go on")
    assert gone(force, entry_id)
    assert not gone(force, other_id)
    with force.database.look() as session:
        assert session.scalars(select(LegalHoldRow)).all() == []
    told_of = [(line["act"], line["reason"]) for line in audit_lines(force) if line.get("subject") == str(entry_id)]
    assert ("legal hold set", "For a trial") in told_of
    assert ("legal hold lifted", "The trial is over") in told_of


def test_a_hold_that_comes_between_the_decision_and_the_destruction_stops_it(force: Force) -> None:
    entry_id, sam = archived(force), force.officer("sam")
    with force.database.begin() as session:
        decide_entry(session, entry_id, EARLY, due=session.today, by=sam)
    with force.database.begin() as session, pytest.raises(DisposalError, match="Enter why"):
        set_entry_hold(session, entry_id, reason=" ", by=sam)
    with force.database.begin() as session:
        set_entry_hold(session, entry_id, reason="For a trial", by=sam)
    with force.database.begin() as session:
        assert destroy_agreed(session, DestroyedIds(force.settings.instance / "backups"), by=sam) == ()
        assert session.scalars(select(DisposalRow)).all() == []
    assert not gone(force, entry_id)


def test_who_does_not_open_an_entry_holds_nothing_of_it(force: Force) -> None:
    box_id = make_compartment(force, for_name="tess")
    with force.database.look() as session:
        apart = session.scalars(select(EntryRow.id).where(EntryRow.compartment_id == box_id)).one()
    with pytest.raises(NoKeyError), force.database.begin() as session:
        set_entry_hold(session, apart, reason="For a trial", by=force.officer("sam"))
