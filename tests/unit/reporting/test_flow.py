"""The way through the form, button by button."""

import pytest

from envelope.mailbox import Receipt
from envelope.report import MediaType, PartReference
from reporting.flow import turn
from reporting.questions import QUESTIONS
from reporting.state import CHECK, FILES, START, AddedFile, Draft

RECEIPT = Receipt(b"\x01" * 12)
STEPS = [question.id for question in QUESTIONS]
STEPS.insert(STEPS.index("things") + 1, FILES)


def draft_at(step: str, *, changing: bool = False, **answers: str) -> Draft:
    return Draft(RECEIPT, step, {"what": "seen"} | answers if step != "what" else answers, changing)


def test_continue_leads_through_every_question_to_the_check_page() -> None:
    draft, steps = Draft(RECEIPT, START), []
    while draft.step != CHECK:
        draft = turn(draft, "continue", {"what": "seen"}).draft
        steps.append(draft.step)
    assert steps == [*STEPS, CHECK]


def test_back_leads_all_the_way_to_the_start() -> None:
    draft, steps = draft_at(CHECK), []
    while draft.step != START:
        draft = turn(draft, "back", {"what": "seen"}).draft
        steps.append(draft.step)
    assert steps == [*reversed(STEPS), START]


def test_back_keeps_what_was_just_typed() -> None:
    taken = turn(draft_at("who"), "back", {"who": "Big Tony"})
    assert taken.draft.answers["who"] == "Big Tony"
    assert taken.draft.step == "what"
    assert taken.typed == {"what": "seen"}


def test_back_from_an_empty_first_question_is_allowed() -> None:
    assert turn(draft_at("what"), "back", {"what": ""}).draft.step == START


def test_back_with_too_many_words_stays_so_that_none_is_lost() -> None:
    taken = turn(draft_at("where"), "back", {"where": "x" * 2_001})
    assert taken.draft.step == "where"
    assert taken.typed == {"where": "x" * 2_001}
    assert taken.problems


def test_after_the_first_question_one_may_go_straight_to_the_check_page() -> None:
    assert turn(draft_at("what"), "check", {"what": "seen"}).draft.step == CHECK


def test_nobody_passes_the_first_question_without_an_answer() -> None:
    for go in ("continue", "check"):
        taken = turn(draft_at("what"), go, {"what": " "})
        assert taken.draft.step == "what"
        assert taken.problems == {"what": "Enter what you have seen or heard"}


def test_a_change_leads_back_to_the_check_page() -> None:
    asked = turn(draft_at(CHECK, who="Tony"), "change-who", {})
    assert asked.draft.step == "who"
    assert asked.typed == {"who": "Tony", "police": ""}
    for go in ("continue", "back", "check"):
        changed = turn(asked.draft, go, {"who": "Big Tony"})
        assert (changed.draft.step, changed.draft.answers["who"]) == (CHECK, "Big Tony")


def test_an_answer_can_be_taken_out_again() -> None:
    asked = turn(draft_at(CHECK, who="Tony"), "change-who", {})
    assert "who" not in turn(asked.draft, "continue", {"who": ""}).draft.answers


@pytest.mark.parametrize("go", ["", "look", "change-", "change-nothing", "SEND", "continue", "\x00"])
def test_nothing_but_send_sends(go: str) -> None:
    taken = turn(draft_at(CHECK), go, {"go": "send"})
    assert not taken.send
    assert taken.draft.step == CHECK


def test_send_sends_only_from_the_check_page() -> None:
    assert turn(draft_at(CHECK), "send", {}).send
    for step in (START, "what", "who", "danger", "nowhere"):
        assert not turn(draft_at(step), "send", {"what": "seen"}).send


def test_a_missing_button_means_continue_on_a_question() -> None:
    assert turn(draft_at("what"), "", {"what": "seen"}).draft.step == "who"


def test_a_check_page_without_the_first_answer_asks_for_it() -> None:
    taken = turn(Draft(RECEIPT, CHECK, {"who": "Tony"}), "send", {})
    assert not taken.send
    assert taken.draft.step == "what"
    assert taken.problems


def test_an_unknown_step_begins_again_at_the_first_question() -> None:
    assert turn(draft_at("nowhere"), "continue", {}).draft.step == "what"


def added(number: int) -> AddedFile:
    return AddedFile(PartReference(bytes([number]) * 16, 9, bytes(32), bytes(16), MediaType.JPEG), 10)


def with_files(step: str, *, changing: bool = False) -> Draft:
    return draft_at(step, changing=changing).adding(added(0)).adding(added(1)).adding(added(2))


def test_a_file_can_be_taken_out_again_and_the_others_stay() -> None:
    taken = turn(with_files(FILES), "remove-1", {})
    assert taken.draft.step == FILES
    assert taken.draft.files == (added(0), added(2))


@pytest.mark.parametrize(
    "go", ["add", "remove-", "remove-3", "remove-99999999999", "remove--1", "remove-x", "remove-²"]
)
def test_no_other_button_takes_a_file_out(go: str) -> None:
    assert turn(with_files(FILES), go, {}).draft.files == (added(0), added(1), added(2))


def test_files_are_changed_from_the_check_page_and_lead_back_there() -> None:
    asked = turn(with_files(CHECK), "change-files", {})
    assert asked.draft.step == FILES
    for go in ("continue", "back", "check"):
        assert turn(asked.draft, go, {}).draft.step == CHECK
    for go in ("add", "remove-0"):
        assert turn(asked.draft, go, {}).draft.changing


def test_the_files_stay_with_the_report_on_every_page() -> None:
    draft = with_files(START)
    while draft.step != CHECK:
        draft = turn(draft, "continue", {"what": "seen"}).draft
        assert draft.parts == tuple(added(number).part for number in range(3))
