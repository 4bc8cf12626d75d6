"""What the bell rings for, who answered it, and what officers are told about it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from store.noticeboard import minutes_since_1970
from triage.audit.actor import Actor
from triage.audit.acts import Act
from triage.audit.service import record
from triage.bell.models import BellRow
from triage.database import CaseSession
from triage.errors import OutOfDateError
from triage.intake.models import AnsweredRow, HeldDropRow, ReportRow

BELL = "danger"


@dataclass(frozen=True)
class BellNews:
    """The state of the bell as officers see it. `calling` counts what it rings for; `tested_on` is None before any
    test. Nothing is `set_up` where `quietword watch` has never run."""

    set_up: bool
    awake: bool
    failed: bool
    tested_on: date | None
    calling: int
    in_danger: int

    @property
    def first_test(self) -> str:
        """When an alarm that was never tested will be: at its first turn, which calls for danger go before."""
        if not self.set_up:
            return "Never"
        if not self.awake:
            return "None yet. The first comes as soon as it runs"
        if self.calling:
            return "None yet. The first comes when nobody is being called any more"
        return "None yet. The first comes within a minute"


def bell_row(session: CaseSession) -> BellRow:
    """The one row of the bell, made at the first look."""
    row = session.get(BellRow, BELL)
    if row is None:
        row = BellRow(name=BELL, rings=0, tested_on=None, failed=False, awake_until=None)
        session.add(row)
        session.flush()
    return row


def in_danger(session: CaseSession) -> frozenset[UUID]:
    """Every drop that waits and says that someone is in danger now, and every such report that nobody has read.

    It takes no key: the mark stands in clear beside each. One that could not be opened is before a person already.
    """
    held = session.scalars(select(HeldDropRow.drop_id).where(HeldDropRow.danger, HeldDropRow.refused == ""))
    unread = session.scalars(select(ReportRow.id).where(ReportRow.danger, ReportRow.first_read_on.is_(None)))
    return frozenset(UUID(bytes=drop_id) for drop_id in held) | frozenset(unread)


def unanswered(session: CaseSession) -> frozenset[UUID]:
    """Those of them for which nobody has answered the bell; reading one answers it too."""
    return in_danger(session) - frozenset(session.scalars(select(AnsweredRow.id)))


def answer(session: CaseSession, *, shown: int, by: Actor) -> None:
    """An officer has heard it: it rings no more for what there is now, and again for what comes.

    Raises:
        OutOfDateError: not as many wait as were shown; another has come that they do not know of.
    """
    calling = unanswered(session)
    if len(calling) != shown:
        raise OutOfDateError
    if not calling:
        return
    session.add_all(AnsweredRow(id=one) for one in sorted(calling))
    record(session, Act.BELL_ANSWERED, None, by=by, count=len(calling))


def forget_answers(session: CaseSession) -> None:
    """Answers for what has been read meanwhile are of no use to anybody."""
    waiting = in_danger(session)
    for row in session.scalars(select(AnsweredRow)).all():
        if row.id not in waiting:
            session.execute(delete(AnsweredRow).where(AnsweredRow.id == row.id))


def bell_news(session: CaseSession) -> BellNews:
    """What to tell an officer."""
    row = session.get(BellRow, BELL)
    awake = row is not None and row.awake_until is not None and minutes_since_1970(session.now) < row.awake_until
    return BellNews(
        set_up=row is not None,
        awake=awake,
        failed=row is not None and row.failed,
        tested_on=row.tested_on if row is not None else None,
        calling=len(unanswered(session)),
        in_danger=len(in_danger(session)),
    )
