"""A referral leaves with an agreed text alone, opens by the team's key, and tells the team nothing of its origin."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.audit_lines import audit_lines
from tests.desk_work import (
    CONDITIONAL,
    SAFE,
    SAFE_TEXT,
    a_referral,
    agreed,
    at_once,
    drafted,
    referred,
    report_at_desk,
    with_the_team,
)
from tests.force import Force
from triage.audit.acts import Act
from triage.errors import NoKeyError, NotFoundError
from triage.grading.rules import Intelligence, Nature, Source
from triage.grading.service import grade_item
from triage.intake.errors import ReportClosedError
from triage.intake.reports import ReportState, case_report, close
from triage.keys.models import WrappedKeyRow
from triage.keys.records import open_row
from triage.officers.officer import Officer
from triage.outcome.rules import NewOutcome, OutcomeCode
from triage.outcome.service import record_outcome
from triage.referral.models import OriginRow, ReferralRow, ReferredRow
from triage.referral.rules import STANDING_DO_NOTS, Ask, ReferralError, ReferralState, Terms
from triage.referral.service import (
    acknowledge,
    open_referral,
    origin_of,
    refer,
    referrals_for,
    referrals_of,
    with_whom,
)


def test_a_team_reads_what_was_agreed_and_the_standing_limits(force_on_both: Force) -> None:
    force = force_on_both
    content = replace(SAFE, request="A silver van", risk_notes="A dog", do_not=("Do not knock",))
    report_id = report_at_desk(force)
    referral_id = referred(force, agreed(force, report_id, content))
    with force.database.begin() as session:
        referral = open_referral(session, referral_id, by=force.officer("nell"))
    assert (referral.text, referral.request, referral.risk_notes) == (SAFE_TEXT, "A silver van", "A dog")
    assert referral.do_not == (*STANDING_DO_NOTS, "Do not knock")
    assert referral.grade == SAFE.grade
    assert referral.team.name == "Eastgate"
    with force.database.look() as session:
        assert case_report(session, report_id, by=force.officer("tom")).state is ReportState.REFERRED


@pytest.mark.parametrize("how_far", ["written", "put forward"])
def test_nothing_is_referred_before_a_second_officer_agreed(force: Force, how_far: str) -> None:
    draft_id = drafted(force, report_at_desk(force), forward=how_far == "put forward")
    for name in ("tom", "tess", "sam"):
        with pytest.raises(ReferralError, match="second officer"), force.database.begin() as session:
            refer(session, draft_id, a_referral(force), by=force.officer(name))


def test_a_text_whose_grade_no_item_has_any_more_is_not_referred(force: Force) -> None:
    """Graded 3/E after two officers agreed to it as 2/C: what was agreed is not what is known now."""
    report_id = report_at_desk(force)
    seen = replace(CONDITIONAL, intelligence=Intelligence.KNOWN_INDIRECTLY, basis="A cousin saw it")
    with force.database.begin() as session:
        grade_item(session, report_id, 1, seen, nature=Nature.CLAIM, by=force.officer("tom"))
    draft_id = agreed(force, report_id, replace(SAFE, grade=seen))
    false = replace(
        CONDITIONAL,
        source=Source.NOT_RELIABLE,
        source_reason="Has made things up before",
        intelligence=Intelligence.SUSPECTED_FALSE,
        rationale="Nobody was there",
        risk="None that we know",
    )
    with force.database.begin() as session:
        grade_item(session, report_id, 1, false, nature=Nature.CLAIM, why="It was made up", by=force.officer("tess"))
    with pytest.raises(ReferralError, match="graded anew"):
        referred(force, draft_id)


def test_dates_are_checked_when_it_goes(force: Force) -> None:
    draft_id = agreed(force, report_at_desk(force))
    past = Terms(force.today - timedelta(days=1), force.today + timedelta(days=9))
    with pytest.raises(ReferralError, match="before today"):
        referred(force, draft_id, terms=past)


def test_it_goes_to_a_team_there_is(force: Force) -> None:
    with pytest.raises(ReferralError, match="Choose the team"):
        referred(force, agreed(force, report_at_desk(force)), team_id=uuid4())


def test_a_second_press_refers_once(force_on_both: Force) -> None:
    force = force_on_both
    report_id = report_at_desk(force)
    draft_id = agreed(force, report_id)
    referred(force, draft_id)
    with pytest.raises(ReferralError, match="with Eastgate already"):
        referred(force, draft_id)
    referred(force, draft_id, "Harbour")
    with force.database.look() as session:
        tom = force.officer("tom")
        assert len(referrals_of(session, report_id, by=tom)) == 2
        assert [team.name for team in with_whom(session, draft_id, report_id, by=tom)] == ["Eastgate", "Harbour"]


def test_two_officers_at_once_refer_a_text_once(force_on_both: Force) -> None:
    force = force_on_both
    report_id = report_at_desk(force)
    draft_id = agreed(force, report_id)
    officers = [force.officer(name) for name in ("tom", "tess", "sam")]

    def send(officer: Officer) -> object:
        with force.database.begin() as session:
            return refer(session, draft_id, a_referral(force), by=officer)

    got = at_once(*(partial(send, officer) for officer in officers))
    assert sorted(type(one).__name__ for one in got) == ["ReferralError", "ReferralError", "UUID"]
    with force.database.look() as session:
        assert len(referrals_of(session, report_id, by=force.officer("tom"))) == 1


def test_what_a_team_returned_can_be_sent_to_it_again(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = agreed(force, report_id)
    first = referred(force, draft_id)
    nell = force.officer("nell")
    with force.database.begin() as session:
        acknowledge(session, first, by=nell)
        record_outcome(session, first, NewOutcome(OutcomeCode.RTN, "Not our ward"), by=nell)
    referred(force, draft_id)


def test_a_closed_report_is_not_referred(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = agreed(force, report_id)
    with force.database.begin() as session:
        close(session, report_id, reason="Known already", by=force.officer("tom"))
    with pytest.raises(ReportClosedError):
        referred(force, draft_id)


def test_another_teams_member_holds_no_key_to_it_nor_to_a_guessed_id(force_on_both: Force) -> None:
    force = force_on_both
    referral_id = referred(force, agreed(force, report_at_desk(force)))
    owen, nell = force.officer("owen"), force.officer("nell")
    for one in (referral_id, uuid4()):
        for act in (open_referral, acknowledge):
            with pytest.raises(NoKeyError), force.database.begin() as session:
                act(session, one, by=owen)
    with force.database.begin() as session:
        assert referrals_for(session, by=owen).items == ()
        assert [one.id for one in referrals_for(session, by=nell).items] == [referral_id]


def test_neither_auditor_nor_administrator_opens_it(force: Force) -> None:
    referral_id = referred(force, agreed(force, report_at_desk(force)))
    for name in ("iris", "ada"):
        with pytest.raises(NoKeyError), force.database.begin() as session:
            open_referral(session, referral_id, by=force.officer(name))


def test_the_desk_is_told_that_there_is_none(force: Force) -> None:
    with pytest.raises(NotFoundError), force.database.begin() as session:
        open_referral(session, uuid4(), by=force.officer("tom"))


def test_the_teams_key_opens_nothing_that_points_back(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = agreed(force, report_id)
    referral_id = referred(force, draft_id)
    nell = force.officer("nell")
    with force.database.begin() as session:
        row = session.get(ReferralRow, referral_id)
        assert row is not None
        told = str(open_row(session, row, by=nell))
        for hidden in (str(report_id), str(draft_id), "lad", force.today.isoformat(), "Harbour"):
            assert hidden not in told
        for other in (*session.scalars(select(OriginRow)), *session.scalars(select(ReferredRow))):
            with pytest.raises(NoKeyError):
                open_row(session, other, by=nell)
        with pytest.raises(NoKeyError):
            origin_of(session, referral_id, by=nell)
        assert origin_of(session, referral_id, by=force.officer("tom")).report_id == report_id


def test_a_referral_and_its_report_share_no_key_and_no_clear_column(force: Force) -> None:
    report_id = report_at_desk(force)
    referral_id = referred(force, agreed(force, report_id))
    with force.database.begin() as session:
        row = session.get(ReferralRow, referral_id)
        tie = session.scalars(select(ReferredRow)).one()
        assert row is not None
        assert tie.data_key_id != row.data_key_id
        clear = {value for column, value in vars(row).items() if column not in {"_sa_instance_state", "sealed"}}
        assert report_id not in clear
        assert tie.id != referral_id
        wrapped = session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.key_id == row.data_key_id)).all()
        assert len(wrapped) == 2


def test_steps_come_in_their_order(force: Force) -> None:
    referral_id = with_the_team(force, acknowledged=False)
    nell = force.officer("nell")
    with pytest.raises(ReferralError, match="Acknowledge"), force.database.begin() as session:
        record_outcome(session, referral_id, NewOutcome(OutcomeCode.OBN), by=nell)
    with force.database.begin() as session:
        acknowledge(session, referral_id, by=nell)
    with pytest.raises(ReferralError, match="already"), force.database.begin() as session:
        acknowledge(session, referral_id, by=nell)


def test_every_act_leaves_a_line(force: Force) -> None:
    referral_id = with_the_team(force)
    with force.database.begin() as session:
        record_outcome(session, referral_id, NewOutcome(OutcomeCode.OBN), by=force.officer("nell"))
    lines = [line for line in audit_lines(force) if line.get("subject") == str(referral_id)]
    assert [line["act"] for line in lines] == [
        Act.REFERRED,
        Act.REFERRAL_OPENED,
        Act.ACKNOWLEDGED,
        Act.OUTCOME_RECORDED,
    ]
    assert lines[0]["to"] == str(force.team_ids["Eastgate"])


def test_the_desks_list_narrows_and_pages(force_on_both: Force) -> None:
    force = force_on_both
    ids = [referred(force, agreed(force, report_at_desk(force, f"Report {n}"))) for n in range(3)]
    harbour = referred(force, agreed(force, report_at_desk(force, "Another")), "Harbour")
    with force.database.begin() as session:
        acknowledge(session, ids[0], by=force.officer("nell"))
    tom = force.officer("tom")
    with force.database.begin() as session:
        everything = referrals_for(session, by=tom)
        assert {one.id for one in everything.items} == {*ids, harbour}
        new = referrals_for(session, by=tom, state=ReferralState.SENT)
        assert {one.id for one in new.items} == {ids[1], ids[2], harbour}
        there = referrals_for(session, by=tom, team_id=force.team_ids["Harbour"])
        assert [one.id for one in there.items] == [harbour]
        assert referrals_for(session, by=tom, page=99).page == 1


def test_pages_of_the_list_hold_each_referral_once(force: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.referral.service.REFERRALS_A_PAGE", 2)
    ids = {referred(force, agreed(force, report_at_desk(force, f"Report {n}"))) for n in range(3)}
    seen: list[UUID] = []
    with force.database.begin() as session:
        for page in (1, 2):
            found = referrals_for(session, by=force.officer("nell"), page=page)
            assert (found.pages, found.total) == (2, 3)
            seen.extend(one.id for one in found.items)
    assert sorted(seen) == sorted(ids)


def test_what_is_new_comes_first_for_a_team_and_what_is_late_is_said(force: Force) -> None:
    old = with_the_team(force)
    new = referred(force, agreed(force, report_at_desk(force, "Another")))
    force.clock.forward(days=29)
    with force.database.begin() as session:
        listed = referrals_for(session, by=force.officer("nell")).items
    assert [one.id for one in listed] == [new, old]
    assert all(one.overdue for one in listed)


def test_an_embargo_ends_with_its_last_day(force: Force) -> None:
    terms = Terms(force.today + timedelta(days=2), force.today + timedelta(days=9))
    referral_id = referred(
        force, agreed(force, report_at_desk(force)), terms=terms, asks=(Ask.NO_OVERT_ACTION, Ask.OBSERVE)
    )
    for days, embargoed in ((0, True), (2, True), (1, False)):
        force.clock.forward(days=days)
        with force.database.begin() as session:
            assert open_referral(session, referral_id, by=force.officer("nell")).embargoed is embargoed
