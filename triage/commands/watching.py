"""`quietword watch` rings the force's bell when a report says that someone is in danger now."""

import click

from store.collection import Collection
from store.publishing import Publishing
from triage.bell.ringing import ring
from triage.bell.watching import Watch
from triage.commands.opening import opened
from triage.errors import TriageError
from triage.intake.collecting import Wanted, release_drops, stop_on_signals


class NoBellError(TriageError):
    """There is nothing to ring with."""

    def __init__(self) -> None:
        super().__init__(
            "Set QUIETWORD_BELL_COMMAND to the program that calls somebody, with its arguments. "
            "Without it the public form says that there is no alarm."
        )


@click.command(short_help="Call somebody when a report says that someone is in danger now.")
def watch() -> None:
    """Call somebody (QUIETWORD_BELL_COMMAND) when a report says that someone is in danger now, until an officer
    answers or has read it; call somebody else too (QUIETWORD_BELL_ESCALATION_COMMAND) when nobody does.

    It needs nobody's key, takes in only what is in danger, says nothing of any report, and tests itself daily.
    """
    with opened() as here:
        if not here.settings.bell_command:
            raise NoBellError
        collection = Collection(here.drop)
        watching = Watch(
            here.database,
            here.settings,
            Publishing(here.drop),
            collect=lambda: release_drops(here.database, here.settings, collection, release=Wanted.DANGER_ONLY),
            ring=ring,
        )
        stopping = stop_on_signals()
        click.echo("Watching for danger. Ctrl-C stops.")
        watching.until(stopping)
        click.echo("Stopped watching: the public form says that there is no alarm.")
