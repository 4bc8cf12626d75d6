"""Starts the real parts that stand around the programs, each as it ships: PostgreSQL, Redis or Valkey, nginx.

Each runs in the foreground, below one folder, on places of its own, and ends with the block that started it.
"""

import getpass
import os
import pwd
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.engine import URL

from config import Bind, ReportingSettings
from quietword.demo.running import answers
from quietword.memory import FORGETFUL_MEMORY
from quietword.proof.check import CannotCheckError, Process
from quietword.proof.here import end_with_the_parent
from quietword.proof.syscalls import STRACE
from quietword.shipped import filling
from quietword.shipped.filling import Proxy

SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 20.0
POSTGRES_PLACES = "/usr/lib/postgresql/*/bin"
# Freed memory is overwritten in the proxy as in the form (`shipped systemd nginx`).
NGINX_ENVIRONMENT = {name: FORGETFUL_MEMORY[name] for name in ("MALLOC_PERTURB_", "GLIBC_TUNABLES")}


class PartMissingError(CannotCheckError):
    """A program that this deployment is made of is not installed; the message says which."""


@dataclass(frozen=True)
class Part:
    """A running part: what people call it, its first process, and the folder in which all it writes lies."""

    name: str
    pid: int
    folder: Path

    @property
    def processes(self) -> tuple[Process, ...]:
        """Every process of it that runs just now."""
        return tuple(Process(pid, f"{self.name}, process {pid}") for pid in family_of(self.pid) if not _follows(pid))


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server of its own: `url` names its own `postgres` database."""

    part: Part
    url: URL
    data: Path
    log: Path


@contextmanager
def postgres_cluster(folder: Path, *, settings: str | None = None) -> Iterator[Cluster]:
    """A new cluster with the shipped settings (or, in a control, others), without TCP.

    PostgreSQL refuses to run as root: then it runs as the user `postgres`, who must be able to reach `folder`.

    Raises:
        PartMissingError: PostgreSQL's programs are not here.
        CannotCheckError: it did not start.
    """
    programs = sorted(Path("/").glob(f"{POSTGRES_PLACES.removeprefix('/')}/initdb"))
    if not programs:
        raise PartMissingError("PostgreSQL's own programs (initdb, postgres) are not installed here.")
    home = programs[-1].parent
    data, log, user = folder / "data", folder / "log", _postgres_user()
    folder.mkdir(mode=0o755, exist_ok=True)
    if user is not None:
        shutil.chown(folder, user)
    initdb = [home / "initdb", "--pgdata", data, "--username", "quietword", "--auth", "trust", "--encoding", "UTF8"]
    made = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, no shell
        [str(word) for word in (*initdb, "--locale", "C.UTF-8", "--no-sync")],
        user=user,
        capture_output=True,
        env=_environment(),
        cwd=folder,
        check=False,
    )
    if made.returncode:
        raise CannotCheckError(f"PostgreSQL could not make a cluster in {folder}.")
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(filling.postgresql() if settings is None else settings)
        file.write(f"\nlisten_addresses = ''\nunix_socket_directories = '{folder}'\nlogging_collector = off\n")
    url = URL.create("postgresql+psycopg", username="quietword", database="postgres", query={"host": str(folder)})
    begin = [str(home / "postgres"), "-D", str(data)]
    with _running("PostgreSQL", begin, folder, log, user=user, ends_with=signal.SIGINT) as part:
        _wait(lambda: _postgres_answers(home, folder), part, log)
        yield Cluster(part, url, data, log)


@contextmanager
def redis_server(folder: Path) -> Iterator[tuple[Part, str]]:
    """Redis or Valkey with the shipped file; gives the part and the URL for QUIETWORD_REDIS_URL.

    Raises:
        PartMissingError: neither is here.
        CannotCheckError: it did not start.
    """
    program = _program("valkey-server", "redis-server", name="Redis or Valkey")
    folder.mkdir(mode=0o700, exist_ok=True)
    path, config = folder / "redis.sock", folder / "redis.conf"
    config.write_text(filling.redis(socket=path, run=folder))
    with _running("Redis", [program, str(config)], folder, folder / "log") as part:
        _wait(lambda: _redis_answers(path), part, folder / "log")
        yield part, f"unix://{path}"


@contextmanager
def nginx(folder: Path, proxy: Proxy, *, trace: Path | None = None, config: str | None = None) -> Iterator[Part]:
    """nginx with the shipped file for this proxy (or, in a control, another), traced into a file when asked.

    Raises:
        PartMissingError: nginx, or strace, is not here.
        CannotCheckError: it did not start.
    """
    program = _program("nginx", name="nginx")
    if trace is not None:
        _program("strace", name="strace")
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / "nginx.conf"
    path.write_text(proxy.public() if config is None else config)
    begin = [program, "-p", str(folder), "-c", str(path), "-g", "daemon off;"]
    traced = [*STRACE, "-o", str(trace), *begin] if trace else begin
    with _running("nginx", traced, folder, folder / "log", environment=NGINX_ENVIRONMENT) as part:
        _wait(lambda: _listens(proxy.listen), part, folder / "log")
        yield part


@contextmanager
def public_form(folder: Path, environ: Mapping[str, str], *, trace: Path | None = None) -> Iterator[Part]:
    """`quietword serve reporting` with these settings, traced into a file when asked.

    Raises:
        PartMissingError: strace was asked for and is not here.
        CannotCheckError: it did not start.
    """
    if trace is not None:
        _program("strace", name="strace")
    for name in ("home", "temporary"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    began = [sys.executable, "-P", "-m", "quietword", "serve", "reporting"]
    traced = [*STRACE, "-o", str(trace), *began] if trace else began
    places = {"TMPDIR": str(folder / "temporary"), "HOME": str(folder / "home")}
    bind = ReportingSettings.from_environ(environ).bind
    asked = {**environ, **places}
    # Ended between two instructions: whatever it says is stored is stored, and there is nothing to wait for.
    with _running("The form", traced, folder, folder / "log", environment=asked, ends_with=signal.SIGKILL) as part:
        _wait(lambda: answers(bind), part, folder / "log")
        yield part


def free_bind() -> Bind:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Bind("127.0.0.1", probe.getsockname()[1])


def this_user() -> str:
    """The name of whoever runs this, for a part that would otherwise change to a user of its own."""
    return getpass.getuser()


def family_of(pid: int) -> tuple[int, ...]:
    """A process and all that came from it, as far as they run now."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        one = waiting.pop(0)
        try:
            threads = list(Path(f"/proc/{one}/task").iterdir())
            for thread in threads:
                waiting.extend(int(child) for child in (thread / "children").read_text().split())
        except OSError:
            continue
        found.append(one)
    return tuple(found)


