"""`quietword keys vouch`: sign the keys, grants and periods of a database that is older than their signatures."""

from collections.abc import Sequence

import click

from config import TriageSettings
from triage.audit.acts import Act
from triage.audit.service import record
from triage.commands.opening import opened
from triage.database import CaseSession, Database
from triage.intake.retention import sign_periods_that_stand
from triage.keys.host_signed import sign_what_stands, unsigned_boxes
from triage.keys.models import BoxRow
from triage.keys.service import fingerprint
from triage.keys.system import system_actor, system_secret
from web.filters import counted

# Beside this host's own secret, and in no database: whoever writes to those cannot have them vouched for again.
DONE = "keys-vouched-for"


def vouch_once(settings: TriageSettings) -> None:
    """Vouch for databases as they stand when this host first brings them up to a version that asks for it."""
    done = settings.instance / DONE
    if done.exists():
        return
    database = Database.open(settings)
    try:
        with database.begin() as session:
            vouch_for_all(session, settings)
    finally:
        database.dispose()
    done.touch(mode=0o600)


def vouch_for_all(session: CaseSession, settings: TriageSettings) -> int:
    """Sign every key, grant and period as it stands, where this host has not; gives how many boxes that was."""
    system_secret(settings)
    fresh = sign_what_stands(session)
    sign_periods_that_stand(session)
    if fresh:
        record(session, Act.KEY_BOUND, None, by=system_actor(session, settings), reason=_WHY, count=len(fresh))
    return len(fresh)


_WHY = "boxes and grants signed by this host, as the database had them"


@click.command("vouch", short_help="Once, for an older backup: sign the keys that stand in the database.")
@click.option("--yes", is_flag=True, help="The fingerprints were compared; do not ask.")
def vouch(*, yes: bool) -> None:
    """Sign the public keys, grants and periods of retention that this host has not signed, as the database has them.

    `quietword migrate` does it once by itself. It is needed again only after a backup from before was brought back. If
    the program refuses a key and nothing was brought back, somebody wrote to the database: find out who, first.
    """
    with opened() as here, here.database.begin() as session:
        _show(unsigned_boxes(session))
        if not yes:
            click.confirm("Are these the keys that you know, such as from a print of the Keys page?", abort=True)
        count = vouch_for_all(session, here.settings)
    click.echo(f"Signed: {counted(count, 'key')}, and every grant and period there is.")


def _show(boxes: Sequence[BoxRow]) -> None:
    for box in boxes:
        click.echo(f"{fingerprint(box.public_key)}  {box.name or box.purpose}  {box.created_on.isoformat()}")
