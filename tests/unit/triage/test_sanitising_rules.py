"""When a sanitised text may go on: two people, warnings read, an answer given, and a grade that an item has."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.desk_work import CONDITIONAL, SAFE
from triage.grading.rules import Action, Grade, Handling, Intelligence, Source, UngradableError
from triage.sanitising.checks import check
from triage.sanitising.draft import LONGEST_TEXT, DraftText
from triage.sanitising.rules import (
    DraftState,
    Knowers,
    SanitisingError,
    UnreadWarningsError,
    allowed_grades,
    digest_of,
    require_answer,
    require_release,
    require_second_person,
    require_text_grade,
    require_warnings_read,
    require_writable,
)


@pytest.mark.parametrize("state", [DraftState.SUBMITTED, DraftState.APPROVED])
def test_what_was_put_forward_or_agreed_is_not_changed(state: DraftState) -> None:
    with pytest.raises(SanitisingError, match="sent back"):
        require_writable(state)


@pytest.mark.parametrize("state", [DraftState.DRAFT, DraftState.RETURNED])
def test_a_draft_and_what_was_sent_back_can_be_written(state: DraftState) -> None:
    require_writable(state)


def test_whoever_drafts_never_approves() -> None:
    drafter = uuid4()
    with pytest.raises(SanitisingError, match="another officer"):
        require_second_person(drafter, drafter)
    require_second_person(drafter, uuid4())


@pytest.mark.parametrize("knowers", [Knowers.ONE, Knowers.FEW])
def test_five_or_fewer_block_unless_a_supervisor_says_why(knowers: Knowers) -> None:
    with pytest.raises(SanitisingError, match="supervisor"):
        require_release(knowers, may_override=False, override_reason="I am sure")
    with pytest.raises(SanitisingError, match="Enter why"):
        require_release(knowers, may_override=True, override_reason="  ")
    require_release(knowers, may_override=True, override_reason="They have left the country")


@pytest.mark.parametrize("knowers", [Knowers.SOME, Knowers.MANY, Knowers.PUBLIC])
def test_six_or_more_need_no_supervisor(knowers: Knowers) -> None:
    require_release(knowers, may_override=False, override_reason="")


def test_who_could_have_known_has_to_be_answered() -> None:
    with pytest.raises(SanitisingError, match="how many people"):
        require_answer(None)


def test_a_warning_that_was_not_on_the_page_has_not_been_read() -> None:
    shown, now = check("It was at 21:40"), check("It was at 21:40 and my cousin saw it")
    require_warnings_read(shown, read=digest_of(shown))
    for read in (None, "", digest_of(shown)):
        with pytest.raises(UnreadWarningsError):
            require_warnings_read(now, read=read)


def test_nothing_to_read_asks_for_no_tick() -> None:
    require_warnings_read((), read=None)


def test_the_same_warning_elsewhere_in_the_text_need_not_be_read_again() -> None:
    shown, moved = check("At 21:40 a car came"), check("In the street a car came at 21:40")
    require_warnings_read(moved, read=digest_of(shown))


def test_a_text_may_have_the_grade_of_an_item_or_2_d_and_no_other() -> None:
    of_items = [Grade(intelligence=Intelligence.KNOWN_INDIRECTLY, basis="was told")]
    assert allowed_grades(of_items) == (
        (Source.UNTESTED, Intelligence.KNOWN_INDIRECTLY),
        (Source.UNTESTED, Intelligence.NOT_KNOWN),
    )
    require_text_grade(CONDITIONAL, of_items)
    require_text_grade(replace(CONDITIONAL, intelligence=Intelligence.KNOWN_INDIRECTLY), of_items)
    with pytest.raises(UngradableError, match="No item of this report is graded 2/A"):
        require_text_grade(replace(CONDITIONAL, intelligence=Intelligence.KNOWN_DIRECTLY), of_items)


def test_conditional_sharing_needs_its_conditions() -> None:
    with pytest.raises(UngradableError) as refused:
        require_text_grade(Grade(handling=Handling.WITH_CONDITIONS), [])
    assert {problem.part for problem in refused.value.problems} == {"instructions", "action", "sanction"}
    with pytest.raises(UngradableError, match="overtly"):
        require_text_grade(replace(CONDITIONAL, action=Action.OVERT_USE), [])


def test_provenance_never_leaves_with_a_text() -> None:
    graded = Grade(
        source=Source.NOT_RELIABLE,
        intelligence=Intelligence.SUSPECTED_FALSE,
        source_reason="has lied before",
        basis="says they saw it",
        corroborated_by=uuid4(),
        rationale="the dates differ",
        risk="none",
    )
    kept = DraftText(text="A text.", grade=graded).grade
    assert kept == Grade(source=Source.NOT_RELIABLE, intelligence=Intelligence.SUSPECTED_FALSE)


def test_all_free_words_are_held_against_the_checks() -> None:
    content = replace(
        SAFE, request="Look for a van", risk_notes="A dog", do_not=("Do not knock",), harmless_names=("Mrs Thornby",)
    )
    told = content.everything_that_leaves()
    for words in (SAFE.text, "Look for a van", "A dog", "Do not knock", CONDITIONAL.instructions):
        assert words in told
    assert "Thornby" not in told


def test_an_empty_text_and_one_too_long_say_what_to_do() -> None:
    with pytest.raises(SanitisingError, match="Enter the text"):
        DraftText(text=" \n", grade=Grade())
    with pytest.raises(SanitisingError, match="Shorten"):
        DraftText(text="a" * LONGEST_TEXT, grade=Grade(), request="b")


def test_a_text_comes_back_from_its_body_as_it_was() -> None:
    for content in (SAFE, replace(SAFE, knowers=None, do_not=("One", "Two"), harmless_names=("Ann",))):
        assert DraftText.from_body(content.to_body()) == content
