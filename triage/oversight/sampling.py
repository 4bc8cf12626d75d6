"""The dip-sample: two in a hundred lines, by a seed that the log itself holds, so that anybody can draw it again.

A line is in the sample if SHA-256(seed ‖ its number) is among the smallest two per cent. Nobody who wants to hide a
line knows the seed before it is in the log, and no auditor can draw again until they like what they get: each draw
leaves a line.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from math import ceil
from uuid import UUID, uuid4

from sqlalchemy import func, select

from triage.audit.acts import Act
from triage.audit.models import AuditLeafRow
from triage.audit.reading import Line, Wanted
from triage.audit.service import record
from triage.audit.tree import lines_between
from triage.database import CaseSession
from triage.errors import NotFoundError, TriageError
from triage.keys.system import SYSTEM_ID
from triage.officers.officer import Officer
from triage.oversight.log import names_of_ids, reader_of

PERCENT = 2
FROM_MOST = 500_000
PER_PAGE = 20


class Outcome(StrEnum):
    """What an auditor found of one line."""

    IN_ORDER = "in order"
    ASKED = "the person was asked about it"
    PASSED_ON = "passed on to professional standards"


class SampleError(TriageError):
    """A sample that cannot be drawn."""


@dataclass(frozen=True)
class Sampled:
    """One line of a sample, and what was found, if somebody has looked."""

    line: Line
    outcome: str


@dataclass(frozen=True)
class Sample:
    """A drawn sample: its seed, what it was drawn from, and one page of it."""

    seed: UUID
    begin: int
    end: int
    total: int
    reviewed: int
    shown: tuple[Sampled, ...]
    names: dict[str, str]


def chosen(seed: UUID, lines: Sequence[int]) -> tuple[int, ...]:
    """Two in a hundred of the lines, at least one, in order."""
    most = ceil(len(lines) * PERCENT / 100)
    return tuple(sorted(nsmallest(most, lines, key=lambda line: _place(seed, line))))


def _place(seed: UUID, line: int) -> bytes:
    return hashlib.sha256(seed.bytes + line.to_bytes(8, "big")).digest()


def draw(session: CaseSession, wanted: Wanted, *, by: Officer) -> UUID:
    """Choose among what people did between two days, and write down by which seed; gives the seed.

    Raises:
        NoKeyError: `by` does not hold the audit box.
        SampleError: nobody did anything, or there is too much to choose from.
    """
    reader = reader_of(session, by=by)
    begin, end = lines_between(session, reader.size(), wanted.from_day, wanted.to_day)
    begin, end = _within_days(session, begin, end, wanted)
    lines = _by_people(session, begin, end)
    if not lines:
        raise SampleError("Nobody did anything between those days.")
    seed = uuid4()
    of = f"{begin}-{end}"
    record(session, Act.SAMPLE_DRAWN, seed, by=by, reason=of, count=len(chosen(seed, lines)))
    return seed


def _within_days(session: CaseSession, begin: int, end: int, wanted: Wanted) -> tuple[int, int]:
    """From the first line of the first day to the last of the last one: tiles know days only by the thousand lines."""
    leaves = AuditLeafRow
    query = select(func.min(leaves.sequence), func.max(leaves.sequence)).where(
        begin <= leaves.sequence, end > leaves.sequence
    )
    if wanted.from_day is not None:
        query = query.where(leaves.recorded_on >= wanted.from_day)
    if wanted.to_day is not None:
        query = query.where(leaves.recorded_on <= wanted.to_day)
    first, last = session.execute(query).one()
    return (begin, begin) if first is None else (first, last + 1)


def _by_people(session: CaseSession, begin: int, end: int) -> list[int]:
    """Numbers of lines that people wrote; what the system does by itself is not sampled."""
    leaves = AuditLeafRow
    query = select(leaves.sequence).where(
        begin <= leaves.sequence, end > leaves.sequence, leaves.signer_id != SYSTEM_ID
    )
    lines = list(session.scalars(query.order_by(leaves.sequence).limit(FROM_MOST + 1)))
    if len(lines) > FROM_MOST:
        raise SampleError(f"There are more than {FROM_MOST:,} lines between those days. Choose fewer days.")
    return lines


def sample(session: CaseSession, seed: UUID, *, page: int, by: Officer) -> Sample:
    """A page of a sample drawn before, and what was found so far.

    Raises:
        NotFoundError: no line says that it was drawn.
        NoKeyError: `by` does not hold the audit box.
    """
    reader = reader_of(session, by=by)
    about = list(reader.all_lines(Wanted(subject=str(seed))))
    drawn = next((line for line in about if line.act == Act.SAMPLE_DRAWN), None)
    if drawn is None:
        raise NotFoundError("sample")
    begin, end = (int(one) for one in drawn.reason.split("-"))
    lines = chosen(seed, _by_people(session, begin, end))
    outcomes = {line.to: line.reason for line in reversed(about) if line.act == Act.SAMPLE_REVIEWED}
    here = reader.by_sequence(lines[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Sample(
        seed,
        begin,
        end,
        len(lines),
        len(outcomes),
        tuple(Sampled(line, outcomes.get(str(line.id), "")) for line in here),
        names_of_ids(session, by=by),
    )


def drawn_samples(session: CaseSession, *, by: Officer) -> tuple[Line, ...]:
    """The lines that say a sample was drawn, the newest first."""
    return reader_of(session, by=by).find(Wanted(act=Act.SAMPLE_DRAWN), most=20).lines


def review(session: CaseSession, seed: UUID, line_id: UUID, outcome: Outcome, *, by: Officer) -> None:
    """Write down what was found of one line; the last one counts, and all of them stay.

    Raises:
        NotFoundError: there is no such line.
    """
    if session.scalars(select(AuditLeafRow.id).where(AuditLeafRow.id == line_id)).first() is None:
        raise NotFoundError("line")
    record(session, Act.SAMPLE_REVIEWED, seed, by=by, to=line_id, reason=outcome.value)
