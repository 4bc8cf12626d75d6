"""`quietword register import` brings groups, people and ties in from CSV."""

from pathlib import Path

import click

from triage.commands.opening import Credentials, opened, with_credentials
from triage.officers.rules import Permission
from triage.register.importing import ImportProgress, import_register

ERRORS_SHOWN = 50


@click.group(short_help="The groups and people that reports are linked to.")
def register() -> None:
    """The register of groups and people that reports are linked to."""


@with_credentials
@register.command("import", short_help="Import the register from a folder of CSV files.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def import_folder(who: Credentials, folder: Path) -> None:
    """Import groups.csv, people.csv and ties.csv of FOLDER, those that are there.

    Good rows go in and bad rows are listed. It adds and never overwrites, so doing it again does no harm.
    """
    with opened() as here:
        officer = who.sign_in(here, Permission.EDIT_REGISTER)
        with click.progressbar(length=1000, label="Importing", show_eta=False) as bar:

            def show(progress: ImportProgress) -> None:
                bar.update(round(progress.share * 1000) - bar.pos)

            done = import_register(here.database, folder, by=officer, progress=show)
    for error in done.errors[:ERRORS_SHOWN]:
        click.echo(f"{error.file}, row {error.row}, {error.column}: {error.sentence}", err=True)
    if len(done.errors) > ERRORS_SHOWN:
        click.echo(f"And {len(done.errors) - ERRORS_SHOWN:,} more.", err=True)
    click.echo(f"Added: {done.added:,}. There already: {done.already:,}. Refused: {done.refused:,}.")
    if done.refused:
        raise click.exceptions.Exit(1)
