"""Notices back to whoever holds the receipt: sealed at once, published with all the others of their day."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from config import Release
from envelope.mailbox import Notice, NoticeState, added_message, seal_notice
from store.batches import batches
from store.noticeboard import PublishedNotice
from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.intake.mailboxes import is_burnt
from triage.intake.models import BurntMailboxRow
from triage.intake.reports import case_report
from triage.keys.keyring import KeyHolder
from triage.outcome.models import PendingNoticeRow

# The longest a reporter may wait before looking; after it, a receipt looks like one that never was.
DAYS_ON_THE_BOARD = 180
PENDING = "pending"


def queue_notice(session: CaseSession, report_id: UUID, state: NoticeState, *, by: KeyHolder, release: Release) -> None:
    """Seal a notice to the mailbox of a report and let it wait for the next day's batch.

    Published on the day itself it would say on which day of the week an officer sat down to read; the demo, which
    releases at once, publishes at once. A report without a mailbox (one an officer wrote) has nobody to tell, and the
    holder of a burnt one wants to be told nothing ever again.
    """
    report = case_report(session, report_id, by=by)
    address = report.mailbox
    if address is None or is_burnt(session, address, by=by):
        return
    publish_on = session.today if release is Release.AT_ONCE else session.today + timedelta(days=1)
    message = added_message(state) if report.adds else state.value
    notice = Notice(state, message=message, published_on=publish_on)
    session.add(
        PendingNoticeRow(
            id=uuid4(),
            lookup_id=address.lookup_id,
            sealed=seal_notice(notice, address),
            state=PENDING,
            publish_on=publish_on,
        )
    )


def due_notices(session: CaseSession) -> tuple[PublishedNotice, ...]:
    """The batch of today, ready for `Publishing.publish_notices`, which may be called with it again."""
    rows = session.scalars(
        select(PendingNoticeRow).where(PendingNoticeRow.publish_on <= session.today).order_by(PendingNoticeRow.id)
    )
    return tuple(
        PublishedNotice(
            notice_id=row.id.bytes,
            lookup_id=row.lookup_id,
            sealed=row.sealed,
            published_on=row.publish_on,
            expires_on=expiry_of(row.publish_on),
        )
        for row in rows
    )


def clear_published(session: CaseSession, batch: Iterable[PublishedNotice], *, by: Actor) -> None:
    """Forget a batch that is on the board: nothing here ties a mailbox to anything any more."""
    ids = [UUID(bytes=notice.notice_id) for notice in batch]
    if not ids:
        return
    gone = 0
    for some in batches(ids):
        cleared = delete(PendingNoticeRow).where(PendingNoticeRow.id.in_(some))
        gone += session.execute(cleared).rowcount  # type: ignore[attr-defined]  # a CursorResult, which the signature hides
    if gone:  # somebody else's round may have cleared them
        record(session, Act.NOTICE_PUBLISHED, None, by=by, count=gone)


def forget_burnt(session: CaseSession) -> None:
    """Drop what waits for mailboxes whose holders burnt them, also what an officer sealed at that very moment."""
    burnt = select(BurntMailboxRow.lookup_id)
    session.execute(delete(PendingNoticeRow).where(PendingNoticeRow.lookup_id.in_(burnt)))


def expiry_of(published_on: date) -> date:
    return published_on + timedelta(days=DAYS_ON_THE_BOARD)
