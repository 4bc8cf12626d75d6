"""The demo's officers at their desk: who is signed in, and what they open on a day."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from config import TriageSettings
from envelope.mailbox import NoticeState
from quietword.demo.founding import at_work
from quietword.demo.notebook import Notebook, millbrook
from store.collection import Collection
from store.engine import open_engine
from store.publishing import Publishing
from triage.database import Database
from triage.intake.collecting import Wanted, release_drops
from triage.intake.reports import case_report
from triage.intake.unsealing import unseal_waiting
from triage.officers.officer import Officer
from triage.officers.rules import Role
from triage.outcome.notices import queue_notice
from triage.outcome.publishing import publish_due_notices


def database_at(database: Database, moment: datetime) -> Database:
    """The same databases, for work that was done at another time."""
    return replace(database, clock=lambda: moment)


@dataclass
class Desk:
    """The officers of the demo, all of them signed in; nobody's second factor is spent."""

    database: Database
    settings: TriageSettings
    notebook: Notebook
    _at_work: dict[str, Officer] = field(default_factory=dict, repr=False)

    def everybody_comes_in(self) -> None:
        """Unlock the keys of whoever has work; not within another unit of work, which would hold SQLite's only write
        lock. An administrator opens nothing, and need not wait for Argon2id.
        """
        for person in self.notebook.sign_ins:
            if Role(person.role) is not Role.ADMINISTRATOR:
                self.officer(person.sign_in)

    def officer(self, sign_in: str) -> Officer:
        """Somebody at work; they come in where they have not yet."""
        if sign_in not in self._at_work:
            person = self.notebook.sign_in_of(sign_in)
            self._at_work[sign_in] = at_work(self.database, self.settings, person)
        return self._at_work[sign_in]

    def open_all(self, database: Database) -> dict[str, UUID]:
        """Collect and unseal everything that waits; gives the new reports by their key in reports.json."""
        engine = open_engine(self.settings.drop_url)
        try:
            release_drops(database, self.settings, Collection(engine), release=Wanted.EVERYTHING)
        finally:
            engine.dispose()
        key_of = {told["answers"]["what"]: told["key"] for told in millbrook("reports.json")}
        officer, found = self.officer("anna"), {}
        with database.begin() as session:
            for report_id in unseal_waiting(session, by=officer, limit=100).opened:
                queue_notice(session, report_id, NoticeState.RECEIVED, by=officer, release=self.settings.release)
                found[key_of[case_report(session, report_id, by=officer).answers["what"]]] = report_id
        return found

    def publish_notices(self, database: Database) -> None:
        """Put the day's notices on the board, as the collector does after a release."""
        engine = open_engine(self.settings.drop_url)
        try:
            publishing, collection = Publishing(engine), Collection(engine)
            publish_due_notices(database, self.settings, publishing=publishing, collection=collection)
        finally:
            engine.dispose()
