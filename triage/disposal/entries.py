"""Archived entries of the register: which are due, when each had its last news, and what becomes of one.

What stands in clear (kind, state, the day of the last change) makes the list; the news of one is found with its keys.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.disposal.errors import DisposalError, NotArchivedError
from triage.disposal.holding import decided_about
from triage.disposal.review import Shown
from triage.disposal.rules import NEAR_DAYS, Ground, Kind
from triage.disposal.service import Told, decide_entry
from triage.errors import NotFoundError
from triage.intake.models import LegalHoldRow
from triage.intake.retention import Group, is_held, periods
from triage.officers.officer import Officer
from triage.operations.rules import Operation
from triage.operations.service import propose
from triage.paging import cut, number_in
from triage.register import entries as register
from triage.register.browsing import entry_names
from triage.register.models import EntryRow
from triage.register.service import keep_entry

PER_PAGE = 25


SORTS = {"until": EntryRow.updated_on, "kind": EntryRow.kind}


@dataclass(frozen=True)
class Asked:
    """What somebody asked to see, as the address says it."""

    shown: Shown
    kind: register.Kind | None
    sort: str
    descending: bool
    page: int

    @classmethod
    def of(cls, *, shown: str, kind: str, sort: str, page: str) -> "Asked":
        """Read the address; what is not understood is left out."""
        name = sort.removeprefix("-")
        return cls(
            Shown(shown) if shown in set(Shown) else Shown.DUE,
            register.Kind(kind) if kind in set(register.Kind) else None,
            name if name in SORTS else "until",
            sort.startswith("-"),
            number_in(page, otherwise=1),
        )


@dataclass(frozen=True)
class KeptEntry:
    """One archived entry. `until` counts from its last change; a review counts from its last news as well.

    `is_held` is a hold on the entry itself, `is_tied_to_held` one on a report that is linked to it.
    """

    id: UUID
    kind: register.Kind
    name: str
    archived_on: date
    until: date
    is_due: bool
    is_archived: bool
    is_held: bool = False
    is_tied_to_held: bool = False


@dataclass(frozen=True)
class EntryPage:
    """One page of the list."""

    entries: tuple[KeptEntry, ...]
    total: int
    page: int
    pages: int


def kept_entries(session: CaseSession, asked: Asked, *, by: Officer) -> EntryPage:
    """The page that was asked for, of the compartments that `by` holds; the look leaves a line."""
    days = timedelta(days=periods(session)[Group.REGISTER])
    wanted: list[ColumnElement[bool]] = [
        EntryRow.state == register.Status.ARCHIVED,
        EntryRow.compartment_id.in_(by.keys.held(session)),
    ]
    if asked.kind is not None:
        wanted.append(EntryRow.kind == asked.kind)
    held = select(LegalHoldRow.report_id).where(LegalHoldRow.lifted_on.is_(None))
    match asked.shown:
        case Shown.DUE:
            wanted += [EntryRow.updated_on <= session.today - days, EntryRow.id.not_in(held)]
        case Shown.HELD:
            wanted.append(EntryRow.id.in_(held))
        case Shown.NEAR:
            wanted.append(EntryRow.updated_on > session.today - days)
            wanted.append(EntryRow.updated_on <= session.today - days + timedelta(days=NEAR_DAYS))
        case Shown.ALL:
            pass
    total = session.scalar(select(func.count()).select_from(EntryRow).where(*wanted)) or 0
    here = cut(total, PER_PAGE, page=asked.page)
    column = SORTS[asked.sort]
    first = column.desc() if asked.descending else column.asc()
    rows = session.scalars(
        select(EntryRow).where(*wanted).order_by(first, EntryRow.id).limit(PER_PAGE).offset(here.begins)
    ).all()
    names = entry_names(session, [row.id for row in rows], by=by)
    found = tuple(_kept(session, row, names.get(row.id, ""), row.updated_on + days) for row in rows if row.id in names)
    record(session, Act.DISPOSAL_READ, None, by=by, reason="archived entries", count=len(found))
    return EntryPage(found, total, here.page, here.pages)


def kept_entry(session: CaseSession, entry_id: UUID, *, by: Officer) -> KeptEntry:
    """One of them, with the day its last news says.

    Raises:
        NotFoundError, NoKeyError: there is none, or `by` does not open it and learns nothing of it.
    """
    row = _row(session, entry_id, by=by)
    decisions = decided_about(session, entry_id, by=by)
    newest = max([row.updated_on, *(one.decided_on for one in decisions)])
    until = newest + timedelta(days=periods(session)[Group.REGISTER])
    name = entry_names(session, [entry_id], by=by).get(entry_id, "")
    record(session, Act.DISPOSAL_READ, entry_id, by=by, reason="an archived entry")
    tied = any(is_held(session, one.report_id) for one in decisions)
    return _kept(session, row, name, until, tied=tied)


def keep_entry_longer(session: CaseSession, entry_id: UUID, *, reason: str, by: Officer) -> None:
    """A review found that it must be kept: its period begins again; raises DisposalError without a reason."""
    row = _archived(session, entry_id, by=by)
    if not reason.strip():
        raise DisposalError("Enter why this entry is kept.")
    keep_entry(session, entry_id, version=row.version, by=by)
    record(session, Act.RETENTION_REVIEWED, entry_id, by=by, reason=f"kept: {reason.strip()}")


def dispose_entry_reviewed(session: CaseSession, entry_id: UUID, *, reason: str, by: Officer) -> None:
    """A review found that it is needed no longer; raises as `decide_entry`, and DisposalError without a reason."""
    if not reason.strip():
        raise DisposalError("Enter why this entry is needed no longer.")
    due = kept_entry(session, entry_id, by=by).until
    decide_entry(session, entry_id, Told(Ground.REVIEWED, reason=reason.strip()), due=due, by=by)


def propose_entry_erasure(session: CaseSession, entry_id: UUID, *, reason: str, by: Officer) -> UUID:
    """Erase it before its period is over: another person approves. Gives the id of the operation."""
    _archived(session, entry_id, by=by)
    asked = {"record": Kind.ENTRY.value}
    return propose(session, Operation.EARLY_ERASURE, subject=entry_id, parameters=asked, reason=reason, by=by)


def _kept(session: CaseSession, row: EntryRow, name: str, until: date, *, tied: bool = False) -> KeptEntry:
    kind = register.Kind(row.kind)
    archived = row.state == register.Status.ARCHIVED
    held = is_held(session, row.id)
    return KeptEntry(row.id, kind, name, row.updated_on, until, until <= session.today, archived, held, tied)


def _row(session: CaseSession, entry_id: UUID, *, by: Officer) -> EntryRow:
    row = session.get(EntryRow, entry_id)
    if row is None:
        raise NotFoundError("entry of the register")
    by.keys.data_key(session, row.data_key_id)
    return row


def _archived(session: CaseSession, entry_id: UUID, *, by: Officer) -> EntryRow:
    row = _row(session, entry_id, by=by)
    if row.state != register.Status.ARCHIVED:
        raise NotArchivedError
    return row
