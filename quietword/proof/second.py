"""The throw-away service as a force runs it: PostgreSQL, Redis, nginx and several processes, each as it ships."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine, text

from config import ReportingSettings
from quietword.proof.check import Deployment
from quietword.proof.here import Stand, standing
from quietword.proof.parts import Cluster, free_bind, nginx, postgres_cluster, redis_server, this_user
from quietword.shipped.filling import Proxy

DATABASES = ("drop", "case", "keys")
WORKERS = 3
NAME = "localhost"


@contextmanager
def real_parts(folder: Path, make_stand: Callable[[dict[str, str]], Stand]) -> Iterator[Deployment]:
    """PostgreSQL and Redis, the stand that `make_stand` builds over the settings for them, and nginx in front.

    All three databases are in one cluster here; a force has a cluster for each. nginx speaks plain HTTP to this
    machine: over TLS the form is walked in the tests. PostgreSQL's processes are not among those looked into: they are
    handed sealed bytes alone, which the trace of whoever hands them shows.

    Raises:
        PartMissingError: a part is not installed.
        ProofError: something did not start.
    """
    with ExitStack() as stack:
        cluster = stack.enter_context(postgres_cluster(folder / "postgres"))
        store, redis_url = stack.enter_context(redis_server(folder / "redis"))
        stand = make_stand(settings_over(cluster, redis_url))
        deployment = stack.enter_context(standing(stand))
        form = ReportingSettings.from_environ(stand.environ).bind
        place = folder / "nginx"
        proxy = Proxy(NAME, free_bind(), form, user=this_user(), run=place)
        trace = stand.folder / "traces" / "nginx" if stand.traced else None
        front = stack.enter_context(nginx(place, proxy, trace=trace))
        socket = folder / "postgres" / ".s.PGSQL.5432"
        yield replace(
            deployment,
            name="PostgreSQL, Redis, nginx and several processes",
            reporting=proxy.listen,
            processes=(*deployment.processes, *front.processes, *store.processes),
            redis_url=redis_url,
            folders=(*deployment.folders, folder / "redis", place, cluster.data),
            logs=(*deployment.logs, cluster.log, folder / "redis" / "log", place / "log"),
            traces=(*deployment.traces, *([trace] if trace else [])),
            postgres_data=cluster.data,
            inner=(form, socket, folder / "redis" / "redis.sock"),
        )


def settings_over(cluster: Cluster, redis_url: str) -> dict[str, str]:
    """Three new databases of this cluster, and the settings that name them and the rest."""
    engine = create_engine(cluster.url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    with engine.connect() as connection:
        for name in DATABASES:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    engine.dispose()
    urls = {
        f"QUIETWORD_{name.upper()}_URL": cluster.url.set(database=name).render_as_string(hide_password=False)
        for name in DATABASES
    }
    return {
        **urls,
        "QUIETWORD_REDIS_URL": redis_url,
        "QUIETWORD_REPORTING_WORKERS": str(WORKERS),
        "QUIETWORD_TRUSTED_HOPS": "1",
    }


@contextmanager
def folder_for_parts() -> Iterator[Path]:
    """A folder that PostgreSQL's own user can enter, and that goes at the end."""
    folder = Path(tempfile.mkdtemp(prefix="quietword-proof-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
