"""Open the audit log with the audit box: lines newest first, as an auditor reads them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from envelope.errors import EnvelopeError
from envelope.identity import Identity
from envelope.unseal import unseal_small
from envelope.vault import decrypt_blob
from envelope.wire import Context, Purpose
from triage.audit.models import AuditKeyRow, AuditLeafRow
from triage.database import CaseSession

ROWS_AT_ONCE = 200
UNREADABLE = "This line cannot be read: its key is gone, or it was changed"


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
    """What somebody asks the log for. Act and subject lie inside the sealed part and take longer to look for."""

    signer_id: UUID | None = None
    from_day: date | None = None
    to_day: date | None = None
    act: str = ""
    subject: str = ""

    @property
    def looks_inside(self) -> bool:
        return bool(self.act or self.subject)

    def fits(self, line: Line) -> bool:
        """Whether the sealed part is what was asked for; a subject fits as what was acted on or whom it went to."""
        if self.act and line.act != self.act:
            return False
        return not self.subject or self.subject in {line.subject, line.to}


class LogReader:
    """Reads lines with the audit box's private half; the keys it opens are forgotten with it."""

    def __init__(self, session: CaseSession, audit_box_id: UUID, identity: Identity) -> None:
        self._session = session
        self._box_id = audit_box_id
        self._identity = identity
        self._keys: dict[UUID, bytes | None] = {}

    def lines(self, wanted: Wanted, *, most: int, skip: int = 0) -> tuple[Line, ...]:
        """Up to `most` lines, the newest first, after leaving out `skip` of those that fit."""
        if not wanted.looks_inside:
            rows = self._session.scalars(_query(wanted).limit(most).offset(skip)).all()
            self._fetch_keys([row.key_id for row in rows])
            return tuple(self._open(row) for row in rows)
        found: list[Line] = []
        for line in self.all_lines(wanted):
            if skip:
                skip -= 1
                continue
            found.append(line)
            if len(found) == most:
                break
        return tuple(found)

    def all_lines(self, wanted: Wanted) -> Iterator[Line]:
        """Every line that fits, the newest first, read a few at a time."""
        rows = self._session.scalars(_query(wanted).execution_options(yield_per=ROWS_AT_ONCE))
        for part in rows.partitions(ROWS_AT_ONCE):
            self._fetch_keys([row.key_id for row in part])
            for row in part:
                line = self._open(row)
                if wanted.fits(line):
                    yield line

    def count(self, wanted: Wanted) -> int:
        """How many lines there are of that person and those days; act and subject are not looked at."""
        counted = _query(wanted).order_by(None).with_only_columns(func.count(AuditLeafRow.sequence))
        return self._session.scalar(counted) or 0

    def _open(self, row: AuditLeafRow) -> Line:
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

    def _fetch_keys(self, key_ids: Sequence[UUID]) -> None:
        wanted = {key_id for key_id in key_ids if key_id not in self._keys}
        for row in self._session.scalars(select(AuditKeyRow).where(AuditKeyRow.id.in_(wanted))):
            context = Context(Purpose.DATA_KEY, (row.id.bytes, self._box_id.bytes))
            try:
                self._keys[row.id] = unseal_small(row.sealed, self._identity, context)
            except EnvelopeError:
                self._keys[row.id] = None


def _query(wanted: Wanted) -> Select[AuditLeafRow]:
    query = select(AuditLeafRow).order_by(AuditLeafRow.sequence.desc())
    if wanted.signer_id is not None:
        query = query.where(AuditLeafRow.signer_id == wanted.signer_id)
    if wanted.from_day is not None:
        query = query.where(AuditLeafRow.recorded_on >= wanted.from_day)
    if wanted.to_day is not None:
        query = query.where(AuditLeafRow.recorded_on <= wanted.to_day)
    return query
