"""Seals a finished report to today's intake box and drops it: once, however often it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from envelope.mailbox import drop_id
from envelope.padding import REPORT_BUCKETS
from envelope.recipient import seal
from envelope.report import Report, digest
from envelope.wire import Context, Purpose
from reporting.intake import IntakeDesk
from reporting.questions import answers_given, in_danger
from reporting.state import Draft
from store.dropbox import Appended, Drop, Dropbox


@dataclass(frozen=True)
class Sending:
    """What is about to be sent. The digest names it: the same words in the same language are one sending."""

    answers: Mapping[str, str] = field(repr=False)
    language: str
    danger: bool
    digest: bytes = field(repr=False)

    @classmethod
    def of(cls, draft: Draft, language: str) -> "Sending":
        answers = answers_given(draft.answers)
        danger = in_danger(answers)
        return cls(answers, language, danger, digest(answers, language=language, danger=danger))


def report_context(drop: bytes) -> Context:
    """What a sealed report is bound to: the drop it stands in, so that two rows' blobs cannot change places."""
    return Context(Purpose.REPORT, (drop,))


def send_report(draft: Draft, sending: Sending, *, desk: IntakeDesk, dropbox: Dropbox, today: date) -> Appended:
    """Seal and store. When this returns, a power cut cannot undo it; ALREADY means that it was stored before.

    Raises:
        NoIntakeKeyError: there is no key to seal to today; nothing was stored.
        StoreError: nothing was stored, and sending again is safe.
    """
    intake = desk.open_on(today)
    name = drop_id(draft.receipt, sending.digest)
    report = Report(sending.answers, sending.language, draft.address(), sending.danger)
    sealed = seal(report.to_bytes(), intake.recipient, report_context(name), buckets=REPORT_BUCKETS)
    return dropbox.append(Drop(name, sealed, sending.danger, today))
