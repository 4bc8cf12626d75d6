"""The ids of destroyed keys beside the backups, so that a backup that comes back does not bring them back.

One line each, `2026-11-22 <id>`: ids of random keys, and nothing of any record.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from triage.disposal.errors import BackupListError

FILE = "destroyed-keys"


@dataclass(frozen=True)
class DestroyedIds:
    """The list in a folder of backups. Where there is no folder no backup was ever made, and nothing is written."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / FILE

    @property
    def is_there(self) -> bool:
        return self.path.is_file()

    def begin(self) -> None:
        """Make the folder and an empty list, readable by its owner alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))

    def add(self, key_ids: Iterable[UUID], on: date) -> None:
        """Add ids, on the disk before this returns.

        Raises:
            BackupListError: they cannot be written.
        """
        ids = list(dict.fromkeys(key_ids))
        if not ids or not self.folder.is_dir():
            return
        lines = "".join(f"{on.isoformat()} {one}\n" for one in ids)
        try:
            with self.path.open("a", encoding="ascii") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            raise BackupListError(self.path) from None

    def read(self) -> tuple[UUID, ...]:
        """Every id there is; a line that a power cut left unfinished is passed over."""
        found = []
        for line in self.path.read_text("ascii").splitlines() if self.is_there else ():
            _, _, text = line.partition(" ")
            try:
                found.append(UUID(text))
            except ValueError:
                continue
        return tuple(dict.fromkeys(found))
