"""After keys were destroyed: leave none of their bytes in the files of the databases, as far as a program can.

SQLite overwrites what it deletes (secure_delete) and the keys database keeps no log. PostgreSQL keeps deleted rows in
its tables and its log: the table of keys is written anew without them, and the log begins a new file.
"""

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from store.engine import checkpoint
from store.errors import StoreError
from triage.database import Database

TABLES = ("wrapped_keys", "intake_grants")


def scrub(database: Database) -> bool:
    """False where it could not be done just now, or the role may not: the next collection does it again."""
    done = True
    try:
        if database.keys.dialect.name == "postgresql":
            done = _write_anew(database.keys)
        return checkpoint(database.keys) and checkpoint(database.case) and done
    except StoreError:
        return False


def _write_anew(engine: Engine) -> bool:
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in TABLES:
                connection.exec_driver_sql(f"VACUUM FULL {name}")
    except DBAPIError:
        return False
    return True
