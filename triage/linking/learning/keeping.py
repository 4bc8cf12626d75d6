"""Learning, when a supervisor says so: what it gives is sealed to the compartment, numbered, and can be put back.

Nothing is kept before the whole of it is worked out, so a learning that was stopped has done nothing and is begun anew.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NotFoundError, OutOfDateError
from triage.keys.keyring import KeyHolder
from triage.keys.records import open_row, seal_row
from triage.keys.service import desk_id
from triage.linking.decisions import Decision, in_order
from triage.linking.errors import TooFewDecisionsError
from triage.linking.learning.calibration import FEWEST, Calibration, body_of, calibrate, calibration_of
from triage.linking.learning.outcomes import Learnt, learnt_from
from triage.linking.matching import Suggestion
from triage.linking.models import CalibrationRow, LinkDecisionRow
from triage.linking.walls import of_the_same_place, opened_decision

MOST_DECISIONS = 20_000  # the newest; opened and learnt from in some seconds
SHIPPED = 0  # the number of the calibration that comes with the program


@dataclass(frozen=True)
class Version:
    """One calibration as it was made. `put_back` is the number of the earlier one it is, where it is one.

    `calibration` is None for the shipped one, which leaves what the matcher says as it is.
    """

    number: int
    made_by: UUID | None
    made_on: date | None
    calibration: Calibration | None = field(default=None, repr=False)
    put_back: int | None = None


def in_force(session: CaseSession, *, by: KeyHolder) -> Version:
    """The calibration that suggestions are shown by: the newest, or the shipped one while there is none.

    Raises:
        NoKeyError: `by` does not open the desk.
    """
    row = session.scalars(_newest_first(session).limit(1)).one_or_none()
    return Version(SHIPPED, None, None) if row is None else _version(session, row, by=by)


def versions(session: CaseSession, *, by: KeyHolder) -> tuple[Version, ...]:
    """Every calibration there was, the newest first; the shipped one is not among them."""
    return tuple(_version(session, row, by=by) for row in session.scalars(_newest_first(session)))


def as_learnt(
    session: CaseSession,
    suggested: tuple[Suggestion, ...],
    *,
    near: Callable[[], tuple[Suggestion, ...]] = tuple,
    hides: bool = True,
    by: KeyHolder,
) -> tuple[Suggestion, ...]:
    """Suggestions as the calibration in force lets them be shown; as they are for whoever does not open it.

    `near` gives who came nearest, and is asked only where nobody is suggested and the calibration shows such. Without
    `hides` those it would not show are there as well, as a decision keeps them.
    """
    if not by.keys.holds(session, desk_id(session)):
        return suggested
    calibration = in_force(session, by=by).calibration
    if calibration is None:
        return suggested
    if not suggested and calibration.lowers:
        suggested = calibration.from_below(near())
    return calibration.applied(suggested) if hides else calibration.reworded(suggested)


def gather(session: CaseSession, *, by: KeyHolder) -> Learnt:
    """What came of every suggestion that was decided, as far as `by` opens the reports; the newest 20,000 decisions.

    Those about an entry of another compartment than the report's are left out, whoever learns: nothing that was
    suggested of it is kept with the report, and the figures would tell the desk of what stands behind a wall.
    """
    newest = select(LinkDecisionRow).order_by(LinkDecisionRow.decided_on.desc(), LinkDecisionRow.id)
    rows = session.scalars(newest.limit(MOST_DECISIONS)).all()
    opened = by.keys.open_many(session, (row.data_key_id for row in rows))
    decisions = [opened_decision(session, row, by=by) for row in rows if row.data_key_id in opened]
    by_report: dict[UUID, list[Decision]] = {}
    for decision in of_the_same_place(session, decisions):
        by_report.setdefault(decision.report_id, []).append(decision)
    return learnt_from(one for each in by_report.values() for one in in_order(each))


def learn(session: CaseSession, learnt: Learnt, *, by: KeyHolder) -> Version:
    """Work out a calibration from what was gathered, and put it in force.

    Raises:
        TooFewDecisionsError: there are fewer decisions than anything can be learnt from.
        NoKeyError: `by` does not open the desk.
        OutOfDateError: somebody else did so at the same moment.
    """
    decided = len(learnt.blind) + len(learnt.shown)
    if decided < FEWEST:
        raise TooFewDecisionsError(decided, FEWEST)
    version = _keep(session, calibrate(learnt), by=by)
    record(session, Act.CALIBRATED, None, by=by, reason=f"number {version.number}", count=decided)
    return version


def put_back(session: CaseSession, number: int, *, instead_of: int, by: KeyHolder) -> Version:
    """Put an earlier calibration in force again, as a new version; 0 is the shipped one.

    Raises:
        OutOfDateError: another than `instead_of` is in force by now.
        NotFoundError: no such version.
    """
    if in_force(session, by=by).number != instead_of:
        raise OutOfDateError
    known = {one.number: one for one in versions(session, by=by)}
    if number != SHIPPED and number not in known:
        raise NotFoundError("calibration")
    calibration = known[number].calibration if number != SHIPPED else None
    version = _keep(session, calibration, put_back=number, by=by)
    record(session, Act.CALIBRATION_PUT_BACK, None, by=by, reason=f"number {number}")
    return version


def _keep(
    session: CaseSession, calibration: Calibration | None, *, put_back: int | None = None, by: KeyHolder
) -> Version:
    compartment_id = desk_id(session)
    by.keys.compartment_key(session, compartment_id)
    highest = session.scalar(
        select(func.max(CalibrationRow.number)).where(CalibrationRow.compartment_id == compartment_id)
    )
    row = CalibrationRow(
        id=uuid4(), compartment_id=compartment_id, number=(highest or 0) + 1, made_by=by.id, made_on=session.today
    )
    body = {"calibration": body_of(calibration) if calibration else None, "put_back": put_back}
    seal_row(session, row, body, by=by, guards=[compartment_id])
    try:
        session.flush()
    except IntegrityError:  # another supervisor's stands under this number since a moment ago
        raise OutOfDateError from None
    return Version(row.number, by.id, row.made_on, calibration, put_back)


def _newest_first(session: CaseSession) -> Select[CalibrationRow]:
    return (
        select(CalibrationRow)
        .where(CalibrationRow.compartment_id == desk_id(session))
        .order_by(CalibrationRow.number.desc())
    )


def _version(session: CaseSession, row: CalibrationRow, *, by: KeyHolder) -> Version:
    body = open_row(session, row, by=by)
    calibration = calibration_of(body["calibration"]) if body["calibration"] else None
    return Version(row.number, row.made_by, row.made_on, calibration, body["put_back"])
