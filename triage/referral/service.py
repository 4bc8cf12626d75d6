"""Refer an agreed text to a team, and let the team read it by the team's own key."""

from collections.abc import Sequence
from secrets import choice
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, case, func, select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.grading.rules import grade_from_body, grade_to_body
from triage.intake.models import ReportRow
from triage.intake.reports import ReportState, has_reached
from triage.intake.shut_files import require_not_quarantined
from triage.keys.records import open_row, seal_row
from triage.keys.service import desk_id
from triage.officers.officer import Officer, Team
from triage.officers.service import teams
from triage.paging import cut
from triage.referral.models import OriginRow, ReferralRow, ReferredRow
from triage.referral.referral import NewReferral, Origin, Referral, ReferralPage
from triage.referral.rules import (
    NUMBER_LETTERS,
    STANDING_DO_NOTS,
    Ask,
    LawfulPurpose,
    Marking,
    ReferralError,
    ReferralState,
    is_embargoed,
    number_of,
    require_move,
)
from triage.sanitising.rules import allowed_grades
from triage.sanitising.service import draft_of, item_grades

NUMBER_LENGTH = 8
REFERRALS_A_PAGE = 25


def refer(session: CaseSession, draft_id: UUID, new: NewReferral, *, by: Officer) -> UUID:
    """Send an agreed text to a team; returns the referral's id.

    Raises:
        ReferralError: the text has not been agreed to by a second officer, no item has its grade any more, the
            dates do not fit, it is with that team already, or its report was moved out of reach meanwhile.
        ReportClosedError: nothing more is done with the report.
        QuarantinedError: a file of the report is in quarantine.
        NotFoundError, NoKeyError.
    """
    draft = draft_of(session, draft_id, by=by)
    if not draft.is_agreed or draft.reviewed_by in {None, draft.drafted_by}:
        raise ReferralError("A second officer must agree to this text before it may be referred.")
    grades = allowed_grades(item_grades(session, draft.report_id, by=by))
    if (draft.content.grade.source, draft.content.grade.intelligence) not in grades:
        raise ReferralError("The report was graded anew after this text was agreed to. Write a text of its grade now.")
    new.terms.check(session.today)
    team = next((team for team in teams(session, by=by) if team.id == new.team_id), None)
    if team is None:
        raise ReferralError("Choose the team that this goes to.", part="team")
    # A double click refers once; and what moves the report to another compartment waits, or was waited for.
    report = session.get(ReportRow, draft.report_id, with_for_update=True)
    if report is None:
        raise NotFoundError("report")
    if not by.keys.holds(session, report.compartment_id):
        raise ReferralError("This report was moved to another compartment meanwhile, so nothing was sent.")
    require_not_quarantined(session, report.id)
    has_reached(session, report.id, ReportState.REFERRED)
    _require_not_there(session, draft_id, team, report.id, by=by)
    place, referral_id = report.compartment_id, uuid4()
    content = draft.content
    body: dict[str, Any] = {
        "number": number_of("".join(choice(NUMBER_LETTERS) for _ in range(NUMBER_LENGTH))),
        "marking": new.marking.value,
        "purpose": new.purpose.value,
        "grade": grade_to_body(content.grade),
        "text": content.text,
        "request": content.request,
        "risk_notes": content.risk_notes,
        "asks": [ask.value for ask in new.asks],
        "do_not": [*STANDING_DO_NOTS, *content.do_not],
    }
    row = ReferralRow(
        id=referral_id,
        team_id=team.id,
        compartment_id=place,
        state=ReferralState.SENT,
        embargo_until=new.terms.embargo_until,
        expires_on=new.terms.expires_on,
        referred_by=by.id,
        referred_on=session.today,
    )
    seal_row(session, row, body, by=by, guards=[place, team.box_id])
    origin = {"report_id": str(draft.report_id), "draft_id": str(draft_id)}
    seal_row(session, OriginRow(id=referral_id), origin, by=by, guards=[place])
    referred = ReferredRow(id=uuid4(), report_id=report.id)
    tie = {"referral_id": str(referral_id), "draft_id": str(draft_id)}
    seal_row(session, referred, tie, by=by, key_id=report.data_key_id)
    record(session, Act.REFERRED, referral_id, by=by, to=team.id)
    return referral_id


