"""The other direction: entries that are new or changed are looked for in the reports that came before them.

A look goes through the reports newest first, batch by batch, each committed apart: it can be left and gone on with, by
anybody who holds the key, at this worker or another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select

from store.batches import batches
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession, Database
from triage.errors import NotFoundError
from triage.intake.models import ReportRow
from triage.keys.keyring import KeyHolder
from triage.keys.service import desk_id
from triage.linking.errors import IndexNotReadyError
from triage.linking.index import matcher_for
from triage.linking.origins.comparing import opened_reports, text_of
from triage.linking.origins.findings import Finding, findings_in, findings_of, keep_findings
from triage.linking.origins.models import FindingRow, LookBackRow, LookedForRow
from triage.linking.origins.sieving import sieve_for
from triage.register.entries import Entry, Person, Status
from triage.register.models import EntryRow
from triage.register.opening import only_compartment
from triage.register.unlocked import Unlocked, unlock_register

BATCH = 100
MOST_SUGGESTED = 8
# Of more new entries nearly every report has some word, and a first look saves nothing.
FEW_ENTRIES = 50


class LookState(StrEnum):
    """Where a look stands."""

    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True)
class LookBack:
    """One look: how many reports of how many are done, and for how many entries."""

    id: UUID
    state: LookState
    done: int
    total: int
    entries: int
    started_by: UUID
    started_on: date

    @property
    def is_running(self) -> bool:
        return self.state is LookState.RUNNING


@dataclass(frozen=True)
class Pending:
    """What has not been looked for: entries that are new or changed, and reports that nobody has looked through."""

    entries: int
    reports: int

    def __bool__(self) -> bool:
        return bool(self.entries or self.reports)


@dataclass(frozen=True)
class Batch:
    """What was found in some reports, from where the look stood; it is kept only if it still stands there."""

    look_back_id: UUID
    before: tuple[date | None, UUID | None]
    after: tuple[date | None, UUID | None]
    examined: int
    found: tuple[tuple[UUID, tuple[Finding, ...]], ...]


def pending(session: CaseSession, *, by: KeyHolder) -> Pending:
    """What a new look would be for.

    Raises:
        NoKeyError: `by` does not hold the desk.
    """
    compartment_id = desk_id(session)
    unread = select(func.count()).select_from(ReportRow).where(*_unread(compartment_id))
    return Pending(len(_new_entries(session, compartment_id, by=by)), session.scalar(unread) or 0)


def is_looked_for(session: CaseSession, entry_id: UUID) -> bool:
    """Whether an entry, as it stands, has been looked for in the earlier reports to the end; needs no key."""
    row, entry = session.get(LookedForRow, entry_id), session.get(EntryRow, entry_id)
    if row is None or entry is None or row.version != entry.version:
        return False
    look = session.get(LookBackRow, row.look_back_id)
    return look is not None and look.state == LookState.FINISHED


def current_look(session: CaseSession) -> LookBack | None:
    """The look that is running; needs no key, for it says numbers alone."""
    running = select(LookBackRow).where(
        LookBackRow.compartment_id == desk_id(session), LookBackRow.state == LookState.RUNNING
    )
    row = session.scalars(running.order_by(LookBackRow.started_on, LookBackRow.id).limit(1)).one_or_none()
    return None if row is None else _look(session, row)


def entries_of(session: CaseSession, look_back_id: UUID) -> frozenset[UUID]:
    """The ids of the entries that a look is for; needs no key."""
    ids = select(LookedForRow.entry_id).where(LookedForRow.look_back_id == look_back_id)
    return frozenset(session.scalars(ids))


def people_of(session: CaseSession, entry_id: UUID, *, by: KeyHolder) -> frozenset[UUID]:
    """The people of a group, as far as `by` opens its compartment; nobody where it is a person's entry."""
    row = session.get(EntryRow, entry_id)
    if row is None or not by.keys.holds(session, row.compartment_id):
        return frozenset()
    return frozenset(unlock_register(session, row.compartment_id, by=by).members.get(entry_id, ()))


def start_look(session: CaseSession, *, by: KeyHolder) -> LookBack | None:
    """Begin to look for what is pending; the look that runs already, or None where nothing is pending.

    Raises:
        NoKeyError: `by` does not hold the desk.
    """
    compartment_id = desk_id(session)
    by.keys.compartment_key(session, compartment_id)
    running = current_look(session)
    if running is not None:
        return running
    wanted = _new_entries(session, compartment_id, by=by)
    unread = session.scalars(select(ReportRow.id).where(*_unread(compartment_id)).limit(1)).first()
    if not wanted and unread is None:
        return None
    total = select(func.count()).select_from(ReportRow).where(ReportRow.compartment_id == compartment_id)
    row = LookBackRow(
        id=uuid4(),
        compartment_id=compartment_id,
        state=LookState.RUNNING,
        reports_total=session.scalar(total) or 0,
        reports_done=0,
        started_by=by.id,
        started_on=session.today,
    )
    session.add(row)
    for some in batches(list(wanted)):
        session.execute(delete(LookedForRow).where(LookedForRow.entry_id.in_(some)))
        marks = [{"entry_id": one, "version": wanted[one], "look_back_id": row.id} for one in some]
        session.execute(insert(LookedForRow), marks)
    session.flush()
    record(session, Act.LOOKED_BACK, row.id, by=by, reason="begun", count=len(wanted))
    return _look(session, row)


