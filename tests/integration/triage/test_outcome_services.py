"""What came of a referral: added and never changed, and what a team saw becomes a report of its own."""

from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from tests.audit_lines import audit_lines
from tests.desk_work import at_once, with_the_team
from tests.force import Force
from triage.audit.acts import Act
from triage.errors import NoKeyError, NotFoundError
from triage.grading.rules import Grade, Intelligence, Source
from triage.grading.service import grade_item, items_of
from triage.intake.models import ReportRow
from triage.intake.reports import ReportState, case_report
from triage.keys.records import open_row
from triage.officers.officer import Officer
from triage.outcome.models import ObservedRow
from triage.outcome.rules import NewOutcome, OutcomeCode, OutcomeError
from triage.outcome.service import outcomes_of, record_outcome, report_from, start_report
from triage.referral.rules import ReferralError, ReferralState
from triage.referral.service import open_referral

SEEN = NewOutcome(OutcomeCode.OBS, "A bag changed hands at the canal gate.")


def recorded(force: Force, referral_id: UUID, new: NewOutcome = SEEN) -> UUID:
    nell = force.officer("nell")
    with force.database.begin() as session:
        return record_outcome(session, referral_id, new, by=nell)


def state_of(force: Force, referral_id: UUID) -> ReferralState:
    nell = force.officer("nell")
    with force.database.begin() as session:
        return open_referral(session, referral_id, by=nell).state


def test_outcomes_are_added_and_read_by_the_team_and_the_desk(force_on_both: Force) -> None:
    force = force_on_both
    referral_id = with_the_team(force)
    first = recorded(force, referral_id)
    second = recorded(force, referral_id, NewOutcome(OutcomeCode.REA))
    for name in ("nell", "tom", "sam"):
        officer = force.officer(name)
        with force.database.look() as session:
            found = outcomes_of(session, referral_id, by=officer)
        assert {one.id: one.code for one in found} == {first: OutcomeCode.OBS, second: OutcomeCode.REA}
    assert state_of(force, referral_id) is ReferralState.ANSWERED


def test_another_team_neither_reads_nor_records(force: Force) -> None:
    referral_id = with_the_team(force)
    recorded(force, referral_id)
    owen = force.officer("owen")
    with pytest.raises(NoKeyError), force.database.begin() as session:
        record_outcome(session, referral_id, SEEN, by=owen)
    with force.database.look() as session, pytest.raises(NoKeyError):
        outcomes_of(session, referral_id, by=owen)


def test_returning_ends_a_referral(force: Force) -> None:
    referral_id = with_the_team(force)
    recorded(force, referral_id, NewOutcome(OutcomeCode.RTN, "Not our ward"))
    assert state_of(force, referral_id) is ReferralState.RETURNED
    with pytest.raises(ReferralError, match="already"):
        recorded(force, referral_id)


def test_what_was_seen_becomes_a_report_of_an_officer(force_on_both: Force) -> None:
    force = force_on_both
    outcome_id = recorded(force, with_the_team(force))
    tess = force.officer("tess")
    with force.database.begin() as session:
        report_id = start_report(session, outcome_id, by=tess)
    with force.database.look() as session:
        report = case_report(session, report_id, by=tess)
        assert report_from(session, outcome_id, by=tess) == report_id
    assert report.answers["what"] == SEEN.words
    assert report.state is ReportState.NEW
    assert not report.is_anonymous
    assert report.mailbox is None
    assert report.started_by == outcome_id


def test_an_officers_observation_can_be_graded_1_and_a(force: Force) -> None:
    outcome_id = recorded(force, with_the_team(force))
    tess = force.officer("tess")
    best = Grade(source=Source.RELIABLE, intelligence=Intelligence.KNOWN_DIRECTLY, basis="saw it on patrol")
    with force.database.begin() as session:
        report_id = start_report(session, outcome_id, by=tess)
        grade_item(session, report_id, 1, best, by=tess)
    with force.database.look() as session:
        current = items_of(session, report_id, by=tess)[0].current
    assert current is not None
    assert current.grade.code == "1/A/P"


def test_a_report_is_started_once_however_often_it_is_pressed(force_on_both: Force) -> None:
    force = force_on_both
    outcome_id = recorded(force, with_the_team(force))
    ids = set()
    for name in ("tess", "tom", "tess"):
        officer = force.officer(name)
        with force.database.begin() as session:
            ids.add(start_report(session, outcome_id, by=officer))
    assert len(ids) == 1
    with force.database.look() as session:
        assert session.scalar(select(func.count()).select_from(ReportRow)) == 2


def test_two_officers_at_once_start_one_report(force_on_both: Force) -> None:
    force = force_on_both
    outcome_id = recorded(force, with_the_team(force))
    officers = [force.officer("tess"), force.officer("tom")]

    def start(officer: Officer) -> object:
        with force.database.begin() as session:
            return start_report(session, outcome_id, by=officer)

    assert len(set(at_once(*(partial(start, officer) for officer in officers)))) == 1


def test_only_what_was_seen_starts_a_report(force: Force) -> None:
    outcome_id = recorded(force, with_the_team(force), NewOutcome(OutcomeCode.REA))
    tess = force.officer("tess")
    with pytest.raises(OutcomeError, match="Only what was seen"), force.database.begin() as session:
        start_report(session, outcome_id, by=tess)
    with pytest.raises(NotFoundError), force.database.begin() as session:
        start_report(session, uuid4(), by=tess)


def test_a_team_cannot_start_one_nor_learn_which_one_was(force: Force) -> None:
    outcome_id = recorded(force, with_the_team(force))
    nell, tess = force.officer("nell"), force.officer("tess")
    with pytest.raises(NoKeyError), force.database.begin() as session:
        start_report(session, outcome_id, by=nell)
    with force.database.begin() as session:
        start_report(session, outcome_id, by=tess)
    with force.database.look() as session:
        row = session.get(ObservedRow, outcome_id)
        assert row is not None
        with pytest.raises(NoKeyError):
            open_row(session, row, by=nell)


def test_each_act_leaves_a_line_without_a_word_of_it(force: Force) -> None:
    outcome_id = recorded(force, with_the_team(force))
    tess = force.officer("tess")
    with force.database.begin() as session:
        start_report(session, outcome_id, by=tess)
    lines = audit_lines(force)
    assert [line["act"] for line in lines].count(Act.OUTCOME_RECORDED) == 1
    assert [line["act"] for line in lines].count(Act.REPORT_WRITTEN) == 1
    assert "canal" not in str(lines)
