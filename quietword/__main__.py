"""The one console command: starts the programs, and finds the commands each of them brings."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points

import click

from quietword.memory import forget_freed_memory

ENTRY_POINTS = "quietword.commands"
# What triage alone stands on: a public host has neither it nor these.
TRIAGE_ONLY = frozenset({"triage", "anyascii", "msgspec", "pyotp", "rapidfuzz", "segno", "shamir_mnemonic"})


class Commands(click.Group):
    """Commands of our own first; the rest are asked of each installed program, and only when they are needed.

    Starting a server or printing a version thus imports no program it does not run, and a public host without
    `triage` simply has fewer commands.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_brought()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or _brought().get(cmd_name)


def _brought() -> dict[str, click.Command]:
    from quietword.proof.command import prove
    from quietword.shipped.command import shipped

    commands: dict[str, click.Command] = {"prove": prove, "shipped": shipped}
    with _where_triage_is_installed():
        from quietword.demo.command import demo
        from quietword.indexing import index

        commands["demo"] = demo
        commands["index"] = index
    for entry_point in entry_points(group=ENTRY_POINTS):
        with _where_triage_is_installed(besides=entry_point.module):
            commands.update(entry_point.load())
    return commands


@contextmanager
def _where_triage_is_installed(besides: str = "") -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != besides and (error.name or "").partition(".")[0] not in TRIAGE_ONLY:
            raise


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="quietword", message="Quiet Word %(version)s")
def quietword() -> None:
    """Quiet Word: anonymous community intelligence, taken without knowing who gave it.

    Settings are read from the environment (QUIETWORD_INSTANCE and others) and checked at start.
    """


@quietword.group(short_help="Run the public form or the officers' program.")
def serve() -> None:
    """Run one of the two programs under the production server until it is told to stop."""


@serve.command("reporting", short_help="Run the public form.")
@click.option("--onion", is_flag=True, help="Listen for tor alone, on QUIETWORD_ONION_BIND.")
def serve_reporting(*, onion: bool) -> None:
    """Run the public form on QUIETWORD_REPORTING_BIND (127.0.0.1:5000)."""
    # First of all, because what has been imported by then is imported twice.
    forget_freed_memory(["-P", "-m", "quietword", "serve", "reporting", *(["--onion"] if onion else [])])
    from quietword import serve as server

    (server.serve_onion if onion else server.serve_reporting)()


@serve.command("triage", short_help="Run the officers' program.")
def serve_triage() -> None:
    """Run the officers' program on QUIETWORD_TRIAGE_BIND (127.0.0.1:5001)."""
    from quietword.serve import serve_triage as run

    run()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; every failure is a sentence on the error stream and an honest exit code.

    Returns 0 when the command did what it says, 1 when it could not, 2 when it was asked wrongly or set up wrongly.
    """
    try:
        code = quietword.main(args=arguments, prog_name="quietword", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - this is the outermost frame: what gets past it is a traceback
        from quietword.failures import explain

        sentences, code = explain(error)
        for sentence in sentences:
            click.echo(sentence, err=True)
        return code
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    sys.exit(main())
