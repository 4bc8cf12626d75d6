"""What a reporter sends, as it stands inside the sealed drop.

version           1       01
lookup id        16       the mailbox, as bytes: in base64 it would take two fifths of the smallest bucket
public key    1,216
the rest                  canonical JSON: answers, danger, language, parts
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeGuard

from envelope.errors import MalformedError
from envelope.mailbox import LOOKUP_ID_LENGTH, MailboxAddress
from envelope.recipient import PUBLIC_KEY_LENGTH
from envelope.stream import FILE_KEY_LENGTH
from envelope.suite import load_public_key

VERSION = b"\x01"
PART_ID_LENGTH = 16
DIGEST_LENGTH = 32

# An answer that no question asks for: the sender chose to say that this adds to an earlier report of the same receipt.
ADDS = "adds"
YES = "yes"

_KEY_AT = len(VERSION) + LOOKUP_ID_LENGTH
_JSON_AT = _KEY_AT + PUBLIC_KEY_LENGTH
_QUESTION = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_DIGEST_LABEL = b"quietword report digest v1\0"


class MediaType(StrEnum):
    """What a cleaned file is: our own picture, or our own document made of pictures alone."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


@dataclass(frozen=True)
class PartReference:
    """One file sent along, sealed in `parts`: id (16 bytes), true length, SHA-256 of it, age file key (16).

    It never carries a name. `pages` is 1 for a picture.
    """

    file_id: bytes
    length: int
    digest: bytes
    key: bytes = field(repr=False)
    media_type: MediaType
    pages: int = 1

    def __post_init__(self) -> None:
        lengths = len(self.file_id), len(self.digest), len(self.key)
        if lengths != (PART_ID_LENGTH, DIGEST_LENGTH, FILE_KEY_LENGTH) or self.length < 0:
            raise MalformedError("A part is named by ids, digest and key of 16, 32 and 16 bytes")
        if self.pages < 1 or (self.pages > 1 and self.media_type is not MediaType.PDF):
            raise MalformedError("A picture has one page, a document one or more")

    def to_fields(self) -> dict[str, str | int]:
        """Its one spelling in JSON, in a report and in a page state alike."""
        return {
            "digest": self.digest.hex(),
            "id": self.file_id.hex(),
            "key": self.key.hex(),
            "length": self.length,
            "pages": self.pages,
            "type": self.media_type.value,
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, object]) -> "PartReference":
        """Read what `to_fields` gave; raises MalformedError for anything looser."""
        try:
            file_id, digest, key = (bytes.fromhex(str(fields[name])) for name in ("id", "digest", "key"))
            length, pages = fields["length"], fields["pages"]
            if type(length) is not int or type(pages) is not int:
                raise MalformedError("A part's length and pages are whole numbers")
            part = cls(file_id, length, digest, key, MediaType(str(fields["type"])), pages)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise MalformedError("What is listed is not a part") from error
        if part.to_fields() != fields:
            raise MalformedError("This part is not written as ours are")
        return part


@dataclass(frozen=True)
class Report:
    """Answers by question (`[a-z][a-z0-9_]*`), the language they are in (BCP 47), and where notices go."""

    answers: Mapping[str, str] = field(repr=False)
    language: str
    mailbox: MailboxAddress
    danger: bool
    parts: tuple[PartReference, ...] = ()

    def __post_init__(self) -> None:
        if not all(_QUESTION.fullmatch(question) for question in self.answers):
            raise MalformedError("A report has a question without a proper name")
        if not _LANGUAGE.fullmatch(self.language):
            raise MalformedError("A report's language is not a language tag")

    @property
    def adds(self) -> bool:
        """Whether it adds to an earlier report that was sent to the same mailbox."""
        return self.answers.get(ADDS) == YES

    def to_bytes(self) -> bytes:
        """The one encoding of this report; raises MalformedError for text that is not Unicode."""
        address = self.mailbox.lookup_id + self.mailbox.public_key
        return VERSION + address + _canonical(self.answers, self.language, self.parts, danger=self.danger)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Report":
        """Read exactly what `to_bytes` wrote; raises MalformedError for anything looser."""
        if not data.startswith(VERSION) or len(data) < _JSON_AT:
            raise MalformedError("This is not a report of a version we know")
        address = MailboxAddress(data[len(VERSION) : _KEY_AT], data[_KEY_AT:_JSON_AT])
        # A key that is none is found out here, not weeks later when a notice is to be sealed to it.
        load_public_key(address.public_key)
        try:
            fields = json.loads(data[_JSON_AT:].decode("utf-8"))
            answers, danger, language = fields["answers"], fields["danger"], fields["language"]
            if not (_is_answers(answers) and isinstance(danger, bool) and isinstance(language, str)):
                raise MalformedError("A report's fields are not of the right kinds")
            parts = tuple(PartReference.from_fields(listed) for listed in fields["parts"])
            report = cls(answers, language, address, danger, parts)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise MalformedError("What is inside is not a report") from error
        if report.to_bytes() != data:
            raise MalformedError("This report is not written as ours are")
        return report


def digest(answers: Mapping[str, str], *, language: str, danger: bool, parts: tuple[PartReference, ...] = ()) -> bytes:
    """32 bytes that stand for everything a reporter said, for the drop id: the same words give the same digest."""
    return hashlib.sha256(_DIGEST_LABEL + _canonical(answers, language, parts, danger=danger)).digest()


def _canonical(answers: Mapping[str, str], language: str, parts: tuple[PartReference, ...], *, danger: bool) -> bytes:
    fields = {
        "answers": dict(answers),
        "danger": danger,
        "language": language,
        "parts": [part.to_fields() for part in parts],
    }
    text = json.dumps(fields, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedError("The text holds half a character, which cannot be sent") from error


def _is_answers(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(answer, str) for answer in value.values())
