"""Every setting of both programs: read once from the environment, checked at start."""

import base64
import binascii
import ipaddress
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

VERIFYING_KEY_FILE = "force-verifying-key"
COUNTER_VERIFYING_KEY_FILE = "counter-verifying-key"
FORCE_NAME_FILE = "force-name"
SYSTEM_KEY_FILE = "system-key"
BACKUPS = "backups"
BACKUP_KEYS = "backup-keys"
PUBLISHED_KEY_BYTES = 32
LONGEST_SOCKET_PATH = 107
MEGABYTE = 10**6
# Two hundred reports with all the files they may have; a report of words alone takes a thousandth of one photo.
FILES_MOST_MB = 20_000
FILES_KEEP_FREE_MB = 2_000
CASE_MOST_MB = 200_000

Settings = TypeVar("Settings")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class SettingsError(Exception):
    """One or more settings are wrong; each problem is a sentence that says what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Bind:
    """Where a program listens: a host name or address, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address a person on this machine opens."""
        return f"http://{self}"

    @property
    def is_loopback(self) -> bool:
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


class Release(StrEnum):
    """When drops leave the public host (design §2)."""

    AT_SET_HOURS = "at set hours"
    AT_ONCE = "at once"


@dataclass(frozen=True)
class ReportingSettings:
    """What the public form needs; it holds public keys and nothing that opens a report.

    `page_state_root` seals unfinished answers inside the reporter's own page; when None, `serve` makes one in memory.
    `page_state_began` is the day the root was made: processes started on different days reach the same key from it.
    `trusted_hops` counts the proxies of ours in front, so that the flood bucket is the sender's and not the proxy's.
    `over_tls` makes browsers insist on TLS from then on. `onion_socket` is where tor hands on what the onion service is
    asked; a process of its own listens there. Files are refused, and words are not, when the one-way store is larger
    than `files_most_bytes` or its disk has less than `files_keep_free` left. `counter_verifying_key` vouches for the
    counter-corruption box alone.
    Past `surge_sends` reports a minute every send waits a little.
    """

    instance: Path
    bind: Bind
    drop_url: URL
    redis_url: str | None
    verifying_key: bytes | None
    page_state_root: bytes | None = field(repr=False)
    release: Release
    force_name: str
    demonstration: bool
    trusted_hops: int
    workers: int
    page_state_began: date | None = None
    over_tls: bool = False
    files_most_bytes: int = FILES_MOST_MB * MEGABYTE
    files_keep_free: int = FILES_KEEP_FREE_MB * MEGABYTE
    onion_socket: Path | None = None
    counter_verifying_key: bytes | None = None
    surge_sends: int = 1800

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "ReportingSettings":
        """Read and check the environment.

        Raises:
            SettingsError: with a sentence for each mistake, all of them at once.
        """
        reader = _Reader(environ)
        instance = reader.instance()
        bind = reader.bind("QUIETWORD_REPORTING_BIND", "127.0.0.1:5000")
        drop_url = reader.database("QUIETWORD_DROP_URL", instance / "drop.sqlite", bind)
        return reader.checked(
            cls(
                instance=instance,
                bind=bind,
                drop_url=drop_url,
                redis_url=reader.redis(),
                verifying_key=reader.verifying_key(instance),
                counter_verifying_key=reader.counter_verifying_key(instance),
                surge_sends=reader.whole_number("QUIETWORD_SURGE_SENDS", 1800, 1, 1_000_000),
                page_state_root=reader.secret_file("QUIETWORD_PAGE_STATE_KEY_FILE"),
                page_state_began=reader.date_of_file("QUIETWORD_PAGE_STATE_KEY_FILE"),
                release=reader.release(),
                force_name=environ.get("QUIETWORD_FORCE_NAME", "").strip() or reader.force_name(instance),
                demonstration=reader.flag("QUIETWORD_DEMONSTRATION"),
                trusted_hops=reader.whole_number("QUIETWORD_TRUSTED_HOPS", 0, 0, 5),
                workers=reader.whole_number("QUIETWORD_REPORTING_WORKERS", 2, 1, 64),
                over_tls=reader.over_tls(bind),
                files_most_bytes=reader.whole_number("QUIETWORD_FILES_MOST_MB", FILES_MOST_MB, 0, 10**7) * MEGABYTE,
                files_keep_free=reader.whole_number("QUIETWORD_FILES_KEEP_FREE_MB", FILES_KEEP_FREE_MB, 64, 10**7)
                * MEGABYTE,
                onion_socket=reader.unix_socket("QUIETWORD_ONION_BIND", "/run/quietword-onion/form.sock"),
            )
        )


@dataclass(frozen=True)
class TriageSettings:
    """What the officers' program needs. `argon2_memory_kib` falls below 256 MiB in tests alone.

    Files stay at the public host, and words are taken in, when the case database is larger than `case_most_bytes` or
    its disk has less than `case_keep_free` left.
    `bell_command` and `bell_escalation` are programs with their arguments, run without a shell; empty: no bell.
    `witness_file` and `witness_command` are where `quietword audit checkpoint` leaves what it signed.
    `origin` is the address officers open, such as https://triage.example.org; passkeys are made for it alone.
    `index_socket` is where `quietword index` listens; without it each worker has an index of its own.
    `backup_folder` and `backup_keys_folder` should be on two disks, neither of them the databases' own.
    `time_zone` is whose hours and days the auditors' alerts go by.
    `held_back_percent` of the reports are decided before suggestions are shown, so that these can be measured.
    """

    instance: Path
    bind: Bind
    drop_url: URL
    case_url: URL
    keys_url: URL
    redis_url: str | None
    release: Release
    release_hours: tuple[int, ...]
    demonstration: bool
    trusted_hops: int
    workers: int
    secure_cookies: bool
    idle_minutes: int = 15
    absolute_hours: int = 10
    bell_command: tuple[str, ...] = ()
    bell_escalation: tuple[str, ...] = ()
    bell_repeat_minutes: int = 5
    bell_escalate_minutes: int = 15
    witness_file: Path | None = None
    witness_command: tuple[str, ...] = ()
    case_most_bytes: int = CASE_MOST_MB * MEGABYTE
    case_keep_free: int = FILES_KEEP_FREE_MB * MEGABYTE
    argon2_memory_kib: int = 256 * 1024
    argon2_iterations: int = 3
    index_socket: Path | None = None
    held_back_percent: int = 5
    time_zone: str = "Europe/London"
    backup_folder: Path | None = None
    backup_keys_folder: Path | None = None
    origin: str | None = None

    @property
    def relying_party(self) -> str | None:
        """The host name that passkeys are bound to (WebAuthn's rpId)."""
        return urlsplit(self.origin).hostname if self.origin is not None else None

    @property
    def backups_path(self) -> Path:
        """Where backups lie, and the list of destroyed keys beside them."""
        return self.backup_folder or self.instance / BACKUPS

    @property
    def backup_keys_path(self) -> Path:
        """Where the keys of the last seven days' backups of keys lie: never copied, never backed up."""
        return self.backup_keys_folder or self.instance / BACKUP_KEYS

    @property
    def system_key_path(self) -> Path:
        """The 32-byte secret behind unattended acts and keyed digests; it opens no report."""
        return self.instance / SYSTEM_KEY_FILE

    @property
    def verifying_key_path(self) -> Path:
        return self.instance / VERIFYING_KEY_FILE

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "TriageSettings":
        """Read and check the environment; raises SettingsError as `ReportingSettings.from_environ` does."""
        reader = _Reader(environ)
        instance = reader.instance()
        bind = reader.bind("QUIETWORD_TRIAGE_BIND", "127.0.0.1:5001")
        return reader.checked(
            cls(
                instance=instance,
                bind=bind,
                drop_url=reader.database("QUIETWORD_DROP_URL", instance / "drop.sqlite", bind),
                case_url=reader.database("QUIETWORD_CASE_URL", instance / "case.sqlite", bind),
                keys_url=reader.database("QUIETWORD_KEYS_URL", instance / "keys.sqlite", bind),
                redis_url=reader.redis(),
                release=reader.release(),
                release_hours=reader.hours("QUIETWORD_RELEASE_HOURS", (7, 13, 19)),
                demonstration=reader.flag("QUIETWORD_DEMONSTRATION"),
                trusted_hops=reader.whole_number("QUIETWORD_TRUSTED_HOPS", 0, 0, 5),
                workers=reader.whole_number("QUIETWORD_TRIAGE_WORKERS", 1, 1, 64),
                secure_cookies=reader.over_tls(bind),
                bell_command=reader.command("QUIETWORD_BELL_COMMAND"),
                bell_escalation=reader.command("QUIETWORD_BELL_ESCALATION_COMMAND"),
                bell_repeat_minutes=reader.whole_number("QUIETWORD_BELL_REPEAT_MINUTES", 5, 1, 60),
                bell_escalate_minutes=reader.whole_number("QUIETWORD_BELL_ESCALATE_MINUTES", 15, 1, 240),
                witness_file=reader.path("QUIETWORD_WITNESS_FILE"),
                witness_command=reader.command("QUIETWORD_WITNESS_COMMAND"),
                case_most_bytes=reader.whole_number("QUIETWORD_CASE_MOST_MB", CASE_MOST_MB, 0, 10**8) * MEGABYTE,
                case_keep_free=reader.whole_number("QUIETWORD_CASE_KEEP_FREE_MB", FILES_KEEP_FREE_MB, 64, 10**7)
                * MEGABYTE,
                index_socket=reader.unix_socket("QUIETWORD_INDEX_SOCKET", "/run/quietword-index/index.sock"),
                time_zone=reader.time_zone("QUIETWORD_TIME_ZONE", "Europe/London"),
                held_back_percent=reader.whole_number("QUIETWORD_HELD_BACK_PERCENT", 5, 0, 50),
                backup_folder=reader.folder("QUIETWORD_BACKUP_FOLDER"),
                backup_keys_folder=reader.folder("QUIETWORD_BACKUP_KEYS_FOLDER"),
                origin=reader.origin("QUIETWORD_TRIAGE_ORIGIN", bind),
            )
        )


class _Reader:
    """Reads one variable at a time and collects a sentence for each that is wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def checked(self, settings: Settings) -> Settings:
        if self.problems:
            raise SettingsError(self.problems)
        return settings

    def instance(self) -> Path:
        return Path(self.environ.get("QUIETWORD_INSTANCE", "").strip() or "instance").absolute()

    def folder(self, name: str) -> Path | None:
        """A folder by its whole path, so that a backup never lands wherever a command was started."""
        text = self.environ.get(name, "").strip()
        if text and not Path(text).is_absolute():
            self.problems.append(f"{name} is “{text}”: write the whole path of a folder, beginning with /.")
        return Path(text) if text else None

    def bind(self, name: str, default: str) -> Bind:
        text = self.environ.get(name, "").strip() or default
        host, colon, port = text.rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
            self.problems.append(f"{name} is “{text}”: write a host and a port, such as {default}.")
            return Bind("127.0.0.1", int(default.rpartition(":")[2]))
        return Bind(host, int(port))

    def unix_socket(self, name: str, example: str) -> Path | None:
        """A path after "unix:"; the kernel takes no longer one than `LONGEST_SOCKET_PATH`."""
        text = self.environ.get(name, "").strip()
        if not text:
            return None
        path = Path(text.removeprefix("unix:"))
        if not text.startswith("unix:/") or len(bytes(path)) > LONGEST_SOCKET_PATH:
            self.problems.append(f"{name} is “{text}”: write unix: and a short path, such as unix:{example}.")
            return None
        return path

    def database(self, name: str, default: Path, bind: Bind) -> URL:
        text = self.environ.get(name, "").strip() or f"sqlite:///{default}"
        try:
            url = make_url(text)
        except ArgumentError:
            self.problems.append(f"{name} is not a database URL: write one such as postgresql+psycopg://HOST/NAME.")
            return make_url(f"sqlite:///{default}")
        backend = url.get_backend_name()
        if backend == "postgresql":
            return url.set(drivername="postgresql+psycopg")
        if backend != "sqlite":
            self.problems.append(f"{name} names the database “{backend}”: use PostgreSQL, or SQLite for a trial.")
        elif not url.database or url.database == ":memory:":
            self.problems.append(f"{name} keeps nothing: name a file, such as sqlite:///{default}.")
        elif not bind.is_loopback and not self.flag("QUIETWORD_ACCEPT_SQLITE"):
            self.problems.append(
                f"{name} is SQLite while the program listens on {bind}: use PostgreSQL, "
                "or set QUIETWORD_ACCEPT_SQLITE=yes to run a trial where code alone keeps the public form from reading."
            )
        return url

    def redis(self) -> str | None:
        text = self.environ.get("QUIETWORD_REDIS_URL", "").strip()
        if text and not text.startswith(("redis://", "rediss://", "unix://")):
            self.problems.append("QUIETWORD_REDIS_URL must start with redis://, rediss:// or unix://.")
        return text or None

    def release(self) -> Release:
        text = self.environ.get("QUIETWORD_RELEASE", "").strip() or Release.AT_SET_HOURS
        try:
            return Release(text)
        except ValueError:
            self.problems.append(f"QUIETWORD_RELEASE is “{text}”: write “at set hours” or “at once”.")
            return Release.AT_SET_HOURS

    def hours(self, name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        text = self.environ.get(name, "").strip()
        if not text:
            return default
        parts = [part.strip() for part in text.split(",")]
        if not all(part.isdecimal() and int(part) < 24 for part in parts):
            self.problems.append(f"{name} is “{text}”: write hours from 0 to 23 with commas, such as 7,13,19.")
            return default
        return tuple(sorted({int(part) for part in parts}))

    def command(self, name: str) -> tuple[str, ...]:
        """A program that is there, with its arguments; nothing is a command of no words."""
        try:
            words = tuple(shlex.split(self.environ.get(name, "")))
        except ValueError:
            self.problems.append(f"{name} has a quotation mark that is not closed: write a program and its arguments.")
            return ()
        if words and shutil.which(words[0], path=self.environ.get("PATH")) is None:
            self.problems.append(
                f"{name} names “{words[0]}”, which is not there or may not be run: give its whole path."
            )
        return words

    def path(self, name: str) -> Path | None:
        """An absolute path, or None where none is set."""
        text = self.environ.get(name, "").strip()
        if text and not Path(text).is_absolute():
            self.problems.append(f"{name} must be a whole path, such as /var/lib/quietword/witness.")
        return Path(text) if text else None

    def time_zone(self, name: str, default: str) -> str:
        """One that this host knows; UTC where none is set and it knows no places."""
        text = self.environ.get(name, "").strip()
        try:
            ZoneInfo(text or default)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            if text:
                self.problems.append(f"{name} is “{text}”: write one that this host knows, such as {default} or UTC.")
            return "UTC"
        return text or default

    def flag(self, name: str) -> bool:
        text = self.environ.get(name, "").strip().lower()
        if text not in {"", "yes", "no"}:
            self.problems.append(f"{name} is “{text}”: write yes or no.")
        return text == "yes"

    def over_tls(self, bind: Bind) -> bool:
        """Whether people reach the program over TLS: they must on every address but this machine's own, where a proxy
        in front may have it (or may be an onion service, which needs none)."""
        return self.flag("QUIETWORD_TLS") or not bind.is_loopback

    def origin(self, name: str, bind: Bind) -> str | None:
        """The address people open, for passkeys, which know a site by its name: never a bare IP address.

        On this machine's own address it is http://localhost; elsewhere there are no passkeys until it is set.
        """
        text = self.environ.get(name, "").strip()
        if not text:
            over_tls = self.environ.get("QUIETWORD_TLS", "").strip().lower() == "yes"
            return f"http://localhost:{bind.port}" if bind.is_loopback and not over_tls else None
        address = text.removesuffix("/")
        parts = urlsplit(address)
        host = parts.hostname or ""
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and host == "localhost")
        if not is_safe or not host or "@" in text or parts.netloc != address.partition("://")[2] or _is_address(host):
            self.problems.append(f"{name} is “{text}”: write https:// and a host name, such as https://triage.example.")
            return None
        return address

    def whole_number(self, name: str, default: int, least: int, most: int) -> int:
        text = self.environ.get(name, "").strip()
        if not text:
            return default
        if not text.isdecimal() or not least <= int(text) <= most:
            self.problems.append(f"{name} is “{text}”: write a whole number from {least} to {most}.")
            return default
        return int(text)

    def secret_file(self, name: str) -> bytes | None:
        text = self.environ.get(name, "").strip()
        if not text:
            return None
        try:
            secret = Path(text).read_bytes()
        except OSError:
            self.problems.append(f"{name} names a file that cannot be read: give one of exactly 32 random bytes.")
            return None
        if len(secret) != PUBLISHED_KEY_BYTES:
            self.problems.append(f"{name} names a file that is not exactly 32 bytes long: make a new one.")
            return None
        return secret

    def date_of_file(self, name: str) -> date | None:
        """The day (UTC) a named file was written, if it is there; `secret_file` says what is wrong with it."""
        path = Path(self.environ.get(name, "").strip() or "/nowhere")
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date() if path.is_file() else None

    def verifying_key(self, instance: Path) -> bytes | None:
        """The force's verifying key, in base64: from the environment, or from the file `quietword init` wrote."""
        return self._pinned("QUIETWORD_VERIFYING_KEY", instance / VERIFYING_KEY_FILE, "quietword init")

    def counter_verifying_key(self, instance: Path) -> bytes | None:
        """The same of the counter-corruption box, whose holders hand it over; a file is for demonstrations."""
        path = instance / COUNTER_VERIFYING_KEY_FILE
        return self._pinned("QUIETWORD_COUNTER_VERIFYING_KEY", path, "quietword counter init")

    def _pinned(self, name: str, path: Path, command: str) -> bytes | None:
        text = self.environ.get(name, "").strip()
        if not text:
            if not path.exists():
                return None
            text, name = path.read_text("ascii", "replace").strip(), f"The file {path.name}"
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error:
            key = b""
        if len(key) != PUBLISHED_KEY_BYTES:
            self.problems.append(f"{name} is not a verifying key: copy the one line that `{command}` printed.")
            return None
        return key

    def force_name(self, instance: Path) -> str:
        path = instance / FORCE_NAME_FILE
        return path.read_text("utf-8").strip() if path.exists() else "your police force"
