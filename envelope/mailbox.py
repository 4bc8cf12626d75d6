"""From a receipt to its mailbox: the address that rides in a report, and the notices that come back.

Open to the public program: whoever shows a receipt sees that receipt's notices. The one thing it can open is a
notice sealed to a receipt that was just typed in; it takes no seed and no identity.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from envelope import wire
from envelope.agefile import open_file, sealed_length
from envelope.errors import MalformedError
from envelope.receipt import RECEIPT_SECRET_BYTES, Receipt
from envelope.recipient import PUBLIC_KEY_LENGTH, Recipient, seal
from envelope.suite import PrivateKey, expand_seed, hkdf
from envelope.wire import Context, Purpose

__all__ = [
    "LOOKUP_ID_LENGTH",
    "NOTICE_BUCKETS",
    "RECEIPT_SECRET_BYTES",
    "SEALED_NOTICE_LENGTH",
    "Mailbox",
    "MailboxAddress",
    "Notice",
    "NoticeState",
    "Receipt",
    "added_message",
    "drop_id",
    "lookup_id_of",
    "seal_notice",
]

LOOKUP_ID_LENGTH = 16
DROP_ID_LENGTH = 16

# One size for every notice, so that what is said cannot be guessed from its length: room for about 1,900 bytes.
NOTICE_BUCKETS = (2048,)
SEALED_NOTICE_LENGTH = sealed_length(NOTICE_BUCKETS[0])

_SALT = b"quietword receipt v1"
_BURN_LABEL = b"quietword burn preimage"
_KEY_LABEL = b"quietword mailbox key"
_DROP_LABEL = b"quietword drop id\0"
_LOOKUP_LABEL = b"quietword lookup id v1\0"


class NoticeState(StrEnum):
    """How far a report has come, as its sender is told."""

    RECEIVED = "received"
    READ = "read"
    CLOSED = "closed"


def added_message(state: NoticeState) -> str:
    """The name of the text about something that was added to a report; the report's own is the state's value."""
    return f"added-{state.value}"


@dataclass(frozen=True)
class MailboxAddress:
    """Where notices for one receipt go: a lookup id of 16 bytes and a public key of 1,216."""

    # Not secret, but they tie a report to its notices: kept out of anything that prints values.
    lookup_id: bytes = field(repr=False)
    public_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.lookup_id) != LOOKUP_ID_LENGTH or len(self.public_key) != PUBLIC_KEY_LENGTH:
            raise MalformedError("A mailbox address is 16 and 1,216 bytes")


@dataclass(frozen=True)
class Notice:
    """What a reporter is told. `message` is plain text, or the name of a text that the public form translates."""

    state: NoticeState
    message: str = field(repr=False)
    published_on: date

    def to_bytes(self) -> bytes:
        """Canonical JSON; raises MalformedError for text that is not Unicode."""
        fields = {"message": self.message, "on": self.published_on.isoformat(), "state": self.state.value}
        try:
            return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        except UnicodeEncodeError as error:
            raise MalformedError("The message holds half a character, which cannot be sent") from error

    @classmethod
    def from_bytes(cls, data: bytes) -> "Notice":
        """Read exactly what `to_bytes` wrote; raises MalformedError."""
        try:
            fields = json.loads(data)
            notice = cls(NoticeState(fields["state"]), fields["message"], date.fromisoformat(fields["on"]))
            canonical = isinstance(notice.message, str) and notice.to_bytes() == data
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise MalformedError("This is not a notice") from error
        if not canonical:
            raise MalformedError("This notice is not written as ours are")
        return notice


@dataclass(frozen=True)
class Mailbox:
    """All that a receipt gives: 32 bytes that prove it is held, and the key its notices are sealed to."""

    burn_preimage: bytes = field(repr=False)
    _seed: bytes = field(repr=False)

    @classmethod
    def from_receipt(cls, receipt: Receipt) -> "Mailbox":
        """Two derivations of HKDF: the same small work for every receipt, real or invented."""
        return cls(
            hkdf(receipt.secret, salt=_SALT, info=_BURN_LABEL), hkdf(receipt.secret, salt=_SALT, info=_KEY_LABEL)
        )

    @cached_property
    def _private_key(self) -> PrivateKey:
        return expand_seed(self._seed)

    @property
    def lookup_id(self) -> bytes:
        """16 bytes under which notices stand on the board."""
        return lookup_id_of(self.burn_preimage)

    @property
    def address(self) -> MailboxAddress:
        """The public half, which rides inside the report."""
        return MailboxAddress(self.lookup_id, self._private_key.encoded_public)

    def open_notice(self, sealed: bytes) -> Notice:
        """Open one notice that `seal_notice` sealed to this mailbox.

        Raises MalformedError, NotForUsError or TamperedError.
        """
        if len(sealed) != SEALED_NOTICE_LENGTH:
            raise MalformedError("A notice has one size, and this has another")
        plaintext = open_file(sealed, self._private_key)
        return Notice.from_bytes(wire.read(plaintext, Context(Purpose.NOTICE, (self.lookup_id,))))


def seal_notice(notice: Notice, address: MailboxAddress) -> bytes:
    """One notice for one mailbox, always SEALED_NOTICE_LENGTH bytes; raises TooLongError for a long message."""
    context = Context(Purpose.NOTICE, (address.lookup_id,))
    return seal(notice.to_bytes(), Recipient(address.public_key), context, buckets=NOTICE_BUCKETS)


def lookup_id_of(burn_preimage: bytes) -> bytes:
    """The lookup id that a preimage burns. Only the receipt's holder can show the preimage."""
    return hashlib.sha256(_LOOKUP_LABEL + burn_preimage).digest()[:LOOKUP_ID_LENGTH]


def drop_id(receipt: Receipt, digest: bytes) -> bytes:
    """16 bytes that name one sending: the same receipt and the same words are the same drop, however often sent.

    `digest` is `envelope.report.digest`, 32 bytes.
    """
    if len(digest) != hashlib.sha256().digest_size:
        raise ValueError("A digest is 32 bytes")
    return hkdf(receipt.secret, salt=_SALT, info=_DROP_LABEL + digest, length=DROP_ID_LENGTH)
