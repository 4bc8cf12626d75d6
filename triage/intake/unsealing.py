"""Open collected drops with the intake key of their day, and seal each again under a key of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, func, select

from envelope.errors import EnvelopeError, MalformedError, NotForUsError, TamperedError, TooLongError
from envelope.report import Report
from envelope.unseal import unseal
from envelope.wire import Context, Purpose
from store.batches import batches
from triage.audit.acts import Act
from triage.audit.service import record
from triage.copies.service import copies_are_kept, released
from triage.database import CaseSession
from triage.errors import NoKeyError
from triage.intake.mailboxes import index_older_reports, seal_in_burns
from triage.intake.models import AnsweredRow, HeldDropRow
from triage.intake.writing import keep_unsealed
from triage.keys.intake_keys import intake_boxes_for
from triage.keys.keyring import KeyHolder
from triage.keys.models import BoxRow
from triage.keys.service import desk_id


class Refusal(StrEnum):
    """Why a drop could not be opened. It is kept as it came, and never shown in part.

    ELSEWHERE is ordinary where there is a counter-corruption box: no key of that day opens it, so it is for that box,
    or is one of the decoys that the form makes, and nobody here can tell which. Neither ever says “danger now” in
    clear, so a drop that says so and cannot be opened is a fault.

    KEY_MISSING is a fault here, as after an older copy of the keys database was put back: until it is mended no key of
    that day is retired.
    """

    NO_KEY = "no key"
    KEY_MISSING = "key missing"
    CHANGED = "changed"
    NOT_OURS = "not ours"
    TOO_LONG = "too long"
    ELSEWHERE = "sealed elsewhere"


REFUSAL_SENTENCES = {
    Refusal.NO_KEY: "No intake key that is still held opens it. It was sealed to another key, or its key is retired.",
    Refusal.KEY_MISSING: "A key of its day is missing here, and no other opens it. Once that key is back, try again.",
    Refusal.CHANGED: "It was changed, cut or put in another's place after it was sealed.",
    Refusal.NOT_OURS: "What is there is not a report as our form writes it.",
    Refusal.ELSEWHERE: "It is sealed to another box, or to nobody.",
    Refusal.TOO_LONG: "It is longer than any report our form lets through.",
}


@dataclass(frozen=True)
class Unsealed:
    """The reports just opened, how many drops were refused, and how many still wait."""

    opened: tuple[UUID, ...]
    refused: int
    left: int


@dataclass(frozen=True)
class RefusedDrop:
    """A drop nobody could open: its random id, its day and why."""

    drop_id: bytes
    received_on: date
    danger: bool
    refusal: Refusal

    @property
    def sentence(self) -> str:
        return REFUSAL_SENTENCES[self.refusal]


@dataclass(frozen=True)
class Waiting:
    """How many collected drops nobody has opened yet, and how many of them say that someone is in danger now."""

    drops: int
    in_danger: int


def count_waiting(session: CaseSession) -> Waiting:
    """What waits to be opened; the drops that were refused are not among them."""
    rows = session.execute(
        select(HeldDropRow.danger, func.count()).where(HeldDropRow.refused == "").group_by(HeldDropRow.danger)
    )
    by_danger = {bool(danger): count for danger, count in rows}
    return Waiting(sum(by_danger.values()), by_danger.get(True, 0))


def count_refused(session: CaseSession) -> int:
    """How many drops were set aside because something is wrong with them."""
    query = select(func.count()).select_from(HeldDropRow).where(HeldDropRow.refused.not_in(("", Refusal.ELSEWHERE)))
    return session.scalar(query) or 0


def count_elsewhere(session: CaseSession) -> int:
    """How many drops are sealed to another box or to nobody, and wait for the holders of that box."""
    query = select(func.count()).select_from(HeldDropRow).where(HeldDropRow.refused == Refusal.ELSEWHERE)
    return session.scalar(query) or 0


def forget_released(session: CaseSession) -> int:
    """Drop our own copies of what the holders of the other box have let go; gives how many."""
    query = select(HeldDropRow.drop_id).where(HeldDropRow.refused == Refusal.ELSEWHERE)
    gone = released(session, session.scalars(query).all())
    for some in batches(gone):
        session.execute(delete(HeldDropRow).where(HeldDropRow.drop_id.in_(some)))
    return len(gone)


def unseal_waiting(session: CaseSession, *, by: KeyHolder, limit: int = 50) -> Unsealed:
    """Open up to `limit` waiting drops, those in danger first; a broken one is set aside and stops no other.

    Raises:
        NoKeyError: `by` does not hold the desk; nothing was changed.
    """
    by.keys.identity(session, desk_id(session))
    waiting = session.scalars(
        select(HeldDropRow)
        .where(HeldDropRow.refused == "")
        .order_by(HeldDropRow.danger.desc(), HeldDropRow.received_on, HeldDropRow.drop_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    index_older_reports(session, by=by)
    seal_in_burns(session, by=by)
    boxes = _IntakeBoxes(session)
    copied = copies_are_kept(session)
    opened: list[UUID] = []
    refused: list[HeldDropRow] = []
    for held in waiting:
        try:
            opened.append(_open_one(session, held, boxes, by=by))
        except EnvelopeError as error:
            held.refused = _refusal(error, elsewhere=copied and not held.danger)
            if held.refused != Refusal.ELSEWHERE:
                refused.append(held)
        else:
            _carry_the_answer(session, held, opened[-1])
            session.delete(held)
    session.flush()
    for report_id in opened:
        record(session, Act.UNSEALED, report_id, by=by)
    if refused:
        record(session, Act.REFUSED, None, by=by, count=len(refused))
    return Unsealed(tuple(opened), len(refused), count_waiting(session).drops)


def refused_drops(session: CaseSession) -> tuple[RefusedDrop, ...]:
    """Every drop set aside, the oldest first."""
    rows = session.execute(
        select(HeldDropRow.drop_id, HeldDropRow.received_on, HeldDropRow.danger, HeldDropRow.refused)
        .where(HeldDropRow.refused.not_in(("", Refusal.ELSEWHERE)))
        .order_by(HeldDropRow.received_on, HeldDropRow.drop_id)
    )
    return tuple(RefusedDrop(drop_id, day, danger, Refusal(refused)) for drop_id, day, danger, refused in rows)


def try_again(session: CaseSession, *, by: KeyHolder) -> int:
    """Put every refused drop back among those waiting, for instance after a key was restored; gives how many."""
    rows = session.scalars(select(HeldDropRow).where(HeldDropRow.refused != "")).all()
    for row in rows:
        row.refused = ""
    session.flush()
    if rows:
        record(session, Act.DROPS_TRIED_AGAIN, None, by=by, count=len(rows))
    return len(rows)


class _KeyMissingError(NotForUsError):
    """A live key of that day could not be tried: the drop may well be ours, and must not be let go with the others."""


class _IntakeBoxes:
    """The boxes to try for a drop of a day, looked up once for each day of a batch."""

    def __init__(self, session: CaseSession) -> None:
        self._session = session
        self._by_day: dict[date, tuple[BoxRow, ...]] = {}

    def for_day(self, day: date) -> Iterator[BoxRow]:
        if day not in self._by_day:
            self._by_day[day] = intake_boxes_for(self._session, day)
        yield from self._by_day[day]


def _open_one(session: CaseSession, held: HeldDropRow, boxes: _IntakeBoxes, *, by: KeyHolder) -> UUID:
    """Try the keys of the day in turn; an envelope names none of them."""
    context = Context(Purpose.REPORT, (held.drop_id,))
    untried = False
    for box in boxes.for_day(held.received_on):
        try:
            plaintext = unseal(held.sealed, by.keys.identity(session, box.id), context)
        except NotForUsError:
            continue
        except NoKeyError:
            untried = True
            continue
        return keep_unsealed(
            session,
            Report.from_bytes(plaintext),
            drop_id=held.drop_id,
            danger=held.danger,
            received_on=held.received_on,
            by=by,
        )
    raise _KeyMissingError if untried else NotForUsError("No key of that day opens it")


def _carry_the_answer(session: CaseSession, held: HeldDropRow, report_id: UUID) -> None:
    """Where somebody has answered the bell for a drop, it does not ring again for the report that was in it."""
    answered = session.get(AnsweredRow, UUID(bytes=held.drop_id)) if held.danger else None
    if answered is not None:
        session.delete(answered)
        session.add(AnsweredRow(id=report_id))


def _refusal(error: EnvelopeError, *, elsewhere: bool) -> Refusal:
    match error:
        case _KeyMissingError():
            return Refusal.KEY_MISSING
        case NotForUsError() if elsewhere:
            return Refusal.ELSEWHERE
        case NotForUsError():
            return Refusal.NO_KEY
        case TamperedError():
            return Refusal.CHANGED
        case TooLongError():
            return Refusal.TOO_LONG
        case MalformedError():
            return Refusal.NOT_OURS
        case _:
            return Refusal.CHANGED
