"""`quietword counter`: what the holders of the counter-corruption box do, with a key file of their own."""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from config import TriageSettings
from envelope.errors import EnvelopeError
from envelope.report import Report
from store.engine import open_engine
from triage.asking import ask_passphrase
from triage.counter.errors import CounterError
from triage.counter.key_file import CounterKeys, read_key_file, write_key_file, write_whole
from triage.counter.pieces import opened_files
from triage.counter.service import Found, Tried, acknowledge, collect, publish_box, reports_in
from triage.intake.answers import answers_in_order, language_name

DAYS = 90
KEY_FILE = click.option(
    "--key-file",
    envvar="QUIETWORD_COUNTER_KEY_FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your key file (or QUIETWORD_COUNTER_KEY_FILE). Keep it, and a copy, away from triage's computers.",
)
PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that holds the passphrase, for scripts; otherwise it is asked for and not shown.",
)
FOLDER = click.option(
    "--into",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of yours; each report is kept there sealed, as an age file.",
)


@click.group(short_help="For the holders of the counter-corruption box.")
def counter() -> None:
    """For the holders of the counter-corruption box, who read what is about the police or about this system's users.

    None of these commands needs or touches triage's keys, and none leaves a line in triage's log.
    """


@counter.command("init", short_help="Make the key file, and print the line that the public form pins.")
@KEY_FILE
@PASSPHRASE_FILE
def init(key_file: Path, passphrase_file: Path | None) -> None:
    """Make the key file under a passphrase, and print the line that the public form pins."""
    if key_file.exists():
        raise CounterError(f"{key_file} is there already. A new one would not open what the old one opens.")
    keys = CounterKeys.found(_today())
    write_key_file(key_file, keys, _passphrase(passphrase_file, new=True))
    click.echo(
        f"The key file is {key_file}. Without it and its passphrase nobody opens these reports: keep a copy.\n\n"
        "On every host of the public form, set QUIETWORD_COUNTER_VERIFYING_KEY to this line:\n\n"
        f"  {base64.b64encode(keys.signing_key.verifying_key.public_key).decode('ascii')}\n\n"
        "Give it to whoever runs the form yourself: a key of somebody else's there would send these reports to them.\n"
        "Next: `quietword counter sign-keys`."
    )


@counter.command("sign-keys", short_help="Make a box for the days to come, and give its public half to the form.")
@KEY_FILE
@PASSPHRASE_FILE
@click.option("--days", type=click.IntRange(1, 400), default=DAYS, show_default=True, help="Days from today.")
def sign_keys(key_file: Path, passphrase_file: Path | None, days: int) -> None:
    """Make a box for the days to come, and give its public half, signed, to the form.

    The key file is written first, so that nothing is ever sealed to a key that was lost.
    """
    passphrase = _passphrase(passphrase_file)
    keys, signed = read_key_file(key_file, passphrase).with_box(_today(), days)
    with _databases() as (case, drop):
        write_key_file(key_file, keys, passphrase)
        publish_box(case, drop, keys, signed, _today())
    click.echo(f"The form can seal to your box until {signed.key.not_after.isoformat()}.")


@counter.command("collect", short_help="Keep what the box opens in a folder of yours, still sealed.")
@KEY_FILE
@PASSPHRASE_FILE
@FOLDER
def collect_reports(key_file: Path, passphrase_file: Path | None, folder: Path) -> None:
    """Try the box on every sealed copy, and keep what it opens in a folder of yours, still sealed."""
    keys = read_key_file(key_file, _passphrase(passphrase_file))
    with _databases() as (case, _):
        _say(collect(case, keys, folder))


@counter.command("acknowledge", short_help="Collect, and then let every copy that was tried be deleted.")
@KEY_FILE
@PASSPHRASE_FILE
@FOLDER
@click.option("--without-files", is_flag=True, help="Even if a file of a report has not come: it never will then.")
def let_go(key_file: Path, passphrase_file: Path | None, folder: Path, *, without_files: bool) -> None:
    """Collect, and then let every copy that was tried be deleted: yours and all the others, so that nobody learns
    which were yours. Each is signed for."""
    keys = read_key_file(key_file, _passphrase(passphrase_file))
    with _databases() as (case, _):
        tried = acknowledge(case, keys, folder, _today(), without_files=without_files)
    _say(tried)
    click.echo(f"Let go: {tried.released}.")


@counter.command("open", short_help="Show the reports that were kept.")
@KEY_FILE
@PASSPHRASE_FILE
@click.option(
    "--from",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that `collect` filled.",
)
@click.option(
    "--files-into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the photos and documents here, open. What a picture shows may harm whoever looks at it.",
)
def open_reports(key_file: Path, passphrase_file: Path | None, folder: Path, files_into: Path | None) -> None:
    """Show the reports that were kept, in words, and write their files where you say. No database is needed."""
    keys = read_key_file(key_file, _passphrase(passphrase_file))
    shown = 0
    for found in reports_in(folder, keys):
        click.echo(_in_words(found))
        if files_into is not None and found.report is not None:
            _write_files(found.drop_id, found.report, folder, files_into)
        shown += 1
    click.echo("No reports." if not shown else f"Reports: {shown}.")


def _in_words(found: Found) -> str:
    lines = [f"--- {found.drop_id.hex()[:8]}"]
    if found.report is None:
        return "\n".join([*lines, found.trouble, ""])
    report = found.report
    if report.danger:
        lines.append("DANGER NOW, says the sender. No alarm was rung, and nobody can trace them.")
    lines.append(f"Language: {language_name(report.language)}")
    for answer in answers_in_order(report.answers):
        lines += [f"{answer.label}:", *(f"  {line}" for line in _plain(answer.text).split("\n"))]
    if report.parts:
        lines.append(f"Files sent along: {len(report.parts)}. See --files-into.")
    return "\n".join([*lines, ""])


def _write_files(drop_id: bytes, report: Report, folder: Path, into: Path) -> None:
    """Each file whole or not at all; what was changed on the way is not written."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number, (part, content) in enumerate(opened_files(report, folder), start=1):
        ending = part.media_type.value.rpartition("/")[2]
        path = into / f"{drop_id.hex()[:8]}-{number}.{ending}"
        if content is None:
            click.echo(f"File {number} was not there when the report was collected.", err=True)
            continue
        try:
            write_whole(path, b"".join(content))
        except EnvelopeError:
            click.echo(f"File {number} was changed after it was sealed, and is not written.", err=True)
        else:
            click.echo(f"  {path}")


def _plain(text: str) -> str:
    """Words that a stranger typed, without what would move a terminal's cursor or change its colours."""
    return "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())


def _say(tried: Tried) -> None:
    click.echo(f"New reports: {tried.new}. Kept before: {tried.kept_already}. Not for this box: {tried.others}.")
    if tried.files_to_come:
        click.echo(f"Files that have not come yet: {tried.files_to_come}.", err=True)
    if tried.missing:
        click.echo(
            f"{tried.missing} collected since this box was made are gone without your leave: somebody who owns the "
            "database removed them unread.",
            err=True,
        )


def _passphrase(file: Path | None, *, new: bool = False) -> str:
    if file is not None:
        return file.read_text("utf-8").rstrip("\r\n")
    return ask_passphrase("Passphrase", again="The same again" if new else "")


@contextmanager
def _databases() -> Iterator[tuple[Engine, Engine]]:
    settings = TriageSettings.from_environ(os.environ)
    case, drop = open_engine(settings.case_url), open_engine(settings.drop_url)
    try:
        yield case, drop
    finally:
        case.dispose()
        drop.dispose()


def _today() -> date:
    return datetime.now(UTC).date()
