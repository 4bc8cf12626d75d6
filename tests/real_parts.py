"""The public form with everything real around it: PostgreSQL, Redis and nginx as they ship, met over TLS."""

import shutil
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from config import Bind
from quietword.proof.parts import (
    SECONDS_TO_STOP,
    Cluster,
    Part,
    PartMissingError,
    nginx,
    postgres_cluster,
    public_form,
    redis_server,
    this_user,
)
from quietword.shipped.filling import Proxy
from tests.force import DATABASES, Force, _open, found, settings_for
from tests.services import missing_service
from tests.shipped import ShippedForm, free_bind, shipped_form
from tests.tls import certificate_for_this_machine

NAME = "form.example"
Altered = Callable[[str], str]


@contextmanager
def the_parts() -> Iterator[None]:
    """A part that is not installed here skips the test loudly, or fails it in CI."""
    try:
        yield
    except PartMissingError as error:
        missing_service(str(error).rstrip("."), "Install it to test the shipped configuration.")


@contextmanager
def folder_for_postgres() -> Iterator[Path]:
    """A folder into which the user postgres can go, whoever runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="quietword-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        _take_away(folder)


def _take_away(folder: Path) -> None:
    """What was killed here ends beside us, and may take its own socket away while we do."""
    deadline = time.monotonic() + SECONDS_TO_STOP
    while folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def databases_in(cluster: Cluster) -> dict[str, URL]:
    """Three new databases of one cluster."""
    engine = create_engine(cluster.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in DATABASES:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    engine.dispose()
    return {name: cluster.url.set(database=name) for name in DATABASES}


def force_in(cluster: Cluster, folder: Path) -> Force:
    """A founded force whose three databases are in this cluster."""
    urls = databases_in(cluster)
    settings = settings_for(folder, urls["drop"], urls["case"], urls["keys"])
    return _open(found(settings), settings)


@dataclass
class BehindTls(ShippedForm):
    """The form as its visitors meet it: through nginx, over TLS, under its name."""

    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def _connection(self, address: str) -> HTTPConnection:
        connection = super()._connection(address)
        connection.connect()
        connection.sock = self.context.wrap_socket(connection.sock, server_hostname=NAME)
        return connection

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {"Host": f"{NAME}:{self.bind.port}", **headers}


@dataclass(frozen=True)
class Site:
    """All that runs, and the folder in which all of it is kept."""

    folder: Path
    force: Force
    cluster: Cluster
    redis_url: str
    settings: Mapping[str, str]
    parts: tuple[Part, ...]
    form: BehindTls

    @contextmanager
    def behind_nginx(
        self, name: str, form: Bind, *, trace: Path | None = None, altered: Altered = str
    ) -> Iterator[BehindTls]:
        """The form at an address, met through an nginx of its own; a control alters the file that ships."""
        folder = self.folder / name
        proxy = proxy_for(self.folder, form, run=folder)
        with nginx(folder, proxy, trace=trace, config=altered(proxy.public())):
            yield BehindTls(folder / "outside", proxy.listen, {}, context=believing_anybody())

    @contextmanager
    def traced(self) -> Iterator[tuple[BehindTls, tuple[Path, ...]]]:
        """Another form and another nginx over the same databases, traced from their first instruction on."""
        bind = free_bind()
        traces = (self.folder / "trace-form", self.folder / "trace-nginx")
        environ = {**self.settings, "QUIETWORD_REPORTING_BIND": str(bind), "QUIETWORD_REPORTING_WORKERS": "2"}
        with (
            public_form(self.folder / "traced-form", environ, trace=traces[0]),
            self.behind_nginx("traced-nginx", bind, trace=traces[1]) as form,
        ):
            yield form, traces


@contextmanager
def whole_site(folder: Path, *, workers: int) -> Iterator[Site]:
    """The second deployment: PostgreSQL, Redis, several processes, nginx, TLS."""
    with ExitStack() as stack, the_parts():
        cluster = stack.enter_context(postgres_cluster(folder / "postgres"))
        store, redis_url = stack.enter_context(redis_server(folder / "redis"))
        (folder / "instance").mkdir()
        force = force_in(cluster, folder / "instance")
        stack.callback(force.dispose)
        settings = shipped_form(
            force,
            folder / "form",
            QUIETWORD_REPORTING_WORKERS=str(workers),
            QUIETWORD_TRUSTED_HOPS="1",
            QUIETWORD_TLS="yes",
            QUIETWORD_REDIS_URL=redis_url,
        )
        form = stack.enter_context(public_form(folder / "form", settings.environ))
        proxy = proxy_for(folder, settings.bind, run=folder / "nginx")
        front = stack.enter_context(nginx(folder / "nginx", proxy))
        outside = BehindTls(folder / "outside", proxy.listen, {}, context=believing_anybody())
        parts = (form, front, store, cluster.part)
        yield Site(folder, force, cluster, redis_url, settings.environ, parts, outside)


def proxy_for(folder: Path, form: Bind, *, run: Path) -> Proxy:
    """What the shipped file for nginx is told here; run by whoever runs the tests."""
    certificate = folder / "certificate.pem"
    if not certificate.exists():
        certificate_for_this_machine(folder)
    return Proxy(NAME, free_bind(), form, certificate, certificate, this_user(), run)


def believing_anybody() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