def go_on_looking(
    database: Database, look_back_id: UUID, *, by: KeyHolder, stop: Callable[[LookBack], bool]
) -> LookBack:
    """Look through batch after batch until `stop` says so or nothing is left; each leaves an audit line of its own.

    Raises:
        NotFoundError: no such look.
        NoKeyError: `by` does not hold the desk.
        IndexNotReadyError: the register cannot be searched just now; what was done so far is kept.
    """
    while True:
        with database.look() as session:
            batch = _look_through(session, look_back_id, by=by)
        with database.begin() as session:
            stand = _keep(session, batch, by=by)
            record(session, Act.LOOKED_BACK, look_back_id, by=by, reason=stand.state.value, count=batch.examined)
        if not stand.is_running or stop(stand):
            return stand


def _look_through(session: CaseSession, look_back_id: UUID, *, by: KeyHolder) -> Batch:
    row = _row(session, look_back_id)
    by.keys.compartment_key(session, row.compartment_id)
    before = (row.at_day, row.at_id)
    reports = _next_reports(session, row)
    after = (reports[-1].received_on, reports[-1].id) if reports else before
    known = findings_of(session, [one.id for one in reports], by=by)
    opened = opened_reports(session, [one.id for one in reports], by=by)
    copy = unlock_register(session, row.compartment_id, by=by)
    wanted = _wanted(session, row, copy)
    # What is found is read by all who read the reports: of no other register that `by` happens to open.
    matcher = matcher_for(session, by=only_compartment(session, row.compartment_id, by=by))
    if not matcher.standing.is_ready:
        raise IndexNotReadyError(matcher.standing.sentence)
    may_mention = _first_look(wanted, copy)
    found: list[tuple[UUID, tuple[Finding, ...]]] = []
    for report_id, report in opened.items():
        text, earlier = text_of(report), known.get(report_id)
        if earlier is not None and not any(one.entry_id in wanted for one in earlier) and not may_mention(text):
            continue
        every = findings_in(text, matcher, limit=MOST_SUGGESTED)
        now = tuple(one for one in every if one.entry_id in copy.entries)
        if now != earlier:
            found.append((report_id, now))
    if not matcher.standing.is_ready:  # it went away meanwhile, and what it did not say means nothing
        raise IndexNotReadyError(matcher.standing.sentence)
    return Batch(look_back_id, before, after, len(reports), tuple(found))


def _keep(session: CaseSession, batch: Batch, *, by: KeyHolder) -> LookBack:
    row = session.get(LookBackRow, batch.look_back_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFoundError("look through the earlier reports")
    if (row.at_day, row.at_id) != batch.before or row.state != LookState.RUNNING:
        return _look(session, row)  # somebody else went on with it meanwhile
    for report_id, found in batch.found:
        report = session.get(ReportRow, report_id)
        if report is not None and by.keys.opens(session, report.data_key_id):
            keep_findings(session, report, found, by=by)
    row.at_day, row.at_id = batch.after
    row.reports_done += batch.examined
    if not batch.examined:
        row.state, row.reports_done = LookState.FINISHED, row.reports_total
    session.flush()
    return _look(session, row)


def _first_look(wanted: Mapping[UUID, Entry], copy: Unlocked) -> Callable[[str], bool]:
    """Whether a text may mention any of a few entries at all; of many, it always may."""
    if not wanted:
        return lambda _text: False
    if len(wanted) > FEW_ENTRIES:
        return lambda _text: True
    around: set[UUID] = set()
    for entry_id, entry in wanted.items():
        around.update(copy.members.get(entry_id, ()))
        if isinstance(entry, Person):
            around.update(one.group_id for one in entry.memberships)
    return sieve_for(wanted, [copy.entries[one].entry for one in around - wanted.keys() if one in copy.entries])


def _next_reports(session: CaseSession, row: LookBackRow) -> Sequence[ReportRow]:
    query = select(ReportRow).where(ReportRow.compartment_id == row.compartment_id)
    if row.at_day is not None and row.at_id is not None:
        later = and_(ReportRow.received_on == row.at_day, ReportRow.id > row.at_id)
        query = query.where(or_(ReportRow.received_on < row.at_day, later))
    return session.scalars(query.order_by(ReportRow.received_on.desc(), ReportRow.id).limit(BATCH)).all()


def _new_entries(session: CaseSession, compartment_id: UUID, *, by: KeyHolder) -> dict[UUID, int]:
    """Entries in use that stand at another version than the one that was looked for."""
    copy = unlock_register(session, compartment_id, by=by)
    rows = session.execute(select(LookedForRow.entry_id, LookedForRow.version))
    looked_for = {one: version for one, version in rows}  # noqa: C416  a Row is not a pair to mypy
    return {
        kept.id: kept.version
        for kept in copy.entries.values()
        if looked_for.get(kept.id) != kept.version and kept.entry.status is not Status.ARCHIVED
    }


def _wanted(session: CaseSession, row: LookBackRow, copy: Unlocked) -> dict[UUID, Entry]:
    """The entries this look is for, as they stand now."""
    return {one: copy.entries[one].entry for one in entries_of(session, row.id) if one in copy.entries}


def _unread(compartment_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    there = select(FindingRow.id).where(FindingRow.id == ReportRow.id).exists()
    return ReportRow.compartment_id == compartment_id, ~there


def _row(session: CaseSession, look_back_id: UUID) -> LookBackRow:
    row = session.get(LookBackRow, look_back_id)
    if row is None:
        raise NotFoundError("look through the earlier reports")
    return row


def _look(session: CaseSession, row: LookBackRow) -> LookBack:
    entries = select(func.count()).select_from(LookedForRow).where(LookedForRow.look_back_id == row.id)
    return LookBack(
        row.id,
        LookState(row.state),
        row.reports_done,
        row.reports_total,
        session.scalar(entries) or 0,
        row.started_by,
        row.started_on,
    )
