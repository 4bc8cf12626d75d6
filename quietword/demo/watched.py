"""One record that nobody has reason to open, so that an auditor of the demo can see what sets off an alert."""

from sqlalchemy import select

from config import TriageSettings
from quietword.demo.founding import at_work
from quietword.demo.notebook import Notebook
from triage.database import Database
from triage.oversight.honey import choose_honey
from triage.register.entries import Kind, Status
from triage.register.models import EntryRow


def watch_a_record(database: Database, settings: TriageSettings, notebook: Notebook) -> None:
    """A person on the register, an archived one where there is one."""
    auditor = at_work(database, settings, notebook.first_with("auditor"))
    archived = EntryRow.state == Status.ARCHIVED.value
    with database.begin() as session:
        people = select(EntryRow.id).where(EntryRow.kind == Kind.PERSON.value)
        found = session.scalars(people.order_by(archived.desc(), EntryRow.id).limit(1)).one()
        choose_honey(session, found, by=auditor)
