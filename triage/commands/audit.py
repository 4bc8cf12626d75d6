"""`quietword audit`: verify the log of who did what, sign checkpoints of it for witnesses, and prove lines."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import segno

from envelope.errors import EnvelopeError
from envelope.signing import VerifyingKey
from triage.audit.acts import Act
from triage.audit.checkpoints import Checkpoint
from triage.audit.notes import Note, NoteError
from triage.audit.service import record
from triage.audit.summaries import keep_summaries
from triage.audit.tree import TILE_LINES, Tree
from triage.audit.verify import Progress, Verification
from triage.audit.witnessing import kept_by, witness
from triage.commands.opening import Credentials, Opened, opened, with_credentials
from triage.errors import TriageError
from triage.officers.resuming import keep_progress, take_up
from triage.officers.rules import Permission
from triage.officers.witness import (
    bind_everybody,
    checkpoint,
    for_witness,
    note_of,
    system_verifying_key,
    verify_audit_log,
)
from triage.oversight.exporting import check_export, prove
from triage.oversight.log import reader_of
from web.filters import counted

SECONDS_TO_WITNESS = 60
_FILE = click.Path(dir_okay=False, path_type=Path)


class WitnessError(TriageError):
    """A checkpoint that reached no witness."""


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
@click.option("--witness", "witness_file", type=_FILE, help="The file of a witness: the log must fit all of it.")
@click.option(
    "--since-witness",
    is_flag=True,
    help="Read only what came after the last checkpoint in the witness's file that had been verified.",
)
@click.option(
    "--rehash",
    is_flag=True,
    help="Read every line, and check signatures only after the last checkpoint in the file that had been verified.",
)
@click.option("--resume", type=_FILE, help="Keep how far it has come in this file, and go on from there.")
@click.option("--processes", type=click.IntRange(1, 64), default=lambda: os.cpu_count() or 1, help="How many at once.")
def verify(
    copies: tuple[str, ...],
    witness_file: Path | None,
    *,
    since_witness: bool,
    rehash: bool,
    resume: Path | None,
    processes: int,
) -> None:
    """Find any edit, removal, insertion or reordering; exit with 1 when there is one.

    What it prints at the end is a checkpoint: keep a copy somewhere that this host cannot write to. With --witness it
    is added to the witness's file, which says that every line up to it was checked. Without --witness the file that
    the settings name is taken, if they name one.
    """
    kept = [Checkpoint.from_text(copy) for copy in copies]
    with opened() as here:
        witness_file = witness_file or here.settings.witness_file
        key = system_verifying_key(here.settings)
        notes = kept_by(witness_file, key) if witness_file is not None else ()
        begin = take_up(resume, here.settings) if resume is not None else Progress()
        verified = _last_verified(notes) if since_witness or rehash else None
        with here.database.look() as session:
            if since_witness and verified is not None and not begin.frontier.size:
                begin = _from_verified(Tree(session), verified)
            found = verify_audit_log(
                session,
                here.settings,
                copies=[*kept, *(note.checkpoint for note in notes)],
                begin=begin,
                signed_from=verified.size if rehash and verified is not None else 0,
                processes=processes,
                tell=_teller(here, resume),
            )
        if resume is not None:
            resume.unlink(missing_ok=True)
        if found.holds:
            _keep(here, found, witness_file)
    _say(found)


def _last_verified(notes: Sequence[Note]) -> Checkpoint:
    verified = [note.checkpoint for note in notes if note.verified_on is not None]
    if not verified:
        raise NoteError("The witness's file has no checkpoint that was verified: verify the whole log once.")
    return verified[-1]


def _from_verified(tree: Tree, verified: Checkpoint) -> Progress:
    frontier = tree.frontier(verified.size)
    if frontier.root() != verified.root:
        raise NoteError(f"The first {frontier.size:,} lines are not those that were verified: verify the whole log.")
    return Progress(frontier)


class _teller:  # noqa: N801  called as a function, and keeps when it last spoke
    """Says how far it is on a terminal, and keeps it in a file where one is named."""

    def __init__(self, here: Opened, resume: Path | None) -> None:
        self._here, self._resume = here, resume

    def __call__(self, progress: Progress, total: int) -> None:
        if self._resume is not None:
            keep_progress(self._resume, progress, self._here.settings)
        if sys.stderr.isatty():
            click.echo(f"\r{progress.frontier.size:,} of {total:,} lines", err=True, nl=progress.frontier.size >= total)


def _keep(here: Opened, found: Verification, witness_file: Path | None) -> None:
    with here.database.begin() as session:
        checkpoint(session, here.settings)
    if witness_file is not None and found.lines:
        note = note_of(found.checkpoint, here.settings, verified_on=here.database.clock().date())
        with here.database.look() as session:
            witness(witness_file, system_verifying_key(here.settings), lambda old: for_witness(session, note, old))


def _say(found: Verification) -> None:
    if not found.holds:
        for problem in found.problems:
            click.echo(problem, err=True)
        click.echo(
            f"The audit log was touched: {counted(len(found.problems), 'problem')} in {counted(found.lines, 'line')}.",
            err=True,
        )
        raise click.exceptions.Exit(1)
    click.echo(f"The audit log holds: {counted(found.lines, 'line')}, {counted(found.checkpoints, 'checkpoint')}.")
    if found.begun_at:
        click.echo(f"Lines before {found.begun_at:,} had been verified and were not read again.")
    if found.signed_from:
        click.echo(f"Signatures of lines before {found.signed_from:,} had been checked: they were hashed again.")
    if not found.says_whose_key:
        click.echo("Whose key is whose was taken from the database. Run `quietword audit bind` once to have it signed.")
    click.echo(found.checkpoint.to_text())


@audit.command("checkpoint", short_help="Sign how the log stands, for witnesses.")
@click.option("--since", type=click.IntRange(0), metavar="LINES", help="Add the proof from a witness's last size on.")
@click.option("--print", "as_picture", is_flag=True, help="Add a QR code, for paper.")
def checkpoint_(since: int | None, *, as_picture: bool) -> None:
    """Sign how the log stands and print it; write it to the file and hand it to the command that the settings name.

    Another host that keeps it can ask for the proof that the log only grew since: --since with the size it has.
    """
    with opened() as here:
        with here.database.begin() as session:
            note = note_of(checkpoint(session, here.settings), here.settings)
        with here.database.look() as session:
            file, key = here.settings.witness_file, system_verifying_key(here.settings)
            if file is not None:
                known = kept_by(file, key)
                old = known[-1].checkpoint.size if known else 0
                witness(file, key, lambda size: for_witness(session, note, size))
                _push(here.settings.witness_command, for_witness(session, note, old))
            elif here.settings.witness_command:
                _push(here.settings.witness_command, for_witness(session, note, since or 0))
            click.echo(note.text if since is None else for_witness(session, note, since), nl=False)
    if as_picture:
        click.echo()
        segno.make_qr(note.text).terminal(compact=True, border=2)


def _push(command: Sequence[str], handed: str) -> None:
    """Hand it to the force's own command, without a shell; it takes itself further from here."""
    if not command:
        return
    try:
        subprocess.run(  # noqa: S603 - the force's own command, as an argument list
            list(command), input=handed.encode(), check=True, timeout=SECONDS_TO_WITNESS, cwd="/"
        )
    except (OSError, subprocess.SubprocessError):
        raise WitnessError("The checkpoint is signed, and the command that takes it to a witness failed.") from None


