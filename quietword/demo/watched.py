"""What an auditor of the demo did: one record that nobody has reason to open, and a sample of what was done."""

from sqlalchemy import select

from quietword.demo.desk import Desk
from triage.audit.reading import Wanted
from triage.database import Database
from triage.officers.officer import Officer
from triage.oversight.honey import choose_honey
from triage.oversight.sampling import Outcome, draw, review, sample
from triage.register.entries import Kind, Status
from triage.register.models import EntryRow


def watch_a_record(database: Database, desk: Desk) -> None:
    """A person on the register, an archived one where there is one."""
    archived = EntryRow.state == Status.ARCHIVED.value
    with database.begin() as session:
        people = select(EntryRow.id).where(EntryRow.kind == Kind.PERSON.value)
        found = session.scalars(people.order_by(archived.desc(), EntryRow.id).limit(1)).one()
        choose_honey(session, found, by=desk.officer("martin"))


def draw_a_sample(database: Database, martin: Officer) -> None:
    """Two in a hundred lines, the first of which is looked at already and in order."""
    with database.begin() as session:
        seed = draw(session, Wanted(), by=martin)
    with database.begin() as session:
        first = sample(session, seed, page=1, by=martin).shown[0]
        review(session, seed, first.line.id, Outcome.IN_ORDER, by=martin)
