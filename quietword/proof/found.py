"""Finds what can be looked at of a deployment that already runs, from the settings it was started with."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import URL

from config import Bind, ReportingSettings, TriageSettings
from quietword.proof.check import Deployment, Process, ProofError
from quietword.proof.processes import PROC, environment_of, name_of
from quietword.proof.syscalls import STRACE, strace_is_here

ATTACH_SECONDS = 15.0
NOT_TRACED = "Temporary files and connections were not traced while they were used: {why}."


def running_deployment(
    environ: Mapping[str, str],
    *,
    address: str = "",
    pids: Sequence[int] = (),
    logs: Sequence[Path] = (),
    folders: Sequence[Path] = (),
) -> Deployment:
    """What these settings name. `address` is what a reporter would type, when it is not the form's own.

    Raises:
        SettingsError: a setting is wrong.
        ProofError: the address cannot be read.
    """
    reporting = ReportingSettings.from_environ(environ)
    triage = TriageSettings.from_environ(environ)
    bind, tls = _read_address(address) if address else (reporting.bind, False)
    processes = tuple(Process(pid, name_of(pid)) for pid in pids) or tuple(_processes_of(reporting.instance))
    not_seen = []
    if not processes:
        not_seen.append("No running process of this service was found here: memory and open files were not looked at.")
    if not _is_there(triage.case_url):
        not_seen.append("The officers' databases are not on this machine.")
    if not address:
        not_seen.append("A proxy in front of the form, if there is one: give its address by --reporting-address.")
    return Deployment(
        name=f"the service at {bind}",
        reporting=bind,
        tls=tls,
        instance=reporting.instance,
        processes=processes,
        drop_url=reporting.drop_url,
        case_url=triage.case_url if _is_there(triage.case_url) else None,
        keys_url=triage.keys_url if _is_there(triage.keys_url) else None,
        redis_url=reporting.redis_url,
        folders=(reporting.instance, *folders),
        logs=tuple(logs),
        environ=dict(environ),
        not_seen=tuple(not_seen),
    )


@contextmanager
def watched(deployment: Deployment) -> Iterator[Deployment]:
    """The same deployment with strace attached to its processes, where that is possible."""
    why = ""
    if not strace_is_here():
        why = "strace is not installed here"
    elif os.geteuid() != 0:
        why = "only root may watch other processes"
    elif not deployment.processes:
        why = "no process is known; name it with --pid"
    if why:
        yield replace(deployment, not_seen=(*deployment.not_seen, NOT_TRACED.format(why=why)))
        return
    with tempfile.TemporaryDirectory(prefix="quietword-proof-") as folder:
        trace = Path(folder) / "trace"
        attach = [part for process in deployment.processes for part in ("-p", str(process.pid))]
        child = subprocess.Popen(  # noqa: S603 - strace by its name, with numbers of processes
            [*STRACE, "-o", str(trace), *attach], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_until_attached(child, deployment)
            yield replace(deployment, traces=(trace,))
        finally:
            if child.poll() is None:
                child.send_signal(signal.SIGINT)  # strace lets go of them, and they run on
                child.wait()


def _wait_until_attached(child: "subprocess.Popen[bytes]", deployment: Deployment) -> None:
    deadline = time.monotonic() + ATTACH_SECONDS
    while not all(_is_traced(process.pid, child.pid) for process in deployment.processes):
        if child.poll() is not None or time.monotonic() > deadline:
            raise ProofError("strace could not attach: is somebody else tracing these processes? Name others by --pid.")
        time.sleep(0.05)


def _is_traced(pid: int, by: int) -> bool:
    try:
        return f"\nTracerPid:\t{by}\n" in (PROC / str(pid) / "status").read_text()
    except OSError:
        return True  # gone: there is nothing to trace


def _processes_of(instance: Path) -> Iterator[Process]:
    """Every process that was started as a program of this instance."""
    for path in sorted(PROC.iterdir()):
        if not path.name.isdecimal():
            continue
        pid = int(path.name)
        words = name_of(pid).split()
        if "serve" not in words or not {"quietword", "__main__.py"} & set(words):
            continue
        named = environment_of(pid).get("QUIETWORD_INSTANCE", "")
        try:
            folder = Path(named) if named else (path / "cwd").readlink() / "instance"
        except OSError:
            continue
        if folder.absolute() == instance.absolute():
            yield Process(pid, name_of(pid))


def _is_there(url: URL) -> bool:
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def _read_address(text: str) -> tuple[Bind, bool]:
    parts = urlsplit(text if "://" in text else f"http://{text}")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ProofError(
            f"“{text}” is not an address that a browser opens: write one such as https://host or http://127.0.0.1:5000."
        )
    tls = parts.scheme == "https"
    return Bind(parts.hostname, port or (443 if tls else 80)), tls
