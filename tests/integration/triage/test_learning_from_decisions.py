"""Learning from decisions: what is learnt, what it changes, what can be put back, and what is sealed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from tests.desk_work import report_at_desk
from tests.force import Force
from tests.learning_desk import acts, entries, has, held_report, hold, imported, outcomes
from triage.audit.acts import Act
from triage.errors import NoKeyError, NotFoundError, OutOfDateError
from triage.intake.models import ReportRow
from triage.keys.records import open_row
from triage.linking.errors import TooFewDecisionsError
from triage.linking.learning.keeping import SHIPPED, as_learnt, gather, in_force, learn, put_back, versions
from triage.linking.learning.outcomes import Learnt
from triage.linking.matching import Strength
from triage.linking.models import CalibrationRow, LinkDecisionRow
from triage.linking.service import (
    confirm_nobody,
    decisions_of,
    reject,
    suggestions_beside,
)


@pytest.fixture
def millbrook(force: Force) -> Iterator[Force]:
    yield imported(force)
    hold(force, 0)


@pytest.fixture
def tony(millbrook: Force) -> UUID:
    return entries(millbrook)["n-0001"]


def test_what_is_learnt_changes_what_is_shown_and_the_shipped_one_can_be_put_back(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(millbrook, 0)
    (one,) = has(monkeypatch, (tony, 0.95))
    report_id, sam = report_at_desk(millbrook, "Ask about Big Tony"), millbrook.officer("sam")
    with millbrook.database.begin() as session:
        assert suggestions_beside(session, report_id, by=sam) == (one,)
        made = learn(session, outcomes(0.95, 20, 60), by=sam)
        assert suggestions_beside(session, report_id, by=sam) == (replace(one, strength=Strength.FAIR),)
    with millbrook.database.begin() as session:
        learn(session, outcomes(0.95, 0, 400), by=sam)
        assert suggestions_beside(session, report_id, by=sam) == ()
        put_back(session, made.number, instead_of=2, by=sam)
        assert suggestions_beside(session, report_id, by=sam)[0].strength is Strength.FAIR
        assert in_force(session, by=sam).calibration == made.calibration
    with millbrook.database.begin() as session:
        put_back(session, SHIPPED, instead_of=3, by=sam)
        assert suggestions_beside(session, report_id, by=sam) == (one,)
        assert [(one.number, one.put_back) for one in versions(session, by=sam)] == [
            (4, SHIPPED),
            (3, 1),
            (2, None),
            (1, None),
        ]
    told = acts(millbrook, "sam")
    assert (told.count(Act.CALIBRATED), told.count(Act.CALIBRATION_PUT_BACK)) == (2, 2)


def test_a_decision_keeps_the_matchers_own_posterior_whatever_was_learnt(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learning begins from there each time, and so never from what an earlier learning made of it."""
    hold(millbrook, 0)
    has(monkeypatch, (tony, 0.95))
    report_id, sam = report_at_desk(millbrook, "Ask about Big Tony"), millbrook.officer("sam")
    with millbrook.database.begin() as session:
        learn(session, outcomes(0.95, 20, 60), by=sam)
        reject(session, report_id, tony, by=sam)
        (decision,) = decisions_of(session, report_id, by=sam)
        (outcome,) = gather(session, by=sam).shown
    assert (decision.posterior, outcome.posterior, outcome.right) == (0.95, 0.95, False)
    assert (decision.strength, outcome.strength) == (Strength.FAIR, Strength.FAIR)  # as it stood on the page


def test_nothing_is_learnt_from_few_and_nothing_put_back_that_changed_meanwhile(millbrook: Force) -> None:
    sam = millbrook.officer("sam")
    with millbrook.database.begin() as session:
        with pytest.raises(TooFewDecisionsError, match="Only 19 suggestions"):
            learn(session, outcomes(0.9, 9, 19), by=sam)
        learn(session, outcomes(0.9, 9, 20), by=sam)
        with pytest.raises(OutOfDateError):
            put_back(session, SHIPPED, instead_of=SHIPPED, by=sam)
        with pytest.raises(NotFoundError):
            put_back(session, 7, instead_of=1, by=sam)
        assert in_force(session, by=sam).number == 1


def test_of_two_who_learn_at_once_the_second_is_told(millbrook: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    sam = millbrook.officer("sam")
    with millbrook.database.begin() as session:
        learn(session, outcomes(0.9, 9, 20), by=sam)
    with millbrook.database.begin() as session:
        monkeypatch.setattr(session, "scalar", lambda _query: 0)  # as it looked to somebody a moment before
        with pytest.raises(OutOfDateError):
            learn(session, outcomes(0.9, 9, 20), by=sam)
        session.rollback()
    with millbrook.database.look() as session:
        assert [one.number for one in versions(session, by=sam)] == [1]


def test_a_calibration_is_sealed_to_the_desk(millbrook: Force) -> None:
    sam, ada, nell = (millbrook.officer(name) for name in ("sam", "ada", "nell"))
    with millbrook.database.begin() as session:
        learn(session, outcomes(0.9, 9, 20), by=sam)
    with millbrook.database.begin() as session:
        row = session.query(CalibrationRow).one()
        assert b"trusted" not in row.sealed
        assert open_row(session, row, by=millbrook.officer("tom"))["calibration"]["blind"] == 20
        for outsider in (ada, nell):
            with pytest.raises(NoKeyError):
                in_force(session, by=outsider)
            with pytest.raises(NoKeyError):
                learn(session, outcomes(0.9, 9, 20), by=outsider)
            assert gather(session, by=outsider) == Learnt()
            assert as_learnt(session, (), by=outsider) == ()


def test_what_a_decision_keeps_holds_no_word_of_the_report(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What there was to suggest is ids and numbers, sealed with the report and gone with its key."""
    has(monkeypatch, (tony, 0.8))
    report_id, tom = held_report(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        confirm_nobody(session, report_id, by=tom)
        row = session.query(LinkDecisionRow).filter_by(report_id=report_id).one()
        report = session.get(ReportRow, report_id)
        assert report is not None
        assert row.data_key_id == report.data_key_id
        body = open_row(session, row, by=tom)
    assert set(body["suggested"][0]) == {"entry_id", "group_id", "kind", "posterior", "strength"}
    assert "Tony" not in json.dumps(body)
