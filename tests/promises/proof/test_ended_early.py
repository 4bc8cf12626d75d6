"""A proof that is stopped, or killed, leaves no database behind that goes on running."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quietword.proof.command import COULD_NOT_RUN
from quietword.proof.parts import SECONDS_TO_STOP
from tests.promises.proof.stands import REPOSITORY
from tests.real_parts import folder_for_postgres, the_parts

pytestmark = pytest.mark.postgres
SECONDS = 180
PARTS = 5  # PostgreSQL, Redis, the form, nginx and triage: each may take its time to stop


def within(seconds: float, holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("signals", "code"),
    [
        ((signal.SIGTERM, signal.SIGINT), COULD_NOT_RUN),  # somebody in a hurry presses Ctrl-C as well
        ((signal.SIGHUP,), COULD_NOT_RUN),
        ((signal.SIGKILL,), -signal.SIGKILL),
    ],
)
def test_what_it_started_is_ended(signals: tuple[signal.Signals, ...], code: int) -> None:
    with the_parts(), folder_for_postgres() as folder:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "quietword", "prove", "--here", "--real-parts"],
            env=os.environ | {"TMPDIR": str(folder), "PYTHONPATH": str(REPOSITORY)},
            stderr=subprocess.DEVNULL,
            preexec_fn=_as_from_a_terminal,
        )
        try:
            within(SECONDS, lambda: process.poll() is not None or _postgres(folder))
            if process.poll() == COULD_NOT_RUN:
                pytest.fail("The proof did not start.")
            [postgres] = _postgres(folder)
            for one in signals:
                process.send_signal(one)
            assert process.wait(PARTS * SECONDS_TO_STOP) == code
            within(SECONDS, lambda: not Path(f"/proc/{postgres}").exists())
        finally:
            process.kill()
            process.wait()


def _as_from_a_terminal() -> None:
    """The suite may have been started in the background, or with nohup, where these are ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def _postgres(folder: Path) -> list[int]:
    """The first process of the proof's PostgreSQL, once it takes connections."""
    written = [path.read_text().splitlines() for path in folder.glob("*/postgres/data/postmaster.pid")]
    return [int(lines[0]) for lines in written if lines and lines[-1].strip() == "ready"]
