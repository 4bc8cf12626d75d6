"""`quietword backup`: make, list, expire, bring back, and rehearse bringing back."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.engine import URL

from config import TriageSettings
from envelope.identity import Identity
from envelope.shares import ShareError, join_shares
from triage.asking import ask_passphrase
from triage.backup.agreeing import Agreeing
from triage.backup.day_keys import DayKeys
from triage.backup.errors import BackupError
from triage.backup.making import CASES, KEY_KIND, backups_in, expire_backups, make_backup
from triage.backup.restoring import Restored, named, restore
from triage.commands.opening import opened
from triage.commands.recovering import ask_shares
from triage.database import Database
from triage.disposal.rules import key_backup_opens_until
from triage.intake.models import ReportRow
from triage.keys.keyring import KeyRing
from triage.keys.recovery import WrongSharesError
from triage.keys.service import BoxName, box_named
from triage.officers.confirming import let_in_first
from web.filters import counted

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


class NoBackupError(BackupError):
    """There is nothing to bring back."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no backup in {folder}. Make one with `quietword backup make`.")


@click.group(short_help="Back up, and bring back.")
def backup() -> None:
    """Backups of the cases, and of their keys for seven days; both sealed, so that only the shares open them."""


@backup.command("make", short_help="Back up the cases and their keys, and let old backups expire.")
def make() -> None:
    """Back up the cases and their keys, and let old backups expire. It needs nobody's key.

    Copy the files anywhere. The folder of the day keys (QUIETWORD_BACKUP_KEYS_FOLDER) must be copied nowhere: it is
    what makes the backups of keys die after seven days, and with them what was deleted.
    """
    with opened() as here:
        made = make_backup(here.database, here.settings)
        expired = expire_backups(here.database, here.settings)
    for path in (made.cases, made.keys):
        click.echo(f"{path}  {path.stat().st_size:,} bytes")
    if expired.days or expired.files:
        click.echo(f"Expired: the keys of {counted(len(expired.days), 'day')}, {counted(expired.files, 'file')}.")
    if here.settings.backup_keys_folder is None:
        click.echo(
            "The day keys lie beside the databases. Name a folder on another disk in QUIETWORD_BACKUP_KEYS_FOLDER, or "
            "this disk takes them along.",
            err=True,
        )


@backup.command("list", short_help="The backups, and which of them still open.")
def list_backups() -> None:
    """List the backups, oldest first, and until when each opens for those who hold the shares."""
    settings = TriageSettings.from_environ(os.environ)
    days = DayKeys(settings.backup_keys_path)
    for one in backups_in(settings.backups_path):
        if one.kind == KEY_KIND:
            opens = f"opens until {key_backup_opens_until(one.made_on).isoformat()}"
            stands = opens if days.is_there(one.made_on) else "opens for nobody any more"
        else:
            stands = "opens with a backup of keys"
        click.echo(f"{one.made_on.isoformat()}  {one.kind:6}  {one.path.name}  {stands}")


@backup.command("expire", short_help="Destroy the keys of backups that are seven days old.")
def expire() -> None:
    """Destroy the keys of backups that are seven days old. `make` and `collect` do it too."""
    with opened() as here:
        expired = expire_backups(here.database, here.settings)
    click.echo(f"Expired: the keys of {counted(len(expired.days), 'day')}, {counted(expired.files, 'file')}.")


@backup.command("restore", short_help="Bring backups back into empty databases.")
@click.option("--cases", type=FILE, help="The backup of the cases; leave it out where the case database stands.")
@click.option("--keys", type=FILE, help="The backup of the keys; leave it out where the keys database stands.")
@click.option("--without-list", is_flag=True, help="The list of destroyed keys is lost for good.")
@click.option("--reason", default="", help="Why, for the audit log.")
@click.option("--let-in", "let_in", multiple=True, help="The sign-in name of a supervisor who is at work; repeatable.")
def bring_back(
    cases: Path | None, keys: Path | None, *, without_list: bool, reason: str, let_in: tuple[str, ...]
) -> None:
    """Bring backups back into the empty databases that the settings name, with the shares of the recovery key.

    What was deleted since the backup is deleted again before the databases can be used. Where the case database stands
    (no --cases) two people who work there agree as well: one proposes, another approves, with their passphrases.
    Where the cases come back, they know nothing of who was suspended or left since: only the supervisors named by
    --let-in can sign in, until these have confirmed the others on their pages.
    """
    if cases is None and keys is None:
        raise click.UsageError("Say which backup: --cases FILE, --keys FILE, or both.")
    settings = TriageSettings.from_environ(os.environ)
    for url, file in ((settings.case_url, cases), (settings.keys_url, keys)):
        if file is not None:
            click.echo(f"{file.name} goes into {named(url)}.", err=True)
    people = (_ask_person("proposes"), _ask_person("approves")) if cases is None else None
    found = restore(
        settings,
        _identity(),
        cases=cases,
        keys=keys,
        without_list=without_list,
        reason=reason,
        people=people,
        let_in=let_in,
    )
    _tell(found)
    if cases is not None:
        _tell_who_is_in(found.made_to_wait, let_in, found.let_in)


