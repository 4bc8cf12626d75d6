"""Runs either program under gunicorn with settings that keep nothing about who asked."""

import importlib
import os
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from config import Bind, ReportingSettings, SettingsError, TriageSettings
from quietword.memory import keep_out_of_core_dumps
from web.circuits import CircuitsOnly

THREADS = 4
# Before each connection tor says by which circuit it came. It says so once, so a connection carries one request. tor
# runs as another user, who is in the group that owns the socket.
FOR_TOR: Mapping[str, Any] = {"proxy_protocol": "v1", "keepalive": 0, "umask": 0o007}
NO_ONION_BIND = (
    "QUIETWORD_ONION_BIND is not set: name the socket that torrc names, such as unix:/run/quietword-onion/form.sock."
)

# Measured with 100,000 people on the register; docs/deploying.md has the figures.
INDEX_IN_EACH = (
    "Each of the {workers} workers keeps an index of the register of its own: for every 100,000 people about half a "
    "gigabyte of memory in each, and seconds of work for each after every change. Set QUIETWORD_INDEX_SOCKET and run "
    "`quietword index` to have one for all.\n"
)


class ServeError(Exception):
    """The program cannot start here; the message says what to do."""


class Server(BaseApplication):
    """Gunicorn, set up in the process: no command line, no configuration file, no control socket."""

    def __init__(
        self, create: Callable[[], Flask], bind: Bind | Path, workers: int, more: Mapping[str, Any] | None = None
    ) -> None:
        self.create = create
        self.settings = {**gunicorn_settings(bind, workers), **(more or {})}
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.create()


def gunicorn_settings(bind: Bind | Path, workers: int) -> dict[str, Any]:
    """Every setting that differs from gunicorn's default, with its reason. `bind` may be a socket's path.

    The application is loaded once, before the workers are made, so that they share the page-state key and the memory of
    the code. Who forwarded a request is the business of web.forgetting alone, so gunicorn is told to trust nobody.
    """
    return {
        "bind": f"unix:{bind}" if isinstance(bind, Path) else str(bind),
        "workers": workers,
        "worker_class": "quietword.worker.PunctualWorker",
        "threads": THREADS,
        "preload_app": True,
        "control_socket_disable": True,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "logger_class": "quietword.server_log.QuietLogger",
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 - the heartbeat stays in memory
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        "limit_request_line": 2048,
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        "keepalive": 5,
        "timeout": 60,
        "graceful_timeout": 10,
        "umask": 0o077,
        "proc_name": "quietword",
        "post_fork": _leave_the_masters_connections,
    }


def serve_reporting(environ: Mapping[str, str] = os.environ) -> None:
    """Run the public form until SIGTERM or SIGINT; the caller has seen to its memory (quietword.memory).

    Raises:
        SettingsError: a setting is wrong.
        ServeError: the address is taken.
    """
    settings = ReportingSettings.from_environ(environ)
    need_a_free_address(settings.bind, "QUIETWORD_REPORTING_BIND")
    keep_out_of_core_dumps()
    _run(Server(lambda: _reporting_app(settings), settings.bind, settings.workers))


def serve_onion(environ: Mapping[str, str] = os.environ) -> None:
    """Run the public form for the onion service alone, as `serve_reporting` runs it for everybody else.

    Raises:
        SettingsError: a setting is wrong, or QUIETWORD_ONION_BIND is missing.
        ServeError: the socket is taken or cannot be made.
    """
    settings = ReportingSettings.from_environ(environ)
    if settings.onion_socket is None:
        raise SettingsError([NO_ONION_BIND])
    need_a_free_socket(settings.onion_socket)
    keep_out_of_core_dumps()
    # An onion address needs no TLS, and no proxy of ours stands before it.
    behind_tor = replace(settings, over_tls=False, trusted_hops=0)
    _run(Server(lambda: _onion_app(behind_tor), settings.onion_socket, settings.workers, FOR_TOR))


def note_on_index(settings: TriageSettings) -> str:
    """What several workers cost without `quietword index`; empty where there is nothing to say."""
    if settings.workers == 1 or settings.index_socket is not None:
        return ""
    return INDEX_IN_EACH.format(workers=settings.workers)


def serve_triage(environ: Mapping[str, str] = os.environ) -> None:
    """Run the officers' program until SIGTERM or SIGINT.

    Raises:
        SettingsError: a setting is wrong.
        ServeError: the address is taken, or triage is not installed here.
    """
    settings = TriageSettings.from_environ(environ)
    need_a_free_address(settings.bind, "QUIETWORD_TRIAGE_BIND")
    sys.stderr.write(note_on_index(settings))
    keep_out_of_core_dumps()
    _run(Server(lambda: _triage_app(settings), settings.bind, settings.workers))


def _reporting_app(settings: ReportingSettings) -> Flask:
    app: Flask = importlib.import_module("reporting.app").create_app(settings)
    cleaner = importlib.import_module("reporting.cleaning.cleaner").sandboxed_cleaner()
    if not cleaner.works:
        sys.stderr.write(f"The form takes words, and no photos or documents: {cleaner.missing}\n")
    return app


def _onion_app(settings: ReportingSettings) -> Flask:
    app = _reporting_app(settings)
    app.wsgi_app = CircuitsOnly(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own way to put one first
    return app


def _triage_app(settings: TriageSettings) -> Flask:
    try:
        module = importlib.import_module("triage.app")
    except ModuleNotFoundError as error:
        if error.name not in {"triage", "triage.app"}:
            raise
        raise ServeError("Triage is not installed on this host: install quietword[triage].") from error
    app: Flask = module.create_app(settings)
    return app


def _run(server: Server) -> None:
    os.umask(0o077)
    server.wsgi()  # here, and not inside gunicorn, which would print a traceback that quotes what failed
    server.run()


def need_a_free_address(bind: Bind, setting: str) -> None:
    """Say at once that an address is taken; the server would try for seconds.

    Raises:
        ServeError: another program listens there, or this machine has no such address.
    """
    family = socket.AF_INET6 if ":" in bind.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind.host, bind.port))
        except OSError as error:
            raise ServeError(
                f"Cannot listen on {bind} ({error.strerror}): stop the program that does, or set {setting} differently."
            ) from error


def need_a_free_socket(path: Path) -> None:
    """The same for a socket in the file system.

    Raises:
        ServeError: another program listens there, or its folder is missing.
    """
    if not path.parent.is_dir():
        raise ServeError(f"The folder {path.parent} of QUIETWORD_ONION_BIND is not there: make it, for tor to enter.")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, suppress(OSError):
        probe.connect(str(path))
        raise ServeError(f"Another program listens on {path}: stop it, or set QUIETWORD_ONION_BIND differently.")


def _leave_the_masters_connections(_server: object, worker: Any) -> None:  # Any: gunicorn ships no types
    """Forget, without closing them, the database connections the master may have opened while the app was made."""
    app = worker.app.wsgi()
    for engine in app.extensions.get("quietword.engines", ()):
        engine.dispose(close=False)
