"""Destroy a day's intake key once nothing unopened can need it: from then on a copied drop opens for nobody."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from config import TriageSettings
from store.batches import batches
from store.collection import Collection
from store.publishing import Publishing
from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession, Database
from triage.intake.collecting import DROPS_A_BATCH
from triage.intake.models import HeldDropRow
from triage.intake.pieces import sweep_unclaimed
from triage.intake.quarantine import destroy_former_keys
from triage.intake.unsealing import Refusal
from triage.keys.models import BoxRow, BoxState, IntakeGrantRow, Purpose
from triage.keys.system import system_actor

# Past this many days after its last day a key that is still needed is an alarm: somebody must open what waits.
ALARM_AFTER_DAYS = 7


@dataclass(frozen=True)
class Retired:
    """The boxes retired just now, and the days whose keys are kept although they are over.

    `overdue` are those of `kept_for` that are long past: an alarm, and never destroyed while something is unread.
    """

    box_ids: tuple[UUID, ...]
    kept_for: tuple[date, ...]
    overdue: tuple[date, ...]


def retire_intake_keys(session: CaseSession, collection: Collection, *, by: Actor) -> Retired:
    """Retire every box whose days are over and that no held or waiting drop can need; its seed is destroyed.

    A drop that was refused needs no key: every key of its day has been tried on it, or none can mend it. One for which
    a key was missing may still open once that key is back, and keeps the keys of its day.

    Raises:
        StoreUnavailableError: it is not known what waits, so nothing was retired.
    """
    over = [box for box in _live_boxes(session) if box.not_after is not None and box.not_after < session.today]
    if not over:
        return Retired((), (), ())
    needed = _days_unopened(session) | _days_waiting(collection)
    retired: list[UUID] = []
    kept: list[date] = []
    overdue: list[date] = []
    for box in over:
        if not any(_covers(box, day) for day in needed):
            session.keys.execute(delete(IntakeGrantRow).where(IntakeGrantRow.box_id == box.id))
            box.state = BoxState.RETIRED
            retired.append(box.id)
            continue
        first, last = _days_of(box)
        kept.append(first)
        if last + timedelta(days=ALARM_AFTER_DAYS) < session.today:
            overdue.append(first)
    session.flush()
    for box_id in retired:
        record(session, Act.INTAKE_KEY_RETIRED, box_id, by=by)
    return Retired(tuple(retired), tuple(kept), tuple(overdue))


def retire(database: Database, settings: TriageSettings, collection: Collection, publishing: Publishing) -> Retired:
    """Retire by the system, commit, and then take the keys down from where the public form reads them.

    With a day's keys go the files of that day that no report came to name.

    Raises:
        StoreUnavailableError: nothing was retired, or a retired key is still shown, out of date.
    """
    with database.begin() as session:
        over = any(box.not_after is not None and box.not_after < session.today for box in _live_boxes(session))
        retired = Retired((), (), ())
        if over:
            retired = retire_intake_keys(session, collection, by=system_actor(session, settings))
    for box_id in retired.box_ids:
        publishing.retire_intake_key(box_id.bytes)
    sweep_unclaimed(database, settings)
    with database.begin() as session:
        destroy_former_keys(session)
    return retired


def overdue_days(session: CaseSession) -> tuple[date, ...]:
    """The days whose keys are kept long past their end because something of theirs is unread."""
    limit = session.today - timedelta(days=ALARM_AFTER_DAYS)
    boxes = [box for box in _live_boxes(session) if box.not_after is not None and box.not_after < limit]
    needed = _days_unopened(session) if boxes else frozenset()
    return tuple(_days_of(box)[0] for box in boxes if any(_covers(box, day) for day in needed))


def _live_boxes(session: CaseSession) -> list[BoxRow]:
    query = select(BoxRow).where(BoxRow.purpose == Purpose.INTAKE, BoxRow.state == BoxState.LIVE)
    return sorted(session.scalars(query), key=lambda box: (*_days_of(box), box.id))


def _days_of(box: BoxRow) -> tuple[date, date]:
    return box.not_before or date.min, box.not_after or date.max


def _covers(box: BoxRow, day: date) -> bool:
    first, last = _days_of(box)
    return first <= day <= last


def _days_unopened(session: CaseSession) -> frozenset[date]:
    may_open = HeldDropRow.refused.in_(("", Refusal.KEY_MISSING))
    return frozenset(session.scalars(select(HeldDropRow.received_on).where(may_open).distinct()))


def _days_waiting(collection: Collection) -> frozenset[date]:
    waiting = collection.waiting()
    return frozenset(drop.received_on for ids in batches(waiting, DROPS_A_BATCH) for drop in collection.take(ids))
