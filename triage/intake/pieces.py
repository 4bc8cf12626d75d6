"""Copy the sealed pieces of files out of the one-way store, a few at a time, and destroy those that nobody claims."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from config import TriageSettings
from store.collection import Collection
from store.dropbox import Part
from store.room import Room
from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.copies.models import ReleasedCopyRow, SealedCopyRow
from triage.database import CaseSession, Database
from triage.intake.models import FileRow, HeldPartRow
from triage.keys.models import BoxRow, BoxState, Purpose
from triage.keys.system import system_actor

# A page begun on one day may be sent on the next, so that a report can name a file of the day before its own.
DAYS_TO_CLAIM = 1


def room_for_pieces(database: Database, settings: TriageSettings) -> bool:
    """Whether the case database may take in another file: words must find a place there when files do not."""
    return Room(database.case, most_bytes=settings.case_most_bytes, keep_free=settings.case_keep_free).for_files()


def release_pieces(
    database: Database,
    collection: Collection,
    *,
    awaited_only: bool = False,
    room: Callable[[], bool] = lambda: True,
) -> int:
    """Copy what waits, file by file in random order: copy, commit, and only then destroy at the drop.

    Only the very pieces that were copied are destroyed, because the rest of a file may still be arriving. With
    `awaited_only` nothing is touched but the files that an opened report already names: between the set hours, one
    where somebody is in danger. A file for which there is no `room` stays at the drop, with those after it, until a
    release finds some: there the form's own limits hold. Gives how many pieces were new.

    Raises:
        StoreUnavailableError: what was copied is safe, and the next release goes on from there.
    """
    new = 0
    with database.look() as session:
        # The store gives its files in random order; so must this be, or the order of the reports would show.
        file_ids = _awaited(session) if awaited_only else collection.files_waiting(session.today)
    for file_id in file_ids:
        if not room():
            break
        with database.begin() as session:
            copied = [(part.sequence, _copy(session, part)) for part in collection.parts_for(file_id)]
            if copied:
                _arrived(session, file_id)
        collection.destroy_pieces(file_id, [sequence for sequence, _ in copied])
        new += sum(is_new for _, is_new in copied)
    return new


def pieces_of(session: CaseSession, file_id: bytes) -> Iterator[bytes]:
    """The sealed pieces of a file in their order, one in memory at a time."""
    query = select(HeldPartRow.sealed).where(HeldPartRow.file_id == file_id).order_by(HeldPartRow.sequence)
    yield from session.scalars(query.execution_options(yield_per=1))


def lengths_held(session: CaseSession, file_ids: Iterable[bytes]) -> dict[bytes, int]:
    """How many sealed bytes of each file have arrived; a file without any is left out."""
    query = (
        select(HeldPartRow.file_id, func.sum(func.length(HeldPartRow.sealed)))
        .where(HeldPartRow.file_id.in_(list(file_ids)))
        .group_by(HeldPartRow.file_id)
    )
    return {file_id: int(length) for file_id, length in session.execute(query)}


def destroy_unclaimed(session: CaseSession, *, by: Actor) -> int:
    """Destroy the files that no report names, once no report can still come to name them; gives how many.

    A page that was never sent leaves its files behind. They go when the intake keys of their day, and of the day
    after, are retired: until then an envelope nobody has opened may hold their key. So may a copy that is kept for
    another box until its holders let it go.
    """
    claimed = select(FileRow.file_id)
    oldest = select(HeldPartRow.file_id, func.max(HeldPartRow.received_on)).where(HeldPartRow.file_id.not_in(claimed))
    live = [*_days_of_live_keys(session), *_days_of_other_boxes(session)]
    unclaimed = [
        file_id
        for file_id, last in session.execute(oldest.group_by(HeldPartRow.file_id))
        if _over(session, last) and not any(_meets(last, days) for days in live)
    ]
    for file_id in unclaimed:
        session.execute(delete(HeldPartRow).where(HeldPartRow.file_id == file_id))
    if unclaimed:
        record(session, Act.FILES_UNCLAIMED, None, by=by, count=len(unclaimed))
    return len(unclaimed)


def sweep_unclaimed(database: Database, settings: TriageSettings) -> int:
    """The same by the system, where there is anything to look at."""
    with database.begin() as session:
        if session.scalars(select(HeldPartRow.file_id).limit(1)).first() is None:
            return 0
        return destroy_unclaimed(session, by=system_actor(session, settings))


def _awaited(session: CaseSession) -> tuple[bytes, ...]:
    query = select(FileRow.file_id).where(FileRow.awaited).order_by(FileRow.id)
    return tuple(dict.fromkeys(session.scalars(query)))


def _arrived(session: CaseSession, file_id: bytes) -> None:
    """A report is sent after the last piece of its files, so what it names is all there now."""
    for row in session.scalars(select(FileRow).where(FileRow.file_id == file_id, FileRow.awaited)):
        row.awaited = False


def _copy(session: CaseSession, part: Part) -> bool:
    """Keep one piece; gives False where it was here already, whatever is offered in its place now."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = (
        dialect.insert(HeldPartRow)
        .values(file_id=part.file_id, sequence=part.sequence, sealed=part.sealed, received_on=part.received_on)
        .on_conflict_do_nothing()
        .returning(HeldPartRow.sequence)
    )
    return session.scalars(statement).first() is not None


def _days_of_live_keys(session: CaseSession) -> list[tuple[date, date]]:
    query = select(BoxRow).where(BoxRow.purpose == Purpose.INTAKE, BoxRow.state == BoxState.LIVE)
    return [(box.not_before or date.min, box.not_after or date.max) for box in session.scalars(query)]


def _days_of_other_boxes(session: CaseSession) -> list[tuple[date, date]]:
    """The days of drops whose copies nobody has let go yet: what is inside them may name files that we hold."""
    let_go = select(ReleasedCopyRow.drop_id)
    query = select(SealedCopyRow.received_on).where(SealedCopyRow.drop_id.not_in(let_go)).distinct()
    return [(day, day) for day in session.scalars(query)]


def _over(session: CaseSession, last: date) -> bool:
    return last + timedelta(days=DAYS_TO_CLAIM) < session.today


def _meets(last: date, days: tuple[date, date]) -> bool:
    return days[0] <= last + timedelta(days=DAYS_TO_CLAIM) and last <= days[1]
