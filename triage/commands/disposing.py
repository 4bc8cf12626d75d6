"""`quietword disposal run`: let go what may go by itself, and finish what officers decided."""

import click

from triage.backup.making import expire_backups
from triage.commands.opening import opened
from triage.disposal.running import Progress, run_disposals
from triage.disposal.scrubbing import LEFT_BEHIND
from triage.intake.collecting import stop_on_signals
from web.filters import counted

NOT_CLEANED = 1


@click.group(short_help="Let go of what is kept no longer.")
def disposal() -> None:
    """What is kept no longer: destroyed by its keys, with a certificate."""


@disposal.command("run", short_help="Let go what may go by itself.")
def run() -> None:
    """Let go what was read, never graded, and had no news in its period; finish what officers decided; certify it.

    It needs nobody's key. Stop it with Ctrl-C at any time: it goes on from there when it is run again. What was graded
    waits for a person, under Disposal. Exit code 1: it is destroyed, and bytes of its keys may be left on the disk.
    """
    stopping = stop_on_signals()

    def tell(progress: Progress) -> None:
        click.echo(f"{progress.looked_at} of {progress.total} looked at, {progress.destroyed} destroyed.", err=True)

    with opened() as here:
        done = run_disposals(here.database, here.settings, tell=tell, stopping=stopping.is_set)
        expire_backups(here.database, here.settings)
    click.echo(f"Destroyed: {counted(done.destroyed, 'record')}. Certified: {counted(done.certified, 'record')}.")
    if done.refused:
        click.echo(f"Let go: {counted(done.refused, 'drop')} that nothing opens.")
    if not done.scrubbed:
        click.echo(LEFT_BEHIND, err=True)
        raise click.exceptions.Exit(NOT_CLEANED)
