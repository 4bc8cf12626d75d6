"""The tree over the stored log: roots over any lines of it, from tiles of 1,024 lines where they are kept."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from triage.audit.as_kept import Kept, lines_as_kept
from triage.audit.merkle import HASH_BYTES, TILE_LINES, Frontier, leaf_hash, node_hash, root_over
from triage.audit.models import AuditLeafRow, AuditTileRow
from triage.audit.proofs import split
from triage.database import CaseSession
from triage.errors import TriageError

__all__ = [
    "TILE_LINES",
    "MissingLinesError",
    "Tree",
    "add_tiles",
    "leaf_hashes",
    "lines_between",
    "root_as_kept",
    "runs_of_days",
]

# What one checkpoint adds at most, so that the first one over an old log takes no longer than a twentieth of a second.
TILES_AT_ONCE = 32
ROOTS_KEPT = 200_000
_LEAF = AuditLeafRow.sequence


class MissingLinesError(TriageError):
    """A proof needs a line that is not there."""

    def __init__(self, line: int) -> None:
        super().__init__(f"Lines are missing from line {line:,} on: the log was cut short. Verify the whole log.")


class Tree:
    """Reads hashes of leaves and tiles as they stand; what it gives is worth what the root it leads to is."""

    def __init__(self, session: CaseSession) -> None:
        self._session = session
        self._tiles: dict[int, bytes] | None = None
        self._joined: dict[tuple[int, int], bytes] = {}
        self._read: tuple[int, list[bytes]] = (-1, [])

    def root_of(self, begin: int, end: int) -> bytes:
        """The root over lines `begin` to `end` (without `end`), where `begin` is one at which a subtree begins."""
        if end - begin == TILE_LINES and (kept := self._tile(begin // TILE_LINES)) is not None:
            return kept
        if end - begin == 1:
            return self._leaf(begin)
        found = self._joined.get((begin, end))
        if found is None:
            middle = begin + split(end - begin)
            found = node_hash(self.root_of(begin, middle), self.root_of(middle, end))
            if len(self._joined) > ROOTS_KEPT:
                self._joined.clear()
            self._joined[begin, end] = found
        return found

    def frontier(self, size: int) -> Frontier:
        """The full subtrees over the first `size` lines: what a pass over the log is taken up from."""
        roots, begin = [], 0
        for bit in reversed(range(size.bit_length())):
            if size >> bit & 1:
                roots.append(self.root_of(begin, begin + (1 << bit)))
                begin += 1 << bit
        return Frontier(size, tuple(roots))

    def _tile(self, number: int) -> bytes | None:
        if self._tiles is None:
            rows = self._session.execute(select(AuditTileRow.number, AuditTileRow.root))
            self._tiles = {number: bytes(root) for number, root in rows}
        return self._tiles.get(number)

    def _leaf(self, line: int) -> bytes:
        tile = line // TILE_LINES
        if self._read[0] != tile:
            self._read = (tile, leaf_hashes(self._session, tile * TILE_LINES, (tile + 1) * TILE_LINES))
        if line % TILE_LINES >= len(self._read[1]):
            raise MissingLinesError(line)
        return self._read[1][line % TILE_LINES]


def leaf_hashes(session: CaseSession, begin: int, end: int) -> list[bytes]:
    """The hashes kept of some lines, in order."""
    query = select(AuditLeafRow.leaf_hash).where(begin <= _LEAF, end > _LEAF).order_by(_LEAF)
    return [bytes(one) for one in session.scalars(query)]


def add_tiles(session: CaseSession, size: int) -> None:
    """Keep the next tiles of a log of `size` lines, a few at a time."""
    last = session.scalar(select(func.max(AuditTileRow.number)))
    first = 0 if last is None else last + 1
    for number in range(first, min(size // TILE_LINES, first + TILES_AT_ONCE)):
        begin = number * TILE_LINES
        leaves = leaf_hashes(session, begin, begin + TILE_LINES)
        if len(leaves) != TILE_LINES or any(len(leaf) != HASH_BYTES for leaf in leaves):
            return  # `verify` says what is wrong with them
        days = select(func.min(AuditLeafRow.recorded_on), func.max(AuditLeafRow.recorded_on))
        first_on, last_on = session.execute(days.where(begin <= _LEAF, begin + TILE_LINES > _LEAF)).one()
        session.add(AuditTileRow(number=number, root=root_over(b"".join(leaves)), first_on=first_on, last_on=last_on))


def lines_between(session: CaseSession, size: int, since: date | None, until: date | None) -> tuple[int, int]:
    """Lines outside of which nothing was recorded between two days; the days are those the tiles say."""
    begin, end = 0, size
    if since is not None:
        before = session.scalar(select(func.max(AuditTileRow.number)).where(AuditTileRow.last_on < since))
        begin = 0 if before is None else (before + 1) * TILE_LINES
    if until is not None:
        after = session.scalar(select(func.min(AuditTileRow.number)).where(AuditTileRow.first_on > until))
        end = size if after is None else after * TILE_LINES
    return begin, end


def runs_of_days(
    session: CaseSession, begin: int, end: int, since: date | None, until: date | None
) -> Iterator[tuple[int, int, bool]]:
    """The lines from `begin` to `end` (without it) in order, as runs: from, to, and whether all are of those days.

    Whole tiles are known by the days they say; the lines of any other tile, and those after the last, are not.
    """
    inside = [AuditTileRow.number >= -(-begin // TILE_LINES), AuditTileRow.number < end // TILE_LINES]
    inside += [AuditTileRow.first_on >= since] if since is not None else []
    inside += [AuditTileRow.last_on <= until] if until is not None else []
    at = begin
    for number in session.scalars(select(AuditTileRow.number).where(*inside).order_by(AuditTileRow.number)):
        first = number * TILE_LINES
        if at < first:
            yield at, first, False
        yield first, first + TILE_LINES, True
        at = first + TILE_LINES
    if at < end:
        yield at, end, False


def root_as_kept(session: CaseSession, number: int) -> bytes | None:
    """The root that is kept over a tile, if its lines, as they stand at this moment, come to it."""
    lines = [Kept.of(row) for row in session.execute(lines_as_kept(number * TILE_LINES, (number + 1) * TILE_LINES))]
    root = session.scalar(select(AuditTileRow.root).where(AuditTileRow.number == number))
    if root is None or len(lines) != TILE_LINES or not all(line.leaf for line in lines):
        return None
    return root if root_over(b"".join(leaf_hash(line.leaf) for line in lines)) == bytes(root) else None
