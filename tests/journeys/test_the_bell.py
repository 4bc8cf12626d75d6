"""Somebody is in danger at night: the real `quietword watch` calls the real command until an officer answers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.noticeboard import Noticeboard
from tests.audit_lines import audit_lines
from tests.force import Force, client_for
from tests.today import wait_for_a_day_that_lasts
from triage.bell.rules import SENTENCES, Call

PATIENCE = 180.0
# Writes down what it was given, and everything it could have been told: its arguments and its environment.
PAGER = """\
#!/bin/sh
{ echo "said: $(cat)"; echo "args: $*"; env | sed 's/^/env: /'; echo "."; } >> "$(dirname "$0")/$(basename "$0").log"
"""


def pager(folder: Path, name: str) -> Path:
    script = folder / name
    script.write_text(PAGER)
    script.chmod(0o700)
    return script


def calls(script: Path) -> list[str]:
    log = Path(f"{script}.log")
    return (
        [line.removeprefix("said: ") for line in log.read_text().splitlines() if line.startswith("said: ")]
        if (log.exists())
        else []
    )


def comes_true(is_so: Callable[[], bool], watch: "subprocess.Popen[bytes]") -> None:
    """Wait for what the other process does, and not for a time."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert watch.poll() is None, "the watch stopped"
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.1)


@contextmanager
def watching(
    force: Force, folder: Path, first: Path, second: Path | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """`quietword watch` as a force runs it, over this force's databases."""
    settings = force.settings
    environ = {
        "PATH": os.environ["PATH"],
        "QUIETWORD_INSTANCE": str(settings.instance),
        "QUIETWORD_DROP_URL": settings.drop_url.render_as_string(hide_password=False),
        "QUIETWORD_CASE_URL": settings.case_url.render_as_string(hide_password=False),
        "QUIETWORD_KEYS_URL": settings.keys_url.render_as_string(hide_password=False),
        "QUIETWORD_BELL_COMMAND": str(first),
        "QUIETWORD_BELL_ESCALATION_COMMAND": str(second or ""),
        "QUIETWORD_RELEASE_HOURS": "0",
    }
    with (folder / "watch.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "quietword", "watch"], env=environ, stdout=log, stderr=log, cwd=folder
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def test_danger_rings_until_an_officer_answers_and_the_message_says_nothing(
    force_on_both: Force, tmp_path: Path
) -> None:
    force = force_on_both
    first, second = pager(tmp_path, "on-call"), pager(tmp_path, "chief")
    board = Noticeboard(force.drop)
    # Another process has the real clock, and the force of the tests its own.
    wait_for_a_day_that_lasts()
    force.clock.now = datetime.now(UTC)
    secret_words = "They have Kofi Marlowe in the flat on Bobbin Row"
    with watching(force, tmp_path, first, second) as watch:
        comes_true(lambda: board.bell().rings, watch)
        assert calls(first) == calls(second) == [SENTENCES[Call.TEST]]
        send(force, secret_words)
        comes_true(lambda: len(calls(first)) == 2, watch)
        assert calls(first)[1] == SENTENCES[Call.DANGER]
        assert force.collection.waiting() == (), "it was taken in at once"
        tom = client_for(force, "tom")
        tom.page("/reports")
        tom.sees("The alarm is ringing")
        tom.submit(button="I have this: stop the alarm")
        tom.does_not_see("The alarm is ringing")
    assert watch.returncode == 0, "asked to stop, it stops well"
    assert not board.bell().rings, "and takes its promise down at once"

    # Started again it remembers that somebody has answered, and that it was tested today.
    with watching(force, tmp_path, first, second) as watch:
        comes_true(lambda: board.bell().rings, watch)
    assert len(calls(first)) == 2
    acts = [line["act"] for line in audit_lines(force)]
    assert [act for act in acts if act.startswith("bell")] == ["bell tested", "bell rung", "bell answered"]
    no_content(tmp_path, force, secret_words)


def test_a_watch_killed_outright_is_found_out_by_officers_and_by_the_form(force: Force, tmp_path: Path) -> None:
    first = pager(tmp_path, "on-call")
    force.clock.now = datetime.now(UTC)
    with watching(force, tmp_path, first) as watch:
        comes_true(lambda: Noticeboard(force.drop).bell().rings, watch)
        watch.kill()
    force.clock.forward(minutes=6)
    assert not Noticeboard(force.drop, clock=force.clock).bell().rings
    tom = client_for(force, "tom")
    tom.page("/reports")
    tom.sees("The alarm has stopped")


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [("", 1, "Set QUIETWORD_BELL_COMMAND"), ("/nowhere/pager", 2, "names “/nowhere/pager”")],
)
def test_without_a_command_that_works_it_does_not_start(
    force: Force, tmp_path: Path, command: str, code: int, sentence: str
) -> None:
    environ = {
        "PATH": os.environ["PATH"],
        "QUIETWORD_INSTANCE": str(force.settings.instance),
        "QUIETWORD_BELL_COMMAND": command,
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", "quietword", "watch"],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == code
    assert sentence in done.stderr.decode()


def send(force: Force, words: str) -> None:
    """Sealed with the key of the tests' own today, whatever day it is."""
    real = force.clock.now
    force.clock.now = datetime.combine(force.intake_keys[0].key.not_before, real.timetz())
    force.send(words, danger=True)
    force.clock.now = real


def no_content(folder: Path, force: Force, secret_words: str) -> None:
    """Nothing that was handed to a command, and nothing that the watch logged, tells one report from another."""
    with force.database.case.connect() as connection:
        ids = [row[0] for row in connection.exec_driver_sql("SELECT drop_id FROM held_drops")]
    assert ids
    for name in ("on-call.log", "chief.log", "watch.log"):
        text = (folder / name).read_text()
        assert not any(word in text for word in secret_words.split() if len(word) > 4)
        assert not any(bytes(one).hex() in text.lower().replace("-", "") for one in ids)
        assert "QUIETWORD_DROP" not in text
        assert "sqlite" not in text
        assert "postgresql" not in text
    handed = {line for line in (folder / "on-call.log").read_text().splitlines() if line.startswith("env: QUIETWORD")}
    assert handed == {"env: QUIETWORD_BELL=test", "env: QUIETWORD_BELL=danger"}
