"""The demonstration as a newcomer runs it: `quietword demo` in a process of its own, over a folder made for tests."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser

from config import Bind, TriageSettings
from quietword.demo.making import make_ready
from quietword.demo.notebook import Notebook, read_notebook
from quietword.demo.running import answers
from tests.browser import DESK, Screen, Size
from tests.second_factor import step_to_spend
from tests.shipped import free_bind
from triage.database import Database

SECONDS_TO_START = 180
SECONDS_TO_STOP = 60
SECONDS_A_SESSION_IS_KEPT = 8 * 60


@dataclass
class Demo:
    """Both programs and the collector, running, and how to sign in to them."""

    environ: Mapping[str, str]
    settings: TriageSettings
    notebook: Notebook
    reporting: str
    triage: str
    log: Path
    _sessions: dict[str, Any] = field(default_factory=dict, repr=False)
    _used_at: dict[str, float] = field(default_factory=dict, repr=False)
    _last_steps: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def database(self) -> Database:
        """The case and keys databases, for looking up ids; dispose of it."""
        return Database.open(self.settings)

    def code(self, name: str) -> str:
        """A second-factor code that is good now and that nobody has used."""
        step = step_to_spend(self._last_steps.get(name, 0))
        self._last_steps[name] = step
        return str(pyotp.TOTP(self.notebook.sign_in_of(name).totp_secret).generate_otp(step))

    def signs_in(self, screen: Screen, name: str) -> None:
        """Fill in the sign-in page, as an officer does."""
        person = self.notebook.sign_in_of(name)
        screen.fills("Sign-in name", person.sign_in)
        screen.fills("Passphrase", person.passphrase)
        screen.fills("Code", self.code(name))
        screen.presses("Sign in")

    def proves(self, screen: Screen, name: str) -> None:
        """Show that it is them, as somebody does who signed in more than five minutes ago; their cookie is renewed."""
        screen.fills("Passphrase", self.notebook.sign_in_of(name).passphrase)
        screen.fills("Code", self.code(name))
        screen.presses("Go on")
        self._sessions[name] = screen.context.storage_state()

    def officer(
        self, browser: Browser, name: str, *, size: Size = DESK, script: bool = True, **context: object
    ) -> Screen:
        """Somebody at their desk, signed in through the real page the first time, and with the same cookie after."""
        # A session nobody used for a quarter of an hour has ended; on a slow machine that lies between two files.
        if name not in self._sessions or time.monotonic() - self._used_at.get(name, 0.0) > SECONDS_A_SESSION_IS_KEPT:
            with Screen(browser, self.triage) as screen:
                screen.opens("/")
                self.signs_in(screen, name)
                screen.page.get_by_role("button", name="Sign out").wait_for()
                self._sessions[name] = screen.context.storage_state()
        self._used_at[name] = time.monotonic()
        screen = Screen(browser, self.triage, size=size, script=script, storage_state=self._sessions[name], **context)
        screen.proves = lambda asked: self.proves(asked, name)
        return screen


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration that was made and never run, to be copied: by the worker that asks first, for all of them."""
    here = tmp_path_factory.getbasetemp()
    together = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    instance = together / "demo-made"
    with (together / "demo-made.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if read_notebook(instance) is None:
            _make(_settings(_environ(instance)))
    return instance


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_made: Path) -> Iterator[Demo]:
    """One running demonstration for all journeys in a browser: each brings words of its own."""
    with demo_running(tmp_path_factory.mktemp("demo") / "instance", made=demo_made) as running:
        yield running


@contextmanager
def demo_running(
    instance: Path,
    *,
    made: Path | None = None,
    reporting: Bind | None = None,
    triage: Bind | None = None,
    **more: str,
) -> Iterator[Demo]:
    """Run `quietword demo` in this folder until the block is left, over a copy of `made` or a Millbrook of its own."""
    reporting, triage = reporting or free_bind(), triage or free_bind()
    binds = {"QUIETWORD_REPORTING_BIND": str(reporting), "QUIETWORD_TRIAGE_BIND": str(triage)}
    environ = {**_environ(instance), **binds, **more}
    settings = _settings(environ)
    if made is not None:
        shutil.copytree(made, instance)
    notebook = _make(settings)
    log = instance.parent / "demo.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "quietword", "demo"],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while not (answers(reporting) and answers(triage)):
            assert process.poll() is None, f"The demo stopped: {log.read_text()}"
            assert time.monotonic() < deadline, f"The demo did not answer in time: {log.read_text()}"
            time.sleep(0.05)
        yield Demo(environ, settings, notebook, reporting.url, triage.url, log)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environ(instance: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "QUIETWORD_DEMONSTRATION": "yes",
        "QUIETWORD_RELEASE": "at once",
        "QUIETWORD_INSTANCE": str(instance),
        "QUIETWORD_REPORTING_WORKERS": "1",
    }


def _settings(environ: Mapping[str, str]) -> TriageSettings:
    """Argon2id at its full cost is tested elsewhere; here it would be most of the time."""
    return replace(TriageSettings.from_environ(environ), argon2_memory_kib=64, argon2_iterations=1)


def _make(settings: TriageSettings) -> Notebook:
    """Millbrook in the folder of these settings, where it is not made yet."""
    before = os.umask(0o077)
    try:
        return make_ready(settings, say=lambda _: None)
    finally:
        os.umask(before)
