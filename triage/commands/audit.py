"""`quietword audit verify` reads the whole audit log and says whether anybody has touched it."""

import click

from triage.audit.checkpoints import Checkpoint
from triage.commands.opening import opened
from triage.officers.witness import checkpoint, verify_audit_log
from web.filters import counted


@click.group()
def audit() -> None:
    """The log of who did what, which nobody can change unseen."""


@audit.command(short_help="Find any edit, removal or reordering.")
@click.option(
    "--against",
    "copies",
    multiple=True,
    metavar="LINE",
    help="A checkpoint that this command printed before and that you kept elsewhere. It may be given more than once.",
)
def verify(copies: tuple[str, ...]) -> None:
    """Find any edit, removal, insertion or reordering; exit with 1 when there is one.

    What it prints at the end is a checkpoint: keep a copy somewhere that this host cannot write to.
    """
    kept = [Checkpoint.from_text(copy) for copy in copies]
    with opened() as here:
        with here.database.look() as session:
            found = verify_audit_log(session, here.settings, copies=kept)
        if found.holds:
            with here.database.begin() as session:
                checkpoint(session, here.settings)
    if not found.holds:
        for problem in found.problems:
            click.echo(problem, err=True)
        click.echo(
            f"The audit log was touched: {counted(len(found.problems), 'problem')} in {counted(found.lines, 'line')}.",
            err=True,
        )
        raise click.exceptions.Exit(1)
    click.echo(f"The audit log holds: {counted(found.lines, 'line')}, {counted(found.checkpoints, 'checkpoint')}.")
    click.echo(found.checkpoint.to_text())
