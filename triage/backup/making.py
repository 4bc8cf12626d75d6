"""Make a backup of the cases and one of their keys, and let old ones expire."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from config import COUNTER_VERIFYING_KEY_FILE, FORCE_NAME_FILE, SYSTEM_KEY_FILE, VERIFYING_KEY_FILE, TriageSettings
from envelope.archive import seal_stream
from envelope.recipient import Recipient
from migrations.runner import History, head
from triage.audit.acts import Act
from triage.audit.service import record
from triage.backup.day_keys import DayKeys
from triage.backup.errors import DayKeysAwayError, NoRecoveryBoxError
from triage.backup.rows import Head, lines_of
from triage.database import CaseSession, Database
from triage.disposal.models import BackupRow
from triage.disposal.rules import key_backup_opens_until
from triage.disposal.written_down import DestroyedIds
from triage.keys.host_signed import recipient_of
from triage.keys.service import BoxName, find_box
from triage.keys.system import system_actor
from triage.tables import CASE, KEYS

CASES, KEY_KIND = "cases", "keys"
# Without their keys cases open nothing, so their backups may be kept for as long as helps.
CASES_KEPT_DAYS = 35
# Who is signed in is nobody's to bring back.
LEFT_OUT = ("sessions",)
FILES = (SYSTEM_KEY_FILE, VERIFYING_KEY_FILE, FORCE_NAME_FILE, COUNTER_VERIFYING_KEY_FILE)


@dataclass(frozen=True)
class BackupFile:
    """One backup in the folder, by its name: `cases-2026-11-22-1a2b3c4d.age`."""

    path: Path
    kind: str
    made_on: date

    @classmethod
    def of(cls, path: Path) -> "BackupFile | None":
        kind, _, rest = path.stem.partition("-")
        try:
            return cls(path, kind, date.fromisoformat(rest[:10])) if kind in {CASES, KEY_KIND} else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Made:
    """The two files of one backup."""

    cases: Path
    keys: Path


@dataclass(frozen=True)
class Expired:
    """The days whose keys were destroyed, and how many files went."""

    days: tuple[date, ...]
    files: int


def make_backup(database: Database, settings: TriageSettings) -> Made:
    """Write both files, whole on the disk when this returns; needs nobody's key.

    The cases are read before their keys: a key is committed before the row it seals, so each row finds its own.

    Raises:
        NoRecoveryBoxError: there is nothing to seal them to.
        DayKeysAwayError: earlier day keys are on a disk that is not there.
        OSError: the folder cannot be written.
    """
    require_day_keys(database, settings)
    DestroyedIds(settings.backups_path).begin()
    case_id, keys_id = uuid4(), uuid4()
    with database.begin() as session:
        recovery = _recovery(session)
        today = session.today
        for backup_id, kind, until in (
            (case_id, CASES, today + timedelta(days=CASES_KEPT_DAYS)),
            (keys_id, KEY_KIND, key_backup_opens_until(today)),
        ):
            session.add(BackupRow(id=backup_id, kind=kind, made_on=today, opens_until=until, expired_on=None))
        session.flush()
        record(session, Act.BACKUP_MADE, case_id, by=system_actor(session, settings), to=keys_id)
    day = DayKeys(settings.backup_keys_path).recipient(today, recovery)
    files = {name: (settings.instance / name).read_bytes() for name in FILES if (settings.instance / name).is_file()}
    tables = [one for one in CASE.sorted_tables if one.name not in LEFT_OUT]
    with database.look() as session:
        told = Head(CASES, case_id, today, head(History.CASE))
        cases = _write(settings.backups_path, told, seal_stream(lines_of(session, tables, told, files), recovery))
    with database.look() as session:
        told = Head(KEY_KIND, keys_id, today, head(History.KEYS))
        keys = _write(settings.backups_path, told, seal_stream(lines_of(session.keys, KEYS.sorted_tables, told), day))
    return Made(cases, keys)


def expire_backups(database: Database, settings: TriageSettings) -> Expired:
    """Destroy the keys of backups of keys that are seven days old, and remove files past their time; safe to repeat.

    Raises:
        DayKeysAwayError: they are on a disk that is not there; nothing is said to have expired that has not.
    """
    require_day_keys(database, settings)
    with database.look() as session:
        today = session.today
    days = DayKeys(settings.backup_keys_path).destroy_old(today)
    files = 0
    for one in backups_in(settings.backups_path):
        kept = (
            timedelta(days=CASES_KEPT_DAYS) if one.kind == CASES else key_backup_opens_until(one.made_on) - one.made_on
        )
        if one.made_on + kept <= today:
            one.path.unlink(missing_ok=True)
            files += 1
    with database.begin() as session:
        due = session.scalars(
            select(BackupRow).where(BackupRow.expired_on.is_(None), BackupRow.opens_until <= today)
        ).all()
        for row in due:
            row.expired_on = today
        session.flush()
        if days:
            record(session, Act.BACKUP_EXPIRED, None, by=system_actor(session, settings), count=len(days))
    return Expired(days, files)


def require_day_keys(database: Database, settings: TriageSettings) -> None:
    """See that the folder holds the day keys of backups that have not expired yet; raises DayKeysAwayError."""
    with database.look() as session:
        lives = select(BackupRow.id).where(BackupRow.kind == KEY_KIND, BackupRow.expired_on.is_(None)).limit(1)
        waits = session.scalars(lives).first() is not None
    if waits and not DayKeys(settings.backup_keys_path).is_ours:
        raise DayKeysAwayError(settings.backup_keys_path)


def backups_in(folder: Path) -> tuple[BackupFile, ...]:
    """The backups in a folder, the oldest first."""
    found = [one for path in folder.glob("*.age") if (one := BackupFile.of(path)) is not None]
    return tuple(sorted(found, key=lambda one: (one.made_on, one.path.stat().st_mtime_ns, one.path.name)))


def _recovery(session: CaseSession) -> Recipient:
    box = find_box(session, BoxName.RECOVERY)
    if box is None:
        raise NoRecoveryBoxError
    return recipient_of(session, box)


def _write(folder: Path, told: Head, pieces: Iterable[bytes]) -> Path:
    """A file is there whole or not at all."""
    path = folder / f"{told.kind}-{told.made_on.isoformat()}-{told.id.hex[:8]}.age"
    new = path.with_suffix(".new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return path