@contextmanager
def _running(
    name: str,
    command: Sequence[str],
    folder: Path,
    log: Path,
    *,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
    ends_with: signal.Signals = signal.SIGTERM,
) -> Iterator[Part]:
    with log.open("ab") as said:
        process = subprocess.Popen(  # noqa: S603 - a program found above, no shell
            command,
            cwd=folder,
            env={**_environment(), **(environment or {})},
            user=user,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=partial(_as_a_part, ends_with),
        )
    try:
        yield Part(name, process.pid, folder)
    finally:
        # strace lets no signal end it before the program it follows, so the program is asked.
        asked = [pid for pid in family_of(process.pid) if not _follows(pid)]
        for pid in asked if ends_with is signal.SIGKILL else asked[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, ends_with)
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _as_a_part(ends_with: signal.Signals) -> None:
    """No core files, as in the units that ship (LimitCORE=0), and an end should the proof be killed outright: the
    kernel's, on Linux, and not for what strace follows, which hears no signal."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end_with_the_parent(ends_with)


def _follows(pid: int) -> bool:
    """Whether this is strace, which has seen everything and is no part of a deployment."""
    try:
        return Path(f"/proc/{pid}/exe").readlink().name == STRACE[0]
    except OSError:
        return False


def _wait(ready: Callable[[], bool], part: Part, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not ready():
        if not Path(f"/proc/{part.pid}/exe").exists() or time.monotonic() > deadline:
            said = log.read_text("utf-8", "replace").strip().splitlines()
            raise CannotCheckError(f"{part.name} did not start. It said: {said[-1] if said else 'nothing'}")
        time.sleep(0.02)


def _program(*names: str, name: str) -> str:
    for one in names:
        if found := shutil.which(one, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"):
            return found
    raise PartMissingError(f"{name} is not installed here.")


def _postgres_user() -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise PartMissingError("PostgreSQL does not run as root, and there is no user postgres here.") from None


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}


def _postgres_answers(home: Path, folder: Path) -> bool:
    asked = [str(home / "pg_isready"), "--quiet", "--host", str(folder), "--username", "quietword"]
    return subprocess.run(asked, env=_environment(), check=False).returncode == 0  # noqa: S603 - as above


def _redis_answers(path: Path) -> bool:
    try:
        with Redis(unix_socket_path=str(path)) as redis:
            return bool(redis.ping())
    except RedisError:
        return False


def _listens(bind: Bind) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((bind.host, bind.port)) == 0
