"""Check a run of audit lines, one by one: hash, signature, and the key each can be read by."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from envelope.errors import EnvelopeError
from envelope.signing import VerifyingKey
from store.batches import batches
from triage.audit.as_kept import Kept, day_of, lines_as_kept, tiles_as_kept
from triage.audit.binding import Bound
from triage.audit.merkle import HASH_BYTES, TILE_LINES, leaf_hash, root_over
from triage.audit.models import AuditKeyRow, AuditLeafRow
from triage.audit.service import SIGNED_LEAF, LeafContent, key_digest

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
    # Lines before it were verified, signatures and all, under a root that they must come to again.
    signed_from: int = 0


@dataclass(frozen=True)
class Run:
    """What came of some lines: the hash of each (32 bytes) as it stands now, in order, and what is wrong."""

    begin: int
    end: int
    hashes: bytes = field(repr=False)
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
    problems, hashes, days, expected = Problems(), list[bytes](), list[bytes](), begin
    keys: dict[bytes, bytes | None] = {}
    rows = session.execute(lines_as_kept(begin, end).execution_options(yield_per=ROWS_AT_ONCE))
    for part in rows.partitions(ROWS_AT_ONCE):
        lines = [Kept.of(row) for row in part]
        _look_up_keys(session, keys, lines)
        for line in lines:
            if line.sequence != expected:
                problems.add(missing(expected, line.sequence))
            hashes.append(_check_line(line, known, keys, problems))
            days.append(line.day)
            expected = line.sequence + 1
    if expected < end:
        problems.add(missing(expected, end))
    if len(hashes) == end - begin:
        _check_tiles(session, begin, hashes, days, problems)
    return Run(begin, end, b"".join(hashes), problems)


def _check_tiles(
    session: Session, begin: int, hashes: Sequence[bytes], days: Sequence[bytes], problems: Problems
) -> None:
    """Searches leave out what a tile rules out by its days, and believe a summary that was made for its root."""
    first, after = -(-begin // TILE_LINES), (begin + len(hashes)) // TILE_LINES
    for number, root, first_on, last_on in session.execute(tiles_as_kept(first, after)):
        at = number * TILE_LINES - begin
        mine = [day for day in days[at : at + TILE_LINES] if day]
        fits = root == root_over(b"".join(hashes[at : at + TILE_LINES]))
        try:
            fits = fits and (day_of(first_on), day_of(last_on)) == (min(mine), max(mine))
        except (ValueError, TypeError, AttributeError):
            fits = False
        if not fits:
            last = (number + 1) * TILE_LINES - 1
            problems.add(
                f"What is kept of lines {number * TILE_LINES:,} to {last:,} does not fit them: searches miss some."
            )


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


def _look_up_keys(session: Session, keys: dict[bytes, bytes | None], lines: Sequence[Kept]) -> None:
    """Add the digest of every key these lines are sealed under, None where there is no such key."""
    unseen = {line.key_id for line in lines} - keys.keys()
    keys.update(dict.fromkeys(unseen))
    query = select(AuditKeyRow.id, AuditKeyRow.sealed)
    for some in batches([UUID(bytes=one) for one in unseen if one]):
        for row_id, sealed in session.execute(query.where(AuditKeyRow.id.in_(some))):
            keys[row_id.bytes] = key_digest(bytes(sealed))


def _check_line(line: Kept, known: Known, keys: dict[bytes, bytes | None], problems: Problems) -> bytes:
    """The hash of what stands in the row now, after saying whatever is wrong with it."""
    number = line.sequence
    if not line.leaf:
        problems.add(f"Line {number:,} cannot be read as a line at all: it is not written as ours are.")
        return bytes(HASH_BYTES)
    digest = leaf_hash(line.leaf)
    if digest != line.leaf_hash:
        problems.add(f"Line {number:,} was changed: it does not have the hash that was kept of it.")
    if number >= known.signed_from:
        key = known.bound.key_at(line.signer_id, number)
        if key is None:
            problems.add(f"Line {number:,} is by somebody who was never an officer here.")
        elif not is_signed(key, SIGNED_LEAF + digest, line.signature):
            problems.add(f"Line {number:,} is not signed by whom it names.")
    if (line.binding is not None) != (number in known.lines_that_bind):
        problems.add(f"Line {number:,} names somebody’s key, and did not when it was asked for.")
    kept = keys[line.key_id]
    if kept is None:
        problems.add(f"Line {number:,} cannot be read any more: the key it is sealed under is gone.")
    elif kept != line.key_digest:
        problems.add(f"Line {number:,} cannot be read any more: the key it is sealed under was changed.")
    return digest
