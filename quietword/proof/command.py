"""`quietword prove`: runs the proof against a running service, or against one of its own making."""

import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quietword.proof.check import Deployment
    from quietword.proof.running import Proof

# What it takes to run is imported when it runs: the list of commands is asked for more often.
Say = Callable[[str], None]
COULD_NOT_RUN = 2
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Proofs(click.Group):
    """The proof of what is kept, and those that have a name; one that needs triage is there where triage is."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), "deletion"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "deletion":
            return super().get_command(ctx, cmd_name)
        from quietword.deletion.command import deletion

        return deletion


@click.group(cls=_Proofs, invoke_without_command=True, short_help="Look for what this service keeps about people.")
@click.option("--here", is_flag=True, help="Make a throw-away service on this machine, and prove that.")
@click.option(
    "--real-parts", is_flag=True, help="With --here: PostgreSQL, Redis, nginx and several processes, each as it ships."
)
@click.option(
    "--reporting-address", "address", default="", help="Where a reporter opens the form, such as https://host."
)
@click.option(
    "--pid", "pids", type=int, multiple=True, help="A process of the service. It may be given more than once."
)
@click.option("--log", "logs", type=click.Path(path_type=Path, exists=True), multiple=True, help="A log file of it.")
@click.option(
    "--folder",
    "folders",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="A folder it may write to, besides its instance.",
)
@click.option(
    "--report",
    "reports",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    multiple=True,
    help="Write the report to a file ending in .html, .md or .json. It may be given more than once.",
)
@click.pass_context
def prove(
    context: click.Context,
    *,
    here: bool,
    real_parts: bool,
    address: str,
    pids: tuple[int, ...],
    logs: tuple[Path, ...],
    folders: tuple[Path, ...],
    reports: tuple[Path, ...],
) -> None:
    """Plant words that stand nowhere else through the public form, then look for them in every byte that was kept.

    Without --here it looks at the running service that the QUIETWORD_ settings name, and sends it two test reports
    that say so. Exit code 0: every look was done and held. 1: something was kept. 2: not everything could be looked at.
    """
    if context.invoked_subcommand is not None:
        if any(context.params.values()):
            raise click.UsageError(f"Give the options after “{context.invoked_subcommand}”.")
        return
    from quietword.proof.check import ProofError
    from quietword.proof.report import Shape, shape_of, verdict, write_report

    if real_parts and not here:
        raise click.UsageError("--real-parts says what --here makes: give both.")
    if here and (address or pids or logs or folders):
        raise click.UsageError("--here makes a service of its own, so it takes none of the options that describe one.")
    try:
        shapes = {path: shape_of(path) for path in reports}
        with stoppable() as say:
            if here:
                proof = _of_its_own(say, real_parts=real_parts)
            else:
                proof = _of_a_running_one(say, address, pids, logs, folders)
    except ProofError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(COULD_NOT_RUN) from None
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was proven, and all that was started was stopped too.", err=True)
        raise click.exceptions.Exit(COULD_NOT_RUN) from None
    for path, shape in shapes.items():
        path.write_text(write_report(proof, shape), "utf-8")
        click.echo(f"Report written to {path}.", err=True)
    click.echo(verdict(proof) if reports else write_report(proof, Shape.MARKDOWN))
    if proof.exit_code:
        raise click.exceptions.Exit(proof.exit_code)


def _of_its_own(say: Say, *, real_parts: bool) -> "Proof":
    """Make a service, prove it, and leave nothing of it behind."""
    from quietword.proof.canaries import Canaries
    from quietword.proof.obstructing import taking_away
    from quietword.proof.planting import Planter
    from quietword.proof.running import prove as run_proof

    with _made(say, real_parts=real_parts) as deployment:
        obstruct = taking_away(deployment.drop_url) if deployment.drop_url else None
        return run_proof(deployment, Planter(deployment, Canaries(), say, obstruct), say=say)


@contextmanager
def _made(say: Say, *, real_parts: bool) -> Iterator["Deployment"]:
    from quietword.proof.here import Stand, standing

    if not real_parts:
        with (
            tempfile.TemporaryDirectory(prefix="quietword-proof-") as folder,
            standing(Stand(Path(folder), say)) as deployment,
        ):
            yield deployment
        return
    from quietword.proof.second import folder_for_parts
    from quietword.proof.second import real_parts as with_real_parts

    with (
        folder_for_parts() as place,
        with_real_parts(place, lambda more: Stand(place / "stand", say, more=more)) as deployment,
    ):
        yield deployment


def _of_a_running_one(
    say: Say, address: str, pids: Sequence[int], logs: Sequence[Path], folders: Sequence[Path]
) -> "Proof":
    """Send test reports to a service that people use, and disturb nothing."""
    from quietword.proof.canaries import Canaries
    from quietword.proof.found import running_deployment, watched
    from quietword.proof.planting import Planter
    from quietword.proof.running import prove as run_proof

    found = running_deployment(os.environ, address=address, pids=pids, logs=logs, folders=folders)
    with watched(found) as deployment:
        return run_proof(deployment, Planter(deployment, Canaries(), say), say=say)


@contextmanager
def stoppable() -> Iterator[Say]:
    """End in order on SIGTERM, and when the terminal goes, as on Ctrl-C: once, because stopping takes a moment.

    Gives what every step is said with. Python drops what is raised while it is in a `__del__` or in the callback of a
    weak reference, and a stop that came in one of those would be lost: so the next step is not begun.
    """
    asked = False
    before = {one: signal.getsignal(one) for one in ENDS if signal.getsignal(one) is not signal.SIG_IGN}

    def stop(*_: object) -> None:
        nonlocal asked
        asked = True
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    def say(sentence: str) -> None:
        if asked:
            raise KeyboardInterrupt
        click.echo(sentence, err=True)

    for one in before:
        signal.signal(one, stop)
    try:
        yield say
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
