"""Reads every row of every table through the database itself: what a server squeezes or spreads in its files."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path

from sqlalchemy import DateTime, Engine, MetaData, Time, create_engine, func, inspect, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from envelope.recipient import SEALED_REPORT_LENGTHS
from quietword.proof.canaries import Canaries
from quietword.proof.check import CannotCheckError, Deployment, Finding, Looked, PlainCheck, Step
from quietword.proof.scanner import Scanner
from quietword.proof.scanning import Tally

# Officers' own sessions have an hour; no reporter has a session.
TIMES_OF_OFFICERS = frozenset({"sessions.started_at", "sessions.seen_at"})


def databases_of(deployment: Deployment) -> Iterator[tuple[str, URL]]:
    """The three databases, those that are known here."""
    for name, url in (("drop", deployment.drop_url), ("case", deployment.case_url), ("keys", deployment.keys_url)):
        if url is None:
            continue
        if url.get_backend_name() != "sqlite" or (url.database and Path(url.database).exists()):
            yield name, url


@contextmanager
def _opened(url: URL) -> Iterator[Engine]:
    if url.get_backend_name() == "sqlite":
        url = url.update_query_dict({"mode": "ro", "uri": "true"}).set(database=f"file:{url.database}")
    engine = create_engine(url, hide_parameters=True)
    try:
        yield engine
    finally:
        engine.dispose()


def every_row(deployment: Deployment, canaries: Canaries) -> Looked:
    """Every value of every row, as the database gives it back."""
    tally = Tally(Scanner(canaries))
    rows, tables, unreadable, seen = 0, 0, [], 0
    for name, url in databases_of(deployment):
        with _opened(url) as engine:
            try:
                found = _tables(engine)
            except SQLAlchemyError as error:
                unreadable.append(_not_read(f"The {name} database", error))
                continue
            seen += 1
            for table in found.sorted_tables:
                try:
                    with engine.connect() as connection:
                        for row in connection.execute(select(table)):
                            tally.take(b"\n".join(map(_bytes, row)), f"table {name}.{table.name}")
                            rows += 1
                    tables += 1
                except DBAPIError as error:
                    unreadable.append(_not_read(f"The table {name}.{table.name}", error))
    if not seen:
        raise CannotCheckError("No database of this deployment can be read from here.")
    looked = tally.looked
    return Looked(f"{rows:,} rows of {tables} tables, {tally.size:,} bytes", looked.findings, tuple(unreadable))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _not_read(what: str, error: SQLAlchemyError) -> str:
    return f"{what} could not be read with the login that was given ({type(error).__name__})."


def _tables(engine: Engine) -> MetaData:
    """All tables, and on PostgreSQL those of every schema that is not the server's own."""
    metadata = MetaData()
    schemas = [None] if engine.dialect.name == "sqlite" else inspect(engine).get_schema_names()
    for schema in schemas:
        if schema != "information_schema":
            metadata.reflect(engine, schema=schema)
    return metadata


def times_of_day(deployment: Deployment, _canaries: Canaries) -> Looked:
    """Whether any column could hold an hour, and whether any value does."""
    findings, columns, seen = [], 0, 0
    for name, url in databases_of(deployment):
        with _opened(url) as engine:
            try:
                found = _tables(engine)
            except SQLAlchemyError:
                continue
            seen += 1
            for table in found.sorted_tables:
                for column in table.columns:
                    columns += 1
                    shown = f"{table.name}.{column.name}"
                    if isinstance(column.type, (DateTime, Time)) and shown not in TIMES_OF_OFFICERS:
                        findings.append(Finding("a column has room for a time of day", f"{name}.{shown}"))
                findings.extend(_values_with_an_hour(engine, name, table.name))
    if not seen:
        raise CannotCheckError("No database of this deployment can be read from here.")
    return Looked(f"{columns} columns of {seen} databases, and every value in them that is a date", tuple(findings))


def _values_with_an_hour(engine: Engine, name: str, table: str) -> Iterator[Finding]:
    """SQLite keeps any text in a column of dates, so the values are looked at as well."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        quoted = engine.dialect.identifier_preparer.quote(table)
        for row in connection.exec_driver_sql(f"SELECT * FROM {quoted}").mappings():  # noqa: S608 - a table's own name
            for column, value in row.items():
                if f"{table}.{column}" not in TIMES_OF_OFFICERS and _tells_the_hour(value):
                    yield Finding("a value tells the time of day", f"{name}.{table}.{column}")
                    return


def _tells_the_hour(value: object) -> bool:
    if not isinstance(value, str) or len(value) not in range(16, 33):
        return False
    try:
        return datetime.fromisoformat(value).time() != time()
    except ValueError:
        return False


def stored_sizes(deployment: Deployment, _canaries: Canaries) -> Looked:
    """The length of every report that waits, as it lies there."""
    lengths: dict[int, int] = {}
    for name, url in databases_of(deployment):
        with _opened(url) as engine:
            try:
                for table in _tables(engine).sorted_tables:
                    if table.name in {"drops", "held_drops"}:
                        with engine.connect() as connection:
                            found = connection.execute(
                                select(func.length(table.c.sealed), func.count()).group_by(func.length(table.c.sealed))
                            )
                            for length, count in found:
                                lengths[length] = lengths.get(length, 0) + count
            except SQLAlchemyError as error:
                if name == "drop":
                    raise CannotCheckError(_not_read("The one-way store", error)) from None
    if not lengths:
        raise CannotCheckError("No report waits in the one-way store, so there was no size to look at.")
    findings = tuple(
        Finding(f"a report of {length:,} bytes is none of the four sizes", "drops", f"{count} of them")
        for length, count in sorted(lengths.items())
        if length not in SEALED_REPORT_LENGTHS
    )
    told = ", ".join(f"{count} of {length:,} bytes" for length, count in sorted(lengths.items()))
    return Looked(f"{sum(lengths.values())} stored reports: {told}", findings)


CHECKS = (
    PlainCheck(
        "every row",
        1,
        "Asked for everything they hold, the databases give back no word of what was sent and no trace of who sent it.",
        every_row,
    ),
    PlainCheck(
        "no time of day",
        6,
        "Nothing in the databases tells at what hour a report came.",
        times_of_day,
    ),
    PlainCheck(
        "equal sizes",
        5,
        "Whatever was written, what is stored of it has one of four sizes.",
        stored_sizes,
        Step.RIGHT_AFTER,
    ),
)
