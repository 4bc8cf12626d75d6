"""What is added to a report about the police goes to the readers of the report, and is not sent unasked."""

from dataclasses import replace

from envelope.mailbox import Receipt
from reporting.program import EXTENSION
from reporting.state import CHECK, Draft, seal_draft
from tests.form_apart import Apart, about_the_police
from tests.pages import PageClient
from tests.public_form import PublicForm

POLICE = "Does any of them work for the police, or for the people who read these reports?"


def adds_with_a_receipt(form: PublicForm) -> PageClient:
    """Somebody who wrote their receipt down, before the first question of what they add."""
    person = form.person
    person.page("/receipt")
    person.submit(receipt=" ".join(Receipt.generate().words()), button="Check")
    person.submit(button="Add to your report")
    return person


def test_what_is_added_from_the_sent_page_goes_to_the_same_readers_unless_its_sender_says_otherwise(
    apart: Apart,
) -> None:
    """Whoever forgot a name and presses on must not hand it, and that there is such a report, to triage."""
    apart.publish()
    person = about_the_police(apart.form)
    person.submit(button="Send")
    person.submit(button="Add something you forgot")
    person.submit(button="Start")
    person.submit(what="He drinks with the dealer", button="check")
    person.sees("Your report goes to a separate small team")
    person.submit(button="Send")
    assert len(apart.form.reports(apart.identity)) == 2
    person.submit(button="Add something you forgot")
    person.submit(button="Start")
    person.submit(what="Boxes at night", button="Continue")
    person.submit(police="no", button="Continue")
    person.submit(button="check")
    person.does_not_see("separate small team")


def test_what_is_added_with_a_receipt_is_not_sent_before_the_question_about_the_police_is_answered(
    apart: Apart,
) -> None:
    """Nobody remembers who reads the report: an addition to nothing would tell triage that there is one."""
    apart.publish()
    person = adds_with_a_receipt(apart.form)
    person.does_not_see("You only have to answer the first one")
    person.submit(button="Start")
    person.submit(what="He drinks with the dealer", button="check")
    assert person.heading() == "Who is doing it?"
    assert person.errors() == []
    person.submit(button="Continue")
    assert person.errors() == [POLICE]
    person.submit(button="Back")
    assert person.heading() == "What have you seen or heard?"
    person.submit(button="Continue")
    person.submit(who="Sergeant Vole", button="check")
    assert person.errors() == [POLICE]
    person.submit(police="yes", button="check")
    person.sees("Your report goes to a separate small team")
    person.submit(button="Send")
    assert [report.answers["who"] for report in apart.form.reports(apart.identity)] == ["Sergeant Vole"]


def test_a_button_of_another_page_does_not_send_an_addition_unasked(apart: Apart) -> None:
    apart.publish()
    draft = replace(Draft.addition_to(Receipt.generate()), step=CHECK, answers={"what": "He drinks with the dealer"})
    held = apart.form.app.extensions[EXTENSION]
    page = seal_draft(draft, held.page_state_keys, apart.form.today)
    person = apart.form.person
    person.page("/")
    for go in ("send", "send-to-team"):
        person.post("/", {"csrf_token": page, "go": go}, status=200)
        assert person.heading() == "Who is doing it?"
    assert apart.form.drops() == []


def test_without_a_key_of_such_a_box_an_addition_is_not_asked(public_form: PublicForm) -> None:
    person = adds_with_a_receipt(public_form)
    person.sees("You only have to answer the first one")
    person.submit(button="Start")
    person.submit(what="The van is a grey one", button="check")
    person.submit(button="Send")
    assert len(public_form.reports()) == 1
