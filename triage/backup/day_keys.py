"""The keys of the last seven days' backups of keys: one key pair a day, its seed sealed to the recovery box.

A backup of keys is sealed to the key of its day, and to nothing else. So the backups themselves may be copied anywhere:
with this one small folder the last seven days open (for those who hold the shares), and without it none does. When a
day is over seven days ago its seed is destroyed here, and every copy of that day's backups is dead.
"""

import os
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.recipient import Recipient, seal_small
from envelope.unseal import unseal_small
from envelope.wire import Context, Purpose
from triage.backup.errors import BrokenBackupError, DayKeyGoneError
from triage.disposal.rules import key_backup_opens_until

# An empty file that tells the folder from the empty place where a disk is mounted.
MARK = "day-keys"
_SEED, _PUBLIC = ".seed", ".public"
_DAY = len("2026-11-22")


@dataclass(frozen=True)
class DayKeys:
    """The folder they lie in."""

    folder: Path

    @property
    def is_ours(self) -> bool:
        """Whether this is the folder they were put in, and not the empty place where its disk should be."""
        return (self.folder / MARK).is_file() or bool(self.days())

    def recipient(self, day: date, recovery: Recipient) -> Recipient:
        """What that day's backups of keys are sealed to; made at the first of them."""
        seed = self._seed(day, recovery)
        public = seed.with_suffix(_PUBLIC)
        if not public.is_file() or not seed.is_file():
            identity = Identity.generate()
            sealed = seal_small(identity.seed, recovery, _context(day))
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self.folder / MARK, b"")
            _write(seed, sealed)
            _write(public, identity.recipient().public_key)
        return Recipient(public.read_bytes())

    def identity(self, day: date, recovery: Identity) -> Identity:
        """What opens that day's backups of keys.

        Raises:
            DayKeyGoneError: it was destroyed, or is on another disk.
            BrokenBackupError: it is sealed to another recovery key, or was changed.
        """
        path = self._seed(day, recovery.recipient())
        if not path.is_file():
            raise DayKeyGoneError(path)
        try:
            return Identity(unseal_small(path.read_bytes(), recovery, _context(day)))
        except EnvelopeError:
            raise BrokenBackupError(path, "it is sealed to another recovery key, or was changed.") from None

    def is_there(self, day: date) -> bool:
        return day in self.days()

    def days(self) -> tuple[date, ...]:
        """The days whose backups of keys still open, the oldest first."""
        return tuple(sorted({date.fromisoformat(path.name[:_DAY]) for path in self.folder.glob(f"*{_SEED}")}))

    def destroy_old(self, today: date) -> tuple[date, ...]:
        """Destroy the seeds of the days that are over; gives which.

        They are written over before they are removed. A disk may keep what was written over; what it keeps is sealed to
        the recovery key, so that it takes the people with the shares as well.
        """
        gone = tuple(day for day in self.days() if key_backup_opens_until(day) <= today)
        for path in [path for day in gone for path in self.folder.glob(f"{day.isoformat()}-*{_SEED}")]:
            _write(path, bytes(path.stat().st_size), new=False)
            path.unlink()
            path.with_suffix(_PUBLIC).unlink(missing_ok=True)
        if gone:
            _settle(self.folder)
        return gone

    def _seed(self, day: date, recovery: Recipient) -> Path:
        """One for each day and recovery key: after a new split, today's backups open for the new shares."""
        name = sha256(recovery.public_key).hexdigest()[:8]
        return self.folder / f"{day.isoformat()}-{name}{_SEED}"


def _context(day: date) -> Context:
    return Context(Purpose.RECOVERY, (b"key backup", UUID(int=day.toordinal()).bytes))


def _write(path: Path, content: bytes, *, new: bool = True) -> None:
    flags = os.O_WRONLY | (os.O_CREAT | os.O_TRUNC if new else 0)
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _settle(path.parent)


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
