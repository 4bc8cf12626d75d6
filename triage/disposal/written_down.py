"""What was destroyed, beside the backups, so that a backup that comes back does not bring it back.

One line each: `2026-11-22 <id>` of a key, `2026-11-22 drop <id>` of the drop a report came in, which a backup may still
hold sealed, and `2026-11-22 kept <id>` where it was not destroyed after all. Random ids, and nothing of any record.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from triage.disposal.errors import BackupListError

FILE = "destroyed-keys"
_DROP, _KEPT = "drop ", "kept "


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

    def add(self, key_ids: Iterable[UUID], on: date, *, drop_ids: Iterable[UUID] = ()) -> None:
        """Add ids, on the disk before this returns.

        Raises:
            BackupListError: they cannot be written.
        """
        self._write([*map(str, key_ids), *(f"{_DROP}{one}" for one in drop_ids)], on)

    def take_back(self, key_ids: Iterable[UUID], on: date, *, drop_ids: Iterable[UUID] = ()) -> None:
        """These were not destroyed: a crash came between the list and the keys, and then somebody kept the record.

        Raises:
            BackupListError: they cannot be written.
        """
        told = [*map(str, key_ids), *(f"{_DROP}{one}" for one in drop_ids)]
        self._write([f"{_KEPT}{one}" for one in told], on)

    def read(self) -> tuple[UUID, ...]:
        """The id of every key; a line that a power cut left unfinished is passed over."""
        return tuple(found for one in self._told() if (found := _id_of(one)) is not None)

    def drops(self) -> tuple[UUID, ...]:
        """The id of every drop whose report is destroyed."""
        told = (one.removeprefix(_DROP) for one in self._told() if one.startswith(_DROP))
        return tuple(found for one in told if (found := _id_of(one)) is not None)

    def _told(self) -> tuple[str, ...]:
        """What the lines say that still counts: the last word about an id does."""
        found: dict[str, None] = {}
        for line in self.path.read_text("ascii").splitlines() if self.is_there else ():
            _, _, text = line.partition(" ")
            if text.startswith(_KEPT):
                found.pop(text.removeprefix(_KEPT), None)
            else:
                found[text] = None
        return tuple(found)

    def _write(self, told: Iterable[str], on: date) -> None:
        lines = "".join(f"{on.isoformat()} {one}\n" for one in dict.fromkeys(told))
        if not lines or not self.folder.is_dir():
            return
        try:
            with self.path.open("ab+") as file:  # it reads anywhere, and writes at the end alone
                file.write((b"" if _ends_a_line(file) else b"\n") + lines.encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            raise BackupListError(self.path) from None


def _ends_a_line(file: BinaryIO) -> bool:
    """Not where a power cut left a line unfinished: the next one would be glued to it, and lost with it."""
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
