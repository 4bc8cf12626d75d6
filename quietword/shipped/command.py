"""`quietword shipped` prints a configuration file with a deployment's own settings in it."""

from pathlib import Path

import click

from config import Bind
from quietword.shipped import filling
from quietword.shipped.filling import TLS_PORT, Proxy, ShippedError, Unit

PATH = click.Path(path_type=Path)


class BindOption(click.ParamType[Bind]):
    """A host and a port, or a port alone for every address of this host."""

    name = "host:port"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Bind:  # noqa: ARG002
        """What was typed as a `Bind`; the host is empty when only a port was given."""
        host, _, port = str(value).rpartition(":")
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise ShippedError(f"“{value}” is no place to listen: write a port, or a host and a port.")
        return Bind(host.removeprefix("[").removesuffix("]"), int(port))


@click.group(short_help="Print the configuration of what stands around the programs.")
def shipped() -> None:
    """Print a tested configuration file with your settings in it: put it where its first lines say."""


@shipped.command(short_help="The whole of nginx.conf: no log, no file of a body.")
@click.option("--triage", is_flag=True, help="For the officers' program; otherwise for the public form.")
@click.option("--name", required=True, help="The host name people open.")
@click.option("--listen", type=BindOption(), default=str(TLS_PORT), show_default=True)
@click.option("--form", type=BindOption(), help="Where the program listens (127.0.0.1:5000, or :5001 for triage).")
@click.option("--certificate", type=PATH, help="The certificate chain, in PEM.")
@click.option("--key", type=PATH, help="Its private key.")
@click.option("--user", default="www-data", show_default=True)
@click.option("--run", type=PATH, default=Path("/run"), show_default=True, help="A folder in memory.")
def nginx(
    *,
    triage: bool,
    name: str,
    listen: Bind,
    form: Bind | None,
    certificate: Path | None,
    key: Path | None,
    user: str,
    run: Path,
) -> None:
    """The whole of /etc/nginx/nginx.conf: no log, no temporary file, nothing kept of who asked."""
    proxy = Proxy(
        name=name,
        listen=listen,
        form=form or Bind("127.0.0.1", 5001 if triage else 5000),
        certificate=certificate,
        key=key,
        user=user,
        run=run,
        port_only=not listen.host,
        redirects=listen.port == TLS_PORT and not listen.host,
    )
    click.echo(proxy.triage() if triage else proxy.public(), nl=False)


@shipped.command(short_help="The whole of torrc: an onion service before the form.")
@click.option("--data", type=PATH, default=Path("/var/lib/tor"), show_default=True)
@click.option(
    "--service", type=PATH, default=Path("/var/lib/tor/quietword"), show_default=True, help="Its key's folder."
)
@click.option("--socket", type=PATH, default=Path("/run/quietword-onion/form.sock"), show_default=True)
def torrc(*, data: Path, service: Path, socket: Path) -> None:
    """The whole of /etc/tor/torrc: the onion service in front of `quietword serve reporting --onion`."""
    click.echo(filling.torrc(data=data, service=service, socket=socket), nl=False)


@shipped.command()
@click.argument("unit", type=click.Choice([one.value for one in Unit]))
@click.option("--command", type=PATH, help="The installed quietword (beside this Python).")
@click.option(
    "--settings", type=PATH, default=Path("/etc/quietword/settings"), show_default=True, help="QUIETWORD_… lines."
)
@click.option("--socket", type=PATH, default=Path("/run/quietword-onion/form.sock"), show_default=True)
@click.option("--databases", default="", help="Networks of your databases, with spaces; this host needs no mention.")
@click.option("--writes", type=PATH, multiple=True, help="A folder it writes into, such as that of the backups.")
def systemd(
    *, unit: str, command: Path | None, settings: Path, socket: Path, databases: str, writes: tuple[Path, ...]
) -> None:
    """One file for systemd: a program and its fences, or a timer."""
    told = filling.unit(
        Unit(unit), command=command, settings=settings, socket=socket, databases=databases, writes=writes
    )
    click.echo(told, nl=False)


@shipped.command(short_help="Redis or Valkey as the limiter's store, in memory alone.")
@click.option("--socket", type=PATH, default=Path("/run/redis-quietword/redis.sock"), show_default=True)
@click.option("--run", type=PATH, default=Path("/run/redis-quietword"), show_default=True, help="A folder in memory.")
def redis(*, socket: Path, run: Path) -> None:
    """Redis or Valkey as the limiter's store: in memory, on a socket, never on a disk."""
    click.echo(filling.redis(socket=socket, run=run), nl=False)


@shipped.command(short_help="Settings of a PostgreSQL cluster.")
@click.option("--with-copies", is_flag=True, help="For the case database, which may be archived and copied.")
def postgresql(*, with_copies: bool) -> None:
    """Settings of a PostgreSQL cluster: durable, and a log that quotes nothing and tells no hour."""
    click.echo(filling.postgresql(alone=not with_copies), nl=False)
