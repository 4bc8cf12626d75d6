"""A database whose power goes in the middle of a unit of work: at a flush, before its commit, or half-way through."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

from sqlalchemy import event
from sqlalchemy.orm import Session

from triage.database import CaseSession, Database


class PowerCutError(Exception):
    """The power goes."""


class Point(StrEnum):
    """Where in a unit of work. Keys are committed first, so between the halves they are kept and the cases are not."""

    FLUSH = "flush"
    BEFORE = "before either half of the commit"
    BETWEEN = "between the two halves of the commit"


@dataclass(frozen=True)
class PowerCut:
    """At which point: after so many units of work that were committed and, at a flush, so many that went well."""

    point: Point
    units: int = 0
    flushes: int = 0


@dataclass(frozen=True)
class FailingDatabase(Database):
    """The same databases as another's, until the power goes."""

    cut: PowerCut = field(kw_only=True)
    units: Iterator[int] = field(default_factory=count)

    @classmethod
    def of(cls, database: Database, cut: PowerCut) -> "FailingDatabase":
        return cls(database.case, database.keys, database.clock, database.system_key_path, cut=cut)

    @contextmanager
    def begin(self) -> Iterator[CaseSession]:
        """One unit of work; raises PowerCutError where this is the one, once the cut's point is reached."""
        with super().begin() as session:
            if next(self.units) == self.cut.units:
                _watch(session, self.cut)
            yield session


def _watch(session: CaseSession, cut: PowerCut) -> None:
    flushed = 0

    def goes(_session: Session) -> None:
        raise PowerCutError

    def counts(_session: Session, _context: object) -> None:
        nonlocal flushed
        flushed += 1
        if flushed > cut.flushes:
            raise PowerCutError

    match cut.point:
        case Point.FLUSH:
            event.listen(session, "after_flush", counts)
            event.listen(session.keys, "after_flush", counts)
        case Point.BEFORE:
            event.listen(session.keys, "before_commit", goes)
        case Point.BETWEEN:
            event.listen(session, "before_commit", goes)
