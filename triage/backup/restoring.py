"""Bring backups back: into empty databases, whole or not at all, and with what was deleted since deleted again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from config import TriageSettings
from envelope.archive import open_stream
from envelope.errors import EnvelopeError
from envelope.identity import Identity
from migrations.runner import History, MigrationError, downgrade, upgrade
from store.batches import batches
from store.engine import Journal, open_engine
from triage.audit.acts import Act
from triage.audit.service import record
from triage.backup.agreeing import Agreeing, Pair, agree, recognise
from triage.backup.day_keys import DayKeys
from triage.backup.errors import BrokenBackupError, ListMissingError, NoCasesError, NotEmptyError, RestoreReasonError
from triage.backup.making import CASES, KEY_KIND, LEFT_OUT, BackupFile
from triage.backup.rows import Head, NotABackupError, put_back, read_head, split_lines
from triage.database import CaseSession, Database
from triage.disposal.models import BackupRow
from triage.disposal.rules import key_backup_opens_until
from triage.disposal.service import destroy_again
from triage.disposal.written_down import DestroyedIds
from triage.intake.models import HeldDropRow
from triage.keys.models import BoxRow, BoxState, DestroyedKeyRow, IntakeGrantRow, Purpose, WrappedKeyRow
from triage.keys.system import system_actor
from triage.officers.confirming import let_in_first, make_everybody_wait
from triage.operations.rules import REASON_MOST
from triage.tables import CASE

PIECE = 256 * 1024


@dataclass(frozen=True)
class Restored:
    """What came back, and how much of it was deleted again at once."""

    cases_of: date | None
    keys_of: date | None
    reports: int
    destroyed_again: int
    made_to_wait: int
    let_in: tuple[str, ...]
    list_was_there: bool


def restore(
    settings: TriageSettings,
    identity: Identity,
    *,
    cases: Path | None,
    keys: Path | None,
    without_list: bool = False,
    reason: str = "",
    people: tuple[Agreeing, Agreeing] | None = None,
    let_in: Sequence[str] = (),
) -> Restored:
    """Put backups into the empty databases that the settings name; `identity` is the recovery box's.

    Where the cases stand, `people` are the two who agree to it; on a bare machine those who hold the shares are.
    Nothing is served from them before what was destroyed since the backup is destroyed again. Where the cases come
    back, nobody can sign in but the supervisors whose sign-in names are in `let_in`, until these confirm the others.

    Raises:
        NotEmptyError, NoCasesError, ListMissingError, DayKeyGoneError, BrokenBackupError: nothing was changed.
        NotAgreedError, RestoreReasonError: nor was it, for the case database stands and two people did not agree.
    """
    written = DestroyedIds(settings.backups_path)
    if keys is not None and not written.is_there and not without_list:
        raise ListMissingError(written.path)
    files: dict[str, bytes] = {}
    heads: dict[str, Head] = {}
    again, pair, waiting = 0, None, 0
    first: tuple[str, ...] = ()
    with _both(settings) as (case_engine, keys_engine):
        upgrade(case_engine, History.CASE)
        upgrade(keys_engine, History.KEYS)
        if cases is not None:
            _require_empty(case_engine, History.CASE)
        elif _is_empty(case_engine, History.CASE):
            raise NoCasesError
        if keys is not None:
            _require_empty(keys_engine, History.KEYS)
            if cases is None:
                pair = _agreed(settings, people, reason)
            day = BackupFile.of(keys)
            if day is None:
                raise BrokenBackupError(keys, "its name does not say of which day it is.")
            opens = DayKeys(settings.backup_keys_path).identity(day.made_on, identity)
            heads[KEY_KIND], _ = _fill(keys_engine, History.KEYS, keys, opens, KEY_KIND)
            again = _destroy_again(keys_engine, written.read())
        if cases is not None:
            heads[CASES], files = _fill(case_engine, History.CASE, cases, identity, CASES)
    for name, content in files.items():
        _keep_file(settings.instance / name, content)
    database = Database.open(settings)
    try:
        with database.begin() as session:
            destroy_again(session, written.read())
            _clear_shut_rows(session)
            _let_go_drops(session, written.drops())
            _shut_retired_days(session)
            _remember_copies(session)
            if cases is not None:
                waiting = make_everybody_wait(session, settings)
                first = let_in_first(session, settings, let_in)
            made = [one.id for one in heads.values()]
            if pair is not None:
                agree(session, pair, made[0], reason=reason)
            record(
                session,
                Act.BACKUP_RESTORED,
                made[0] if made else None,
                by=system_actor(session, settings),
                reason=("without the list of destroyed keys; " if not written.is_there else "") + reason,
                count=again,
            )
            reports = session.scalar(select(func.count()).select_from(CASE.tables["reports"])) or 0
    finally:
        database.dispose()
    days = {kind: one.made_on for kind, one in heads.items()}
    return Restored(
        days.get(CASES), days.get(KEY_KIND), reports, again, waiting, first, list_was_there=written.is_there
    )


def _agreed(settings: TriageSettings, people: tuple[Agreeing, Agreeing] | None, reason: str) -> Pair:
    if not 0 < len(reason.strip()) <= REASON_MOST:
        raise RestoreReasonError
    database = Database.open(settings)
    try:
        with database.look() as session:
            return recognise(session, settings, people)
    finally:
        database.dispose()


@contextmanager
def _both(settings: TriageSettings) -> Iterator[tuple[Engine, Engine]]:
    case = open_engine(settings.case_url, journal=Journal.WAL)
    keys = open_engine(settings.keys_url, journal=Journal.ROLLBACK)
    try:
        yield case, keys
    finally:
        case.dispose()
        keys.dispose()


def _require_empty(engine: Engine, history: History) -> None:
    if not _is_empty(engine, history):
        raise NotEmptyError(history.value)


def _is_empty(engine: Engine, history: History) -> bool:
    model = BoxRow if history is History.CASE else WrappedKeyRow
    with Session(engine) as session:
        return session.scalars(select(model).limit(1)).first() is None


def _fill(engine: Engine, history: History, path: Path, identity: Identity, kind: str) -> tuple[Head, dict[str, bytes]]:
    """Bring the tables to the backup's own version, fill them in one transaction, and bring them up to this one."""
    try:
        told = _head(path, identity)
        if told.kind != kind:
            raise NotABackupError(f"it is a backup of {told.kind}, not of {kind}.")
        downgrade(engine, history, "base")
        upgrade(engine, history, told.revision)
        with Session(engine) as session:
            lines = _lines(path, identity)
            next(lines)
            _empty(session, history)
            files = put_back(session, lines, leave_out=LEFT_OUT)
            session.commit()
        upgrade(engine, history)
    except EnvelopeError:
        raise BrokenBackupError(path, "it was changed or cut, or is sealed to another key.") from None
    except NotABackupError as error:
        raise BrokenBackupError(path, str(error)) from None
    except MigrationError:
        raise BrokenBackupError(path, "it is of a newer version of the program than this one.") from None
    return told, files


