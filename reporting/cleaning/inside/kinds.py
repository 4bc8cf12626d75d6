"""Which kind of file it is, by its own first bytes, and whether it pretends to be another. Plain rules over bytes."""

import re
import struct
from enum import StrEnum

from reporting.cleaning.inside.frames import Refusal, RefusedError

HEAD_LENGTH = 64


class Kind(StrEnum):
    """The kinds that are taken."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"


class Label(StrEnum):
    """What the browser says a file is, which it reads off the end of its name."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    NONE = "none"
    ANOTHER = "another"


_LABELS = {
    "image/jpeg": Label.JPEG,
    "image/jpg": Label.JPEG,
    "image/pjpeg": Label.JPEG,
    "image/png": Label.PNG,
    "image/x-png": Label.PNG,
    "image/webp": Label.WEBP,
    "image/heic": Label.HEIC,
    "image/heif": Label.HEIC,
    "image/heic-sequence": Label.HEIC,
    "image/heif-sequence": Label.HEIC,
    "application/pdf": Label.PDF,
    "application/x-pdf": Label.PDF,
    "application/octet-stream": Label.NONE,
    "": Label.NONE,
}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_PDF_MAGIC = b"%PDF-"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_LENGTH = 22
_LONGEST_ZIP_COMMENT = 65_535
# Readers of PDF look for the magic this far into a file, so a picture that has it there is a document as well.
_PDF_SEARCHED = 1024
_END_OF_PDF = re.compile(rb"%%EOF\s*\0*\s*\Z")
_PDF_TAIL = 2048


def label_of(content_type: str) -> Label:
    """What a part of the form says of itself; octet-stream and nothing say nothing."""
    return _LABELS.get(content_type.partition(";")[0].strip().lower(), Label.ANOTHER)


def kind_of(head: bytes) -> Kind | None:
    """The kind whose magic number stands at the start, or None for a kind that is not taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS and b"avif" not in head[8:HEAD_LENGTH]:
        return Kind.HEIC
    return Kind.PDF if head.startswith(_PDF_MAGIC) else None


def recognised(head: bytes, label: Label) -> Kind:
    """The kind of a file that begins so and is called so; raises RefusedError."""
    if not head:
        raise RefusedError(Refusal.EMPTY)
    kind = kind_of(head)
    if label is not Label.NONE and (kind is None or label.value != kind.value):
        # A name that promises nothing we take is no lie: it is simply another kind of file.
        honest_stranger = label is Label.ANOTHER and kind is None
        raise RefusedError(Refusal.UNKNOWN if honest_stranger else Refusal.MISLABELLED)
    if kind is None:
        raise RefusedError(Refusal.UNKNOWN)
    return kind


def check_whole(content: bytearray, kind: Kind) -> None:
    """Raise RefusedError for a file that is two kinds in one, or that stops before its own end."""
    if _ends_as_zip(content) or (kind is not Kind.PDF and _PDF_MAGIC in content[:_PDF_SEARCHED]):
        raise RefusedError(Refusal.TWO_IN_ONE)
    if kind is Kind.WEBP and len(content) < 8 + struct.unpack_from("<I", content, 4)[0]:
        raise RefusedError(Refusal.CUT)
    if kind is Kind.PDF and not _END_OF_PDF.search(bytes(content[-_PDF_TAIL:])):
        raise RefusedError(Refusal.CUT)


def _ends_as_zip(content: bytearray) -> bool:
    """Whether a reader of ZIP files would find an archive at the end: a whole end record, its comment the rest."""
    at = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_END_LENGTH - _LONGEST_ZIP_COMMENT))
    if at < 0 or at + _ZIP_END_LENGTH > len(content):
        return False
    comment: int = struct.unpack_from("<H", content, at + 20)[0]
    return at + _ZIP_END_LENGTH + comment == len(content)
