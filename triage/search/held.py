"""The words of a compartment's reports in this process's memory, for those who hold its key; never on disk.

They are read from the sealed rows, newest first, and kept as long as somebody who opened them is signed in and uses
them: they go with the last holder's signing out, and by themselves after a quarter of an hour.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select

from envelope.errors import EnvelopeError
from store.batches import batches
from triage.database import CaseSession
from triage.holding import Holding
from triage.intake.models import ReportRow
from triage.keys.records import open_sealed
from triage.linking.holder.background import Background
from triage.linking.reading import join_answers
from triage.register.opening import Holder, OneCompartment, hold_key, only_compartment
from triage.register.unlocked import register_version
from triage.search.linked import LinkStand, read_links
from triage.search.postings import Postings

LISTED_SECONDS = 60.0
SOON = 2_000  # so many are read while an officer waits, in about half a second; more are read meanwhile
BATCH = 500


@dataclass
class HeldReports:
    """The reports of one compartment that have been read. `is_held` ends with the last holder."""

    compartment_id: UUID
    postings: Postings = field(default_factory=Postings, repr=False)
    days: dict[UUID, date] = field(default_factory=dict, repr=False)  # when each was received, the newest first
    links: dict[UUID, LinkStand] = field(default_factory=dict, repr=False)
    listed_at: float = float("-inf")
    version: int = -1  # of the register there, which also counts whenever a report comes or goes by a move
    is_held: bool = True


def _let_be_read_no_further(held: HeldReports) -> None:
    held.is_held = False


HELD: Holding[HeldReports] = Holding(forgotten=_let_be_read_no_further)
_READING: "WeakKeyDictionary[Engine, Background]" = WeakKeyDictionary()


def held_reports(session: CaseSession, compartment_id: UUID, *, by: Holder) -> HeldReports:
    """What has been read of a compartment, nothing at first.

    Raises:
        NoKeyError: `by` does not open the compartment's box, whoever else had it read.
    """
    hold_key(session, compartment_id, by=by)
    return HELD.use_or_make(session, compartment_id, lambda: HeldReports(compartment_id), by=by.id)


def bring_up_to_date(session: CaseSession, held: HeldReports, *, by: Holder) -> None:
    """Forget reports that are gone, and read those that are new: at once where they are few, else meanwhile.

    Listing a hundred thousand takes longer than a search, so they are listed again when their number has changed, and
    after a minute. What a search shows is looked up by its id each time.
    """
    of_it = ReportRow.compartment_id == held.compartment_id
    number = session.scalar(select(func.count()).select_from(ReportRow).where(of_it)) or 0
    version = register_version(session, held.compartment_id)
    is_old = version != held.version or time.monotonic() - held.listed_at > LISTED_SECONDS
    if number != len(held.days) or is_old:
        newest = select(ReportRow.id, ReportRow.received_on).where(of_it)
        rows = session.execute(newest.order_by(ReportRow.received_on.desc(), ReportRow.id)).all()
        held.days = {report_id: day for report_id, day in rows}  # noqa: C416  a Row is not a pair to mypy
        held.listed_at, held.version = time.monotonic(), version
        held.postings.take_away(held.postings.keys.difference(held.days))
    if len(held.postings) == len(held.days):
        return
    known = held.postings.keys
    missing = [one for one in held.days if one not in known]
    holder = only_compartment(session, held.compartment_id, by=by)
    if len(missing) <= SOON:
        _read(session, held, missing, by=holder)
        return
    home = session.home
    with HELD.lock:
        background = _READING.setdefault(home.case, Background())

    def read(_tell: Callable[[float], None]) -> None:
        with home.look() as later:
            _read(later, held, missing, by=holder)
            if held.is_held:
                read_links(later, held.compartment_id, held.links, among=held.days, by=holder)

    background.start(held.compartment_id, read)


def wait_until_read(session: CaseSession, compartment_id: UUID, seconds: float) -> None:
    """Wait for the reading that is going on: for tests and the bench."""
    background = _READING.get(session.home.case)
    if background is not None:
        background.wait(compartment_id, seconds)


def _read(session: CaseSession, held: HeldReports, ids: Sequence[UUID], *, by: OneCompartment) -> None:
    """Open reports batch by batch and take in their words; it stops when the last holder has let go."""
    columns = select(ReportRow.id, ReportRow.data_key_id, ReportRow.sealed)
    for some in batches(ids, BATCH):
        # A ring for each batch, so that none ends up with a hundred thousand data keys in it.
        holder = only_compartment(session, held.compartment_id, by=by)
        rows = {row[0]: row for row in session.execute(columns.where(ReportRow.id.in_(some)))}
        opened = holder.keys.open_many(session, [row[1] for row in rows.values()])
        for report_id in some:
            if not held.is_held:
                return
            row = rows.get(report_id)
            # What no key opens any more has no words, and is not asked for again.
            texts = _texts_of(session, row, by=holder) if row is not None and row[1] in opened else ()
            held.postings.put(report_id, texts)


def _texts_of(session: CaseSession, row: Any, *, by: OneCompartment) -> tuple[str, ...]:  # a Row of three columns
    try:
        body = open_sealed(session, ReportRow.__tablename__, *row, by=by)
    except EnvelopeError:
        return ()
    _, passages = join_answers(body["answers"])
    return tuple(passage.text for passage in passages)
