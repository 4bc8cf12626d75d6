"""Publishes the day's notices and carries out burns: each unit of work can be repeated after a crash."""

from dataclasses import dataclass

from config import TriageSettings
from envelope.mailbox import lookup_id_of
from store.collection import Collection
from store.publishing import Publishing
from triage.database import Database
from triage.keys.system import system_actor
from triage.outcome.notices import clear_published, due_notices, forget_mailboxes


@dataclass(frozen=True)
class Published:
    """What one round did."""

    notices: int
    burns: int


def publish_due_notices(
    database: Database, settings: TriageSettings, *, publishing: Publishing, collection: Collection
) -> Published:
    """Carry out burns, publish the notices that are due, take down the expired ones.

    The board is written before the waiting rows are cleared, and takes a notice it already has as read, so a power
    cut in between publishes nothing twice and loses nothing.

    Raises:
        StoreUnavailableError: the public host's database could not be reached; everything still waits.
    """
    burns = collection.burns()
    burnt = [burn.lookup_id for burn in burns if lookup_id_of(burn.preimage) == burn.lookup_id]
    if burnt:
        with database.begin() as session:
            forget_mailboxes(session, burnt)
        publishing.remove_notices(burnt)
    with database.begin() as session:
        batch = due_notices(session)
        today = session.today
    publishing.publish_notices(batch)
    publishing.remove_expired(today)
    if batch:
        with database.begin() as session:
            clear_published(session, batch, by=system_actor(session, settings))
    return Published(len(batch), len(burnt))
