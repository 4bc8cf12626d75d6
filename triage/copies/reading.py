"""The counter-corruption box as the officers' program knows it: that there is one, and what waits for it."""

import base64
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from triage.copies.models import CounterBoxRow, SealedCopyRow
from triage.database import CaseSession


@dataclass(frozen=True)
class CounterBox:
    """`line` is the verifying key in base64, as `quietword counter init` prints it for the public form to pin."""

    line: str
    since: date


@dataclass(frozen=True)
class Waiting:
    """Copies of every drop, whoever it is for: how many are for the box, nobody here can tell."""

    copies: int
    oldest: date | None


def counter_boxes(session: CaseSession) -> tuple[CounterBox, ...]:
    """Each counter-corruption box there is, the newest last."""
    rows = session.scalars(select(CounterBoxRow).order_by(CounterBoxRow.since, CounterBoxRow.verifying_key))
    return tuple(CounterBox(base64.b64encode(row.verifying_key).decode("ascii"), row.since) for row in rows)


def waiting_copies(session: CaseSession) -> Waiting:
    """What its holders have not let go yet."""
    count, oldest = session.execute(select(func.count(), func.min(SealedCopyRow.received_on))).one()
    return Waiting(count, oldest)
