"""Check a run of audit lines, one by one: hash, signature, and the key each can be read by."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from envelope.errors import EnvelopeError
from envelope.signing import VerifyingKey
from store.batches import batches
from triage.audit.binding import Bound
from triage.audit.merkle import leaf_hash
from triage.audit.models import AuditKeyRow, AuditLeafRow
from triage.audit.service import SALT_BYTES, SIGNED_LEAF, LeafContent, key_digest

# What one process reads before it says how far it is: about a second's work, and ten megabytes.
LINES_AT_ONCE = 1 << 13
ROWS_AT_ONCE = 512
# After so many the log is not a log any more, and a list of a million sentences helps nobody.
PROBLEMS_SHOWN = 50


class Problems:
    """Collects sentences, up to a limit."""

    def __init__(self, found: Sequence[str] = (), more: int = 0) -> None:
        self.found, self.more = list(found), more

    def add(self, sentence: str) -> None:
        if len(self.found) < PROBLEMS_SHOWN:
            self.found.append(sentence)
        else:
            self.more += 1

    def take_in(self, other: "Problems") -> None:
        for sentence in other.found:
            self.add(sentence)
        self.more += other.more

    def sentences(self) -> tuple[str, ...]:
        more = (f"And {self.more:,} more.",) if self.more else ()
        return (*self.found, *more)


@dataclass(frozen=True)
class Known:
    """What the lines are checked against: whose key is whose, and which lines said so."""

    bound: Bound
    lines_that_bind: frozenset[int]


@dataclass(frozen=True)
class Run:
    """What came of some lines: the hash of each as it stands now, in order, and what is wrong."""

    begin: int
    end: int
    hashes: tuple[bytes, ...]
    problems: Problems


def leaf_query() -> Select[Any]:
    """Every column of a line, without the cost of an object for each."""
    return select(*AuditLeafRow.__table__.columns)


def content_of(row: Row[Any] | AuditLeafRow) -> LeafContent:
    """What a line's hash is over."""
    return LeafContent(
        sequence=row.sequence,
        id=row.id,
        signer_id=row.signer_id,
        key_id=row.key_id,
        key_digest=bytes(row.key_digest),
        recorded_on=row.recorded_on,
        salt=bytes(row.salt),
        sealed=bytes(row.sealed),
        binding=None if row.binding is None else bytes(row.binding),
    )


def check_run(session: Session, begin: int, end: int, known: Known) -> Run:
    """Check lines `begin` to `end` (without `end`), each of which is to be there."""
    problems, hashes, expected = Problems(), [], begin
    leaves = AuditLeafRow.sequence
    query = leaf_query().where(leaves >= begin, leaves < end).order_by(leaves)
    rows = _readable(session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)), problems)
    while part := list(islice(rows, ROWS_AT_ONCE)):
        keys = _key_digests(session, {row.key_id for row in part})
        for row in part:
            if row.sequence != expected:
                problems.add(missing(expected, row.sequence))
            hashes.append(_check_leaf(row, known, keys, problems))
            expected = row.sequence + 1
    if expected < end:
        problems.add(missing(expected, end))
    return Run(begin, end, tuple(hashes), problems)


def missing(expected: int, found: int) -> str:
    """The sentence about lines that should stand between two others."""
    last = found - 1
    return f"Line {expected:,} is missing." if last == expected else f"Lines {expected:,} to {last:,} are missing."


def is_signed(key: VerifyingKey, message: bytes, signature: bytes) -> bool:
    """Whether it is."""
    try:
        key.verify(message, bytes(signature))
    except EnvelopeError:
        return False
    return True


def _readable(rows: Any, problems: Problems) -> Iterator[Row[Any]]:
    """Rows until one cannot be read; `Any`, because the type of a result names each column's."""
    found = iter(rows)
    while True:
        try:
            row = next(found, None)
        except (ValueError, TypeError):
            problems.add("A line cannot be read as a line at all, nor what comes after it.")
            return
        if row is None:
            return
        yield row


def _key_digests(session: Session, ids: set[UUID]) -> dict[UUID, bytes]:
    query = select(AuditKeyRow.id, AuditKeyRow.sealed)
    return {
        row_id: key_digest(bytes(sealed))
        for some in batches(list(ids))
        for row_id, sealed in session.execute(query.where(AuditKeyRow.id.in_(some)))
    }


def _check_leaf(row: Row[Any], known: Known, keys: dict[UUID, bytes], problems: Problems) -> bytes:
    """The hash of what stands in the row now, after saying whatever is wrong with it."""
    digest = leaf_hash(content_of(row).to_bytes())
    # A byte moved from the salt to the sealed body would hash alike.
    if digest != row.leaf_hash or len(row.salt) != SALT_BYTES or len(row.key_digest) != hashlib.sha256().digest_size:
        problems.add(f"Line {row.sequence:,} was changed: it does not have the hash that was kept of it.")
    key = known.bound.key_at(row.signer_id, row.sequence)
    if key is None:
        problems.add(f"Line {row.sequence:,} is by somebody who was never an officer here.")
    elif not is_signed(key, SIGNED_LEAF + digest, row.signature):
        problems.add(f"Line {row.sequence:,} is not signed by whom it names.")
    if (row.binding is not None) != (row.sequence in known.lines_that_bind):
        problems.add(f"Line {row.sequence:,} names somebody’s key, and did not when it was asked for.")
    if row.key_id not in keys:
        problems.add(f"Line {row.sequence:,} cannot be read any more: the key it is sealed under is gone.")
    elif keys[row.key_id] != row.key_digest:
        problems.add(f"Line {row.sequence:,} cannot be read any more: the key it is sealed under was changed.")
    return digest
