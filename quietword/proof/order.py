"""Sends many reports in a known order and looks for that order in everything that is kept: first and after release.

Order is measured by rank correlation (Spearman 1904) with the order of sending. With REPORTS of them, chance alone
reaches LIMIT less often than once in sixty million looks; a list in order reaches 1. A place that holds fewer, as the
end of a log does, is held to what chance reaches as seldom with so many (`limit_of`).
"""

import math
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_bytes

from sqlalchemy import Engine, LargeBinary, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from envelope.recipient import SEALED_REPORT_LENGTHS
from quietword.proof.canaries import Canaries
from quietword.proof.check import CannotCheckError, Deployment, Finding, Looked, PlainCheck, ProofError, Step
from store.dropbox import Drop, Dropbox
from store.engine import open_engine

REPORTS = 800
LIMIT = 0.2
ID_BYTES = 16
MARK_BYTES = 6
# So few ids in one place say nothing about the order of the rest.
LEAST_PLACES = 100
# PostgreSQL's folder of what was written lately, in files of 16 MiB whose names sort as they were written.
LOG = "pg_wal"
# What a database knows of a row besides its columns.
HIDDEN = {"postgresql": ("ctid", "xmin"), "sqlite": ("rowid",)}


@dataclass(frozen=True)
class Trace:
    """How far one place gives the order of arrival away: from -1 to 1, 0 for not at all."""

    place: str
    correlation: float
    reports: int

    @property
    def tells(self) -> bool:
        """Whether it is more than chance gives."""
        return abs(self.correlation) >= limit_of(self.reports)

    def __str__(self) -> str:
        return f"{self.place} {self.correlation:+.2f}"


def order_is_gone(deployment: Deployment, _canaries: Canaries, *, reports: int = REPORTS) -> Looked:
    """Send, look, release, and look again: in the public host's store, and in the case database."""
    if not deployment.throwaway or deployment.drop_url is None or deployment.case_url is None:
        raise CannotCheckError(
            "The order of arrival was not looked for: it takes reports that are nobody's. Use --here."
        )
    sent = _send(deployment.drop_url, reports)
    waiting = _in_store(deployment.drop_url, sent, deployment)
    released(deployment)
    left, kept = _in_store(deployment.drop_url, sent, deployment), _in_case(deployment.case_url, sent, deployment)
    if not kept:
        raise CannotCheckError("None of the reports reached the case database, so its order says nothing.")
    findings = [
        Finding(
            "the order of arrival can be read",
            f"{where}: {trace.place}",
            f"rank correlation {trace.correlation:+.2f} of {trace.reports} reports",
        )
        for where, traces in (("the public host, after release", left), ("the case database", kept))
        for trace in traces
        if trace.tells
    ]
    worst = max((abs(trace.correlation) for trace in (*left, *kept)), default=0.0)
    measured = (
        f"{reports} reports; strongest rank correlation after release {worst:.2f} in {len(left) + len(kept)} places "
        f"(limit {LIMIT} for {REPORTS}, more for fewer). Before release, on the public host: "
        f"{', '.join(map(str, waiting)) or 'nothing'}"
    )
    return Looked(measured, tuple(findings))


def limit_of(reports: int) -> float:
    """What chance reaches with so many, at least two, as seldom as LIMIT with REPORTS: it spreads by 1/sqrt(n - 1)."""
    return min(1.0, LIMIT * math.sqrt((REPORTS - 1) / (reports - 1)))


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's rho; equal values share a rank, and a list of equal values correlates with nothing."""
    one, other = _ranks(first), _ranks(second)
    middle = (len(one) - 1) / 2
    spread = sum((rank - middle) ** 2 for rank in one) * sum((rank - middle) ** 2 for rank in other)
    together = sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True))
    return together / spread**0.5 if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranks[place] = (start + end) / 2
        start = end + 1
    return ranks


def _send(url: URL, reports: int) -> Sequence[bytes]:
    """Through the form's own door, one after the other. Nobody can open them, and collecting needs no key."""
    today = datetime.now(UTC).date()
    with opened(url) as engine:
        # Order is the same whether or not each is waited for until the disk has it, and that takes most of the time.
        hurry = "PRAGMA synchronous=OFF" if engine.dialect.name == "sqlite" else "SET synchronous_commit TO off"
        event.listen(engine, "connect", lambda connection, _record: connection.cursor().execute(hurry))
        dropbox = Dropbox(engine)
        # What they begin with is one for all, so that a file is searched once and not once for each.
        mark = token_bytes(MARK_BYTES)
        sent = [mark + token_bytes(ID_BYTES - MARK_BYTES) for _ in range(reports)]
        for drop_id in sent:
            dropbox.append(_made_up(drop_id, today))
    return sent


def _made_up(drop_id: bytes, today: date) -> Drop:
    return Drop(drop_id, token_bytes(min(SEALED_REPORT_LENGTHS)), danger=False, received_on=today)


