"""Learning from decisions: what is held back, what is learnt, who may, and what the log and the disk hold of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.pages import PageClient
from triage.audit.acts import Act
from triage.errors import NoKeyError, NotFoundError, OutOfDateError
from triage.intake.errors import ReportClosedError
from triage.intake.models import ReportRow
from triage.intake.reports import close
from triage.keys.records import open_row
from triage.keys.service import desk_id
from triage.linking import service
from triage.linking.errors import NotHeldBackError, TooFewDecisionsError
from triage.linking.holder.standing import AWAY, READY, Standing
from triage.linking.learning.held_back import ask_to_see, held_back, hold_back, is_drawn
from triage.linking.learning.keeping import SHIPPED, as_learnt, gather, in_force, learn, put_back, versions
from triage.linking.learning.outcomes import Learnt, Outcome
from triage.linking.matching import Strength, Suggestion
from triage.linking.mentions import Mention
from triage.linking.models import CalibrationRow, LinkDecisionRow
from triage.linking.service import (
    Found,
    Verdict,
    confirm,
    confirm_nobody,
    decisions_of,
    reject,
    suggestions_beside,
    suggestions_for,
)
from triage.register.importing import import_register
from triage.register.unlocked import unlock_register

FORCE_DAY = date(2026, 11, 22)
MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"


class Guesses:
    """A matcher that suggests what a test tells it."""

    def __init__(self, *suggestions: Suggestion, standing: Standing = READY) -> None:
        self._suggestions, self.standing = suggestions, standing

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._suggestions[:limit] if text else ()

    def mentions(self, _text: str) -> tuple[Mention, ...]:
        return ()


@pytest.fixture
def millbrook(force: Force) -> Iterator[Force]:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    for name in ("tom", "tess", "ada", "nell"):
        force.officer(name)  # signs in, which is a unit of work of its own
    force.shared_app()  # sets the share of its settings, which is none
    yield force
    hold(force, 0)


@pytest.fixture
def tony(millbrook: Force) -> UUID:
    return entries(millbrook)["n-0001"]


def entries(force: Force) -> dict[str, UUID]:
    with force.database.begin() as session:
        return dict(unlock_register(session, desk_id(session), by=force.officer("tom")).by_reference)


def hold(force: Force, percent: int) -> None:
    hold_back(force.database, replace(force.settings, held_back_percent=percent))


def held_report(force: Force) -> UUID:
    """A report at the desk that is held back."""
    hold(force, 100)
    return report_at_desk(force, "Ask about Big Tony, he is at it again")


def has(
    monkeypatch: pytest.MonkeyPatch, *found: tuple[UUID, float], standing: Standing = READY
) -> tuple[Suggestion, ...]:
    """Let the program suggest these entries at these posteriors."""
    made = tuple(
        Suggestion(entry, None, "person", "Tony Skellow", Strength.STRONG, (), (), posterior=posterior)
        for entry, posterior in found
    )
    monkeypatch.setattr(service, "matcher_for", lambda *_, **__: Guesses(*made, standing=standing))
    return made


def outcomes(posterior: float, right: int, of: int, *, blind: bool = True) -> Learnt:
    made = (
        Outcome(uuid4(), uuid4(), "person", Strength.STRONG, posterior, number < right, blind, FORCE_DAY)
        for number in range(of)
    )
    return Learnt(tuple(made))


def acts(force: Force, name: str) -> list[object]:
    return [line["act"] for line in audit_lines(force, force.officer(name).id)]


# --- the held-back share


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


# --- learning and putting back


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


# --- the page


def test_a_supervisor_sees_the_figures_learns_and_puts_back(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, (tony, 0.95))
    ids = [report_at_desk(millbrook, f"Ask about Big Tony {number}") for number in range(21)]
    hold(millbrook, 0)
    sam = client_for(millbrook, "sam")
    sam.page("/learning")
    sam.sees("Only 0 suggestions have been decided. Once there are 20, you can learn from them.")
    with millbrook.database.begin() as session:
        for report_id in ids:
            confirm(session, report_id, tony, by=millbrook.officer("tom"))
    sam.page("/learning")
    sam.sees("On the page 21 21 0 100% (85% to 100%)")
    sam.sees("Names the tables do not tell apart 0 – Fewer than 25 Not shown")
    sam.sees("A name that could be of any of them, such as Mohamed Hassan, is in the row of names that they share")
    sam.does_not_see("Tom Arkwright")
    sam.submit(button="Learn from 21 decisions")
    sam.sees("Calibration 1 by Sam Underhill on 22 November 2026")
    sam.submit(button="Put back the calibration the program came with")
    sam.sees("The calibration that the program came with. It was measured on invented reports")
    sam.submit(button="Put back calibration 1")
    sam.sees("Calibration 3, which is number 1 put back, by Sam Underhill")
    told = acts(millbrook, "sam")
    assert told.count(Act.CALIBRATION_READ) >= 5
    assert (told.count(Act.CALIBRATED), told.count(Act.CALIBRATION_PUT_BACK)) == (1, 2)


def test_the_page_is_narrowed_to_days_and_says_what_is_no_day(
    millbrook: Force, tony: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, (tony, 0.95))
    hold(millbrook, 0)
    report_id = report_at_desk(millbrook, "Ask about Big Tony")
    with millbrook.database.begin() as session:
        confirm(session, report_id, tony, by=millbrook.officer("tom"))
    sam = client_for(millbrook, "sam")
    sam.page("/learning?since-day=22&since-month=11&since-year=2026")
    sam.sees("On the page 1 1 0 100%")
    sam.page("/learning?until-day=21&until-month=11&until-year=2026")
    sam.does_not_see("On the page 1 1 0")
    sam.page("/learning?since-day=31&since-month=2&since-year=2026")
    assert sam.errors() == ["Enter a real date, such as 27 3 2026"]


@pytest.mark.parametrize("name", ["tom", "iris", "ada", "nell"])
def test_supervisors_alone_see_it_and_learn(millbrook: Force, name: str) -> None:
    client: PageClient = client_for(millbrook, name)
    client.page("/learning", status=403)
    client.page("/account")
    token = client.value("csrf_token")
    for path in ("/learning/learn", "/learning/put-back"):
        client.post(path, {"csrf_token": token, "number": "0", "instead_of": "0"}, status=403)
    with millbrook.database.look() as session:
        assert session.query(CalibrationRow).count() == 0


def test_too_few_is_said_and_a_press_from_an_old_page_changes_nothing(millbrook: Force) -> None:
    sam = client_for(millbrook, "sam")
    sam.page("/learning")
    token = sam.value("csrf_token")
    sam.post("/learning/learn", {"csrf_token": token, "learn": "yes"}, status=422)
    sam.sees("Only 0 suggestions have been decided")
    sam.post("/learning/put-back", {"csrf_token": token, "number": "0", "instead_of": "5"}, status=409)
    sam.post("/learning/put-back", {"csrf_token": token, "number": "x", "instead_of": "0"}, status=404)
