"""What the databases held at one moment, to be put back under the feet of the running program: on SQLite and on
PostgreSQL.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

from sqlalchemy import (
    DDL,
    BigInteger,
    CompoundSelect,
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.schema import CreateSchema

Rows = list[tuple[object, ...]]
SCHEMA = "kept"


class Kept(Protocol):
    """The databases of a force, kept as they were when this was made."""

    def restore(self) -> None:
        """Put back every row as it was kept."""

    def tables(self) -> Iterator[tuple[str, Rows]]:
        """Each table as `database.table`, with its rows as they are now."""


class KeptOnSqlite:
    """Each file in memory, copied back by SQLite itself."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._kept = {name: sqlite3.connect(":memory:") for name in files}
        for name, path in files.items():
            with closing(sqlite3.connect(path)) as now:
                now.backup(self._kept[name])

    def restore(self) -> None:
        for name, path in self._files.items():
            with closing(sqlite3.connect(path)) as now:
                self._kept[name].backup(now)

    def tables(self) -> Iterator[tuple[str, Rows]]:
        for name, path in self._files.items():
            with closing(sqlite3.connect(path)) as now:
                for (table,) in now.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    if table != "sqlite_sequence":
                        yield f"{name}.{table}", now.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608  ours


class KeptOnPostgres:
    """Each table beside itself in a schema of its own; only what was written since is put back."""

    def __init__(self, engines: Mapping[str, Engine]) -> None:
        self._engines = engines
        self._tables: dict[str, list[Table]] = {}
        self._asked: dict[str, CompoundSelect[tuple[int, int, int]]] = {}
        self._as_kept: dict[str, list[tuple[int, int]]] = {}  # rows of each, and the last transaction that wrote one
        for name, engine in engines.items():
            found = MetaData()
            found.reflect(engine)
            self._tables[name] = list(found.tables.values())
            self._asked[name] = _what_is_written(self._tables[name])
            with engine.begin() as connection:
                connection.execute(CreateSchema(SCHEMA))
                for table in self._tables[name]:
                    connection.execute(DDL(f'CREATE TABLE {SCHEMA}."{table.name}" AS TABLE "{table.name}"'))
                self._as_kept[name] = self._written(connection, name)

    def restore(self) -> None:
        for name, engine in self._engines.items():
            with engine.begin() as connection:
                connection.execute(text("SET LOCAL session_replication_role = 'replica'"))  # foreign keys wait
                now = zip(self._tables[name], self._written(connection, name), self._as_kept[name], strict=True)
                changed = [table for table, written, kept in now if written != kept]
                for table in changed:
                    connection.execute(delete(table))
                    beside = table.to_metadata(MetaData(), schema=SCHEMA)
                    connection.execute(insert(table).from_select(table.columns.keys(), select(beside)))
                if changed:
                    self._as_kept[name] = self._written(connection, name)

    def tables(self) -> Iterator[tuple[str, Rows]]:
        for name, engine in self._engines.items():
            with engine.connect() as connection:
                for table in self._tables[name]:
                    yield f"{name}.{table.name}", [tuple(row) for row in connection.execute(select(table))]

    def _written(self, connection: Connection, name: str) -> list[tuple[int, int]]:
        return [(rows, last) for _, rows, last in sorted(map(tuple, connection.execute(self._asked[name])))]


def _what_is_written(tables: Sequence[Table]) -> "CompoundSelect[tuple[int, int, int]]":
    """Of each table its place, how many rows it has, and the last transaction that wrote one of them."""
    last = func.coalesce(func.max(cast(cast(literal_column("xmin"), Text), BigInteger)), 0)
    return union_all(
        *(select(literal(place), func.count(), last).select_from(table) for place, table in enumerate(tables))
    )