@backup.command("let-in", short_help="After a restore: the first supervisors who can sign in.")
@click.argument("sign_in_names", nargs=-1, required=True)
def let_in_supervisors(sign_in_names: tuple[str, ...]) -> None:
    """Let in the first supervisors after a restore that named none, or none that it knew; only while nobody else is."""
    with opened() as here, here.database.begin() as session:
        fitted = let_in_first(session, here.settings, sign_in_names)
    _tell_who_is_in(0, sign_in_names, fitted)


def _tell_who_is_in(waiting: int, asked: tuple[str, ...], let_in: tuple[str, ...]) -> None:
    if waiting:
        click.echo(
            f"{counted(waiting, 'person', 'people')} wait until a supervisor confirms that they still work here."
        )
    unknown = [name for name in asked if name not in let_in]
    if unknown:
        click.echo(f"No supervisor who waits signs in as: {', '.join(unknown)}.", err=True)
    if let_in:
        click.echo(f"Let in: {', '.join(let_in)}. They confirm the others, each on their page under People.")
    else:
        click.echo("Nobody can sign in. Name a supervisor: `quietword backup let-in NAME`.", err=True)


@backup.command("rehearse", short_help="Bring the newest backups back into a folder of nobody's.")
def rehearse() -> None:
    """Bring the newest backups back into a folder that is removed afterwards, and say how many reports open.

    A backup that nobody ever brought back is a hope. It takes the shares, as the real thing does.
    """
    settings = TriageSettings.from_environ(os.environ)
    files = {one.kind: one.path for one in backups_in(settings.backups_path)}
    if set(files) != {CASES, KEY_KIND}:
        raise NoBackupError(settings.backups_path)
    identity = _identity()
    with tempfile.TemporaryDirectory(prefix="quietword-rehearsal-") as folder:
        place = replace(
            settings,
            instance=Path(folder),
            case_url=URL.create("sqlite", database=f"{folder}/case.sqlite"),
            keys_url=URL.create("sqlite", database=f"{folder}/keys.sqlite"),
            backup_folder=settings.backups_path,
            backup_keys_folder=settings.backup_keys_path,
        )
        found = restore(place, identity, cases=files[CASES], keys=files[KEY_KIND], reason="a rehearsal")
        opens, total = _count_opening(place, identity)
    _tell(found)
    click.echo(f"Of {counted(total, 'report')}, {opens} open. Nothing of the rehearsal is left here.")
    if opens < total:
        raise click.exceptions.Exit(1)


def _count_opening(settings: TriageSettings, identity: Identity) -> tuple[int, int]:
    database = Database.open(settings)
    try:
        with database.look() as session:
            ring = KeyRing(box_named(session, BoxName.RECOVERY).id, identity)
            keys = list(session.scalars(select(ReportRow.data_key_id)))
            return len(ring.open_many(session, keys)), len(keys)
    finally:
        database.dispose()


def _identity() -> Identity:
    try:
        return Identity(join_shares(ask_shares()))
    except ShareError as error:
        raise WrongSharesError(str(error)) from None


def _ask_person(does: str) -> Agreeing:
    name = click.prompt(f"The sign-in name of whoever {does} this", err=True)
    return Agreeing(name, ask_passphrase("Their passphrase"))


def _tell(found: Restored) -> None:
    if found.cases_of is not None:
        click.echo(f"The cases are those of {found.cases_of.isoformat()}: {counted(found.reports, 'report')}.")
    if found.keys_of is not None:
        click.echo(f"The keys are those of {found.keys_of.isoformat()}.")
    if found.cases_of is not None:
        click.echo(
            "Whoever was suspended, let go or shut out of something since that day is let in again by these cases: do "
            "it anew before anybody signs in."
        )
    click.echo(f"Deleted again, because it was deleted since: {counted(found.destroyed_again, 'key')}.")
    if not found.list_was_there:
        click.echo(
            "There was no list of destroyed keys: what was deleted since may be back. Dispose of it again.", err=True
        )
