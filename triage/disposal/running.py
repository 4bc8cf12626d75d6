"""Let go by itself what may go by itself, finish what was agreed, and certify what is destroyed: a few at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from config import TriageSettings
from triage.database import Database
from triage.disposal.certifying import certify_destroyed
from triage.disposal.errors import DisposalError
from triage.disposal.models import DisposalRow
from triage.disposal.refused import let_go_refused
from triage.disposal.rules import DisposalState
from triage.disposal.scrubbing import scrub
from triage.disposal.service import decide_alone, destroy_agreed, forget_old_ids
from triage.disposal.written_down import DestroyedIds
from triage.errors import NotFoundError
from triage.intake.errors import QuarantinedError
from triage.intake.models import ReportRow
from triage.intake.retention import GOES_BY_ITSELF, periods_in_force
from triage.keys.models import DestroyedKeyRow
from triage.keys.system import system_actor

AT_A_TIME = 50


@dataclass(frozen=True)
class Progress:
    """How far a run is: reports looked at of those whose period is over, and how many were destroyed.

    `refused` counts drops that nothing opens. Where not `scrubbed`, bytes of destroyed keys may be left in the files of
    the databases.
    """

    looked_at: int
    total: int
    destroyed: int
    certified: int = 0
    refused: int = 0
    scrubbed: bool = True


def run_disposals(
    database: Database,
    settings: TriageSettings,
    *,
    tell: Callable[[Progress], None] = lambda _progress: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Progress:
    """Stopped anywhere, by a signal or a crash, it goes on from there when it is run again.

    Raises:
        BackupListError: the list beside the backups cannot be written; nothing more was destroyed.
        ForgedPeriodError: a period was changed in the database by hand; what people had decided is done, and no more.
    """
    written = DestroyedIds(settings.backups_path)
    destroyed = _finish(database, settings, written)
    with database.look() as session:
        periods_in_force(session)
    looked_at, total = 0, _count_due(database)
    after: tuple[date, UUID] | None = None
    while not stopping():
        due, after = _due(database, after)
        if after is None:
            break
        for report_id in due:
            _decide(database, settings, report_id)
        destroyed += _finish(database, settings, written)
        looked_at += len(due)
        tell(Progress(looked_at, total, destroyed))
    scrubbed = scrub(database) if destroyed or _destroyed_lately(database) else True
    with database.begin() as session:
        system = system_actor(session, settings)
        certified = certify_destroyed(session, by=system)
        refused = let_go_refused(session, by=system)
        forget_old_ids(session)
    return Progress(looked_at, total, destroyed, len(certified), refused, scrubbed)


def _destroyed_lately(database: Database) -> bool:
    """Whether a key was destroyed on a page, or by a run whose cleaning failed: it is done once more."""
    with database.look() as session:
        since = session.today - timedelta(days=1)
        lately = select(DestroyedKeyRow.key_id).where(DestroyedKeyRow.destroyed_on >= since).limit(1)
        return session.keys.scalars(lately).first() is not None


def _count_due(database: Database) -> int:
    with database.look() as session:
        query = select(func.count()).select_from(ReportRow).where(ReportRow.retain_until <= session.today, _by_itself())
        return session.scalar(query) or 0


def _due(database: Database, after: tuple[date, UUID] | None) -> tuple[list[UUID], tuple[date, UUID] | None]:
    order = (ReportRow.retain_until, ReportRow.id)
    with database.look() as session:
        query = select(*order).where(ReportRow.retain_until <= session.today, _by_itself())
        if after is not None:
            query = query.where(tuple_(*order) > tuple_(*after))
        rows = session.execute(query.order_by(*order).limit(AT_A_TIME)).all()
    return [row.id for row in rows], (rows[-1].retain_until, rows[-1].id) if rows else None


def _by_itself() -> ColumnElement[bool]:
    return or_(
        ReportRow.retention_group.is_(None), ReportRow.retention_group.in_([one.value for one in GOES_BY_ITSELF])
    )


def _decide(database: Database, settings: TriageSettings, report_id: UUID) -> None:
    try:
        with database.begin() as session:
            decide_alone(session, report_id, by=system_actor(session, settings))
    except (DisposalError, QuarantinedError, NotFoundError):
        return  # a person decides, or somebody was quicker


def _finish(database: Database, settings: TriageSettings, written: DestroyedIds) -> int:
    """Destroy whatever is agreed, batch by batch; what another run has in hand is left to it."""
    destroyed = 0
    while True:
        with database.begin() as session:
            waits = select(DisposalRow.id).where(DisposalRow.state == DisposalState.AGREED).limit(1)
            if session.scalars(waits).first() is None:
                return destroyed
            gone = len(destroy_agreed(session, written, by=system_actor(session, settings), most=AT_A_TIME))
        destroyed += gone
        if not gone:
            return destroyed