@audit.command("witness", short_help="Keep checkpoints on another host.")
@click.argument("file", type=_FILE)
@click.option("--key", required=True, metavar="QWVERIFY", help="What `quietword audit key` prints on the triage host.")
def witness_(file: Path, key: str) -> None:
    """Take in a checkpoint with its proof from standard input, and add it to FILE if the log only grew.

    It needs no database. On the witness's own host, for example from a timer:

        ssh triage quietword audit checkpoint --since "$(quietword audit size FILE --key …)" |
            quietword audit witness FILE --key …
    """
    handed = sys.stdin.read()
    note = witness(file, _key(key), lambda _old: handed)
    click.echo(f"Kept: {counted(note.checkpoint.size, 'line')}.")


@audit.command("size", short_help="How many lines a witness's last checkpoint is of.")
@click.argument("file", type=_FILE)
@click.option("--key", required=True, metavar="QWVERIFY", help="What `quietword audit key` prints on the triage host.")
def size_(file: Path, key: str) -> None:
    """Print it, for --since; 0 where there is none yet."""
    kept = kept_by(file, _key(key))
    click.echo(kept[-1].checkpoint.size if kept else 0)


@audit.command("key", short_help="The key that a witness pins.")
def key_() -> None:
    """Print the verifying key of the system, which signs checkpoints. It stays the same as long as its secret does."""
    with opened() as here:
        click.echo(system_verifying_key(here.settings).encode())


