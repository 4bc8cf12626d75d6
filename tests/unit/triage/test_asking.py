"""A passphrase is asked for at a terminal, and is a line of standard input where there is none."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from triage.asking import NobodyToAskError, ask_passphrase


def asked(given: str, *, again: str = "") -> Result:
    command = click.Command("one", callback=lambda: click.echo(f"<{ask_passphrase('Passphrase', again=again)}>"))
    return CliRunner().invoke(command, input=given)


def counter(folder: Path, **more: object) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "quietword", "counter", "open", "--key-file", str(folder / "none"), "--from", "."]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("QUIETWORD_")}
    return subprocess.Popen(words, env=environ, text=True, start_new_session=True, **more)  # type: ignore[call-overload, no-any-return]


def test_a_line_of_standard_input_is_taken_as_it_is() -> None:
    assert asked(" seven green bottles \n").output == "< seven green bottles >\n"


def test_asked_for_twice_both_lines_must_be_the_same() -> None:
    assert asked("one\ntwo\nthree\nthree\n", again="Again").output.splitlines() == [
        "The two are not the same.",
        "<three>",
    ]


@pytest.mark.parametrize("given", ["", "\n"])
def test_with_nobody_to_ask_it_says_what_to_do(given: str) -> None:
    assert isinstance(asked(given).exception, NobodyToAskError)


def test_a_command_without_a_terminal_says_so_in_one_sentence(tmp_path: Path) -> None:
    with counter(tmp_path, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as command:
        assert command.stderr is not None
        assert command.stderr.read() == f"{NobodyToAskError()}\n"
    assert command.returncode == 1


def test_at_a_terminal_it_is_asked_for_and_not_shown(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with counter(tmp_path, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        said = b""
        while b"Passphrase: " not in said:
            said += os.read(ours, 1000)
        os.write(ours, b"seven green bottles\n")
        with suppress(OSError):  # how Linux tells that the other side is gone
            while more := os.read(ours, 1000):
                said += more
    os.close(ours)
    assert b"bottles" not in said
    assert b"none" in said
