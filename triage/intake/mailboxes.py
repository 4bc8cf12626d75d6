"""Which reports came with one receipt: known to the desk alone, and only because the reporter chose to say so.

An addition carries the mailbox address of the report it adds to, sealed inside. So it is recognised after unsealing,
through a digest keyed by the desk: nothing in clear says that two reports came from one hand (domain.md §4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from envelope.errors import EnvelopeError
from envelope.mailbox import MailboxAddress
from envelope.vault import keyed_digest
from store.batches import batches
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.intake.models import BurntMailboxRow, MailboxRow, ReportRow
from triage.intake.reports import CaseReport, ReportState, opened
from triage.intake.retention import has_news
from triage.keys.desk_index import DESK_INDEX_KEY, has_desk_index_key
from triage.keys.keyring import KeyHolder
from triage.keys.models import BoxRow
from triage.keys.records import open_row, reseal_row, seal_row
from triage.keys.service import desk_id

# More than anybody adds; past it a report is kept as every other, and is not listed with those before it.
MOST_OF_ONE_RECEIPT = 100
# The smaller takes more reports than anybody sends with one receipt, so that its size does not count them.
MAILBOX_BUCKETS = (1024, 16384)
# A notice can be under way to a burnt mailbox for a day, and a drop can wait unopened for months.
DAYS_A_BURN_IS_KEPT = 180

_INDEX_LABEL = "quietword mailbox index v1"
_ROW_ID_BYTES = 16
_REPORTS_AT_A_TIME = 200


@dataclass(frozen=True)
class Companion:
    """Another report that came with the same receipt. `adds` when its sender said that it adds to an earlier one."""

    report_id: UUID
    received_on: date
    state: ReportState
    adds: bool

    @property
    def is_closed(self) -> bool:
        return self.state is ReportState.CLOSED


def remember_report(
    session: CaseSession, report_id: UUID, address: MailboxAddress, *, adds: bool, by: KeyHolder
) -> None:
    """Write down that this report came with this receipt."""
    _one_after_the_other(session)
    row_id = _row_id(session, address.lookup_id, by=by)
    row = session.get(MailboxRow, row_id)
    entry = {"report": str(report_id), "adds": adds}
    if row is None:
        made = {"reports": [entry], "burnt": _was_burnt(session, address.lookup_id)}
        seal_row(session, MailboxRow(id=row_id), made, by=by, guards=[desk_id(session)], buckets=MAILBOX_BUCKETS)
        session.flush()
        return
    body = open_row(session, row, by=by)
    known = body["reports"]
    if len(known) < MOST_OF_ONE_RECEIPT and all(one["report"] != str(report_id) for one in known):
        reseal_row(session, row, body | {"reports": [*known, entry]}, by=by, buckets=MAILBOX_BUCKETS)
        for earlier in known:
            kept = session.get(ReportRow, UUID(earlier["report"]))
            if kept is not None:
                has_news(session, kept)


def mailbox_row(session: CaseSession, address: MailboxAddress, *, by: KeyHolder) -> MailboxRow | None:
    """The row that says which reports came with this receipt.

    Raises:
        NoKeyError: `by` does not hold the desk.
    """
    return session.get(MailboxRow, _row_id(session, address.lookup_id, by=by))


def forget_report(session: CaseSession, row: MailboxRow, report_id: UUID, *, by: KeyHolder) -> bool:
    """Take a report out of its mailbox; False where it was the only one, so that the whole row may go."""
    body = open_row(session, row, by=by)
    left = [one for one in body["reports"] if one["report"] != str(report_id)]
    if left:
        reseal_row(session, row, body | {"reports": left}, by=by, buckets=MAILBOX_BUCKETS)
    return bool(left)


def index_older_reports(session: CaseSession, *, by: KeyHolder) -> None:
    """Find the mailboxes of reports from before there was this index; where there is one, nothing happens."""
    if session.scalar(select(MailboxRow.id).limit(1)) is not None:
        return
    ids = session.scalars(select(ReportRow.id).order_by(ReportRow.received_on, ReportRow.id)).all()
    for some in batches(ids, _REPORTS_AT_A_TIME):
        for row in session.scalars(select(ReportRow).where(ReportRow.id.in_(some))):
            try:
                report = opened(session, row, by=by)
            except (NoKeyError, NotFoundError, EnvelopeError):
                continue  # deleted, or broken: nothing can be added to it
            if report.mailbox is not None:
                remember_report(session, report.id, report.mailbox, adds=report.adds, by=by)


def adds_to_a_closed_report(session: CaseSession, address: MailboxAddress, *, by: KeyHolder) -> bool:
    """Whether a report of this receipt is closed already: a person decides soon whether to open it again."""
    row = session.get(MailboxRow, _row_id(session, address.lookup_id, by=by))
    if row is None:
        return False
    ids = [UUID(one["report"]) for one in open_row(session, row, by=by)["reports"]]
    closed = select(ReportRow.id).where(ReportRow.id.in_(ids), ReportRow.state == ReportState.CLOSED)
    return session.scalars(closed.limit(1)).first() is not None


def place_of_addition(session: CaseSession, address: MailboxAddress, *, by: KeyHolder) -> UUID:
    """Where a report of this receipt belongs: the compartment of an earlier one of it, or the desk."""
    desk = desk_id(session)
    row = session.get(MailboxRow, _row_id(session, address.lookup_id, by=by))
    if row is None:
        return desk
    ids = [UUID(one["report"]) for one in open_row(session, row, by=by)["reports"]]
    elsewhere = select(ReportRow.compartment_id).where(ReportRow.id.in_(ids), ReportRow.compartment_id != desk)
    return session.scalars(elsewhere.order_by(ReportRow.compartment_id).limit(1)).first() or desk


def companions_of(
    session: CaseSession, reports: Iterable[CaseReport], *, by: KeyHolder
) -> dict[UUID, tuple[Companion, ...]]:
    """For each of these reports the others that came with its receipt, oldest first; those alone are left out.

    Raises:
        NoKeyError: `by` does not hold the desk.
    """
    rows_of = {
        report.id: _row_id(session, report.mailbox.lookup_id, by=by) for report in reports if report.mailbox is not None
    }
    found = session.scalars(select(MailboxRow).where(MailboxRow.id.in_(set(rows_of.values())))).all()
    openable = by.keys.open_many(session, [row.data_key_id for row in found])
    said: dict[UUID, list[dict[str, Any]]] = {  # JSON
        row.id: open_row(session, row, by=by)["reports"] for row in found if row.data_key_id in openable
    }
    together = {one: said[row_id] for one, row_id in rows_of.items() if len(said.get(row_id, ())) > 1}
    known = _reports(
        session,
        {UUID(entry["report"]) for entries in together.values() for entry in entries},
        {*by.keys.held(session), desk_id(session)},
    )
    companions = {
        one: tuple(
            sorted(
                (
                    Companion(other, *known[other], adds=entry["adds"])
                    for entry in entries
                    if (other := UUID(entry["report"])) != one and other in known
                ),
                key=lambda companion: (companion.received_on, companion.adds, companion.report_id),
            )
        )
        for one, entries in together.items()
    }
    return {one: others for one, others in companions.items() if others}


def take_in_burns(session: CaseSession, lookup_ids: Sequence[bytes]) -> None:
    """Keep in mind that these mailboxes are burnt, so that no notice starts on its way there; needs no key."""
    for some in batches(lookup_ids):
        known = set(burnt_among(session, some))
        for lookup_id in dict.fromkeys(some):
            if lookup_id not in known:
                session.add(BurntMailboxRow(lookup_id=lookup_id, burnt_on=session.today))
    session.flush()


def forget_old_burns(session: CaseSession) -> None:
    """A burn that is months old is sealed into its mailbox, or was of a receipt that nobody ever sent with."""
    oldest = session.today - timedelta(days=DAYS_A_BURN_IS_KEPT)
    session.execute(delete(BurntMailboxRow).where(BurntMailboxRow.burnt_on < oldest))


def burnt_among(session: CaseSession, lookup_ids: Iterable[bytes]) -> tuple[bytes, ...]:
    """Those of these mailboxes that were burnt lately; needs no key."""
    return tuple(
        lookup_id
        for some in batches(lookup_ids)
        for lookup_id in session.scalars(select(BurntMailboxRow.lookup_id).where(BurntMailboxRow.lookup_id.in_(some)))
    )


def seal_in_burns(session: CaseSession, *, by: KeyHolder) -> None:
    """Write into each burnt mailbox, sealed, that it is burnt: from then on it is so for good."""
    for lookup_id in session.scalars(select(BurntMailboxRow.lookup_id).order_by(BurntMailboxRow.lookup_id)):
        row = session.get(MailboxRow, _row_id(session, lookup_id, by=by), with_for_update=True)
        if row is None:
            continue
        body = open_row(session, row, by=by)
        if not body["burnt"]:
            reseal_row(session, row, body | {"burnt": True}, by=by, buckets=MAILBOX_BUCKETS)


def is_burnt(session: CaseSession, address: MailboxAddress, *, by: KeyHolder) -> bool:
    """Whether the holder of this receipt wants no news ever again."""
    if _was_burnt(session, address.lookup_id):
        return True
    row = session.get(MailboxRow, _row_id(session, address.lookup_id, by=by))
    return row is not None and bool(open_row(session, row, by=by)["burnt"])


def _row_id(session: CaseSession, lookup_id: bytes, *, by: KeyHolder) -> UUID:
    """Digested under the desk’s first key, which stays for that when the desk is rotated (triage/keys/rotating.py)."""
    if has_desk_index_key(session):
        secret = by.keys.data_key(session, DESK_INDEX_KEY).secret
    else:
        secret = by.keys.compartment_key(session, desk_id(session)).secret
    return UUID(bytes=keyed_digest(secret, _INDEX_LABEL, lookup_id)[:_ROW_ID_BYTES])


def _was_burnt(session: CaseSession, lookup_id: bytes) -> bool:
    return session.get(BurntMailboxRow, lookup_id) is not None


def _reports(session: CaseSession, ids: Iterable[UUID], places: set[UUID]) -> dict[UUID, tuple[date, ReportState]]:
    """Those that lie in one of these compartments: nobody learns of a report in another that there is one."""
    found: dict[UUID, tuple[date, ReportState]] = {}
    for some in batches(ids):
        query = select(ReportRow.id, ReportRow.received_on, ReportRow.state).where(
            ReportRow.id.in_(some), ReportRow.compartment_id.in_(places)
        )
        found |= {report_id: (on, ReportState(state)) for report_id, on, state in session.execute(query)}
    return found


def _one_after_the_other(session: CaseSession) -> None:
    """Two officers who unseal at once may both have a report of a new mailbox: the second waits for the first."""
    session.execute(select(BoxRow.id).where(BoxRow.id == desk_id(session)).with_for_update(key_share=True))
