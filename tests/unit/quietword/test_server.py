"""The server under both programs keeps nothing about who asks, in its settings or in its log."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from config import Bind, TriageSettings
from quietword import server_log
from quietword.memory import FORGETFUL_MEMORY
from quietword.serve import Server, gunicorn_settings, note_on_index
from quietword.server_log import QuietLogger
from quietword.worker import PunctualWorker
from web.incidents import QuietFormatter

WORDS = "the man at number 14"


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(QuietFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def server() -> Server:
    return Server(lambda: Flask("nothing"), Bind("127.0.0.1", 5999), 2)


@pytest.fixture
def logger(server: Server, monkeypatch: pytest.MonkeyPatch) -> QuietLogger:
    monkeypatch.setattr(server_log, "keep_logs_quiet", lambda: None)
    return QuietLogger(server.cfg)


@pytest.fixture
def heard(logger: QuietLogger) -> Iterator[list[str]]:
    lines, before = Lines(), logger.error_log.handlers[:]
    logger.error_log.handlers[:] = [lines]
    yield lines.lines
    logger.error_log.handlers[:] = before


def test_a_worker_never_logs_what_gunicorn_says_about_a_request(logger: QuietLogger, heard: list[str]) -> None:
    logger.master = os.getpid() + 1
    logger.warning("Invalid request from ip=%s: %s", "203.0.113.5", WORDS)
    try:
        raise ValueError(WORDS)
    except ValueError:
        logger.exception("Error handling request %s", "/?secret")
    logger.debug("Headers: %s", WORDS)
    logger.access(None, None, {"REMOTE_ADDR": "203.0.113.5"}, None)
    said = "\n".join(heard)
    assert "test_server.py" in said
    assert "ValueError" in said
    for secret in ("203.0.113.5", "number 14", "?secret", "Invalid"):
        assert secret not in said


def test_the_master_says_what_happens_to_its_workers(logger: QuietLogger, heard: list[str]) -> None:
    logger.error("Worker (pid:%s) was sent SIGKILL! Perhaps out of memory?", 17)
    assert len(heard) == 1
    assert "Worker (pid:17) was sent SIGKILL" in heard[0]


def test_even_the_master_quotes_no_exception(logger: QuietLogger, heard: list[str]) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        logger.error("It failed: %s", error)
    assert "number 14" not in "\n".join(heard)
    assert "ValueError" in "\n".join(heard)


def test_the_server_writes_no_access_log_opens_no_control_socket_and_trusts_no_forwarder(server: Server) -> None:
    assert server.cfg.accesslog is None
    assert server.cfg.control_socket_disable is True
    assert server.cfg.forwarded_allow_ips == []
    assert server.cfg.secure_scheme_headers == {}
    assert server.cfg.preload_app is True
    assert server.cfg.umask == 0o077
    assert server.cfg.worker_class is PunctualWorker
    assert str(server.cfg.worker_tmp_dir) == "/dev/shm"
    assert server.cfg.settings["bind"].get() == ["127.0.0.1:5999"]


def test_every_setting_is_one_that_gunicorn_knows(server: Server) -> None:
    assert set(gunicorn_settings(Bind("::1", 1), 1)) <= set(server.cfg.settings)


def test_the_public_form_begins_anew_with_memory_that_is_overwritten_and_never_dumped() -> None:
    shows = (
        "import os, resource, ctypes\n"
        "from quietword.memory import forget_freed_memory, keep_out_of_core_dumps\n"
        "forget_freed_memory(['-c', open('/proc/self/cmdline').read().split('\\0')[2]])\n"
        "keep_out_of_core_dumps()\n"
        "print(os.environ['PYTHONMALLOC'], os.environ['MALLOC_PERTURB_'])\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    environ = {name: value for name, value in os.environ.items() if name not in FORGETFUL_MEMORY}
    shown = subprocess.run([sys.executable, "-c", shows], env=environ, capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines() == ["malloc 165", "(0, 0) 0"]


@pytest.mark.parametrize(
    ("workers", "socket", "said"),
    [(1, None, False), (4, Path("/run/quietword-index/index.sock"), False), (4, None, True)],
)
def test_several_workers_without_an_index_of_their_own_are_told_what_it_costs(
    workers: int, socket: Path | None, said: bool
) -> None:
    """It is said, and they start."""
    settings = replace(TriageSettings.from_environ({}), workers=workers, index_socket=socket)
    assert ("Each of the 4 workers" in note_on_index(settings)) == said
    assert bool(note_on_index(settings)) == said
