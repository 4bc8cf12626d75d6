"""Two people agree before a text leaves: drafting, putting forward, agreeing and sending back, on real databases."""

from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

import pytest

from tests.audit_lines import audit_lines
from tests.desk_work import ORIGINAL, SAFE, at_once, drafted, report_at_desk
from tests.force import Force
from triage.audit.acts import Act
from triage.errors import NoKeyError, NotFoundError, OutOfDateError
from triage.grading.rules import Grade, Intelligence, UngradableError
from triage.grading.service import grade_item
from triage.intake.errors import ReportClosedError
from triage.intake.reports import close
from triage.officers.officer import Officer
from triage.sanitising.draft import Draft
from triage.sanitising.models import DraftRow
from triage.sanitising.rules import DraftState, Knowers, SanitisingError, UnreadWarningsError
from triage.sanitising.service import (
    approve_draft,
    draft_of,
    drafts_of,
    drafts_waiting,
    return_draft,
    save_draft,
    submit_draft,
    take_back,
)

TELLING = replace(SAFE, text="My cousin saw it at 21:40.")
KNOWN_TO_FEW = replace(SAFE, knowers=Knowers.FEW)


def draft_at(force: Force, draft_id: UUID) -> Draft:
    with force.database.look() as session:
        return draft_of(session, draft_id, by=force.officer("tom"))


def acts_on(force: Force, subject: UUID) -> list[str]:
    return [str(line["act"]) for line in audit_lines(force) if line.get("subject") == str(subject)]


def test_a_text_is_put_forward_and_agreed_by_another(force_on_both: Force) -> None:
    force = force_on_both
    draft_id = drafted(force, report_at_desk(force))
    with force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("tess"))
    draft = draft_at(force, draft_id)
    assert draft.is_agreed
    assert draft.content == SAFE
    assert draft.reviewed_by == force.officer("tess").id
    assert acts_on(force, draft_id) == [Act.DRAFTED, Act.SUBMITTED, Act.APPROVED]


def test_whoever_drafts_cannot_agree_or_send_back(force: Force) -> None:
    draft_id = drafted(force, report_at_desk(force))
    for act in (approve_draft, lambda session, one, by: return_draft(session, one, by=by, note="No")):
        with pytest.raises(SanitisingError, match="another officer"), force.database.begin() as session:
            act(session, draft_id, by=force.officer("tom"))
    assert draft_at(force, draft_id).state is DraftState.SUBMITTED


def test_a_supervisor_who_drafted_cannot_override_their_own_text(force: Force) -> None:
    draft_id = drafted(force, report_at_desk(force), KNOWN_TO_FEW, by="sam")
    with pytest.raises(SanitisingError, match="another officer"), force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("sam"), override_reason="I am a supervisor")


def test_what_five_people_could_have_known_needs_a_supervisor_and_a_reason(force: Force) -> None:
    draft_id = drafted(force, report_at_desk(force), KNOWN_TO_FEW)
    with pytest.raises(SanitisingError, match="ask a supervisor"), force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("tess"), override_reason="I am sure")
    with pytest.raises(SanitisingError, match="Enter why"), force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("sam"))
    with force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("sam"), override_reason="They are all abroad")
    assert draft_at(force, draft_id).override_reason == "They are all abroad"
    assert acts_on(force, draft_id)[-2:] == [Act.OVERRIDDEN, Act.APPROVED]
    assert "abroad" not in str(audit_lines(force))


def test_agreeing_to_what_many_know_is_no_override(force: Force) -> None:
    draft_id = drafted(force, report_at_desk(force))
    with force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("sam"), override_reason="Not needed")
    assert draft_at(force, draft_id).override_reason == ""
    assert Act.OVERRIDDEN not in acts_on(force, draft_id)


def test_what_was_sent_back_is_written_again_and_put_forward_again(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = drafted(force, report_id)
    with force.database.begin() as session:
        return_draft(session, draft_id, by=force.officer("tess"), note="Name the ward, not the street")
    assert draft_at(force, draft_id).note == "Name the ward, not the street"
    better = replace(SAFE, text="A man is believed to supply drugs in the ward.")
    again = drafted(force, report_id, better)
    assert again == draft_id
    with force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("tess"))
    draft = draft_at(force, draft_id)
    assert (draft.content, draft.note, draft.version) == (better, "", 1)