def open_referral(session: CaseSession, referral_id: UUID, *, by: Officer) -> Referral:
    """One referral, by the team's key or the desk's; the look is recorded.

    Raises:
        NoKeyError: it is another team's; for who is not of the desk, also where there is none.
    """
    referral = _referral(session, _row(session, referral_id, by=by), by=by, known=_teams(session, by=by))
    record(session, Act.REFERRAL_OPENED, referral_id, by=by)
    return referral


def acknowledge(session: CaseSession, referral_id: UUID, *, by: Officer) -> None:
    """Say that the team has read it, so that the desk need not ask.

    Raises:
        NoKeyError: it is another team's.
        ReferralError: it has been acknowledged.
    """
    row = _row(session, referral_id, by=by, hold=True)
    require_move(ReferralState(row.state), ReferralState.ACKNOWLEDGED)
    row.state = ReferralState.ACKNOWLEDGED
    record(session, Act.ACKNOWLEDGED, referral_id, by=by)


def move_referral(session: CaseSession, referral_id: UUID, to: ReferralState, *, by: Officer) -> None:
    """Take a referral one step on, for an outcome.

    Raises:
        NoKeyError, ReferralError.
    """
    row = _row(session, referral_id, by=by, hold=True)
    require_move(ReferralState(row.state), to)
    row.state = to


def referrals_for(
    session: CaseSession,
    *,
    by: Officer,
    state: ReferralState | None = None,
    team_id: UUID | None = None,
    page: int = 1,
) -> ReferralPage:
    """The referrals `by` has the key of: a team's own, or all of them at the desk. The look is recorded.

    A team's come by what is still to do and how soon; the desk's the newest first.
    """
    known = _teams(session, by=by)
    wanted: list[ColumnElement[bool]] = []
    order: tuple[ColumnElement[Any], ...] = (ReferralRow.referred_on.desc(), ReferralRow.id.asc())
    if not by.keys.holds(session, desk_id(session)):
        held = [team.id for team in known.values() if by.keys.holds(session, team.box_id)]
        wanted.append(ReferralRow.team_id.in_(held))
        urgency = {ReferralState.SENT: 0, ReferralState.ACKNOWLEDGED: 1, ReferralState.ANSWERED: 2}
        order = (
            case(urgency, value=ReferralRow.state, else_=3).asc(),
            ReferralRow.expires_on.asc(),
            ReferralRow.id.asc(),
        )
    else:
        wanted.append(ReferralRow.compartment_id.in_(by.keys.held(session)))
    if state is not None:
        wanted.append(ReferralRow.state == state)
    if team_id is not None:
        wanted.append(ReferralRow.team_id == team_id)
    total = session.scalar(select(func.count()).select_from(ReferralRow).where(*wanted)) or 0
    here = cut(total, REFERRALS_A_PAGE, page=page)
    rows = session.scalars(
        select(ReferralRow).where(*wanted).order_by(*order).limit(REFERRALS_A_PAGE).offset(here.begins)
    ).all()
    opened = by.keys.open_many(session, [row.data_key_id for row in rows])
    items = tuple(_referral(session, row, by=by, known=known) for row in rows if row.data_key_id in opened)
    record(session, Act.QUEUE_READ, None, by=by, reason="referrals", count=len(items))
    return ReferralPage(items, here.page, here.pages, total)


def referrals_of(session: CaseSession, report_id: UUID, *, by: Officer) -> tuple[Referral, ...]:
    """The referrals that came from one report, newest first; for the desk."""
    ids = [UUID(open_row(session, tie, by=by)["referral_id"]) for tie in _ties(session, report_id)]
    if not ids:
        return ()
    known = _teams(session, by=by)
    found = [_referral(session, _row(session, one, by=by), by=by, known=known) for one in ids]
    return tuple(sorted(found, key=lambda one: (one.referred_on, one.id), reverse=True))


