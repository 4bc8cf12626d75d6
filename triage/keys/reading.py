"""Boxes and grants as an auditor can read them: who can open what, and since when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from triage.database import CaseSession
from triage.keys.models import BoxRow, BoxState, GrantRow, Purpose, WrappedKeyRow
from triage.keys.rotating import is_rotatable
from triage.keys.service import fingerprint


@dataclass(frozen=True)
class Holding:
    """One box that opens another."""

    by_box_id: UUID
    since: date


@dataclass(frozen=True)
class BoxRecord:
    """A key pair of the force: what it is for, and which boxes open it."""

    id: UUID
    purpose: Purpose
    name: str
    state: BoxState
    created_on: date
    fingerprint: str
    opened_by: tuple[Holding, ...]
    rotation_due: date | None
    is_rotatable: bool


def boxes(session: CaseSession) -> tuple[BoxRecord, ...]:
    """Every box but the intake boxes of the days and the officers' own: the force's, then the teams'."""
    holdings: defaultdict[UUID, list[Holding]] = defaultdict(list)
    for grant in session.scalars(select(GrantRow).order_by(GrantRow.granted_on, GrantRow.id)):
        holdings[grant.box_id].append(Holding(grant.to_box_id, grant.granted_on))
    rows = session.scalars(
        select(BoxRow)
        .where(BoxRow.purpose.not_in([Purpose.INTAKE, Purpose.OFFICER]))
        .order_by(BoxRow.purpose, BoxRow.name, BoxRow.id)
    )
    return tuple(
        BoxRecord(
            id=row.id,
            purpose=Purpose(row.purpose),
            name=row.name,
            state=BoxState(row.state),
            created_on=row.created_on,
            fingerprint=fingerprint(row.public_key),
            opened_by=tuple(holdings[row.id]),
            rotation_due=row.rotation_due if is_rotatable(row) else None,
            is_rotatable=is_rotatable(row),
        )
        for row in rows
    )


def count_data_keys(session: CaseSession) -> int:
    """How many data keys there are; each is one report, file, referral or entry that can still be opened."""
    return session.keys.scalar(select(func.count(func.distinct(WrappedKeyRow.key_id)))) or 0
