"""What a page carries to the next: the unfinished report, sealed inside the reporter's own page."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from envelope.errors import EnvelopeError, PageStateError
from envelope.mailbox import LOOKUP_ID_LENGTH, RECEIPT_SECRET_BYTES, Mailbox, MailboxAddress, Receipt
from envelope.page_state import PageStateKeys
from envelope.report import PartReference
from reporting.questions import QUESTION_OF_FIELD, answers_given

START = "start"
SENT = "sent"
FILES = "files"
CHECK = "check"

_VERSION = 4


@dataclass(frozen=True)
class Wait:
    """A send that must wait: until when (whole seconds of the machine's own count), and for which answers."""

    until: int
    digest: bytes = field(repr=False)


@dataclass(frozen=True)
class AddedFile:
    """A file that was cleaned, locked and stored: what opens it, how many bytes were sent for it, and whether it moved.

    Its name is not here, and never was.
    """

    part: PartReference
    sent: int
    moved: bool = False


@dataclass(frozen=True)
class Draft:
    """A report while it is being written. `changing` means that the reporter came from the check page.

    `mailbox` is made for the check page and rides on: deriving its key is a quarter of the work of sending, and the
    sending request is the one that a burst is made of.

    `adds` when it adds to a report that was sent with this receipt before.

    `begun` is when its first page was drawn, in whole seconds of the machine's own count.

    On the pages of a receipt the steps are theirs (`reporting.views.receipt`), and there are no answers.
    """

    receipt: Receipt = field(repr=False)
    step: str = START
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    changing: bool = False
    wait: Wait | None = field(default=None, repr=False)
    mailbox: MailboxAddress | None = field(default=None, repr=False)
    language: str = "en"
    adds: bool = False
    files: tuple[AddedFile, ...] = field(default=(), repr=False)
    begun: int | None = None

    @classmethod
    def begin(cls, language: str = "en") -> "Draft":
        """An empty report, with the receipt that it will have, on pages in this language."""
        return cls(Receipt.generate(), language=language)

    @classmethod
    def addition_to(cls, receipt: Receipt, language: str = "en") -> "Draft":
        """An empty addition to whatever was sent with a receipt, if anything was: it keeps the receipt."""
        return cls(receipt, language=language, adds=True)

    def at(self, step: str, *, changing: bool = False) -> "Draft":
        """The same report on another page."""
        return replace(self, step=step, changing=changing)

    def answering(self, answers: Mapping[str, str]) -> "Draft":
        """The same report with these answers put in place of the old ones to the same fields."""
        return replace(self, answers=answers_given({**self.answers, **answers}))

    def under_new_receipt(self) -> "Draft":
        """The same report under a receipt of this moment; what adds to a report keeps that of the report."""
        return self if self.adds else replace(self, receipt=Receipt.generate(), mailbox=None)

    def adding(self, file: AddedFile) -> "Draft":
        """The same report with one more file."""
        return replace(self, files=(*self.files, file))

    def without_file(self, place: int) -> "Draft":
        """The same report without the file at this place, from 0; a place where there is none changes nothing."""
        return replace(self, files=tuple(file for at, file in enumerate(self.files) if at != place))

    @property
    def parts(self) -> tuple[PartReference, ...]:
        """What the report carries of its files."""
        return tuple(file.part for file in self.files)

    def speaking(self, language: str) -> "Draft":
        """The same report on pages in another language."""
        return replace(self, language=language)

    def address(self) -> MailboxAddress:
        """Where the notices of this report will go: as it rode along, or worked out from the receipt."""
        return self.mailbox or Mailbox.from_receipt(self.receipt).address

    def addressed(self) -> "Draft":
        """The same report, carrying its address."""
        return replace(self, mailbox=self.address())

    def since(self, seconds: int) -> "Draft":
        """The same report, begun now unless it was begun before."""
        return self if self.begun is not None else replace(self, begun=seconds)

    def age(self, seconds: int) -> int | None:
        """For how many seconds it has been written; None when that cannot be known, as after the machine started."""
        return seconds - self.begun if self.begun is not None and self.begun <= seconds else None

    def waiting(self, wait: Wait | None) -> "Draft":
        return replace(self, wait=wait)

    def to_bytes(self) -> bytes:
        """The draft as JSON, in UTF-8."""
        wait = None if self.wait is None else [self.wait.until, _base64(self.wait.digest)]
        fields = [
            _VERSION,
            _base64(self.receipt.secret),
            self.step,
            self.changing,
            self.adds,
            wait,
            None if self.mailbox is None else _base64(self.mailbox.lookup_id + self.mailbox.public_key),
            self.language,
            dict(self.answers),
            [[file.part.to_fields(), file.sent, file.moved] for file in self.files],
            self.begun,
        ]
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Draft":
        """Read what `to_bytes` wrote.

        Raises:
            PageStateError: when it is anything else (an older program's page, for one).
        """
        try:
            version, secret, step, changing, adds, wait, mailbox, language, answers, files, begun = json.loads(data)
            shaped = isinstance(step, str) and isinstance(changing, bool) and isinstance(language, str)
            shaped = shaped and isinstance(adds, bool)
            if version != _VERSION or not shaped or not all(isinstance(text, str) for text in answers.values()):
                raise PageStateError
            return cls(
                Receipt(_secret(secret)),
                step,
                {field: text for field, text in answers.items() if field in QUESTION_OF_FIELD},
                changing,
                None if wait is None else Wait(int(wait[0]), b64decode(wait[1], validate=True)),
                None if mailbox is None else _address(b64decode(mailbox, validate=True)),
                language,
                adds,
                tuple(
                    AddedFile(PartReference.from_fields(part), int(sent), bool(moved)) for part, sent, moved in files
                ),
                None if begun is None else int(begun),
            )
        except (EnvelopeError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise PageStateError from error


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _address(data: bytes) -> MailboxAddress:
    return MailboxAddress(data[:LOOKUP_ID_LENGTH], data[LOOKUP_ID_LENGTH:])


def _secret(text: str) -> bytes:
    secret = b64decode(text, validate=True)
    if len(secret) != RECEIPT_SECRET_BYTES:
        raise PageStateError
    return secret


def seal_draft(draft: Draft, keys: PageStateKeys, today: date) -> str:
    """The draft as the text of a hidden field; its length is one of a few sizes."""
    return keys.seal(draft.to_bytes(), today)


def open_draft(text: str, keys: PageStateKeys, today: date) -> Draft:
    """Open a hidden field.

    Raises:
        PageStateError: when it is not ours, was changed, or is older than yesterday.
    """
    return Draft.from_bytes(keys.open(text, today))
