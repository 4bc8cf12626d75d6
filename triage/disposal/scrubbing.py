"""After keys were destroyed: leave none of their bytes in the files of the databases, as far as a program can.

SQLite overwrites what it deletes (secure_delete) and the keys database keeps no log. PostgreSQL keeps deleted rows in
its tables and its log: the table of keys is written anew without them, and the log begins a new file.
"""

import logging

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from store.engine import checkpoint
from store.errors import StoreError
from triage.database import Database

_log = logging.getLogger(__name__)
TABLES = ("wrapped_keys", "intake_grants")
# What an operator must read: without it a deletion leaves its key's bytes in PostgreSQL's files until they are reused.
LEFT_BEHIND = (
    "The tables of keys were not written anew, so bytes of destroyed keys may still lie in the files of the keys "
    "database. On PostgreSQL triage's login must own wrapped_keys and intake_grants, or hold MAINTAIN on them (17 and "
    "later); or somebody was using them just now. Run `quietword disposal run` again once that is mended."
)


def scrub(database: Database) -> bool:
    """False where it could not be done just now, or the role may not, which the log says: a later run does it again."""
    try:
        settled = checkpoint(database.keys) and checkpoint(database.case)
    except StoreError:
        settled = False
    if database.keys.dialect.name != "postgresql":
        return settled
    anew = _write_anew(database.keys)
    if not anew:
        _log.warning("disposal.keys.not_written_anew")
    return anew and settled


def _write_anew(engine: Engine) -> bool:
    """Whether both tables are in files of a new number now: where it may not, PostgreSQL warns, and goes on as if it
    had."""
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in TABLES:
                asked = f"SELECT pg_relation_filenode('{name}')"
                before = connection.exec_driver_sql(asked).scalar()
                connection.exec_driver_sql(f"VACUUM FULL {name}")
                if connection.exec_driver_sql(asked).scalar() == before:
                    return False
    except DBAPIError:
        return False
    return True