def with_whom(session: CaseSession, draft_id: UUID, report_id: UUID, *, by: Officer) -> tuple[Team, ...]:
    """The teams that have this text and have not returned it, in the order of their names; for the desk."""
    ties = (open_row(session, tie, by=by) for tie in _ties(session, report_id))
    ids = [UUID(tie["referral_id"]) for tie in ties if tie["draft_id"] == str(draft_id)]
    rows = session.scalars(
        select(ReferralRow).where(ReferralRow.id.in_(ids), ReferralRow.state != ReferralState.RETURNED)
    )
    there = {row.team_id for row in rows}
    return tuple(team for team in teams(session, by=by) if team.id in there)


def origin_of(session: CaseSession, referral_id: UUID, *, by: Officer) -> Origin:
    """Which report a referral came from.

    Raises:
        NoKeyError: `by` is not of the desk.
    """
    row = session.get(OriginRow, referral_id)
    if row is None:
        raise NotFoundError("referral")
    body = open_row(session, row, by=by)
    return Origin(UUID(body["report_id"]), UUID(body["draft_id"]))


def hold_place_of(session: CaseSession, referral_id: UUID, *, by: Officer) -> UUID:
    """The compartment that a referral's report lies in, which need not be the desk; it stays there until the commit."""
    return _row(session, referral_id, by=by, hold=True).compartment_id or desk_id(session)


def referral_key(session: CaseSession, referral_id: UUID, *, by: Officer) -> UUID:
    """The data key that the team and the desk share, for what is added to a referral."""
    return _row(session, referral_id, by=by).data_key_id


def _referral(session: CaseSession, row: ReferralRow, *, by: Officer, known: dict[UUID, Team]) -> Referral:
    body = open_row(session, row, by=by)
    state = ReferralState(row.state)
    return Referral(
        id=row.id,
        number=body["number"],
        team=known[row.team_id],
        state=state,
        marking=Marking(body["marking"]),
        purpose=LawfulPurpose(body["purpose"]),
        grade=grade_from_body(body["grade"]),
        text=body["text"],
        request=body["request"],
        risk_notes=body["risk_notes"],
        asks=tuple(Ask(ask) for ask in body["asks"]),
        do_not=tuple(body["do_not"]),
        embargo_until=row.embargo_until,
        expires_on=row.expires_on,
        referred_by=row.referred_by,
        referred_on=row.referred_on,
        embargoed=is_embargoed(row.embargo_until, session.today),
        overdue=session.today > row.expires_on and state in {ReferralState.SENT, ReferralState.ACKNOWLEDGED},
    )


def _ties(session: CaseSession, report_id: UUID) -> Sequence[ReferredRow]:
    return session.scalars(select(ReferredRow).where(ReferredRow.report_id == report_id)).all()


def _teams(session: CaseSession, *, by: Officer) -> dict[UUID, Team]:
    return {team.id: team for team in teams(session, by=by)}


def _row(session: CaseSession, referral_id: UUID, *, by: Officer, hold: bool = False) -> ReferralRow:
    """A referral that `by` has the key of: the key is asked for first, because it is the wall.

    A team is told the same of a referral that is another's and of one that is not there, so that nobody learns
    which ids there are.
    """
    row = session.get(ReferralRow, referral_id, with_for_update=hold or None)
    if row is not None and by.keys.opens(session, row.data_key_id):
        return row
    if row is None and by.keys.holds(session, desk_id(session)):
        raise NotFoundError("referral")
    raise NoKeyError


def _require_not_there(session: CaseSession, draft_id: UUID, team: Team, report_id: UUID, *, by: Officer) -> None:
    """A second press of the button, or a second officer, does not send the same text to the same team twice."""
    if team in with_whom(session, draft_id, report_id, by=by):
        raise ReferralError(f"This text is with {team.name} already. Choose another team.", part="team")
