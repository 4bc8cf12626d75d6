"""Linking: suggestions with reasons, what an officer decided, who gets the index, and the page that does it all."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from tests.desk_work import report_at_desk, unsealed
from tests.force import Force, client_for
from tests.pages import PageClient, text_of
from triage.audit.models import AuditLeafRow
from triage.database import CaseSession
from triage.errors import NoKeyError, NotFoundError
from triage.grading.rules import ONE_RECEIPT, Grade, Intelligence, why_not_corroborating
from triage.grading.service import grade_item, split_report
from triage.holding import IDLE_SECONDS
from triage.intake.errors import ReportClosedError
from triage.intake.reports import close
from triage.keys.service import desk_id
from triage.linking.corroboration import LinkedCorroboration
from triage.linking.models import LinkDecisionRow
from triage.linking.service import (
    Found,
    Verdict,
    confirm,
    confirm_nobody,
    decisions_of,
    mentions_of,
    reject,
    reports_linked_to,
    suggestions_for,
)
from triage.officers.officer import Officer
from triage.register import unlocked
from triage.register.browsing import show_entry
from triage.register.importing import import_register
from triage.register.service import archive_entry, change_entry
from triage.register.unlocked import unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
WHAT = "There is a white Golf by the arch, the plate ends XRT. They call him Big Tony."


@pytest.fixture
def millbrook(force: Force) -> Force:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return force


def received(force: Force, what: str = WHAT, **answers: str) -> UUID:
    return report_at_desk(force, what, **answers)


def entry_named(session: CaseSession, reference: str, by: Officer) -> UUID:
    return unlock_register(session, desk_id(session), by=by).by_reference[reference.casefold()]


def test_a_report_suggests_who_it_is_about_and_says_why_in_words(millbrook: Force) -> None:
    report_id, tom = received(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        first = suggestions_for(session, report_id, by=tom)[0]
        assert first.entry_id == entry_named(session, "N-0001", tom)
    assert first.strength == "strong"
    assert [reason.sentence for reason in first.reasons] == [
        "“XRT” fits the end of a plate: MB00 XRT (white Volkswagen Golf)",
        "“Big Tony” is a known nickname",
        "“white Golf” fits a vehicle: MB00 XRT, white Volkswagen Golf",
    ]
    assert first.reasons[0].rarity == "Nobody else on the register fits."


def test_mentions_stand_where_they_were_said(millbrook: Force) -> None:
    report_id = received(millbrook, "Ask about Big Tony. Tony, Big Tony", where="Thrum Street", things="07700 900999")
    with millbrook.database.begin() as session:
        found = mentions_of(session, report_id, by=millbrook.officer("tom"))
    assert [(one.kind, one.start, one.end) for one in found["what"]] == [("person", 10, 18), ("person", 26, 34)]
    assert [(one.kind, one.start, one.end) for one in found["where"]] == [("place", 0, 12)]
    assert [(one.kind, one.start, one.end) for one in found["things"]] == [("phone", 0, 12)]


def test_a_decision_keeps_the_reasons_and_the_last_one_stands(millbrook: Force) -> None:
    report_id, tom, tess = received(millbrook), millbrook.officer("tom"), millbrook.officer("tess")
    with millbrook.database.begin() as session:
        tony = entry_named(session, "N-0001", tom)
        before = session.query(AuditLeafRow).count()
        confirm(session, report_id, tony, by=tom)
        assert session.query(AuditLeafRow).count() == before + 1
    with millbrook.database.begin() as session:
        reject(session, report_id, tony, by=tess)
        confirm(session, report_id, entry_named(session, "N-0002", tess), by=tess, found=Found.SEARCHED)
        decisions = decisions_of(session, report_id, by=tess)
    assert [(one.verdict, one.stands, one.found) for one in decisions] == [
        (Verdict.CONFIRMED, False, Found.SUGGESTED),
        (Verdict.REJECTED, True, Found.SUGGESTED),
        (Verdict.CONFIRMED, True, Found.SEARCHED),
    ]
    assert decisions[0].reasons[1].said == "Big Tony"
    assert decisions[0].decided_by == tom.id
    with millbrook.database.begin() as session:
        for row in session.query(LinkDecisionRow):
            assert b"Tony" not in row.sealed


def test_nobody_stands_until_somebody_is_confirmed(millbrook: Force) -> None:
    report_id, tom = received(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        confirm_nobody(session, report_id, by=tom)
        decisions = decisions_of(session, report_id, by=tom)
        assert {one.verdict for one in decisions[:-1]} == {Verdict.REJECTED}
        assert (decisions[-1].verdict, decisions[-1].stands) == (Verdict.NOBODY, True)
        confirm(session, report_id, entry_named(session, "N-0001", tom), by=tom)
        assert not any(one.stands for one in decisions_of(session, report_id, by=tom) if one.verdict is Verdict.NOBODY)


def test_reports_on_one_entry_are_found_and_offered_as_corroboration_once_graded(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    first, second = received(millbrook), received(millbrook, "Big Tony again, on Sunday")
    with millbrook.database.begin() as session:
        tony = entry_named(session, "N-0001", tom)
        for report_id in (first, second):
            confirm(session, report_id, tony, by=tom)
        assert {one.report_id for one in reports_linked_to(session, tony, by=tom)} == {first, second}
        assert LinkedCorroboration().candidates(session, first, by=tom) == ()
        split_report(session, second, ["He was there on Sunday"], by=tom)
        grade = Grade(intelligence=Intelligence.KNOWN_DIRECTLY, basis="Says they saw it")
        grade_item(session, second, 1, grade, by=tom)
        (candidate,) = LinkedCorroboration().candidates(session, first, by=tom)
    assert candidate.report_id == second
    assert candidate.is_anonymous
    assert candidate.why == "Both reports are confirmed to be about Anthony Joseph Skellow."
    assert not candidate.same_receipt


def test_an_addition_is_offered_as_one_origin_with_what_it_adds_to_and_corroborates_nothing(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    receipt = millbrook.send(WHAT)
    [first] = unsealed(millbrook)
    millbrook.send("Big Tony again, on Sunday", adds_to=receipt)
    [added] = unsealed(millbrook)
    with millbrook.database.begin() as session:
        tony = entry_named(session, "N-0001", tom)
        for report_id in (first, added):
            confirm(session, report_id, tony, by=tom)
        grade_item(session, added, 1, Grade(intelligence=Intelligence.KNOWN_DIRECTLY, basis="Says they saw it"), by=tom)
        (candidate,) = LinkedCorroboration().candidates(session, first, by=tom)
    assert candidate.same_receipt
    assert why_not_corroborating(candidate, report_id=first, is_anonymous=False) == ONE_RECEIPT.rstrip(".")


def test_a_closed_report_is_decided_about_no_more(millbrook: Force) -> None:
    report_id, tom = received(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        close(session, report_id, reason="Nothing in it", by=tom)
    with pytest.raises(ReportClosedError), millbrook.database.begin() as session:
        confirm(session, report_id, entry_named(session, "N-0001", tom), by=tom)


def test_an_entry_that_is_none_cannot_be_confirmed(millbrook: Force) -> None:
    report_id, tom = received(millbrook), millbrook.officer("tom")
    with pytest.raises(NotFoundError), millbrook.database.begin() as session:
        confirm(session, report_id, UUID(int=7), by=tom)


def test_an_archived_entry_is_suggested_no_more(millbrook: Force) -> None:
    report_id, tom = received(millbrook), millbrook.officer("tom")
    with millbrook.database.begin() as session:
        tony = entry_named(session, "N-0001", tom)
        assert suggestions_for(session, report_id, by=tom)[0].entry_id == tony
        archive_entry(session, tony, version=1, reason="Died", by=tom)
        assert tony not in {one.entry_id for one in suggestions_for(session, report_id, by=tom)}
    with millbrook.database.begin() as session:
        assert tony not in {one.entry_id for one in suggestions_for(session, report_id, by=tom)}


def test_only_a_holder_of_the_key_gets_what_another_unlocked(millbrook: Force) -> None:
    report_id, tom = received(millbrook), millbrook.officer("tom")
    outsiders = [millbrook.officer(name) for name in ("nell", "ada", "iris")]
    with millbrook.database.begin() as session:
        suggestions_for(session, report_id, by=tom)
        for outsider in outsiders:
            with pytest.raises(NoKeyError):
                unlock_register(session, desk_id(session), by=outsider)
            with pytest.raises(NoKeyError):
                suggestions_for(session, report_id, by=outsider)


def test_the_index_goes_with_its_last_holder_and_when_nobody_uses_it(millbrook: Force) -> None:
    tom, tess = millbrook.officer("tom"), millbrook.officer("tess")
    held, home = unlocked.HELD, millbrook.database
    with millbrook.database.begin() as session:
        desk = desk_id(session)
        unlock_register(session, desk, by=tom)
        unlock_register(session, desk, by=tess)
    held.let_go(millbrook.officer("sam").id)
    held.let_go(tom.id)
    assert held.peek(home, desk)
    held.let_go(tess.id)
    assert not held.peek(home, desk)
    with millbrook.database.begin() as session:
        unlock_register(session, desk_id(session), by=tom)
    used_at = held.used_at(home, desk)
    held.wipe_idle(used_at + IDLE_SECONDS - 1)
    assert held.peek(home, desk)
    held.wipe_idle(used_at + IDLE_SECONDS + 1)
    assert not held.peek(home, desk)


def test_what_was_rolled_back_is_never_suggested(millbrook: Force) -> None:
    report_id, tom = received(millbrook), millbrook.officer("tom")

    with millbrook.database.begin() as session:
        tony = entry_named(session, "N-0001", tom)

    def archive_and_fail() -> None:
        with millbrook.database.begin() as session:
            archive_entry(session, tony, version=1, reason="By mistake", by=tom)
            suggestions_for(session, report_id, by=tom)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        archive_and_fail()
    with millbrook.database.begin() as session:
        changed = replace(show_entry(session, tony, by=tom).entry, notes="Seen on Sunday")
        change_entry(session, tony, changed, version=1, by=tom)
    with millbrook.database.begin() as session:
        assert suggestions_for(session, report_id, by=tom)[0].entry_id == tony


@pytest.fixture
def at_desk(millbrook: Force) -> tuple[PageClient, str]:
    report_id = received(millbrook)
    return client_for(millbrook, "tom"), f"/reports/{report_id}/links"


def test_the_page_marks_what_was_said_and_decides_by_button(at_desk: tuple[PageClient, str]) -> None:
    tom, address = at_desk
    tom.page(address)
    assert tom.heading() == "Who is this report about?"
    mark = next(one for one in tom.root.iter("mark") if text_of(one).startswith("Big Tony"))
    assert text_of(mark) == "Big Tony (a name)"
    assert mark.get("title", "").startswith("A name")
    assert "Speaks of " in mark.get("title", "")
    tom.sees("“Big Tony” is a known nickname")
    tom.submit(button="Confirm Anthony Joseph Skellow")
    tom.sees("confirmed")
    tom.sees("By Tom Arkwright")
    tom.submit(button="Reject Anthony Joseph Skellow")
    tom.sees("rejected")
    tom.submit(button="Confirm Anthony Joseph Skellow")
    tom.page(next(one.get("href", "") for one in tom.root.iter("a") if "/register/" in one.get("href", "")))
    tom.follow("Reports linked to this person")
    tom.sees("1 report")
    tom.sees("“Big Tony” is a known nickname")


def test_somebody_else_is_searched_and_confirmed_and_nobody_is_an_answer(at_desk: tuple[PageClient, str]) -> None:
    tom, address = at_desk
    tom.page(address)
    tom.submit({"words": "zzz nobody"}, button="Search the register")
    tom.sees("Nothing on the register fits these words")
    tom.submit({"words": "mo skellow"}, button="Search the register")
    tom.submit(button="Confirm Skellow, Maureen")
    tom.sees("found by search")
    tom.submit(button="Reject Maureen Skellow")
    tom.submit(button="Nobody on the register is meant")
    tom.sees("You have decided about everybody suggested.")


def test_a_report_about_nobody_says_so(millbrook: Force) -> None:
    report_id = received(millbrook, "Something is wrong at the pond")
    tom = client_for(millbrook, "tom")
    tom.page(f"/reports/{report_id}/links")
    tom.sees("Nobody on the register fits what this report says.")


def test_a_forged_decision_changes_nothing(at_desk: tuple[PageClient, str]) -> None:
    tom, address = at_desk
    tom.page(address)
    tom.post(address, {"entry_id": str(UUID(int=1)), "confirm": "yes", "csrf_token": "forged"}, status=400)
    tom.page(address)
    tom.does_not_see(">confirmed<")


def test_the_words_of_a_report_never_become_a_page(millbrook: Force) -> None:
    evil = "<script>alert(1)</script> Big Tony \u202e<b>"
    report_id = received(millbrook, evil)
    tom = client_for(millbrook, "tom")
    tom.page(f"/reports/{report_id}/links")
    tom.sees("<script>alert(1)</script>")
