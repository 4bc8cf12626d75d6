"""Seals a finished report to the box of whoever reads it and drops it: once, however often it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from envelope.mailbox import drop_id
from envelope.padding import REPORT_BUCKETS
from envelope.recipient import seal
from envelope.report import ADDS, YES, Report, digest
from envelope.wire import Context, Purpose
from reporting.counter import Decoys, Readers, decoy, readers_of
from reporting.intake import IntakeDesk
from reporting.languages import language_to_read
from reporting.questions import about_police, answers_given, in_danger, words_written
from reporting.state import Draft
from store.dropbox import Appended, Drop, Dropbox


@dataclass(frozen=True)
class Sending:
    """What is about to be sent. The digest names it: the same words are one sending, in whichever language the page
    is when it is pressed again, unless the words need that language to be read."""

    answers: Mapping[str, str] = field(repr=False)
    language: str
    danger: bool
    digest: bytes = field(repr=False)
    readers: Readers = Readers.TEAM

    @property
    def rings(self) -> bool:
        """Whether “danger now” also stands in clear: never on a report for the separate team. It would ring a bell
        at people who cannot open it, and show them that there is one."""
        return self.danger and self.readers is Readers.TEAM

    @classmethod
    def of(cls, draft: Draft, *, send_to_team: bool = False) -> "Sending":
        answers = answers_given(draft.answers) | ({ADDS: YES} if draft.adds else {})
        readers = readers_of(answers, send_to_team=send_to_team)
        danger = in_danger(answers)
        language = language_to_read(words_written(answers), draft.language)
        # The same words sent to other readers are another sending: the first must not be taken for it.
        chosen = {"readers": readers.value} if about_police(answers) else {}
        named = digest({**answers, **chosen}, language=language, danger=danger, parts=draft.parts)
        return cls(answers, language, danger, named, readers)


def report_context(drop: bytes) -> Context:
    """What a sealed report is bound to: the drop it stands in, so that two rows' blobs cannot change places."""
    return Context(Purpose.REPORT, (drop,))


def send_report(
    draft: Draft, sending: Sending, *, desk: IntakeDesk, dropbox: Dropbox, today: date, decoys: Decoys | None = None
) -> Appended:
    """Seal and store. When this returns, a power cut cannot undo it; ALREADY means that it was stored before.

    Raises:
        NoIntakeKeyError: there is no key to seal to today; nothing was stored.
        StoreError: nothing was stored, and sending again is safe.
    """
    intake = desk.open_on(today)
    name = drop_id(draft.receipt, sending.digest)
    report = Report(sending.answers, sending.language, draft.address(), sending.danger, draft.parts)
    sealed = seal(report.to_bytes(), intake.recipient, report_context(name), buckets=REPORT_BUCKETS)
    appended = dropbox.append(Drop(name, sealed, sending.rings, today))
    if appended is Appended.NEW and decoys is not None:
        decoys.after_a_send(len(sealed))
    return appended


def drop_decoys(decoys: Decoys, dropbox: Dropbox, today: date) -> None:
    """Store the decoys that are due, by the same way as a report."""
    for bucket in decoys.due():
        name, sealed = decoy(bucket)
        dropbox.append(Drop(name, sealed, danger=False, received_on=today))
