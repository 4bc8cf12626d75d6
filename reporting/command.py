"""The commands that the public form brings to `quietword`."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from config import ReportingSettings
from reporting.coaching.evaluate import LabelledError, measure, read_labelled
from reporting.counter import PURPOSE
from reporting.intake import IntakeDesk, NoIntakeKeyError
from store.engine import open_engine
from store.errors import StoreError
from store.noticeboard import Noticeboard


@click.group()
def reporting() -> None:
    """Look after the public form."""


@reporting.command(short_help="Say whether a report could be sealed today.")
def check() -> None:
    """Say whether a report could be sealed to a key of today; fail when it could not."""
    settings = ReportingSettings.from_environ(os.environ)
    engine = open_engine(settings.drop_url)
    board, today = Noticeboard(engine), datetime.now(UTC).date()
    try:
        intake = IntakeDesk(board, settings.verifying_key).open_on(today)
        apart = _separate_team(board, settings, today)
    except NoIntakeKeyError:
        if settings.verifying_key is None:
            raise click.ClickException(
                "The form is closed: it has no verifying key of the force. Set QUIETWORD_VERIFYING_KEY."
            ) from None
        raise click.ClickException(
            "The form is closed: no intake key of today is signed by the force. "
            "A supervisor signs the next 35 days by signing in to triage."
        ) from None
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()
    click.echo(f"The form is open. Today's key may be used until {intake.not_after.isoformat()}.")
    click.echo(apart)


def _separate_team(board: Noticeboard, settings: ReportingSettings, today: date) -> str:
    """Whether reports about the police have somewhere to go; the form is open either way."""
    if settings.counter_verifying_key is None:
        return "It has no separate team for reports about the police: QUIETWORD_COUNTER_VERIFYING_KEY is not set."
    try:
        intake = IntakeDesk(board, settings.counter_verifying_key, purpose=PURPOSE).open_on(today)
    except NoIntakeKeyError:
        return "The separate team has no key for today: its holders run `quietword counter sign-keys`."
    return f"Reports about the police go to the separate team until {intake.not_after.isoformat()}."


@click.group()
def translations() -> None:
    """Look after the languages of the public form (in a checkout)."""


@translations.command(short_help="Collect the sentences of the form into messages.pot.")
def extract() -> None:
    """Collect every sentence that the form can show into messages.pot."""
    # Babel's tools take a tenth of a second to import, which no other command should pay for.
    from reporting import translating

    translating.write_template()
    click.echo(f"Wrote {translating.TEMPLATE}.")


@translations.command(short_help="Bring every catalogue up to date, empty where a sentence is new.")
def update() -> None:
    """Extract, and give every language's catalogue the sentences of today: new ones are empty, old ones go."""
    from reporting import translating

    translating.update_all()
    for language in translating.translated_languages():
        click.echo(f"{language.tag}: {len(translating.missing(language, translating.collected()))} to translate.")


@translations.command(name="compile", short_help="Make what the program reads from what translators wrote.")
def compile_them() -> None:
    """Write every messages.mo from its messages.po. Commit both."""
    from reporting import translating

    translating.compile_all()
    click.echo("Compiled.")


@translations.command(name="check", short_help="Fail when a sentence is missing or wrong in any language.")
@click.argument("tags", nargs=-1)
def check_translations(tags: tuple[str, ...]) -> None:
    """Say what is missing, wrong or not compiled; in the languages of TAGS alone, if any are given."""
    from reporting import translating

    found = [
        problem
        for language in translating.translated_languages()
        if not tags or language.tag in tags
        for problem in translating.problems(language)
    ]
    for problem in found:
        click.echo(problem)
    if found:
        raise click.ClickException(f"{len(found)} things are missing or wrong.")
    click.echo("Every sentence is there.")


@click.group(short_help="The rules that mark what could tell who wrote.")
def coaching() -> None:
    """Look after the rules that mark what could tell who wrote a report."""


@coaching.command(short_help="Measure the rules on labelled sentences.")
@click.option(
    "--sentences",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="A line each: {“text”: …, “label”: true when it could help somebody work out who wrote it, “kind”: …}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(sentences: Path, as_json: bool) -> None:
    """Print precision, recall, and recall by kind, over a file of labelled sentences."""
    try:
        measured = measure(read_labelled(sentences.read_text("utf-8").splitlines()))
    except (LabelledError, UnicodeDecodeError) as error:
        why = str(error) if isinstance(error, LabelledError) else "The file is not UTF-8 text"
        raise click.ClickException(f"{sentences}: {why}.") from None
    except OSError as error:
        raise click.ClickException(f"{sentences} cannot be read: {error.strerror}.") from None
    click.echo(json.dumps(measured.as_figures(), ensure_ascii=False, indent=2) if as_json else measured.as_text())


commands: dict[str, click.Command] = {"reporting": reporting, "translations": translations, "coaching": coaching}
