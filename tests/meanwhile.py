"""Two units of work at one moment: the second begins while the first is done and not committed yet."""

import threading
import time
from collections.abc import Callable

from sqlalchemy import text

from tests.force import Force
from triage.database import CaseSession
from triage.errors import TriageError

LONGEST_WAIT = 120.0  # seconds, on a machine with much to do


def meanwhile(force: Force, first: Callable[[CaseSession], object], second: Callable[[CaseSession], object]) -> str:
    """Begin `second` while `first` is done and not committed; gives the name of the error that `second` met."""
    met: list[str] = []

    def come_second() -> None:
        try:
            with force.database.begin() as session:
                second(session)
        except TriageError as error:
            met.append(type(error).__name__)

    thread = threading.Thread(target=come_second)
    with force.database.begin() as session:
        first(session)
        session.flush()
        thread.start()
        _until_it_waits(force, thread)
        assert thread.is_alive()
    thread.join()
    return met[0] if met else ""


def _until_it_waits(force: Force, thread: threading.Thread) -> None:
    if force.database.case.dialect.name != "postgresql":
        thread.join(0.5)  # SQLite lets one at a time begin to write
        return
    asked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND datname IN (:case, :keys) AND application_name = 'quietword'"
    )
    names = {"case": force.database.case.url.database, "keys": force.database.keys.url.database}
    until = time.monotonic() + LONGEST_WAIT
    while thread.is_alive() and time.monotonic() < until:
        with force.database.case.connect() as connection:
            if connection.scalar(asked, names):
                return
        thread.join(0.05)
