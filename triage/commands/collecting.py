"""`quietword collect` takes in what waits at the public host, once or until it is stopped."""

from collections.abc import Callable

import click

from store.collection import Collection
from store.publishing import Publishing
from triage.backup.errors import DayKeysAwayError
from triage.backup.making import expire_backups
from triage.commands.opening import Opened, opened
from triage.compartments.following import follow_keys
from triage.disposal.errors import BackupListError
from triage.disposal.running import run_disposals
from triage.intake.collecting import Collected, Wanted, follow, hours_in_words, release_drops, stop_on_signals
from triage.intake.retention import ForgedPeriodError
from triage.intake.retiring import retire
from triage.intake.unsealing import forget_released
from triage.keys.rotating import settle_rotations
from triage.keys.system import system_actor
from triage.officers.session import sweep_sessions
from triage.officers.vetting import lapse
from triage.officers.witness import checkpoint
from triage.outcome.publishing import publish_due_notices

NO_ROOM = (
    "The case database has no room left for files: they stay at the public host, and words are taken in. Make its disk "
    "larger, or see QUIETWORD_CASE_MOST_MB and QUIETWORD_CASE_KEEP_FREE_MB."
)


@click.command(short_help="Take in the reports that wait.")
@click.option("--follow", "following", is_flag=True, help="Go on until stopped, at QUIETWORD_RELEASE_HOURS.")
@click.option("--danger-only", is_flag=True, help="Take in only what says that somebody is in danger now.")
def collect(*, following: bool, danger_only: bool) -> None:
    """Take in the reports that wait, carry out burns, publish notices, and retire the keys of days that are over.

    It needs nobody's key: what it takes in stays sealed until an officer opens it.
    """
    with opened() as here:
        collection = Collection(here.drop)

        def release(wanted: Wanted) -> Collected:
            collected = release_drops(here.database, here.settings, collection, release=wanted)
            _say(collected)
            return collected

        afterwards = _afterwards(here, collection)
        if following:
            click.echo(f"Collecting {here.settings.release.value}, and danger at once. Ctrl-C stops.")
            follow(
                release,
                here.settings,
                clock=here.database.clock,
                stopping=stop_on_signals(),
                afterwards=afterwards,
            )
            return
        collected = release(Wanted.DANGER_ONLY if danger_only else Wanted.EVERYTHING)
        if not collected.drop_ids:
            click.echo("Nothing was waiting.")
        if not danger_only:
            afterwards(collected)


def _afterwards(here: Opened, collection: Collection) -> Callable[[Collected], None]:
    publishing = Publishing(here.drop)

    def run(_collected: Collected) -> None:
        publishing.set_next_release(hours_in_words(here.database.clock(), here.settings.release_hours))
        publish_due_notices(here.database, here.settings, publishing=publishing, collection=collection)
        for day in retire(here.database, here.settings, collection, publishing).overdue:
            click.echo(f"The key of {day.isoformat()} is long past its end: open what waits under it.", err=True)
        # Apart, because a checkpoint holds the head of the log, and people, boxes and rows are held before that.
        with here.database.begin() as session:
            settle_rotations(session)
        with here.database.begin() as session:
            sweep_sessions(session, here.settings)
            forget_released(session)
            checkpoint(session, here.settings)
            follow_keys(session, by=lambda: system_actor(session, here.settings))
        with here.database.begin() as session:
            for officer_id in lapse(session, by=system_actor(session, here.settings)):
                click.echo(f"The vetting of {officer_id} has ended: they are shut out.", err=True)
        try:
            run_disposals(here.database, here.settings)
            expire_backups(here.database, here.settings)
        except (BackupListError, DayKeysAwayError, ForgedPeriodError) as error:
            # Whose disk must be mended, or who wrote there, is for people to find out; reports are still taken in.
            click.echo(str(error), err=True)

    return run


def _say(collected: Collected) -> None:
    if collected.files_left:
        click.echo(NO_ROOM, err=True)
    if collected.drop_ids:
        danger = f", {collected.danger} of them danger now" if collected.danger else ""
        again = f" {collected.replayed} had been taken in before." if collected.replayed else ""
        click.echo(f"Taken in: {collected.new}{danger}.{again}")
