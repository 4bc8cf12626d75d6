"""Reports decided before anybody is suggested: which they are, what is shown of them, what they teach."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.learning_desk import entries, has, held_report, hold, imported
from triage.audit.acts import Act
from triage.errors import NoKeyError
from triage.intake.errors import ReportClosedError
from triage.intake.models import ReportRow
from triage.intake.reports import close
from triage.keys.service import desk_id
from triage.linking.errors import NotHeldBackError
from triage.linking.holder.standing import AWAY
from triage.linking.learning.held_back import ask_to_see, held_back, is_drawn
from triage.linking.learning.keeping import gather
from triage.linking.learning.outcomes import Learnt
from triage.linking.service import (
    Found,
    Verdict,
    confirm,
    confirm_nobody,
    decisions_of,
    suggestions_beside,
    suggestions_for,
)


@pytest.fixture
def millbrook(force: Force) -> Iterator[Force]:
    yield imported(force)
    hold(force, 0)


@pytest.fixture
def tony(millbrook: Force) -> UUID:
    return entries(millbrook)["n-0001"]


def test_the_share_is_near_its_setting_always_the_same_and_grows_with_it(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    with millbrook.database.look() as session:
        desk = desk_id(session)
        reports = [ReportRow(id=uuid4(), compartment_id=desk) for _ in range(4000)]
        drawn: dict[int, set[UUID]] = {}
        for percent in (0, 5, 20):
            hold(millbrook, percent)
            drawn[percent] = {one.id for one in reports if is_drawn(session, one, by=tom)}
        hold(millbrook, 5)
        assert drawn[5] == {one.id for one in reports if is_drawn(session, one, by=millbrook.officer("tess"))}
    assert drawn[0] == set()
    assert 150 <= len(drawn[5]) <= 250  # 200 by chance, and three and a half standard errors
    assert drawn[5] < drawn[20]
    low = {one.bytes[0] < 0x80 for one in drawn[20]}
    assert low == {True, False}, "the id alone does not tell"


def test_nobody_outside_the_desk_can_tell_which_are_held_back(millbrook: Force) -> None:
    report_id = held_report(millbrook)
    with millbrook.database.look() as session, pytest.raises(NoKeyError):
        held_back(session, report_id, by=millbrook.officer("nell"))


def test_nothing_is_suggested_anywhere_until_somebody_has_decided(millbrook: Force, tony: UUID) -> None:
    report_id, tom = held_report(millbrook), client_for(millbrook, "tom")
    for path in (f"/reports/{report_id}", f"/reports/{report_id}/links"):
        tom.page(path)
        tom.sees("Nobody is suggested for this report until you have decided.")
        tom.does_not_see("Skellow")
    with millbrook.database.begin() as session:
        assert suggestions_for(session, report_id, by=millbrook.officer("tom")) == ()
    tom.page(f"/reports/{report_id}/links")
    search = {"csrf_token": tom.value("csrf_token"), "words": "Skellow", "search": "yes"}
    tom.post(f"/reports/{report_id}/links", search)
    tom.submit(button="Confirm Skellow, Anthony Joseph")
    tom.does_not_see("Nobody is suggested for this report")
    with millbrook.database.begin() as session:
        (decision,) = decisions_of(session, report_id, by=millbrook.officer("tom"))
        (outcome, *_) = gather(session, by=millbrook.officer("sam")).blind
    assert (decision.blind, decision.answered, decision.found) == (True, True, Found.SEARCHED)
    assert (outcome.entry_id, outcome.right, outcome.blind) == (tony, True, True)


def test_nobody_said_of_a_held_back_report_rejects_nothing_that_was_not_seen(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, (tony, 0.8))
    report_id, tom = held_report(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        confirm_nobody(session, report_id, by=tom)
        assert [one.verdict for one in decisions_of(session, report_id, by=tom)] == [Verdict.NOBODY]
        assert [one.entry_id for one in suggestions_beside(session, report_id, by=tom)] == [tony]
        learnt = gather(session, by=tom)
    assert [(one.right, one.blind, one.posterior) for one in learnt.outcomes] == [(False, True, 0.8)]
    assert [(one.somebody, one.missed) for one in learnt.settled] == [(False, False)]


def test_with_the_index_away_a_decision_teaches_nothing(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, standing=AWAY)
    report_id, tom = held_report(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        confirm(session, report_id, tony, by=tom, found=Found.SEARCHED)
        assert gather(session, by=tom) == Learnt()


def test_an_officer_may_ask_to_see_and_that_is_recorded_and_takes_it_out_of_the_share(millbrook: Force) -> None:
    report_id, tom = held_report(millbrook), client_for(millbrook, "tom")
    tom.page(f"/reports/{report_id}/links")
    tom.submit(button="Show the suggestions anyway")
    tom.sees("Anthony Joseph Skellow")
    tom.does_not_see("Nobody is suggested for this report")
    tom.does_not_see("asked to see")
    tom.submit(button="Confirm Anthony Joseph Skellow")
    lines = [one for one in audit_lines(millbrook, millbrook.officer("tom").id) if one["act"] == Act.SUGGESTIONS_ASKED]
    assert [one["subject"] for one in lines] == [str(report_id)]
    with millbrook.database.begin() as session:
        (decision,) = decisions_of(session, report_id, by=millbrook.officer("tom"))
        learnt = gather(session, by=millbrook.officer("tom"))
        with pytest.raises(NotHeldBackError):
            ask_to_see(session, report_id, by=millbrook.officer("tom"))
    assert (decision.verdict, decision.blind) == (Verdict.CONFIRMED, False)
    assert (learnt.blind, learnt.settled) == ((), ())
    assert any(one.right for one in learnt.shown)


def test_a_closed_report_is_not_asked_about(millbrook: Force) -> None:
    report_id, tom = held_report(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        close(session, report_id, reason="nothing in it", by=tom)
    with millbrook.database.begin() as session, pytest.raises(ReportClosedError):
        ask_to_see(session, report_id, by=tom)


def test_without_a_share_nothing_is_held_back(millbrook: Force) -> None:
    hold(millbrook, 0)
    report_id = report_at_desk(millbrook, "Ask about Big Tony")
    with millbrook.database.begin() as session:
        assert not held_back(session, report_id, by=millbrook.officer("tom"))
        assert suggestions_beside(session, report_id, by=millbrook.officer("tom"))
