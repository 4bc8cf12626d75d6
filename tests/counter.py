"""The holders of a counter-corruption box, for tests: their key file, their folder, and what is sealed to them."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select

from envelope.mailbox import Mailbox, drop_id
from envelope.padding import REPORT_BUCKETS
from envelope.receipt import Receipt
from envelope.recipient import Recipient, seal
from envelope.report import PartReference, Report, digest
from envelope.wire import Context, Purpose
from store.dropbox import Drop, Dropbox
from tests.force import Force
from triage.copies.models import SealedCopyRow
from triage.counter.key_file import CounterKeys
from triage.counter.service import Found, Tried, acknowledge, collect, publish_box, reports_in


@dataclass
class Holders:
    """The separate team, who work on the case and drop databases and hold none of triage's keys."""

    keys: CounterKeys
    folder: Path
    case: Engine
    drop: Engine
    today: date

    @classmethod
    def of(cls, force: Force, folder: Path) -> "Holders":
        """Founded, with a box that is published to the form."""
        keys, signed = CounterKeys.found(force.today).with_box(force.today, 90)
        made = cls(keys, folder, force.database.case, force.drop, force.today)
        publish_box(made.case, made.drop, keys, signed, made.today)
        return made

    @property
    def recipient(self) -> Recipient:
        return self.keys.boxes[-1].identity.recipient()

    def collects(self) -> Tried:
        return collect(self.case, self.keys, self.folder)

    def acknowledges(self) -> Tried:
        return acknowledge(self.case, self.keys, self.folder, self.today)

    def reads(self) -> list[Found]:
        return list(reports_in(self.folder, self.keys))

    def on(self, case: Engine) -> "Holders":
        """The same people at another connection."""
        return replace(self, case=case)

    def copies(self) -> int:
        """How many sealed copies there are."""
        with self.case.connect() as connection:
            return connection.scalar(select(func.count()).select_from(SealedCopyRow)) or 0


def send_to(force: Force, to: Recipient, what: str, *, parts: tuple[PartReference, ...] = ()) -> bytes:
    """A report sealed to any key and dropped; gives its id."""
    receipt = Receipt.generate()
    answers = {"what": what, "police": "yes"}
    report = Report(
        answers=answers, language="en", mailbox=Mailbox.from_receipt(receipt).address, danger=False, parts=parts
    )
    sent_id = drop_id(receipt, digest(answers, language="en", danger=False))
    sealed = seal(report.to_bytes(), to, Context(Purpose.REPORT, (sent_id,)), buckets=REPORT_BUCKETS)
    Dropbox(force.drop).append(Drop(sent_id, sealed, danger=False, received_on=force.today))
    return sent_id