def test_sending_back_says_what_to_change(force: Force) -> None:
    draft_id = drafted(force, report_at_desk(force))
    with pytest.raises(SanitisingError, match="what should be changed"), force.database.begin() as session:
        return_draft(session, draft_id, by=force.officer("tess"), note=" ")


def test_an_agreed_text_is_never_changed(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = drafted(force, report_id)
    with force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("tess"))
    other = drafted(force, report_id, TELLING, forward=False)
    assert other != draft_id
    assert draft_at(force, draft_id).content == SAFE
    for act in (submit_draft, take_back):
        with pytest.raises(SanitisingError), force.database.begin() as session:
            act(session, draft_id, by=force.officer("tom"))
    with pytest.raises(SanitisingError, match="not waiting"), force.database.begin() as session:
        return_draft(session, draft_id, by=force.officer("sam"), note="Wait")


def test_what_is_put_forward_is_not_changed_under_the_second_officers_eyes(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = drafted(force, report_id)
    with pytest.raises(SanitisingError, match="put forward"), force.database.begin() as session:
        save_draft(session, report_id, TELLING, by=force.officer("tom"))
    assert draft_at(force, draft_id).content == SAFE
    with force.database.begin() as session:
        take_back(session, draft_id, by=force.officer("tom"))
    assert drafted(force, report_id, TELLING) == draft_id


def test_nobody_takes_back_or_puts_forward_anothers_text(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = drafted(force, report_id, forward=False)
    with pytest.raises(SanitisingError, match="Only the officer who wrote"), force.database.begin() as session:
        submit_draft(session, draft_id, by=force.officer("tess"))
    drafted(force, report_id)
    with pytest.raises(SanitisingError, match="Only the officer who wrote"), force.database.begin() as session:
        take_back(session, draft_id, by=force.officer("tess"))


def test_warnings_are_read_before_a_text_is_put_forward(force: Force) -> None:
    draft_id = drafted(force, report_at_desk(force), TELLING, forward=False)
    for read in (None, "something else"):
        with pytest.raises(UnreadWarningsError), force.database.begin() as session:
            submit_draft(session, draft_id, by=force.officer("tom"), warnings_read=read)
    assert drafted(force, draft_at(force, draft_id).report_id, TELLING) == draft_id


def test_the_reporters_wording_is_a_warning(force: Force) -> None:
    copied = replace(SAFE, text="The little lad carries the bag up for him.")
    draft_id = drafted(force, report_at_desk(force, ORIGINAL), copied, forward=False)
    with pytest.raises(UnreadWarningsError), force.database.begin() as session:
        submit_draft(session, draft_id, by=force.officer("tom"))


def test_a_text_is_graded_no_better_than_what_it_came_from(force: Force) -> None:
    report_id = report_at_desk(force)
    direct = Grade(intelligence=Intelligence.KNOWN_DIRECTLY, basis="says they saw it")
    better = replace(SAFE, grade=replace(SAFE.grade, intelligence=Intelligence.KNOWN_DIRECTLY))
    with pytest.raises(UngradableError, match="No item"):
        drafted(force, report_id, better)
    with force.database.begin() as session:
        grade_item(session, report_id, 1, direct, by=force.officer("tom"))
    draft_id = drafted(force, report_id, better)
    assert draft_at(force, draft_id).content.grade.basis == ""


def test_who_could_have_known_is_asked_before_it_goes_on(force: Force) -> None:
    with pytest.raises(SanitisingError, match="how many people"):
        drafted(force, report_at_desk(force), replace(SAFE, knowers=None))


def test_two_officers_write_texts_of_their_own(force_on_both: Force) -> None:
    force = force_on_both
    report_id = report_at_desk(force)
    by_tom = drafted(force, report_id)
    by_tess = drafted(force, report_id, replace(SAFE, text="Another text."), by="tess")
    assert by_tom != by_tess
    with force.database.look() as session:
        found = drafts_of(session, report_id, by=force.officer("tom"))
        waiting = drafts_waiting(session, by=force.officer("tom"))
    assert [(one.id, one.version) for one in found] == [(by_tess, 2), (by_tom, 1)]
    assert {one.id for one in waiting} == {by_tom, by_tess}


def test_of_two_second_officers_the_first_answer_counts(force_on_both: Force) -> None:
    force = force_on_both
    draft_id = drafted(force, report_at_desk(force))
    seen = draft_at(force, draft_id).seen
    with force.database.begin() as session:
        return_draft(session, draft_id, by=force.officer("tess"), note="Not yet", seen=seen)
    with pytest.raises(SanitisingError, match="not waiting"), force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("sam"), seen=seen)
    assert draft_at(force, draft_id).state is DraftState.RETURNED


def test_nobody_agrees_to_a_text_they_have_not_seen(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = drafted(force, report_id)
    seen = draft_at(force, draft_id).seen
    with force.database.begin() as session:
        take_back(session, draft_id, by=force.officer("tom"))
    drafted(force, report_id, TELLING)
    with pytest.raises(OutOfDateError), force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("tess"), seen=seen)


def test_two_windows_of_one_officer_do_not_write_over_each_other(force_on_both: Force) -> None:
    force = force_on_both
    report_id = report_at_desk(force)
    tom = force.officer("tom")
    with force.database.begin() as session:
        draft_id = save_draft(session, report_id, SAFE, by=tom, seen="")
    with pytest.raises(OutOfDateError), force.database.begin() as session:
        save_draft(session, report_id, TELLING, by=tom, seen="")
    assert draft_at(force, draft_id).content == SAFE
    with force.database.begin() as session:
        assert save_draft(session, report_id, TELLING, by=tom, seen=draft_at(force, draft_id).seen) == draft_id


def test_a_double_click_makes_one_text(force_on_both: Force) -> None:
    force = force_on_both
    report_id = report_at_desk(force)
    tom = [force.officer("tom") for _ in range(2)]

    def save(officer: Officer) -> object:
        with force.database.begin() as session:
            return save_draft(session, report_id, SAFE, by=officer, seen="")

    got = at_once(*(partial(save, one) for one in tom))
    assert sorted(type(one).__name__ for one in got) == ["OutOfDateError", "UUID"]


def test_one_agrees_and_one_sends_back_at_once(force_on_both: Force) -> None:
    force = force_on_both
    draft_id = drafted(force, report_at_desk(force))
    tess, sam = force.officer("tess"), force.officer("sam")

    def agree() -> object:
        with force.database.begin() as session:
            approve_draft(session, draft_id, by=tess)
        return DraftState.APPROVED

    def send_back() -> object:
        with force.database.begin() as session:
            return_draft(session, draft_id, by=sam, note="Not yet")
        return DraftState.RETURNED

    got = at_once(agree, send_back)
    assert [type(one) for one in got].count(SanitisingError) == 1
    assert draft_at(force, draft_id).state in got


def test_one_saves_and_one_agrees_at_once_and_neither_waits_for_the_other(force_on_both: Force) -> None:
    force = force_on_both
    tom, tess = force.officer("tom"), force.officer("tess")
    for _ in range(6):
        report_id = report_at_desk(force)
        draft_id = drafted(force, report_id)

        def save(report_id: UUID = report_id) -> object:
            with force.database.begin() as session:
                return save_draft(session, report_id, SAFE, by=tom)

        def agree(draft_id: UUID = draft_id) -> object:
            with force.database.begin() as session:
                approve_draft(session, draft_id, by=tess)
            return DraftState.APPROVED

        saved, agreed = at_once(save, agree)
        assert agreed is DraftState.APPROVED
        assert isinstance(saved, (UUID, SanitisingError))


def test_a_closed_report_has_no_new_texts(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = drafted(force, report_id)
    with force.database.begin() as session:
        close(session, report_id, reason="Known already", by=force.officer("tom"))
    with pytest.raises(ReportClosedError):
        drafted(force, report_id, by="tess")
    with pytest.raises(ReportClosedError), force.database.begin() as session:
        approve_draft(session, draft_id, by=force.officer("tess"))


def test_a_text_is_sealed_under_its_reports_key(force: Force) -> None:
    draft_id = drafted(force, report_at_desk(force))
    nell = force.officer("nell")
    with force.database.begin() as session:
        row = session.get(DraftRow, draft_id)
        assert row is not None
        assert b"drugs" not in row.sealed
        with pytest.raises(NoKeyError):
            draft_of(session, draft_id, by=nell)
        assert drafts_waiting(session, by=nell) == ()


def test_there_is_no_text_of_a_guessed_id(force: Force) -> None:
    for act in (submit_draft, approve_draft, take_back):
        with pytest.raises(NotFoundError), force.database.begin() as session:
            act(session, uuid4(), by=force.officer("tom"))
