"""A force of nobody's, made for one proof: its own folder, the shipped servers, watched by strace where that is."""

import ctypes
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from config import Bind, ReportingSettings, TriageSettings
from quietword.proof.check import Deployment, OfficerSignIn, Process, ProofError
from quietword.proof.processes import descendants, name_of
from quietword.proof.syscalls import STRACE, strace_is_here
from quietword.proof.visitor import AWAY, Visitor

PR_SET_PDEATHSIG = 1
SECONDS_TO_START = 90
SECONDS_TO_STOP = 20
PEOPLE = (("sam", "supervisor"), ("ada", "administrator"), ("iris", "auditor"), ("tom", "triage officer"))
READERS = ("tom", "iris")
SERVE_REPORTING = ("-P", "-m", "quietword", "serve", "reporting")
SERVE_TRIAGE = ("-P", "-m", "quietword", "serve", "triage")
NO_STRACE = "Temporary files and connections were not traced: strace is not installed here."


@dataclass
class Stand:
    """The throw-away deployment while it is being built and run. `arguments` start the public form."""

    folder: Path
    say: Callable[[str], None]
    arguments: Sequence[str] = SERVE_REPORTING
    more: Mapping[str, str] = field(default_factory=dict)
    traced: bool = field(default_factory=strace_is_here)

    def __post_init__(self) -> None:
        self._children: list[tuple[subprocess.Popen[bytes], str]] = []
        self.recovery_shares: tuple[str, ...] = ()
        for name in ("instance", "logs", "temporary", "home", "traces"):
            (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("QUIETWORD_")},
            "QUIETWORD_INSTANCE": str(self.folder / "instance"),
            "QUIETWORD_REPORTING_BIND": str(_free_bind()),
            "QUIETWORD_TRIAGE_BIND": str(_free_bind()),
            "QUIETWORD_REPORTING_WORKERS": "1",
            "QUIETWORD_FORCE_NAME": "A police force that is not there",
            "TMPDIR": str(self.folder / "temporary"),
            "HOME": str(self.folder / "home"),
            # From a fresh clone the first process would write what Python compiles, beside the program.
            "PYTHONDONTWRITEBYTECODE": "1",
            **self.more,
        }

    def found(self) -> tuple[OfficerSignIn, ...]:
        """Set the force up as `quietword init` does, with people whose passphrases nobody keeps."""
        people = [
            {"name": name.title(), "sign_in_name": name, "role": role, "passphrase": secrets.token_urlsafe(18)}
            for name, role in PEOPLE
        ]
        plan = json.dumps({"force_name": "A police force that is not there", "people": people})
        told = self.run_command("init", "--from-json", "-", "--json", standard_input=plan)
        shown = json.loads(told)
        self.recovery_shares = tuple(shown["recovery_shares"])
        codes = {one["sign_in_name"]: one["totp_secret"] for one in shown["people"]}
        return tuple(
            OfficerSignIn(one["sign_in_name"], one["passphrase"], codes[one["sign_in_name"]])
            for one in people
            if one["sign_in_name"] in READERS
        )

    def run_command(self, *arguments: str, standard_input: str = "") -> str:
        """Run one of the deployment's own commands to its end, and give what it printed.

        Raises:
            ProofError: it failed.
        """
        ran = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-P", "-m", "quietword", *arguments],
            env=self.environ,
            cwd=self.folder / "home",
            input=standard_input,
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise ProofError(f"`quietword {arguments[0]}` failed: {ran.stderr.strip() or ran.returncode}")
        return ran.stdout

    def start(self, name: str, arguments: Sequence[str], bind: Bind) -> None:
        """Start a server, under strace where that is, and wait until it answers.

        Raises:
            ProofError: it stopped, or did not answer in time.
        """
        trace = [*STRACE, "-o", str(self.folder / "traces" / name)] if self.traced else []
        with (self.folder / "logs" / name).open("ab") as log:
            child = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [*trace, sys.executable, *arguments],
                env=self.environ,
                cwd=self.folder / "home",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_the_parent,
            )
        self._children.append((child, name))
        deadline = time.monotonic() + SECONDS_TO_START
        while not _answers(bind):
            if child.poll() is not None:
                said = (self.folder / "logs" / name).read_text("utf-8", "replace")[-2000:]
                raise ProofError(f"The server “{name}” stopped by itself: {said}")
            if time.monotonic() > deadline:
                raise ProofError(f"The server “{name}” did not answer in {SECONDS_TO_START} seconds.")
            time.sleep(0.05)

    def processes(self) -> tuple[Process, ...]:
        """The servers and their workers; strace itself is not of the deployment."""
        return tuple(
            Process(pid, f"{name}: {name_of(pid)}")
            for child, name in self._children
            for pid in ([] if self.traced else [child.pid]) + descendants(child.pid)
        )

    def stop(self) -> None:
        """Ask all to stop, and end what does not."""
        for child, _ in self._children:
            if child.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_STOP
        for child, _ in self._children:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self._children.clear()


@contextmanager
def standing(stand: Stand) -> Iterator[Deployment]:
    """The deployment, running; everything it started is stopped at the end whatever happens."""
    try:
        stand.say("Founding a force that is not there.")
        officers = stand.found()
        reporting = ReportingSettings.from_environ(stand.environ)
        triage = TriageSettings.from_environ(stand.environ)
        stand.say("Starting the public form and the officers' program.")
        stand.start("reporting", stand.arguments, reporting.bind)
        stand.start("triage", SERVE_TRIAGE, triage.bind)
        yield Deployment(
            name="SQLite and one process",
            reporting=reporting.bind,
            triage=triage.bind,
            instance=triage.instance,
            processes=stand.processes(),
            drop_url=triage.drop_url,
            case_url=triage.case_url,
            keys_url=triage.keys_url,
            folders=(triage.instance, stand.folder / "home"),
            logs=(stand.folder / "logs" / "reporting", stand.folder / "logs" / "triage"),
            temporary=(stand.folder / "temporary",),
            traces=tuple(sorted((stand.folder / "traces").iterdir())),
            officers=officers,
            environ=stand.environ,
            recovery_shares=stand.recovery_shares,
            throwaway=True,
            not_seen=() if stand.traced else (NO_STRACE,),
        )
    finally:
        stand.stop()


def _free_bind() -> Bind:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Bind("127.0.0.1", probe.getsockname()[1])


def _answers(bind: Bind) -> bool:
    try:
        return Visitor(bind).get("/health").status == HTTPStatus.OK
    except AWAY:
        return False


def end_with_the_parent(ends_with: signal.Signals = signal.SIGTERM) -> None:
    """For the child, before it becomes another program: should the proof itself be killed outright, the kernel ends
    what it started (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, ends_with, 0, 0, 0)
