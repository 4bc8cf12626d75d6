"""`quietword demo`: what `make run` starts."""

import json
import os
import sys
from pathlib import Path

import click

from config import ReportingSettings, TriageSettings
from quietword.demo.counter import FOLDER, key_file
from quietword.demo.notebook import DemoError, Notebook, read_notebook
from quietword.demo.receiver import PUBLIC, open_as_receiver
from quietword.demo.running import Program, Running
from quietword.serve import need_a_free_address

NO_DEMO = "There is no demonstration in {instance} yet. Run `make run` (or `quietword demo`) first."


@click.group(invoke_without_command=True, short_help="Show everything with an invented force.")
@click.option("--json", "as_json", is_flag=True, help="Print the addresses and sign-ins of the demo that is there.")
@click.pass_context
def demo(context: click.Context, *, as_json: bool) -> None:
    """Show everything with an invented force: makes it if need be, and runs both programs until Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    environ = demo_environment()
    reporting, triage = ReportingSettings.from_environ(environ), TriageSettings.from_environ(environ)
    if as_json:
        click.echo(json.dumps(_for_scripts(_notebook_of(triage), reporting, triage), indent=1, ensure_ascii=False))
        return
    need_a_free_address(reporting.bind, "QUIETWORD_REPORTING_BIND")
    need_a_free_address(triage.bind, "QUIETWORD_TRIAGE_BIND")
    from quietword.demo.making import make_ready

    notebook = make_ready(triage, say=lambda sentence: click.echo(sentence, err=True))
    programs = (
        Program("The public form", ("serve", "reporting"), reporting.bind),
        Program("Triage", ("serve", "triage"), triage.bind),
        Program("The collector", ("collect", "--follow")),
        Program("The bell", ("watch",)),
    )
    running = Running(environ)
    with running.until_stopped(programs):
        if not running.asked_to_stop.is_set():
            click.echo(_welcome(notebook, reporting, triage) + _of_the_box(notebook, triage))
        running.watch()
    click.echo("Stopped.")


@demo.command("code", short_help="Print a person's second-factor code.")
@click.argument("name")
def code(name: str) -> None:
    """Print the second-factor code of this half minute for one of the demo's people, such as anna."""
    triage = TriageSettings.from_environ(demo_environment())
    click.echo(_notebook_of(triage).sign_in_of(name).code())


@demo.command("open-export", short_help="Open a bulk export as its receiver.")
@click.argument("file", type=click.Path(path_type=Path))
def open_export(file: Path) -> None:
    """Print what is in a bulk export of the demo: a line of JSON for each text, and one that signs them all."""
    triage = TriageSettings.from_environ(demo_environment())
    sys.stdout.buffer.write(open_as_receiver(triage.instance, file))


def demo_environment() -> dict[str, str]:
    """This process's settings, with those that make a demonstration; what is set already stays."""
    return {
        "QUIETWORD_DEMONSTRATION": "yes",
        "QUIETWORD_RELEASE": "at once",
        # In a real force this sends a page or an SMS; here it writes what it was given into this terminal.
        "QUIETWORD_BELL_COMMAND": "sed 's/^/RING (the demonstration’s alarm) /'",
        # What somebody tries out shows what it suggests each time; which reports would be held back is chance.
        "QUIETWORD_HELD_BACK_PERCENT": "0",
        **os.environ,
    }


def _notebook_of(settings: TriageSettings) -> Notebook:
    notebook = read_notebook(settings.instance)
    if notebook is None:
        raise DemoError(NO_DEMO.format(instance=settings.instance))
    return notebook


def _for_scripts(notebook: Notebook, reporting: ReportingSettings, triage: TriageSettings) -> dict[str, object]:
    return {
        "reporting": reporting.bind.url,
        "triage": triage.bind.url,
        "instance": str(triage.instance),
        "sign_ins": [
            {
                "sign_in": person.sign_in,
                "name": person.name,
                "role": person.role,
                "team": person.team,
                "passphrase": person.passphrase,
                "totp_secret": person.totp_secret,
                "code": person.code(),
            }
            for person in notebook.sign_ins
        ],
    }


def _of_the_box(notebook: Notebook, triage: TriageSettings) -> str:
    """How to be the holders of the counter-corruption box; a demo that was made before there was one has none."""
    if not notebook.counter_passphrase:
        return ""
    instance = triage.instance
    return f"""
A report that names the police goes to the counter-corruption box, which nobody above can open. As its holders, in
another terminal, with the passphrase “{notebook.counter_passphrase}”:

  export QUIETWORD_INSTANCE={instance} QUIETWORD_COUNTER_KEY_FILE={key_file(triage)}
  .venv/bin/quietword counter collect --into {instance / FOLDER}
  .venv/bin/quietword counter open --from {instance / FOLDER}
"""


def address_for_officers(triage: TriageSettings) -> str:
    """Where passkeys work, which is at a name: an address of numbers only where no name leads to it."""
    is_localhost = triage.bind.host in {"127.0.0.1", "::1", "localhost"}
    return triage.origin if triage.origin is not None and is_localhost else triage.bind.url


def _welcome(notebook: Notebook, reporting: ReportingSettings, triage: TriageSettings) -> str:
    width = max(len(person.sign_in) for person in notebook.sign_ins)
    people = "\n".join(
        f"  {person.sign_in:<{width}}  {person.passphrase}\n"
        f"  {'':<{width}}  {person.name}, {person.role}: {person.does}\n"
        for person in notebook.sign_ins
    )
    return f"""
Quiet Word is running, with an invented town, invented people and 40 invented reports.

  The public form   {reporting.bind.url}
  Triage            {address_for_officers(triage)}

Sign in to triage with a name and passphrase below. For the code, in another terminal:

  .venv/bin/quietword demo code anna

{people}
What to try
  1. Send a report on the public form and keep its receipt. Here it reaches triage within half a
     minute; a real force sets hours for it (QUIETWORD_RELEASE_HOURS).
  2. As anna, press "Open new reports", read yours, grade it, confirm or reject what it is linked
     to, and write a safe text.
  3. As daniel, agree that text (anna cannot), then refer it to the Foundry team.
  4. As priya, who sees only what was referred, read it and say what came of it.
  5. The alarm rings in this terminal every few minutes, because some of the reports say that someone
     is in danger now: answer it on the page of reports. A real force has it page somebody.
  6. Check your receipt on the public form. As martin, read what everybody did.
  7. As ruth, approve the export that waits under Operations; as sarah, carry it out with the receiver's key, which
     is in {triage.instance / PUBLIC}. Then open it as the receiver:

  .venv/bin/quietword demo open-export export-….age

Everything is kept in {triage.instance}. Delete that folder to begin again. Ctrl-C stops.
"""
