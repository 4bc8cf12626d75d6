"""The way in for the public: append a drop, a part or a burn; nothing can be read back through this door."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Table
from sqlalchemy.dialects import postgresql, sqlite

from store.engine import transaction
from store.errors import WrongSizeError
from store.tables import ID_BYTES, PART_BYTES, PREIMAGE_BYTES, burns, drops, parts

# SQLAlchemy forgets how many rows an INSERT stored unless it is asked to keep the count.
_COUNTED = {"preserve_rowcount": True}


@dataclass(frozen=True)
class Drop:
    """A sealed report: a 16-byte id that the receipt and the answers give, the envelope, and two things in clear."""

    drop_id: bytes
    sealed: bytes = field(repr=False)
    danger: bool
    received_on: date


@dataclass(frozen=True)
class Part:
    """One sealed piece of a file: at most 1 MiB, under a random 16-byte file id, numbered from 0."""

    file_id: bytes
    sequence: int
    sealed: bytes = field(repr=False)
    received_on: date


@dataclass(frozen=True)
class Burn:
    """A receipt's holder asks that its notices go: the 32-byte preimage proves it, the 16-byte lookup id names them."""

    preimage: bytes = field(repr=False)
    lookup_id: bytes = field(repr=False)
    burnt_on: date


class Appended(StrEnum):
    """Whether this append stored the row, or it was there already; either way it is stored and durable."""

    NEW = "new"
    ALREADY = "already"


class Dropbox:
    """Appends; on PostgreSQL it needs the right to INSERT and no other.

    `legal_lengths` are the only lengths, in bytes, that a sealed report may have (None: any).
    """

    def __init__(self, engine: Engine, *, legal_lengths: Collection[int] | None = None) -> None:
        self._engine = engine
        self._legal_lengths = legal_lengths
        # A conflict without a named target needs no right to SELECT, and, unlike a refused INSERT, leaves no line
        # with the id and the time in PostgreSQL's log.
        insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
        self._insert = {table: insert(table).on_conflict_do_nothing() for table in (drops, parts, burns)}

    def append(self, drop: Drop) -> Appended:
        """Store a drop once, however often it is sent; when this returns, a power cut cannot undo it.

        Raises:
            StoreUnavailableError: it was not stored, and sending again is safe.
            WrongSizeError: the envelope is not of a legal length, or the id not of 16 bytes.
        """
        _require_length(drop.drop_id, ID_BYTES)
        if self._legal_lengths is not None and len(drop.sealed) not in self._legal_lengths:
            raise WrongSizeError("A sealed report has a length that is not one of the sizes we store.")
        return self._append(
            drops,
            drop_id=drop.drop_id,
            sealed=drop.sealed,
            danger=drop.danger,
            received_on=drop.received_on,
        )

    def append_part(self, part: Part) -> Appended:
        """Store one piece of a file once.

        Raises:
            StoreUnavailableError: it was not stored, and sending again is safe.
            WrongSizeError: the piece is larger than 1 MiB, or the id not of 16 bytes.
        """
        _require_length(part.file_id, ID_BYTES)
        if len(part.sealed) > PART_BYTES:
            raise WrongSizeError("A sealed piece of a file is larger than 1 MiB.")
        return self._append(
            parts,
            file_id=part.file_id,
            sequence=part.sequence,
            sealed=part.sealed,
            received_on=part.received_on,
        )

    def burn(self, burn: Burn) -> Appended:
        """Hide a receipt's notices at once; the next collection checks the preimage and deletes them.

        Raises:
            StoreUnavailableError: it was not stored, and asking again is safe.
            WrongSizeError: the preimage is not of 32 bytes, or the lookup id not of 16.
        """
        _require_length(burn.preimage, PREIMAGE_BYTES)
        _require_length(burn.lookup_id, ID_BYTES)
        return self._append(burns, preimage=burn.preimage, lookup_id=burn.lookup_id, burnt_on=burn.burnt_on)

    def _append(self, table: Table, **values: Any) -> Appended:  # a row's values are of any column type
        with transaction(self._engine) as connection:
            stored = connection.execute(self._insert[table], values, execution_options=_COUNTED).rowcount
        return Appended.ALREADY if stored == 0 else Appended.NEW


def _require_length(value: bytes, length: int) -> None:
    if len(value) != length:
        raise WrongSizeError(f"An id or proof of {length} bytes has another length.")
