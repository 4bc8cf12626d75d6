"""The pages of sanitising, as two officers use them: nothing typed is lost, and nothing leaves by one hand."""

from uuid import UUID

import pytest

from tests.desk_work import SAFE, SAFE_TEXT, drafted, report_at_desk
from tests.force import Force, client_for
from tests.pages import PageClient

SCRIPT = "<script>alert(1)</script>"
TELLING = "My cousin saw it at 21:40"


@pytest.fixture
def report_id(force: Force) -> UUID:
    return report_at_desk(force, who="Big Tony and Mrs Thornby", how="saw")


@pytest.fixture
def tom(force: Force, report_id: UUID) -> PageClient:
    client = client_for(force, "tom")
    client.page(f"/reports/{report_id}/sanitise")
    return client


def test_the_original_stands_beside_the_text(tom: PageClient) -> None:
    tom.sees("the little lad carries the bag")
    tom.sees("They saw it or heard it themselves")
    assert tom.value("text").strip() == ""
    assert tom.value("grade") == "2/D"
    assert tom.value("handling") == "C"


def test_checking_says_what_points_back_and_keeps_nothing(tom: PageClient, report_id: UUID) -> None:
    tom.submit(text=TELLING, button="Check")
    tom.sees("2 warnings")
    tom.sees("Leave the relation out")
    assert tom.value("text").strip() == TELLING
    tom.page(f"/reports/{report_id}/sanitise")
    assert tom.value("text").strip() == ""


def test_each_warning_of_the_list_leads_to_its_marked_words(tom: PageClient) -> None:
    tom.submit(text=TELLING, button="Check")
    marks = {mark.get("id"): "".join(mark.itertext()) for mark in tom.root.iter("mark")}
    assert marks == {"words-1": "My cousin", "words-2": "21:40"}


def test_checking_a_harmless_text_says_so(tom: PageClient) -> None:
    tom.submit(text=SAFE_TEXT, button="Check")
    tom.sees("No warnings")


def test_checking_nothing_asks_for_a_text(tom: PageClient) -> None:
    tom.submit(button="Check")
    assert tom.errors() == ["Enter the text that may leave."]


def test_a_half_written_text_is_saved_and_found_again(tom: PageClient, report_id: UUID) -> None:
    tom.submit(text=TELLING, do_not="Do not knock\n\n  Do not call ", button="Save")
    tom.sees("Saved")
    tom.page(f"/reports/{report_id}/sanitise")
    assert tom.value("text").strip() == TELLING
    assert tom.value("do_not").strip() == "Do not knock\nDo not call"


def test_all_that_is_missing_is_said_at_once_and_every_word_stays(tom: PageClient) -> None:
    typed = {
        "text": TELLING,
        "request": "Look for a silver van",
        "risk_notes": "A dog",
        "do_not": "Do not knock",
        "harmless_names": "Mrs Thornby",
        "instructions": "For this team alone.",
    }
    tom.submit(typed, button="Put forward")
    assert tom.errors() == [
        "Choose how many people could have known this.",
        "Read each warning. Then tick that you have read them, and put the text forward again.",
    ]
    for name, words in typed.items():
        assert tom.value(name).strip() == words


def test_conditions_that_are_missing_are_asked_for_where_they_stand(tom: PageClient) -> None:
    tom.submit(text=SAFE_TEXT, knowers="many", instructions="", sanction=None, button="Put forward")
    assert tom.errors() == ["Enter the conditions on sharing", "Choose who must agree first: S1 or S2"]
    assert tom.value("text").strip() == SAFE_TEXT


def test_a_tick_counts_for_the_warnings_that_were_on_the_page(tom: PageClient) -> None:
    tom.submit(text=TELLING, button="Check")
    tom.submit(text=f"{TELLING}. We live there.", knowers="many", warnings_read="y", button="Put forward")
    assert tom.errors() == ["Read each warning. Then tick that you have read them, and put the text forward again."]
    tom.sees("3 warnings")
    tom.submit(warnings_read="y", button="Put forward")
    tom.sees("Another officer finds it")


def test_a_warning_never_blocks(tom: PageClient) -> None:
    tom.submit(text=TELLING, knowers="many", button="Check")
    tom.submit(warnings_read="y", button="Put forward")
    tom.sees("Put forward")


def test_the_drafter_is_told_why_they_cannot_agree(force: Force, tom: PageClient) -> None:
    tom.submit(text=SAFE_TEXT, knowers="many", button="Put forward")
    tom.sees("You wrote this text, so another officer must agree to it.")
    assert not tom.root.findall(".//button[@name='agree']")
    path = tom.path.partition("?")[0]
    tom.post(path, {"agree": "yes", "csrf_token": tom.value("csrf_token"), "seen": ""})
    assert tom.errors() == ["You wrote this text, so another officer must agree to it."]
    tess = client_for(force, "tess")
    tess.page("/sanitised")
    tess.sees("Waits for you")
    tom.page("/sanitised")
    tom.sees("Another officer has to agree")


def test_a_second_officer_sends_back_and_then_agrees(force: Force, tom: PageClient, report_id: UUID) -> None:
    tom.submit(text=SAFE_TEXT, knowers="many", button="Put forward")
    tess = client_for(force, "tess")
    tess.page("/sanitised")
    tess.follow(SAFE_TEXT[:40])
    tess.sees("the little lad carries the bag")
    tess.submit(button="Send back")
    assert tess.errors() == ["Enter what should be changed, so that the text can be written again."]
    tess.submit(note="Name the ward alone", button="Send back")
    tess.sees("Sent back")
    tom.page(f"/reports/{report_id}/sanitise")
    tom.sees("Tess Marlow sent it back")
    tom.sees("Name the ward alone")
    tom.submit(text="A man is believed to supply drugs in the ward.", button="Put forward")
    tess.page("/sanitised")
    tess.follow("in the ward")
    tess.submit(button="Agree: nothing points back")
    tess.sees("It can be referred to a team now.")


