"""Puts a one-way store out of reach for a moment, as a full disk or a lost database would."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL


def taking_away(drop_url: URL) -> Callable[[], AbstractContextManager[None]]:
    """Somebody else holds the store locked, for longer than the form waits."""
    return lambda: _held(drop_url)


@contextmanager
def _held(drop_url: URL) -> Iterator[None]:
    if drop_url.get_backend_name() == "sqlite":
        connection = sqlite3.connect(drop_url.database or "", isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
            yield
            connection.execute("ROLLBACK")
        finally:
            connection.close()
        return
    engine = create_engine(drop_url, hide_parameters=True)
    try:
        with engine.connect() as holder, holder.begin():
            holder.execute(text("LOCK TABLE drops IN ACCESS EXCLUSIVE MODE"))
            yield
    finally:
        engine.dispose()
