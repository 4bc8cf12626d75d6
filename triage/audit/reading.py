"""Open the audit log with the audit box: lines newest first, as an auditor reads them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select

from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.unseal import unseal_small
from envelope.vault import CompartmentKey, decrypt_blob
from envelope.wire import Context, Purpose
from store.batches import batches
from triage.audit.models import AuditHeadRow, AuditKeyRow, AuditLeafRow
from triage.audit.service import HEAD
from triage.audit.summaries import About, Sealed, act_tag, id_tag, may_hold, places_of, seal_summary, summaries
from triage.audit.tree import TILE_LINES, lines_between, root_as_kept, runs_of_days
from triage.database import CaseSession

ROWS_AT_ONCE = 256
# What one question opens of lines that no summary covers: about half a second's work.
TILES_OPENED_AT_ONCE = 32
UNREADABLE = "This line cannot be read: its key is gone, or it was changed"
_LEAF = AuditLeafRow


@dataclass(frozen=True)
class Line:
    """One act: who did what to what, when, and why. `at` is a time of the day for people, a date for the system."""

    sequence: int
    id: UUID
    signer_id: UUID
    recorded_on: date
    act: str
    at: str
    subject: str
    to: str
    reason: str
    count: int | None


@dataclass(frozen=True)
class Wanted:
    """What somebody asks the log for. Act and subject lie inside the sealed part, and are found by the summaries."""

    signer_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    act: str = ""
    subject: str = ""

    @property
    def looks_inside(self) -> bool:
        return bool(self.act or self.subject)

    @property
    def tags(self) -> tuple[bytes, ...]:
        """What a summary must hold for any of its lines to fit."""
        act = (act_tag(self.act),) if self.act else ()
        return (*act, id_tag(self.subject)) if self.subject else act

    def fits(self, line: Line) -> bool:
        """Whether the sealed part is what was asked for; a subject fits as what was acted on or whom it went to."""
        if self.act and line.act != self.act:
            return False
        return not self.subject or self.subject in {line.subject, line.to}


@dataclass(frozen=True)
class Found:
    """Some lines, the newest first. `older` is where the next ones begin, None where there are none.

    `unread` is the number of the line from which on, backwards, nothing has been looked at yet, because no summary
    covers it; `made` are summaries to be kept.
    """

    lines: tuple[Line, ...]
    older: int | None
    unread: int | None = None
    made: dict[int, Sealed] = field(default_factory=dict, repr=False)


class LogReader:
    """Reads lines with the audit box's private half; the keys it opens are forgotten with it."""

    def __init__(self, session: CaseSession, audit_box_id: UUID, identity: Identity) -> None:
        self._session = session
        self._box_id = audit_box_id
        self._identity = identity
        self._summary_key = CompartmentKey.of(identity)
        self._keys: dict[UUID, bytes | None] = {}

    def find(self, wanted: Wanted, *, most: int, before: int | None = None) -> Found:
        """Up to `most` lines that fit, the newest first, of those numbered below `before`."""
        begin, end = self._between(wanted, before)
        if not wanted.looks_inside:
            rows = self._session.execute(_query(wanted, begin, end).limit(most + 1)).all()
            lines = self._opened(rows)
            return Found(lines[:most], lines[most - 1].sequence if len(lines) > most else None)
        found: list[Line] = []
        made: dict[int, Sealed] = {}
        for line in self._inside(wanted, begin, end, made, TILES_OPENED_AT_ONCE):
            if isinstance(line, int):
                return Found(tuple(found), None, line, made)
            if len(found) == most:
                return Found(tuple(found), found[-1].sequence, None, made)
            found.append(line)
        return Found(tuple(found), None, None, made)

    def all_lines(self, wanted: Wanted) -> Iterator[Line]:
        """Every line that fits, the newest first, read a few at a time, however long it takes."""
        begin, end = self._between(wanted, None)
        if wanted.looks_inside:
            for line in self._inside(wanted, begin, end, {}, None):
                assert isinstance(line, Line)  # noqa: S101  nothing stops it
                yield line
            return
        rows = self._session.execute(_query(wanted, begin, end).execution_options(yield_per=ROWS_AT_ONCE))
        for part in rows.partitions(ROWS_AT_ONCE):
            yield from self._opened(part)

    def by_sequence(self, sequences: Sequence[int]) -> tuple[Line, ...]:
        """Lines by their numbers, in order."""
        rows: list[Row[Any]] = []
        for some in batches(sequences):
            rows += self._session.execute(_columns().where(_LEAF.sequence.in_(some)).order_by(_LEAF.sequence)).all()
        return self._opened(rows)

    def count(self, wanted: Wanted) -> int:
        """How many lines there are of that person and those days; act and subject are not looked at."""
        begin, end = self._between(wanted, None)
        if wanted.signer_id is None:
            return end if wanted.from_day is wanted.to_day is None else self._count_of_days(wanted, begin, end)
        counted = _query(wanted, begin, end).order_by(None).with_only_columns(func.count(_LEAF.sequence))
        return self._session.scalar(counted) or 0

    def _count_of_days(self, wanted: Wanted, begin: int, end: int) -> int:
        """A thousand lines at a time where all of them are of those days, one by one where days begin and end."""
        counted = 0
        for first, last, whole in runs_of_days(self._session, begin, end, wanted.from_day, wanted.to_day):
            query = _query(wanted, first, last).order_by(None).with_only_columns(func.count(_LEAF.sequence))
            counted += last - first if whole else self._session.scalar(query) or 0
        return counted

    def unsummarised(self) -> list[int]:
        """Whole tiles that no summary covers yet, the newest first."""
        last = self.size() // TILE_LINES - 1
        return [number for number, told in summaries(self._session, self._summary_key, 0, last) if told is None]

    def summarise(self, number: int) -> dict[int, Sealed]:
        """A sealed summary of one whole tile, by its number; none where a line cannot be read, or is not as it was."""
        rows = self._session.execute(_query(Wanted(), number * TILE_LINES, (number + 1) * TILE_LINES)).all()
        return self._summary(number, self._opened(rows))

    def size(self) -> int:
        """How many lines the head says there are."""
        return self._session.scalar(select(AuditHeadRow.size).where(AuditHeadRow.name == HEAD)) or 0

    def _between(self, wanted: Wanted, before: int | None) -> tuple[int, int]:
        begin, end = lines_between(self._session, self.size(), wanted.from_day, wanted.to_day)
        return begin, end if before is None else max(begin, min(end, before))

    def _inside(
        self, wanted: Wanted, begin: int, end: int, made: dict[int, Sealed], most: int | None
    ) -> Iterator[Line | int]:
        """Lines that fit, tile by tile; ends with a number where it has opened `most` tiles that no summary covers."""
        size, tags, whole = self.size(), wanted.tags, 0
        for number, told in summaries(
            self._session, self._summary_key, begin // TILE_LINES, max(end - 1, 0) // TILE_LINES
        ):
            first, last = number * TILE_LINES, (number + 1) * TILE_LINES
            if told is None and last <= size:
                if whole == most:
                    yield min(end, last)
                    return
                whole += 1
                rows = self._session.execute(_query(Wanted(), first, last)).all()
                lines = self._opened(rows)
                made |= self._summary(number, lines)
                lines = tuple(line for line in lines if _stands_outside(wanted, line))
            elif told is None:
                lines = self._opened(self._session.execute(_query(wanted, first, last)).all())
            elif may_hold(told, tags):
                lines = self._in_place(wanted, number)
            else:
                continue
            yield from (line for line in lines if begin <= line.sequence < end and wanted.fits(line))

    def _in_place(self, wanted: Wanted, number: int) -> tuple[Line, ...]:
        """The lines of a tile that its summary points to, the newest first."""
        first = number * TILE_LINES
        places = places_of(self._session, number, self._summary_key, act_tag(wanted.act), id_tag(wanted.subject))
        query = _query(wanted, first, first + TILE_LINES)
        if places is not None:
            query = query.where(_LEAF.sequence.in_([first + place for place in places]))
        return self._opened(self._session.execute(query).all())

    def _summary(self, number: int, lines: Sequence[Line]) -> dict[int, Sealed]:
        root = root_as_kept(self._session, number)
        if root is None or any(line.act == UNREADABLE for line in lines):
            return {}
        in_order = sorted(lines, key=lambda line: line.sequence)
        about = [About(act_tag(line.act), id_tag(line.subject), id_tag(line.to)) for line in in_order]
        return {number: seal_summary(number, root, about, self._summary_key)}

    def _opened(self, rows: Sequence[Row[Any]]) -> tuple[Line, ...]:
        self._fetch_keys({row.key_id for row in rows})
        return tuple(self._open(row) for row in rows)

    def _open(self, row: Row[Any]) -> Line:
        key, told = self._keys.get(row.key_id), None
        if key is not None:
            try:
                told = json.loads(decrypt_blob(key, row.sealed, row.id.bytes))
            except (EnvelopeError, ValueError):
                told = None
        if told is None:
            told = {"act": UNREADABLE, "at": row.recorded_on.isoformat()}
        return Line(
            sequence=row.sequence,
            id=row.id,
            signer_id=row.signer_id,
            recorded_on=row.recorded_on,
            act=told["act"],
            at=told["at"],
            subject=told.get("subject", ""),
            to=told.get("to", ""),
            reason=told.get("reason", ""),
            count=told.get("count"),
        )

    def _fetch_keys(self, key_ids: set[UUID]) -> None:
        for some in batches(key_ids - self._keys.keys()):
            for row in self._session.execute(
                select(AuditKeyRow.id, AuditKeyRow.sealed).where(AuditKeyRow.id.in_(some))
            ):
                context = Context(Purpose.DATA_KEY, (row.id.bytes, self._box_id.bytes))
                try:
                    self._keys[row.id] = unseal_small(row.sealed, self._identity, context)
                except EnvelopeError:
                    self._keys[row.id] = None


def _columns() -> Select[Any]:
    columns = AuditLeafRow.__table__.columns
    return select(*(columns[name] for name in ("sequence", "id", "signer_id", "key_id", "recorded_on", "sealed")))


def _query(wanted: Wanted, begin: int, end: int) -> Select[Any]:
    query = _columns().where(begin <= _LEAF.sequence, end > _LEAF.sequence).order_by(_LEAF.sequence.desc())
    if wanted.signer_id is not None:
        query = query.where(_LEAF.signer_id == wanted.signer_id)
    if wanted.from_day is not None:
        query = query.where(_LEAF.recorded_on >= wanted.from_day)
    if wanted.to_day is not None:
        query = query.where(_LEAF.recorded_on <= wanted.to_day)
    return query


def _stands_outside(wanted: Wanted, line: Line) -> bool:
    """The same of what stands in clear, for lines that were opened for a summary."""
    return (
        (wanted.signer_id is None or line.signer_id == wanted.signer_id)
        and (wanted.from_day is None or line.recorded_on >= wanted.from_day)
        and (wanted.to_day is None or line.recorded_on <= wanted.to_day)
    )
