"""Runs the force's own command: a pager, an SMS, a mail. It is given one fixed sentence, and nothing else."""

import logging
import os
import signal
import subprocess
from collections.abc import Sequence

from triage.bell.rules import SENTENCES, Call

_log = logging.getLogger(__name__)
SECONDS_TO_RING = 30
# What a program needs to run at all. Our own settings name databases, and stay with us.
_HANDED_ON = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ")
_WHY = "QUIETWORD_BELL"


def ring(command: Sequence[str], call: Call) -> bool:
    """Run it without a shell, the sentence on its standard input; gives whether it ended well and in time."""
    environ = {name: os.environ[name] for name in _HANDED_ON if name in os.environ} | {_WHY: call.value}
    try:
        child = subprocess.Popen(  # noqa: S603 - the force's own command, as an argument list
            list(command), stdin=subprocess.PIPE, env=environ, cwd="/", start_new_session=True
        )
    except OSError:
        _log.warning("bell.command.cannot_start")
        return False
    try:
        child.communicate(f"{SENTENCES[call]}\n".encode(), timeout=SECONDS_TO_RING)
    except subprocess.TimeoutExpired:
        # In a session of its own, so that what it started itself ends with it.
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        _log.warning("bell.command.took_too_long")
        return False
    if child.returncode != 0:
        _log.warning("bell.command.failed")
    return child.returncode == 0
