"""Decide that a record goes, and destroy it: first a list of all that goes with it, then every key, then the rows.

The list is committed before anything is destroyed, so that whoever comes next can finish what a crash left. Nothing
here commits: `decide` and `destroy` belong into units of work of their own, one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.disposal.errors import HeldError, NotArchivedError, NotDueError, ReviewedOnlyError
from triage.disposal.holding import Part, parts_known_to_all, parts_of_entry, parts_of_report
from triage.disposal.models import DisposalPartRow, DisposalRow
from triage.disposal.rules import DESTROYED_IDS_KEPT_DAYS, DisposalState, Ground, Kind
from triage.disposal.written_down import DestroyedIds
from triage.errors import NotFoundError
from triage.intake.models import HeldDropRow, HeldPartRow, ReportRow
from triage.intake.reports import ReportState
from triage.intake.retention import GOES_BY_ITSELF, Group, group_of, is_held, may_go, over_on, periods_in_force
from triage.intake.shut_files import is_quarantined, require_not_quarantined
from triage.keys.keyring import KeyHolder
from triage.keys.models import DestroyedKeyRow
from triage.keys.records import destroy_wrappings
from triage.linking.models import LinkDecisionRow
from triage.linking.origins.findings import drop_findings, reports_that_may_mention
from triage.register.entries import Status
from triage.register.models import EntryRow
from triage.register.service import claim_register
from triage.tables import CASE


@dataclass(frozen=True)
class Told:
    """What was decided, for the line and the certificate."""

    ground: Ground
    operation_id: UUID | None = None
    reason: str = ""


def decide_report(session: CaseSession, report_id: UUID, told: Told, *, by: KeyHolder) -> UUID:
    """An officer decided that a report goes: list everything that goes with it. Commit, then `destroy_agreed`.

    Raises:
        NotFoundError, NoKeyError, HeldError, OpenReferralError.
        QuarantinedError: a file of it is in quarantine.
        NotDueError: its period is not over, and this is no early erasure that two people agreed to.
        ReviewedOnlyError: a review of its group only keeps it, for a lifetime.
        ForgedPeriodError: a period was changed in the database by hand.
    """
    row = _report(session, report_id)
    early = told.ground is Ground.EARLY
    if early != (told.operation_id is not None):
        raise NotDueError
    if not early and max(row.retain_until, over_on(session, row)) > session.today:
        raise NotDueError
    if not early and not may_go(row, session.today):
        raise ReviewedOnlyError
    parts = parts_of_report(session, row, early=early, by=by)
    return _agree(session, row.id, Kind.REPORT, group_of(row), told, parts, about_on=row.received_on, by=by)


def decide_alone(session: CaseSession, report_id: UUID, *, by: Actor) -> UUID:
    """The program itself lets a report go: one that somebody read, nobody graded, and nothing came of in its period.

    Raises:
        NotFoundError, HeldError, QuarantinedError.
        NotDueError: there was news of it since, or a person must decide.
    """
    row = _report(session, report_id)
    parts = parts_known_to_all(session, row)
    if not goes_by_itself(session, row, [part.place for part in parts]):
        raise NotDueError
    told = Told(Ground.PERIOD_OVER)
    return _agree(session, row.id, Kind.REPORT, group_of(row), told, parts, about_on=row.received_on, by=by)


def goes_by_itself(session: CaseSession, row: ReportRow, places: Sequence[str]) -> bool:
    """Never what is unread, graded, linked, written about or referred, and never before its period is over."""
    worked_on = {"items", "gradings", "drafts", "referred", "origin_decisions", "link_decisions"}
    return (
        group_of(row) in GOES_BY_ITSELF
        and row.state in {ReportState.OPEN, ReportState.CLOSED}
        and row.first_read_on is not None
        and max(row.retain_until, over_on(session, row)) <= session.today
        and not worked_on.intersection(places)
    )


def decide_entry(session: CaseSession, entry_id: UUID, told: Told, *, due: date, by: KeyHolder) -> UUID:
    """An officer decided that an archived entry of the register goes. Commit, then `destroy_agreed`.

    Raises:
        NotFoundError, NoKeyError.
        NotDueError: its period is not over, and this is no early erasure that two people agreed to.
        NotArchivedError: it is in use.
        HeldError: it is under a legal hold, or what was decided of it belongs to a report that is.
        ForgedPeriodError: a period was changed in the database by hand.
    """
    row = session.get(EntryRow, entry_id, with_for_update=True)
    if row is None:
        raise NotFoundError("entry of the register")
    if row.state != Status.ARCHIVED:
        raise NotArchivedError
    early = told.ground is Ground.EARLY
    if early != (told.operation_id is not None) or (not early and due > session.today):
        raise NotDueError
    if not early:
        periods_in_force(session)  # `due` was reckoned with them
    parts = parts_of_entry(session, row, by=by)
    if is_held(session, row.id) or _of_a_held_report(session, parts):
        raise HeldError
    drop_findings(session, reports_that_may_mention(session, {entry_id}, by=by), entry_id, by=by)
    claim_register(session, row.compartment_id)
    return _agree(session, row.id, Kind.ENTRY, Group.REGISTER, told, parts, about_on=None, by=by)


def destroy_agreed(session: CaseSession, written: DestroyedIds, *, by: Actor, most: int = 50) -> tuple[UUID, ...]:
    """Destroy the keys of what was decided, then its rows; gives the ids of what is destroyed. Safe to repeat.

    The ids of the keys are written down outside the databases first: a restored backup destroys them again.

    Raises:
        BackupListError: they could not be written down; nothing was destroyed.
    """
    agreed = select(DisposalRow).where(DisposalRow.state == DisposalState.AGREED).order_by(DisposalRow.id).limit(most)
    agreed_rows = session.scalars(agreed.with_for_update(skip_locked=True)).all()
    kept = {row.id: row.subject_id for row in agreed_rows if _withdrawn(session, row, written)}
    rows = [row for row in agreed_rows if row.id not in kept]
    found = {row.id: _parts(session, row) for row in rows}
    every = [part for parts in found.values() for part in parts]
    written.add(_keys_in(every), session.today, drop_ids=_drops_in(every))
    for row in rows:
        parts = found[row.id]
        gone: set[UUID] = set()
        for key_id in _keys_in(parts):
            gone.update(destroy_wrappings(session, key_id))
        for part in parts:
            _delete(session, part)
        session.execute(delete(DisposalPartRow).where(DisposalPartRow.disposal_id == row.id))
        row.keys, row.destroyed_on, row.state = max(row.keys, len(gone)), session.today, DisposalState.DESTROYED
    session.flush()
    # Every line last: it holds the log, for which whoever sets a hold on another of them waits.
    for subject_id in kept.values():
        record(session, Act.RETENTION_REVIEWED, subject_id, by=by, reason="not disposed of: there was news of it")
    for row in rows:
        record(session, Act.DISPOSED, row.subject_id, by=by, reason=row.ground, to=row.operation_id, count=row.keys)
    return tuple(row.subject_id for row in rows)


def forget_old_ids(session: CaseSession) -> None:
    """Ids of keys that no backup can bring back any more need no list."""
    oldest = date.fromordinal(session.today.toordinal() - DESTROYED_IDS_KEPT_DAYS)
    session.keys.execute(delete(DestroyedKeyRow).where(DestroyedKeyRow.destroyed_on < oldest))


def _report(session: CaseSession, report_id: UUID) -> ReportRow:
    session.flush()
    row = session.get(ReportRow, report_id, with_for_update=True)
    if row is None:
        raise NotFoundError("report")
    require_not_quarantined(session, row.id)
    if is_held(session, row.id):
        raise HeldError
    return row


def _agree(
    session: CaseSession,
    subject_id: UUID,
    kind: Kind,
    group: Group,
    told: Told,
    parts: Sequence[Part],
    *,
    about_on: date | None,
    by: Actor,
) -> UUID:
    already = session.scalars(select(DisposalRow.id).where(DisposalRow.subject_id == subject_id)).first()
    if already is not None:
        return already
    row = DisposalRow(
        id=uuid4(),
        subject_id=subject_id,
        kind=kind,
        group=group,
        ground=told.ground,
        state=DisposalState.AGREED,
        decided_by=by.id,
        decided_on=session.today,
        operation_id=told.operation_id,
        keys=0,
        about_on=about_on,
    )
    session.add(row)
    for part in dict.fromkeys(parts):
        session.add(DisposalPartRow(disposal_id=row.id, place=part.place, row_id=part.row_id, key_id=part.key_id))
    session.flush()
    if told.ground is not Ground.PERIOD_OVER:
        record(session, Act.RETENTION_REVIEWED, subject_id, by=by, reason=told.reason or told.ground)
    return row.id


def _keys_in(parts: Sequence[Part]) -> list[UUID]:
    return list(dict.fromkeys(part.key_id for part in parts if part.key_id is not None))


def _drops_in(parts: Sequence[Part]) -> list[UUID]:
    return [part.row_id for part in parts if part.place == HeldDropRow.__tablename__]


def _withdrawn(session: CaseSession, row: DisposalRow, written: DestroyedIds) -> bool:
    """Between the decision and this moment something came that stops it: it is as if nobody had decided.

    Nothing stops it once the key is destroyed, which is committed before the rows are: what a crash left is finished.
    A crash before that may have left its ids on the list, and those are taken back.

    Raises:
        BackupListError: they could not be taken back; nothing was changed.
    """
    subject: ReportRow | EntryRow | None
    if row.kind == Kind.REPORT:
        subject = session.get(ReportRow, row.subject_id, with_for_update=True, populate_existing=True)
    else:
        subject = session.get(EntryRow, row.subject_id, with_for_update=True, populate_existing=True)
    if subject is None or session.keys.get(DestroyedKeyRow, subject.data_key_id) is not None:
        return False
    parts = _parts(session, row)
    if not _is_stopped(session, row, subject, parts):
        return False
    written.take_back(_keys_in(parts), session.today, drop_ids=_drops_in(parts))
    session.execute(delete(DisposalPartRow).where(DisposalPartRow.disposal_id == row.id))
    session.delete(row)
    session.flush()
    return True


def _is_stopped(session: CaseSession, row: DisposalRow, subject: ReportRow | EntryRow, parts: Sequence[Part]) -> bool:
    if isinstance(subject, EntryRow):
        held = is_held(session, subject.id) or _of_a_held_report(session, parts)
        return held or subject.state != Status.ARCHIVED
    news = row.ground != Ground.EARLY and subject.retain_until > session.today
    return news or is_held(session, subject.id) or is_quarantined(session, subject.id)


def _of_a_held_report(session: CaseSession, parts: Sequence[Part]) -> bool:
    """Whether what goes with an entry was decided of a report that nobody may dispose of, nor of a part of it.

    A hold that is being set on one of the reports is waited for; who reads or changes them otherwise is not.
    """
    links = [part.row_id for part in parts if part.place == LinkDecisionRow.__tablename__]
    rows = (session.get(LinkDecisionRow, one) for one in links)
    report_ids = sorted({one.report_id for one in rows if one is not None})
    for report_id in report_ids:
        session.execute(
            select(ReportRow.id).where(ReportRow.id == report_id).with_for_update(read=True, key_share=True)
        )
    return any(is_held(session, report_id) for report_id in report_ids)


def _parts(session: CaseSession, disposal: DisposalRow) -> list[Part]:
    """What was listed, and what was added to a report since."""
    rows = session.scalars(select(DisposalPartRow).where(DisposalPartRow.disposal_id == disposal.id))
    parts = [Part(row.place, row.row_id, row.key_id) for row in rows]
    report = session.get(ReportRow, disposal.subject_id)
    return parts + (parts_known_to_all(session, report) if report is not None else [])


def _delete(session: CaseSession, part: Part) -> None:
    if part.place == HeldPartRow.__tablename__:
        session.execute(delete(HeldPartRow).where(HeldPartRow.file_id == part.row_id.bytes))
        return
    if part.place == HeldDropRow.__tablename__:
        session.execute(delete(HeldDropRow).where(HeldDropRow.drop_id == part.row_id.bytes))
        return
    table = CASE.tables[part.place]
    column = table.c["entry_id"] if part.place == "looked_for" else table.c["id"]
    session.execute(delete(table).where(column == part.row_id))


def destroy_again(session: CaseSession, key_ids: Sequence[UUID]) -> None:
    """After a restore: destroy what had been destroyed since the backup, and whatever hangs under it."""
    for key_id in key_ids:
        destroy_wrappings(session, key_id)
