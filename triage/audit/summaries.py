"""What 1,024 lines are about, sealed to the auditors: a search opens only the lines it is for.

A summary has two parts. The first, read at every search, is the sorted, distinct tags (4 bytes) of every act, subject
and recipient: a tag that is not there rules the lines out. The second, read where it is there, is three tags a line in
the order of the lines: which of them. A tag fits by chance once in 2^32, and costs one opening in vain.

Both are sealed for the root over those very lines. Whoever writes to the database could take a line or its key away
while an auditor's search makes a summary, and put it back: the summary would be of another root, and is made anew.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from envelope.errors import EnvelopeError
from envelope.padding import RECORD_BUCKETS
from envelope.vault import CompartmentKey, decrypt_blob, encrypt_blob
from triage.audit.models import AuditSummaryRow, AuditTileRow
from triage.database import CaseSession

TAG_BYTES = 4
TAGS_A_LINE = 3
LABEL, PLACES_LABEL = b"quietword audit summary v1", b"quietword audit places v1"
# Every search reads all of them, so a step is a kilobyte: it says of 1,024 lines how many different things they are
# about, to within 256. The next size that records have would be four times what most need.
SUMMARY_BUCKETS = tuple(range(1024, 16385, 1024))
READ_AT_ONCE = 256
NOTHING = bytes(TAG_BYTES)


def act_tag(act: str) -> bytes:
    """What stands for an act; nought for none."""
    return hashlib.sha256(b"act\0" + act.encode()).digest()[:TAG_BYTES] if act else NOTHING


def id_tag(subject: str) -> bytes:
    """What stands for whatever was acted on, or whom it went to; nought for nothing."""
    return hashlib.sha256(b"id\0" + subject.encode()).digest()[:TAG_BYTES] if subject else NOTHING


@dataclass(frozen=True)
class Sealed:
    """A summary as it is kept."""

    summary: bytes = field(repr=False)
    places: bytes = field(repr=False)


@dataclass(frozen=True)
class About:
    """What one line is about: the tags of its act, its subject and its recipient."""

    act: bytes
    subject: bytes
    to: bytes

    def to_bytes(self) -> bytes:
        return self.act + self.subject + self.to


def seal_summary(number: int, root: bytes, lines: Sequence[About], key: CompartmentKey) -> Sealed:
    """Both parts, for the auditors alone, and for that place and the lines of that root alone."""
    tags = sorted({tag for line in lines for tag in (line.act, line.subject, line.to)} - {NOTHING})
    place = number.to_bytes(8, "big") + root
    return Sealed(
        encrypt_blob(key.secret, b"".join(tags), LABEL + place, buckets=SUMMARY_BUCKETS),
        encrypt_blob(
            key.secret, b"".join(line.to_bytes() for line in lines), PLACES_LABEL + place, buckets=RECORD_BUCKETS
        ),
    )


def may_hold(summary: bytes, tags: Sequence[bytes]) -> bool:
    """Whether every one of the tags is there. A match across two tags is as rare as one by chance."""
    return all(tag in summary for tag in tags)


def places_of(session: CaseSession, number: int, key: CompartmentKey, act: bytes, subject: bytes) -> list[int] | None:
    """Which lines of a tile have that act and that subject, counted from its first; one of the two may be nought.

    None where the places cannot be read: then all of the lines are opened.
    """
    row = session.execute(_kept(AuditSummaryRow.places).where(AuditSummaryRow.number == number)).first()
    told = None if row is None else _opened(bytes(row[1]), PLACES_LABEL, number, bytes(row[2]), key)
    if told is None:
        return None
    by_act = None if act == NOTHING else {at for at, which in _found(told, act) if which == 0}
    by_subject = None if subject == NOTHING else {at for at, which in _found(told, subject) if which > 0}
    if by_act is None or by_subject is None:
        return sorted(by_subject or by_act or ())
    return sorted(by_act & by_subject)


def _found(told: bytes, tag: bytes) -> Iterator[tuple[int, int]]:
    """Where a tag stands: in which line, and as its act (0), subject (1) or recipient (2)."""
    at = told.find(tag)
    while at >= 0:
        if at % TAG_BYTES == 0:
            yield divmod(at // TAG_BYTES, TAGS_A_LINE)
        at = told.find(tag, at + 1)


def summaries(session: CaseSession, key: CompartmentKey, first: int, last: int) -> Iterator[tuple[int, bytes | None]]:
    """From the last tile back to the first, what each is about; None where no summary can be read."""
    for top in range(last, first - 1, -READ_AT_ONCE):
        bottom = max(first, top - READ_AT_ONCE + 1)
        query = _kept(AuditSummaryRow.sealed).where(AuditSummaryRow.number.between(bottom, top))
        kept = {number: (bytes(sealed), bytes(root)) for number, sealed, root in session.execute(query)}
        for number in range(top, bottom - 1, -1):
            sealed = kept.get(number)
            yield number, None if sealed is None else _opened(sealed[0], LABEL, number, sealed[1], key)


def keep_summaries(session: CaseSession, made: dict[int, Sealed]) -> None:
    """Write what reading the log made; one that somebody else has written meanwhile says the same."""
    for number, sealed in made.items():
        row = session.get(AuditSummaryRow, number)
        if row is not None:
            row.sealed, row.places = sealed.summary, sealed.places
            continue
        # Two auditors may search at once: on PostgreSQL the second finds the row only when it writes its own.
        with suppress(IntegrityError), session.begin_nested():
            session.add(AuditSummaryRow(number=number, sealed=sealed.summary, places=sealed.places))


def _kept(column: InstrumentedAttribute[bytes]) -> Select[int, bytes, bytes]:
    """A part of summaries, with the root of the lines as it stands, which `verify` holds against them."""
    joined = AuditTileRow.number == AuditSummaryRow.number
    return select(AuditSummaryRow.number, column, AuditTileRow.root).join(AuditTileRow, joined)


def _opened(sealed: bytes, label: bytes, number: int, root: bytes, key: CompartmentKey) -> bytes | None:
    """None where it was changed, put in another's place, or made of other lines than stand there now."""
    try:
        return decrypt_blob(key.secret, sealed, label + number.to_bytes(8, "big") + root)
    except EnvelopeError:
        return None