def _empty(session: Session, history: History) -> None:
    """A migration fills the national code tables; the backup brings its own."""
    if history is History.CASE:
        session.execute(delete(CASE.tables["codes"]))


def _head(path: Path, identity: Identity) -> Head:
    return read_head(next(_lines(path, identity)))


def _lines(path: Path, identity: Identity) -> Iterator[bytes]:
    yield from split_lines(open_stream(_pieces(path), identity))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _destroy_again(engine: Engine, key_ids: Sequence[UUID]) -> int:
    """At once, before anything else can look: what is on the list, by its own id or under one that is; gives how many
    keys were there again."""
    gone = 0
    with Session(engine) as session:
        for some in batches(key_ids):
            session.execute(delete(WrappedKeyRow).where(WrappedKeyRow.box_id.in_(some)))
            there = select(func.count(func.distinct(WrappedKeyRow.key_id))).where(WrappedKeyRow.key_id.in_(some))
            gone += session.scalar(there) or 0
            session.execute(delete(WrappedKeyRow).where(WrappedKeyRow.key_id.in_(some)))
        session.commit()
    return gone


def _clear_shut_rows(session: CaseSession) -> None:
    """Rows that a backup of the cases brought back and whose keys are destroyed open nothing; they go."""
    destroyed = list(session.keys.scalars(select(DestroyedKeyRow.key_id)))
    for table in CASE.sorted_tables:
        if "data_key_id" in table.columns:
            for some in batches(destroyed):
                session.execute(delete(table).where(table.c.data_key_id.in_(some)))


def _let_go_drops(session: CaseSession, drop_ids: Sequence[UUID]) -> None:
    """A drop that was not opened yet when the backup was made, and whose report is destroyed since."""
    for some in batches([one.bytes for one in drop_ids]):
        session.execute(delete(HeldDropRow).where(HeldDropRow.drop_id.in_(some)))


def _shut_retired_days(session: CaseSession) -> None:
    """Where the cases stood, the seeds of days that were retired since come back with older keys: they go again.

    Where the cases came back too, their days are live in them, and are retired when nothing there needs them.
    """
    retired = select(BoxRow.id).where(BoxRow.purpose == Purpose.INTAKE, BoxRow.state == BoxState.RETIRED)
    for some in batches(session.scalars(retired).all()):
        session.keys.execute(delete(IntakeGrantRow).where(IntakeGrantRow.box_id.in_(some)))


def _remember_copies(session: CaseSession) -> None:
    """Backups of keys that were made since may lie about, and these cases do not know of them: certificates count a
    week from today."""
    until = key_backup_opens_until(session.today)
    session.add(BackupRow(id=uuid4(), kind=KEY_KIND, made_on=session.today, opens_until=until, expired_on=None))
    session.flush()


def _keep_file(path: Path, content: bytes) -> None:
    """Such as the system's key, without which nobody's sign-in name is found; one that is there stays."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(content)


def named(url: URL) -> str:
    """Which database a command writes into, for a person to read; without its password."""
    return url.render_as_string(hide_password=True)
