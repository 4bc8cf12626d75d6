"""The second unit of work of a disposal that an officer decided on a page, after the first is committed."""

from triage.database import database
from triage.disposal.certifying import certify_destroyed
from triage.disposal.scrubbing import scrub
from triage.disposal.service import destroy_agreed
from triage.disposal.written_down import DestroyedIds
from triage.officers.officer import Officer
from triage.settings import settings


def destroy_now(*, by: Officer) -> None:
    """Destroy what is agreed, keys and rows, and certify what can be certified at once.

    Raises:
        BackupListError: nothing was destroyed; what was decided stands, and a later run destroys it.
    """
    with database().begin() as session:
        gone = destroy_agreed(session, DestroyedIds(settings().backups_path), by=by)
    if gone:
        scrub(database())
    with database().begin() as session:
        certify_destroyed(session, by=by)
