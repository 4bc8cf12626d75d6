"""Whether there is room for files: refused long before the store is full, so that words always find a place."""

import shutil
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from store.engine import reading, transaction
from store.errors import StoreError

# What is used, not how long the file is: SQLite keeps the place of what was collected, and uses it again.
_SQLITE_BYTES = text(
    "SELECT (SELECT page_count FROM pragma_page_count()) - (SELECT freelist_count FROM pragma_freelist_count()),"
    " (SELECT page_size FROM pragma_page_size())"
)
_POSTGRES_BYTES = text("SELECT pg_database_size(current_database())")


class Room:
    """How much of the one-way store files may take.

    `most_bytes` is how large the store may be and still take files. `keep_free` is how much of the disk must stay
    free; only SQLite's disk can be seen from here, a database server's is its keeper's.
    """

    def __init__(self, engine: Engine, *, most_bytes: int, keep_free: int) -> None:
        self._engine = engine
        self._most = most_bytes
        self._keep_free = keep_free

    def for_files(self) -> bool:
        """Whether a file may be taken now. When it cannot be known there is none."""
        try:
            return self._used() < self._most and self._free_enough()
        except (StoreError, SQLAlchemyError, OSError):
            return False

    def _used(self) -> int:
        with transaction(reading(self._engine)) as connection:
            if self._engine.dialect.name == "sqlite":
                pages, size = connection.execute(_SQLITE_BYTES).one()
                return int(pages) * int(size)
            return int(connection.execute(_POSTGRES_BYTES).scalar_one())

    def _free_enough(self) -> bool:
        database = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or not database:
            return True
        return shutil.disk_usage(Path(database).parent).free >= self._keep_free