def test_an_answer_typed_over_another_officers_answer_is_not_lost(force: Force, report_id: UUID) -> None:
    draft_id = drafted(force, report_id)
    tess, sam = client_for(force, "tess"), client_for(force, "sam")
    for client in (tess, sam):
        client.page(f"/sanitised/{draft_id}")
    sam.submit(button="Agree: nothing points back")
    tess.submit(note="It names the ward", button="Send back")
    assert tess.errors() == ["This text is not waiting for a second officer."]
    tess.sees("It names the ward")
    tess.sees("Agreed")


def test_only_a_supervisor_sees_the_way_past_a_few_knowers(force: Force, tom: PageClient) -> None:
    tom.submit(text=SAFE_TEXT, knowers="2 to 5", button="Put forward")
    path = tom.path.partition("?")[0]
    tess, sam = client_for(force, "tess"), client_for(force, "sam")
    tess.page(path)
    tess.sees("a supervisor has to")
    tess.does_not_see("override_reason")
    tess.post(path, {"agree": "yes", "override_reason": "x", "csrf_token": tess.value("csrf_token"), "seen": ""})
    assert tess.errors()
    sam.page(path)
    sam.submit(button="Agree: nothing points back")
    assert "Enter why it may leave" in sam.errors()[0]
    sam.submit(override_reason="They have all moved away", button="Agree: nothing points back")
    sam.sees("They have all moved away")


def test_a_few_knowers_are_the_only_ones_asked_about(force: Force, report_id: UUID) -> None:
    draft_id = drafted(force, report_id)
    sam = client_for(force, "sam")
    sam.page(f"/sanitised/{draft_id}")
    sam.does_not_see("override_reason")


def test_what_was_written_in_two_windows_is_all_there(force: Force, tom: PageClient, report_id: UUID) -> None:
    other = client_for(force, "tom")
    other.page(f"/reports/{report_id}/sanitise")
    other.submit(text="What the other window says.", button="Save")
    tom.submit(text="What this window says.", button="Save")
    assert "while you were working on it" in tom.errors()[0]
    assert tom.value("text").strip() == "What this window says."
    tom.sees("What the other window says.")
    tom.submit(button="Save")
    tom.sees("Saved")
    assert tom.value("text").strip() == "What this window says."


def test_a_page_from_before_it_was_put_forward_keeps_its_words(force: Force, tom: PageClient, report_id: UUID) -> None:
    drafted(force, report_id)
    tom.submit(text="What this window says.", button="Save")
    assert tom.errors()
    assert tom.value("text").strip() == "What this window says."


def test_a_waiting_text_is_shown_and_can_be_taken_back(force: Force, tom: PageClient, report_id: UUID) -> None:
    drafted(force, report_id)
    tom.page(f"/reports/{report_id}/sanitise")
    tom.sees("Take it back")
    tom.submit(button="Take it back to change it")
    assert tom.value("text").strip() == SAFE_TEXT


def test_script_in_every_field_is_inert(force: Force) -> None:
    report_id = report_at_desk(force, SCRIPT, who=SCRIPT)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}/sanitise")
    fields = dict.fromkeys(
        ("text", "request", "risk_notes", "do_not", "harmless_names", "instructions", "usage"), SCRIPT
    )
    tom.submit(fields, action="A3", knowers="many", button="Check")
    tom.submit(warnings_read="y", button="Put forward")
    assert tom.errors() == []
    path = tom.path.partition("?")[0]
    tess = client_for(force, "tess")
    for page in (tom, tess):
        page.page(path)
        page.sees(SCRIPT)
        page.does_not_see(SCRIPT)
    tess.page("/sanitised")
    tess.does_not_see(SCRIPT)
    tess.page(path)
    tess.submit(note=SCRIPT, button="Send back")
    tess.sees(SCRIPT)
    tess.does_not_see(SCRIPT)


def test_what_nobody_can_read_is_said_and_the_rest_stays(tom: PageClient) -> None:
    tom.submit(text="A man\x00 supplies drugs \u202e backwards", knowers="many", button="Put forward")
    assert "could not be read" in tom.errors()[0]
    assert "supplies drugs" in tom.value("text")


def test_a_text_too_long_is_refused_whole_and_given_back(tom: PageClient) -> None:
    long = "word " * 4_500
    tom.submit(text=long, knowers="many", button="Save")
    assert "too many" in tom.errors()[0]
    assert tom.value("text").strip() == long.strip()


def test_a_choice_nobody_offered_is_asked_again(tom: PageClient) -> None:
    tom.submit(
        {"text": SAFE_TEXT, "knowers": "nobody", "grade": "1/A", "handling": "X", "action": "Z9"}, button="Put forward"
    )
    assert tom.errors()
    assert tom.value("text").strip() == SAFE_TEXT


def test_a_team_member_reaches_none_of_it(force: Force, report_id: UUID) -> None:
    draft_id = drafted(force, report_id, SAFE)
    nell = client_for(force, "nell")
    for path in (f"/reports/{report_id}/sanitise", "/sanitised", f"/sanitised/{draft_id}"):
        nell.page(path, status=403)
        nell.does_not_see(SAFE_TEXT)