def released(deployment: Deployment) -> None:
    """Collect everything, as the collector does at its hours.

    Raises:
        ProofError: it failed.
    """
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "quietword", "collect"],
        env=dict(deployment.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise ProofError(f"`quietword collect` failed: {ran.stderr.strip() or ran.returncode}")


def _in_store(url: URL, sent: Sequence[bytes], deployment: Deployment) -> list[Trace]:
    return [*_in_rows(url, sent), *_in_files(url, sent, deployment)]


def _in_case(url: URL, sent: Sequence[bytes], deployment: Deployment) -> list[Trace]:
    return [*_in_rows(url, sent), *_in_files(url, sent, deployment)]


def _in_rows(url: URL, sent: Sequence[bytes]) -> Iterator[Trace]:
    """Every column beside an id of ours, and what the database itself knows of each row."""
    arrival = {drop_id: place for place, drop_id in enumerate(sent)}
    with opened(url) as engine:
        for table in inspect(engine).get_table_names():
            columns = inspect(engine).get_columns(table)
            ids = [column["name"] for column in columns if isinstance(column["type"], LargeBinary)]
            for name in ids:
                others = [column["name"] for column in columns if column["name"] != name and column["name"] not in ids]
                for other in (*others, *HIDDEN[engine.dialect.name], ""):
                    found = _positions(engine, table, name, other, arrival)
                    if len(found) >= LEAST_PLACES:
                        places = [arrival[drop_id] for drop_id in found]
                        place = f"{table} by {other or 'the order of its rows'}"
                        yield Trace(place, rank_correlation(places, list(found.values())), len(found))


def _positions(engine: Engine, table: str, name: str, other: str, arrival: Mapping[bytes, int]) -> dict[bytes, float]:
    """Where each id of ours comes when rows are ordered by another column; by none, as the database gives them."""
    ordered = f' ORDER BY "{other}"' if other not in {"", "ctid", "xmin"} else ""
    hidden = f", CAST({other} AS text)" if other in {"ctid", "xmin"} else f', "{other}"' if other else ""
    if other == "rowid":
        hidden = ", rowid"
    with engine.connect() as connection:
        try:
            # Every name here is the database's own.
            rows = connection.execute(text(f'SELECT "{name}"{hidden} FROM "{table}"{ordered}')).fetchall()  # noqa: S608
        except DBAPIError:
            return {}  # a table without such a thing, which is as it should be
    found: dict[bytes, float] = {}
    values = sorted({_number(row[1]) for row in rows}) if other else []
    rank = {value: place for place, value in enumerate(values)}
    for place, row in enumerate(rows):
        if isinstance(row[0], bytes) and row[0] in arrival:
            found[row[0]] = float(rank[_number(row[1])] if other else place)
    return found


def _number(value: object) -> tuple[float, ...] | str:
    """A value that sorts as the database means it: `(page,place)` and numbers as numbers."""
    told = str(value).strip("()")
    try:
        return tuple(float(part) for part in told.split(","))
    except ValueError:
        return told


def _in_files(url: URL, sent: Sequence[bytes], deployment: Deployment) -> Iterator[Trace]:
    """Where the ids lie in each file of the database: pages, rows that were deleted, and logs of what was written."""
    log = bytearray()
    for path in sorted(_files_of(url, deployment)):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if path.parent.name == LOG:
            log += content
        yield from _in_bytes(content, sent, f"bytes of {_short(path, deployment)}")
    # What was written in one go may be cut in two by the end of a file: each half alone says less than both.
    yield from _in_bytes(log, sent, f"bytes of {LOG}, all its files in their order")


def _in_bytes(content: bytes | bytearray, sent: Sequence[bytes], place: str) -> Iterator[Trace]:
    found = _first_places(content, sent)
    if len(found) >= LEAST_PLACES:
        yield Trace(place, rank_correlation(list(found), list(found.values())), len(found))


def _first_places(content: bytes | bytearray, sent: Sequence[bytes]) -> dict[float, float]:
    """Where each of these ids first stands in a file, by its place in the order of sending."""
    arrival = {drop_id: float(place) for place, drop_id in enumerate(sent)}
    mark = sent[0][:MARK_BYTES]
    found: dict[float, float] = {}
    at = content.find(mark)
    while at >= 0:
        place = arrival.get(bytes(content[at : at + ID_BYTES]))
        if place is not None:
            found.setdefault(place, float(at))
        at = content.find(mark, at + 1)
    return found


def _files_of(url: URL, deployment: Deployment) -> Iterator[Path]:
    if url.get_backend_name() == "sqlite" and url.database:
        yield from (path for end in ("", "-wal", "-journal") if (path := Path(url.database + end)).exists())
        return
    if deployment.postgres_data is None:
        return
    with opened(url) as engine, engine.connect() as connection:
        number = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    for folder in (f"base/{number}", LOG):
        yield from (path for path in (deployment.postgres_data / folder).rglob("*") if path.is_file())


def _short(path: Path, deployment: Deployment) -> str:
    for folder in (deployment.postgres_data, deployment.instance):
        if folder is not None and path.is_relative_to(folder):
            return str(path.relative_to(folder))
    return path.name


@contextmanager
def opened(url: URL) -> Iterator[Engine]:
    """An engine of its own, given back at the end."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


CHECKS = (
    PlainCheck(
        "the order of arrival",
        6,
        "Once reports are released, nobody can tell from what is kept in which order they came: not from rows, their "
        "numbers or their places, and not from the databases' files and logs.",
        order_is_gone,
        Step.RUNNING,
    ),
)
