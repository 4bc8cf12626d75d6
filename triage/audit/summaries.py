"""What 1,024 lines are about, sealed to the auditors: a search opens those lines only where it will find something.

A summary is the sorted, distinct tags (6 bytes) of every act, subject and recipient in its lines. A tag that is not
there rules the lines out; one in 2^48 is there by chance, and costs an opening in vain.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from envelope.errors import EnvelopeError
from envelope.padding import RECORD_BUCKETS
from envelope.vault import CompartmentKey, decrypt_blob, encrypt_blob
from triage.audit.models import AuditSummaryRow
from triage.database import CaseSession

TAG_BYTES = 6
LABEL = b"quietword audit summary v1"
READ_AT_ONCE = 256


def act_tag(act: str) -> bytes:
    """What stands for an act."""
    return hashlib.sha256(b"act\0" + act.encode()).digest()[:TAG_BYTES]


def id_tag(subject: str) -> bytes:
    """What stands for whatever was acted on, or whom it went to."""
    return hashlib.sha256(b"id\0" + subject.encode()).digest()[:TAG_BYTES]


def summary_of(tags: Iterable[bytes]) -> bytes:
    """The tags of some lines, each once."""
    return b"".join(sorted(set(tags)))


def may_hold(summary: bytes, tags: Sequence[bytes]) -> bool:
    """Whether every one of the tags is there. A match across two tags is as rare as one by chance."""
    return all(tag in summary for tag in tags)


def seal_summary(number: int, summary: bytes, key: CompartmentKey) -> bytes:
    """For the auditors alone, and for that place alone."""
    return encrypt_blob(key.secret, summary, LABEL + number.to_bytes(8, "big"), buckets=RECORD_BUCKETS)


def open_summary(number: int, sealed: bytes, key: CompartmentKey) -> bytes | None:
    """None where it was changed or put in another's place: then the lines themselves are opened."""
    try:
        return decrypt_blob(key.secret, sealed, LABEL + number.to_bytes(8, "big"))
    except EnvelopeError:
        return None


def summaries(session: CaseSession, key: CompartmentKey, first: int, last: int) -> Iterator[tuple[int, bytes | None]]:
    """From the last tile back to the first, what each is about; None where no summary can be read."""
    for top in range(last, first - 1, -READ_AT_ONCE):
        bottom = max(first, top - READ_AT_ONCE + 1)
        query = select(AuditSummaryRow.number, AuditSummaryRow.sealed).where(
            AuditSummaryRow.number.between(bottom, top)
        )
        kept = {number: bytes(sealed) for number, sealed in session.execute(query)}
        for number in range(top, bottom - 1, -1):
            sealed = kept.get(number)
            yield number, None if sealed is None else open_summary(number, sealed, key)


def keep_summaries(session: CaseSession, made: dict[int, bytes]) -> None:
    """Write what reading the log made; one that somebody else has written meanwhile is the same."""
    for number, sealed in made.items():
        row = session.get(AuditSummaryRow, number)
        if row is None:
            session.add(AuditSummaryRow(number=number, sealed=sealed))
        else:
            row.sealed = sealed
