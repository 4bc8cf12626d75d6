"""Publishes the day's notices and carries out burns: each unit of work can be repeated after a crash."""

from dataclasses import dataclass

from config import TriageSettings
from envelope.mailbox import lookup_id_of
from store.collection import Collection
from store.publishing import Publishing
from triage.database import Database
from triage.intake.mailboxes import burnt_among, forget_old_burns, take_in_burns
from triage.keys.system import system_actor
from triage.outcome.notices import clear_published, due_notices, forget_burnt


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
    burnt = _carry_out_burns(database, publishing=publishing, collection=collection)
    with database.begin() as session:
        forget_burnt(session)
        forget_old_burns(session)
        batch = due_notices(session)
        today = session.today
    publishing.publish_notices(batch)
    publishing.remove_expired(today)
    # Another collector may have carried out a burn after this batch was read: what it took down must not come back.
    with database.look() as session:
        came_back = burnt_among(session, {notice.lookup_id for notice in batch})
    publishing.remove_notices(came_back)
    if batch:
        with database.begin() as session:
            clear_published(session, batch, by=system_actor(session, settings))
    return Published(len(batch), burnt)


def _carry_out_burns(database: Database, *, publishing: Publishing, collection: Collection) -> int:
    """Delete what the public form already hides, and then the burns themselves, each only once; gives how many.

    Each step stands before the next begins: no notice starts on its way there any more, none is on the board, and
    only then does the burn go that hid them. A burn whose preimage does not give its lookup id is not its holder's.
    """
    burns = collection.burns()
    if not burns:
        return 0
    burnt = [burn.lookup_id for burn in burns if lookup_id_of(burn.preimage) == burn.lookup_id]
    with database.begin() as session:
        take_in_burns(session, burnt)
        forget_burnt(session)
    publishing.remove_notices(burnt)
    collection.destroy_burns(burn.preimage for burn in burns)
    return len(burnt)
