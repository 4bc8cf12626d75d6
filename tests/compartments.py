"""A second compartment for tests: held by one officer beside the desk, with one person on its register."""

from uuid import UUID

from tests.force import Force
from triage.keys.models import Purpose
from triage.keys.service import create_box, seal_grant
from triage.officers.service import officer_box
from triage.register.entries import Person
from triage.register.service import add_entry

OTTOLINE = Person(reference="N-9001", surname="Vandersloot", given_names="Ottoline")


def make_compartment(force: Force, *, for_name: str) -> UUID:
    """A compartment that one officer holds, with Ottoline Vandersloot on its register."""
    officer = force.officer(for_name)
    with force.database.begin() as session:
        box, identity = create_box(session, Purpose.COMPARTMENT, name="apart")
        seal_grant(session, box.id, identity, officer_box(session, officer.id), granted_by=officer.id)
    officer = force.officer(for_name)
    with force.database.begin() as session:
        add_entry(session, OTTOLINE, by=officer, compartment_id=box.id)
    return box.id
