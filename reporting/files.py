"""Takes the files of a report: each is cleaned while it arrives, locked while it is cleaned, and stored piece by piece.

The cleaned copy is never whole in this process, and the upload never at all.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from envelope.file import FileSealer
from envelope.report import MediaType, PartReference
from reporting.cleaning.cleaner import Cleaner, SandboxedCleaning
from reporting.cleaning.inside.frames import Copy, Refusal, RefusedError
from reporting.cleaning.inside.limits import MOST_BYTES
from reporting.cleaning.sentences import SENTENCES
from reporting.state import AddedFile, Draft
from reporting.wording import N_, Sentence
from store.dropbox import Dropbox, Part
from store.errors import StoreError
from store.room import Room
from web.incidents import log_incident
from web.patience import at_work

MOST_FILES = 5
NOT_STORED = N_("This file could not be stored just now. Try again later. You can still send your words.")

_MEDIA_TYPES = {Copy.JPEG: MediaType.JPEG, Copy.PNG: MediaType.PNG, Copy.PDF: MediaType.PDF}


class Upload(Protocol):
    """One file as a form brings it. `named` is False for a choice that was left empty."""

    @property
    def named(self) -> bool: ...

    @property
    def content_type(self) -> str: ...

    def pieces(self) -> Iterator[bytes]: ...


@dataclass(frozen=True)
class Taken:
    """What came of some uploads: the report with those that were taken, and a sentence for each that was not."""

    draft: Draft
    problems: tuple[str, ...] = ()


class FileDesk:
    """Takes files for reports, where there is a sandbox to clean them and room to keep them."""

    def __init__(self, cleaner: Cleaner, dropbox: Dropbox, room: Room, today: Callable[[], date]) -> None:
        self._cleaner = cleaner
        self._dropbox = dropbox
        self._room = room
        self._today = today

    def closed(self) -> str:
        """The sentence that says why no file is taken just now; empty when files are taken."""
        if not self._cleaner.works:
            return SENTENCES[Refusal.NO_SANDBOX]
        return "" if self._room.for_files() else SENTENCES[Refusal.NO_ROOM]

    def take(self, draft: Draft, uploads: Iterable[Upload]) -> Taken:
        """Take these files into the report, one after the other; one that is refused keeps no other from being taken.

        Raises nothing for what a stranger's file may do; what `uploads` raises passes through.
        """
        problems: list[tuple[int, str]] = []
        number = 0
        with ExitStack() as place:
            for upload in uploads:
                if not upload.named:
                    continue
                number += 1
                try:
                    if number == 1:
                        place.enter_context(self._cleaner.one_upload())
                    draft = draft.adding(self._take_one(draft, upload))
                except RefusedError as error:
                    problems.append((number, SENTENCES[error.refusal]))
                    if error.refusal is Refusal.BUSY:
                        break
                except StoreError as error:
                    log_incident(error)
                    problems.append((number, NOT_STORED))
        return Taken(draft, tuple(_told(place, sentence, alone=number == 1) for place, sentence in problems))

    def _take_one(self, draft: Draft, upload: Upload) -> AddedFile:
        if not self._cleaner.works:
            raise RefusedError(Refusal.NO_SANDBOX)
        if len(draft.files) >= MOST_FILES:
            raise RefusedError(Refusal.TOO_MANY)
        if not self._room.for_files():
            raise RefusedError(Refusal.NO_ROOM)
        left = MOST_BYTES - sum(file.sent for file in draft.files)
        with self._cleaner.begin(upload.content_type) as cleaning:
            sent = 0
            for piece in upload.pieces():
                sent += len(piece)
                if sent > left:
                    raise RefusedError(Refusal.TOO_MUCH_IN_ALL if draft.files else Refusal.TOO_LARGE)
                cleaning.write(piece)
            with at_work():
                part = self._store(cleaning)
            return AddedFile(part, sent, cleaning.done().moving)

    def _store(self, cleaning: SandboxedCleaning) -> PartReference:
        """Lock and store the copy while it is made; its pieces stay without a report when it is refused after all."""
        sealer, sequence = FileSealer(), 0

        def append(pieces: Iterable[bytes]) -> None:
            nonlocal sequence
            for piece in pieces:
                self._dropbox.append_part(Part(sealer.file_id, sequence, piece, self._today()))
                sequence += 1

        for data in cleaning.cleaned():
            append(sealer.write(data))
        done = cleaning.done()
        last, part = sealer.finish(_MEDIA_TYPES[done.copy], done.pages)
        append(last)
        return part


def _told(number: int, why: str, *, alone: bool) -> str:
    """The sentence about one file, which has no name here: it is the first, second … of those that were chosen."""
    return why if alone else Sentence(N_("File %(number)s: %(why)s"), number=number, why=Sentence(why))
