"""Sessions over the case and keys databases, committed in the order that makes deletion and writing safe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine, Select, event
from sqlalchemy.orm import ORMExecuteState, Session

from config import TriageSettings
from store.engine import Journal, open_engine, reading

EXTENSION = "quietword.database"
_AFTERWARDS = "quietword.database.afterwards"


class FreshSession(Session):
    """A session that reads a row which it locks as it is now.

    SQLAlchemy alone locks the row and hands back what this session had read of it before it waited.
    """


@event.listens_for(FreshSession, "do_orm_execute")
def _read_what_is_locked_anew(state: ORMExecuteState) -> None:
    statement = state.statement
    if isinstance(statement, Select) and statement._for_update_arg is not None:  # noqa: SLF001 - it has no other name
        state.update_execution_options(populate_existing=True)


class CaseSession(FreshSession):
    """A session on the case database that carries one on the keys database.

    Keys are committed first, both ways round: a new row never stands without its key (a sweep removes the
    orphan keys a crash can leave), and a deleted row's key is gone before the row is.
    """

    keys: Session
    now: datetime
    home: "Database"

    @property
    def today(self) -> date:
        """The date in UTC, taken once for the whole unit of work."""
        return self.now.date()

    def commit(self) -> None:
        # Whatever either database refuses, it refuses here, before either has kept anything.
        self.flush()
        self.keys.flush()
        self.keys.commit()
        super().commit()

    def rollback(self) -> None:
        self.keys.rollback()
        super().rollback()

    def close(self) -> None:
        self.keys.close()
        super().close()


@dataclass(frozen=True)
class Database:
    """The case and keys databases of one force, and where this host's own secret lies, which is in neither."""

    case: Engine
    keys: Engine
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    system_key_path: Path | None = None

    @classmethod
    def open(cls, settings: TriageSettings) -> "Database":
        return cls(
            case=open_engine(settings.case_url, journal=Journal.WAL),
            keys=open_engine(settings.keys_url, journal=Journal.ROLLBACK),
            system_key_path=settings.system_key_path,
        )

    @contextmanager
    def begin(self) -> Iterator[CaseSession]:
        """One unit of work: committed at the end of the block, rolled back on any error."""
        session = self._open(self.case, self.keys)
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()
            self._do_afterwards(session)

    @contextmanager
    def look(self) -> Iterator[CaseSession]:
        """A look at one moment that changes nothing: on SQLite it takes no write lock, and changes are undone."""
        session = self._open(_at_one_moment(self.case), _at_one_moment(self.keys))
        try:
            yield session
        finally:
            session.close()
            self._do_afterwards(session)

    def _do_afterwards(self, session: CaseSession) -> None:
        for act in session.info.pop(_AFTERWARDS, ()):
            act(self)

    def _open(self, case: Engine, keys: Engine) -> CaseSession:
        session = CaseSession(case, expire_on_commit=False)
        session.keys = FreshSession(keys, expire_on_commit=False)
        session.now = self.clock()
        session.home = self
        return session

    def dispose(self) -> None:
        self.case.dispose()
        self.keys.dispose()


def afterwards(session: CaseSession, act: Callable[[Database], None]) -> None:
    """Do something once the unit of work is over, kept or undone: such as a line about why it was undone."""
    session.info.setdefault(_AFTERWARDS, []).append(act)


def _at_one_moment(engine: Engine) -> Engine:
    """Every statement of the transaction sees the same rows, as SQLite does it anyway."""
    only_reading = reading(engine)
    if engine.dialect.name == "postgresql":
        return only_reading.execution_options(isolation_level="REPEATABLE READ")
    return only_reading


def database() -> Database:
    """The databases of the running program."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Database)  # noqa: S101  the app factory puts it there
    return found