@audit.command("bind", short_help="Once, for a log from before lines named keys.")
def bind() -> None:
    """Write into the log whose key is whose, as the database says it now; afterwards the log alone is believed."""
    with opened() as here, here.database.begin() as session:
        count = bind_everybody(session, here.settings)
        checkpoint(session, here.settings)
    click.echo(f"The log says whose key is whose: {counted(count, 'person', 'people')}.")


@with_credentials
@audit.command("summarise", short_help="Make searches of a long log quick.")
def summarise(who: Credentials) -> None:
    """Write, sealed to the auditors, what every 1,024 lines are about; what is written already is left alone.

    An auditor runs it. It can be stopped at any time and goes on from there.
    """
    with opened() as here:
        auditor = who.sign_in(here, Permission.READ_AUDIT)
        with here.database.begin() as session:
            record(session, Act.AUDIT_READ, None, by=auditor, reason="to summarise it")
        with here.database.look() as session:
            left = reader_of(session, by=auditor).unsummarised()
        for done, number in enumerate(left, start=1):
            with here.database.look() as session:
                made = reader_of(session, by=auditor).summarise(number)
            with here.database.begin() as session:
                keep_summaries(session, made)
            if sys.stderr.isatty():
                click.echo(f"\r{done:,} of {len(left):,}", err=True, nl=done == len(left))
    click.echo(f"Summarised: {counted(len(left) * TILE_LINES, 'line')}.")


@audit.command("prove", short_help="Prove that a line is in the log.")
@click.argument("line", type=click.IntRange(0))
def prove_(line: int) -> None:
    """Print the line as it is hashed, its path in the tree and the signed root, as JSON; it opens nothing."""
    with opened() as here:
        with here.database.begin() as session:
            note = note_of(checkpoint(session, here.settings), here.settings)
        with here.database.look() as session:
            click.echo(prove(session, [line], note), nl=False)


@audit.command("check-export", short_help="Check a file that an auditor took away.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", metavar="QWVERIFY", help="The system's key, kept elsewhere; otherwise this host's own.")
def check_export_(file: Path, key: str | None) -> None:
    """Check the signatures of an export, and that each line of it is in the log that a witness can know."""
    if key is None:
        with opened() as here:
            found = check_export(file, system_verifying_key(here.settings))
    else:
        found = check_export(file, _key(key))
    click.echo(f"The export is as it was made: {counted(found.lines, 'line')} of a log of {found.size:,}.")
    click.echo(f"Signed by {found.signed_by}.")


def _key(text: str) -> VerifyingKey:
    try:
        return VerifyingKey.decode(text)
    except EnvelopeError:
        raise NoteError("That is not the key of a log: give what `quietword audit key` prints.") from None
