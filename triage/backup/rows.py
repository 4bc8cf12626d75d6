"""A database as a stream of lines, the same for SQLite and PostgreSQL: tables by name, each row as JSON.

{"quietword backup": 1, "kind": …, "id": …, "made_on": …, "revision": …}
{"file": name, "content": base64}                 what the instance holds besides its databases
{"table": name, "columns": [[name, kind], …]}     then its rows, each a list
{"end": how many rows}
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    String,
    Table,
    TableClause,
    Uuid,
    column,
    insert,
    select,
    table,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

VERSION = 1
ROWS_AT_A_TIME = 500
_FIRST = "quietword backup"

# How a value of each kind is written, and read again. BigInteger and Integer are one kind: SQLite has one.
_WRITE: Mapping[str, Callable[[Any], Any]] = {  # JSON
    "bytes": lambda value: base64.b64encode(value).decode("ascii"),
    "uuid": str,
    "date": lambda value: value.isoformat(),
    "datetime": lambda value: value.isoformat(),
    "bool": bool,
    "int": int,
    "str": str,
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "bytes": base64.b64decode,
    "uuid": UUID,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "bool": bool,
    "int": int,
    "str": str,
}
_TYPES: Mapping[str, TypeEngine[Any]] = {
    "bytes": LargeBinary(),
    "uuid": Uuid(),
    "date": Date(),
    "datetime": DateTime(timezone=True),
    "bool": Boolean(),
    "int": Integer(),
    "str": String(),
}
_KINDS = {bytes: "bytes", UUID: "uuid", date: "date", datetime: "datetime", bool: "bool", int: "int", str: "str"}


class NotABackupError(Exception):
    """The lines are not those of a backup of ours; the message is half a sentence."""


@dataclass(frozen=True)
class Head:
    """What a backup says of itself."""

    kind: str
    id: UUID
    made_on: date
    revision: str


def lines_of(
    session: Session, tables: Iterable[Table], head: Head, files: Mapping[str, bytes] | None = None
) -> Iterator[bytes]:
    """Every row of these tables, as the transaction of `session` sees them."""
    first = {_FIRST: VERSION, "kind": head.kind, "id": str(head.id), "made_on": head.made_on.isoformat()}
    yield _line(first | {"revision": head.revision})
    for name, content in sorted((files or {}).items()):
        yield _line({"file": name, "content": base64.b64encode(content).decode("ascii")})
    count = 0
    for one in tables:
        kinds = [_KINDS[each.type.python_type] for each in one.columns]
        yield _line(
            {"table": one.name, "columns": [[each.name, kind] for each, kind in zip(one.columns, kinds, strict=True)]}
        )
        for row in session.execute(select(one).execution_options(yield_per=ROWS_AT_A_TIME)):
            count += 1
            yield _line(
                [None if value is None else _WRITE[kind](value) for kind, value in zip(kinds, row, strict=True)]
            )
    yield _line({"end": count})


def read_head(line: bytes) -> Head:
    """The first line of a backup; raises NotABackupError."""
    try:
        found = json.loads(line)
        if found[_FIRST] != VERSION:
            raise NotABackupError("it was made by another version of the program.")
        return Head(str(found["kind"]), UUID(found["id"]), date.fromisoformat(found["made_on"]), str(found["revision"]))
    except (ValueError, KeyError, TypeError):
        raise NotABackupError("it is not a backup.") from None


def put_back(session: Session, lines: Iterable[bytes], *, leave_out: Sequence[str] = ()) -> dict[str, bytes]:
    """Put every row into tables that are there and empty; gives the files. The lines begin after the head.

    Raises:
        NotABackupError: the lines are not whole; the caller undoes the transaction.
    """
    files: dict[str, bytes] = {}
    into: TableClause | None = None
    names: list[str] = []
    kinds: list[str] = []
    held: list[dict[str, object]] = []
    count, ended = 0, False

    def flush() -> None:
        if into is not None and held:
            session.execute(insert(into), held)
        held.clear()

    for text in lines:
        line = json.loads(text)
        if isinstance(line, list):
            count += 1
            row = {
                name: None if value is None else _READ[kind](value)
                for name, kind, value in zip(names, kinds, line, strict=True)
            }
            if into is not None:
                held.append(row)
            if len(held) >= ROWS_AT_A_TIME:
                flush()
        elif "table" in line:
            flush()
            names, kinds = [one for one, _ in line["columns"]], [kind for _, kind in line["columns"]]
            columns = [column(name, _TYPES[kind]) for name, kind in zip(names, kinds, strict=True)]
            into = table(line["table"], *columns) if line["table"] not in leave_out else None
        elif "file" in line:
            files[line["file"]] = base64.b64decode(line["content"])
        elif "end" in line:
            flush()
            ended = line["end"] == count
    if not ended:
        raise NotABackupError("its end is missing.")
    return files


def split_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines in what comes by pieces."""
    held = b""
    for piece in pieces:
        *whole, held = (held + piece).split(b"\n")
        yield from whole
    if held:
        raise NotABackupError("its last line is cut.")


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
