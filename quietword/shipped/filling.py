"""Fills in the shipped configuration files, and refuses what would break out of a line of them."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from config import LONGEST_SOCKET_PATH, Bind
from quietword.shipped.pages import closed_headers, page

NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/@+-]*")
ANYWHERE = ("0.0.0.0", "[::]")  # noqa: S104 - how the proxy is told to listen to everybody
# More than the form takes in files: beyond its own limit it still answers with the words.
LARGEST_BODY = "256m"
TLS_PORT = 443


class ShippedError(Exception):
    """A setting cannot stand in a configuration file; the message says what to write."""


class Unit(StrEnum):
    """The files for systemd, by the name people ask for them."""

    REPORTING = "reporting"
    ONION = "onion"
    TRIAGE = "triage"
    INDEX = "index"
    COLLECT = "collect"
    WATCH = "watch"
    ANEW = "anew"
    ANEW_TIMER = "anew-timer"
    BACKUP = "backup"
    BACKUP_TIMER = "backup-timer"
    CHECKPOINT = "checkpoint"
    CHECKPOINT_TIMER = "checkpoint-timer"
    NGINX = "nginx"

    @property
    def file(self) -> str:
        """The name of the template, which is that of the file it becomes; the drop-in says its own."""
        match self:
            case Unit.ANEW_TIMER | Unit.BACKUP_TIMER | Unit.CHECKPOINT_TIMER:
                return f"quietword-{self.value.removesuffix('-timer')}.timer"
            case Unit.NGINX:
                return "nginx-drop-in.conf"
            case _:
                return f"quietword-{self.value}.service"


@dataclass(frozen=True)
class Proxy:
    """What nginx is told. Without a certificate it speaks plain HTTP, which only this machine may hear.

    `port_only` listens to everybody on a port. `run` is a folder in memory. `redirects` sends visitors of port 80 on.
    """

    name: str
    listen: Bind
    form: Bind
    certificate: Path | None = None
    key: Path | None = None
    user: str = "www-data"
    run: Path = Path("/run")
    port_only: bool = False
    redirects: bool = field(default=False)

    def public(self) -> str:
        """The file for the public form.

        Raises:
            ShippedError: a setting cannot stand in the file.
        """
        self._require()
        return _fill("nginx-public.conf", **self._values(), largest_body=LARGEST_BODY)

    def triage(self) -> str:
        """The file for the officers' program; raises ShippedError as `public` does, and for want of a certificate."""
        if self.certificate is None:
            raise ShippedError("Triage is reached over TLS alone: give --certificate and --key.")
        self._require()
        return _fill("nginx-triage.conf", **self._values())

    def _require(self) -> None:
        require_name(self.name)
        require_user(self.user)
        require_path("--run", self.run)
        if (self.certificate is None) != (self.key is None):
            raise ShippedError("Give --certificate and --key together.")
        for option, path in (("--certificate", self.certificate), ("--key", self.key)):
            if path is not None:
                require_path(option, path)
        if self.certificate is None and (self.port_only or not self.listen.is_loopback):
            raise ShippedError("Without a certificate only this machine may listen: give --certificate and --key.")

    def _values(self) -> dict[str, object]:
        return {
            "name": self.name,
            "form": self.form,
            "certificate": self.certificate,
            "key": self.key,
            "user": self.user,
            "run": self.run,
            "redirects": self.redirects,
            "listen": self._listen,
            "page": page,
            "closed_headers": closed_headers(over_tls=self.certificate is not None),
        }

    def _listen(self, how: str) -> str:
        places = [f"{host}:{self.listen.port}" for host in ANYWHERE] if self.port_only else [str(self.listen)]
        return " ".join(f"listen {place} {how}".rstrip() + ";" for place in places)


def torrc(*, data: Path, service: Path, socket: Path, swap_off: bool = True) -> str:
    """The file for tor; raises ShippedError for a path that cannot stand in it."""
    require_path("--data", data)
    require_path("--service", service)
    require_socket(socket)
    return _fill("torrc", data=data, service=service, socket=socket, swap_off=swap_off)


def redis(*, socket: Path, run: Path) -> str:
    """The file for Redis or Valkey; raises ShippedError for a path that cannot stand in it."""
    require_socket(socket)
    require_path("--run", run)
    return _fill("redis.conf", socket=socket, run=run)


def postgresql(*, alone: bool = True) -> str:
    """The settings of a cluster; `alone` is how the drop and the keys have theirs: archived and copied nowhere."""
    return _fill("postgresql.conf", alone=alone)


def unit(
    wanted: Unit,
    *,
    command: Path | None = None,
    settings: Path = Path("/etc/quietword/settings"),
    socket: Path = Path("/run/quietword-onion/form.sock"),
    index_socket: Path = Path("/run/quietword-index/index.sock"),
    databases: str = "",
    writes: Sequence[Path] = (),
) -> str:
    """One file for systemd. `databases` names networks, with spaces, that the program may reach beside its own host.

    `writes` are folders it writes into beside its own, such as those of the backups and of their day keys.

    Raises:
        ShippedError: a setting cannot stand in the file.
    """
    command = command or Path(sys.executable).with_name("quietword")
    for option, path in (("--command", command), ("--settings", settings)):
        require_path(option, path)
    for path in (socket, index_socket):
        require_socket(path)
    for folder in writes:
        require_path("--writes", folder)
    for network in databases.split():
        try:
            ip_network(network)
        except ValueError:
            raise ShippedError(f"“{network}” is not an address or network: write one such as 10.1.2.3/32.") from None
    return _fill(
        wanted.file,
        command=command,
        settings=settings,
        socket=socket,
        index_socket=index_socket,
        databases=databases,
        writes=" ".join(map(str, writes)),
    )


def require_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ShippedError(f"“{name}” is not a host name: write one such as report.example.police.uk.")


def require_user(user: str) -> None:
    if not USER.fullmatch(user):
        raise ShippedError(f"“{user}” is not the name of a user: write one such as www-data.")


def require_path(option: str, path: Path) -> None:
    if not PLAIN_PATH.fullmatch(str(path)):
        raise ShippedError(f"{option} is “{path}”: write a whole path of letters, digits, dots, dashes and slashes.")


def require_socket(path: Path) -> None:
    require_path("--socket", path)
    if len(bytes(path)) > LONGEST_SOCKET_PATH:
        raise ShippedError(f"--socket is “{path}”: the path of a socket has at most {LONGEST_SOCKET_PATH} letters.")


def _fill(template: str, **values: object) -> str:
    # Configuration, not pages: nothing here is HTML, and every value was checked above.
    environment = Environment(
        loader=PackageLoader("quietword.shipped", "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**values)
