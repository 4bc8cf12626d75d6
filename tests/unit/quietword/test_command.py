"""The console command helps at every level, and fails with a sentence and an honest exit code."""

import socket
from collections.abc import Iterator

import click
import pytest

from config import SettingsError
from quietword.__main__ import main, quietword
from quietword.failures import explain
from quietword.memory import FORGETFUL_MEMORY
from quietword.serve import ServeError


@pytest.fixture(autouse=True)
def memory_is_seen_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve reporting` begins its process anew for the sake of memory: these tests stay in theirs."""
    for name, value in FORGETFUL_MEMORY.items():
        monkeypatch.setenv(name, value)


def every_command(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from every_command(below, (*path, name))


def test_no_line_about_a_command_breaks_off(capsys: pytest.CaptureFixture[str]) -> None:
    """A terminal of 80 columns shows what each command does to the end."""
    for path, command in every_command(quietword):
        if isinstance(command, click.Group):
            main([*path, "--help"])
            _, _, listed = capsys.readouterr().out.partition("Commands:")
            assert listed.strip(), path
            assert "..." not in listed, path


def test_there_is_help_on_every_level(capsys: pytest.CaptureFixture[str]) -> None:
    for path, command in every_command(quietword):
        assert main([*path, "--help"]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"Usage: {' '.join(('quietword', *path))}")
        assert command.help, f"{path} does not say what it does"


def test_the_commands_of_the_work_are_there() -> None:
    paths = {" ".join(path) for path, _ in every_command(quietword)}
    assert {"serve reporting", "serve triage", "demo"} <= paths


@pytest.mark.parametrize(
    "arguments", [["sing"], ["serve"], ["serve", "nobody"], ["--loudly"], ["serve", "triage", "x"]]
)
def test_a_wrong_call_says_how_to_find_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert "--help" in told.err + told.out


@pytest.mark.parametrize("program", ["reporting", "triage"])
def test_wrong_settings_are_each_told_and_nothing_starts(
    program: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"QUIETWORD_{program.upper()}_BIND", "nowhere")
    monkeypatch.setenv("QUIETWORD_RELEASE", "whenever")
    assert main(["serve", program]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in lines] == [f"QUIETWORD_{program.upper()}_BIND", "QUIETWORD_RELEASE"]


@pytest.mark.parametrize("program", ["reporting", "triage"])
def test_a_taken_address_is_told_in_a_sentence(
    program: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv(f"QUIETWORD_{program.upper()}_BIND", f"127.0.0.1:{taken.getsockname()[1]}")
        assert main(["serve", program]) == 1
    told = capsys.readouterr().err
    assert "Cannot listen on 127.0.0.1" in told
    assert f"set QUIETWORD_{program.upper()}_BIND" in told
    assert "Traceback" not in told


def test_an_unexpected_failure_is_an_incident_that_quotes_nothing() -> None:
    def fail(words: str) -> None:
        raise ValueError(f"cannot parse {words}")

    try:
        fail("the man at number 14")
    except ValueError as error:
        lines, code = explain(error)
    said = "\n".join(lines)
    assert code == 1
    assert "incident" in said
    assert "ValueError" in said
    assert "in fail" in said
    assert "number 14" not in said


@pytest.mark.parametrize(
    ("error", "sentences", "code"),
    [
        (SettingsError(["One.", "Two."]), ["One.", "Two."], 2),
        (ServeError("Stop the other program."), ["Stop the other program."], 1),
        (click.Abort(), ["Stopped."], 1),
        (click.exceptions.Exit(3), [], 3),
        (click.UsageError("Missing argument."), ["Missing argument."], 2),
        (
            PermissionError(13, "Permission denied", "/srv/instance"),
            ["Cannot use /srv/instance: Permission denied."],
            1,
        ),
    ],
)
def test_an_expected_failure_is_its_own_sentence(error: Exception, sentences: list[str], code: int) -> None:
    assert explain(error) == (sentences, code)
