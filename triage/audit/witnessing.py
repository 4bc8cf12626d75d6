"""The witness's file: checkpoints one after another, each of a log that begins as the one before it said."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from envelope.signing import VerifyingKey
from triage.audit.notes import Note, from_log, read_notes


def kept_by(path: Path, key: VerifyingKey) -> tuple[Note, ...]:
    """Every checkpoint in the file, none where there is no file yet.

    Raises:
        NoteError: one of them is not this log's, or they do not grow.
    """
    return read_notes(path.read_text("utf-8"), key) if path.exists() else ()


def witness(path: Path, key: VerifyingKey, handed: Callable[[int], str]) -> Note:
    """Add to the file what `handed` gives for the size of its last checkpoint, and see it safely on the disk.

    Raises:
        NoteError: it does not follow from what the file holds; the file stays as it is.
    """
    with _appending(path) as file:
        kept = kept_by(path, key)
        note = from_log(handed(kept[-1].checkpoint.size if kept else 0), key, kept)
        if not kept or kept[-1].text != note.text:
            os.write(file, ("\n" if kept else "").encode() + note.text.encode())
            os.fsync(file)
    return note


@contextmanager
def _appending(path: Path) -> Iterator[int]:
    """The file for adding at its end and nothing else, so that `chattr +a` holds; held while it is added to."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)
