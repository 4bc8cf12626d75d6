"""A person comes back with their receipt, days later."""

from envelope.mailbox import NoticeState, Receipt
from tests.pages import PageClient, text_of
from tests.public_form import PublicForm


def sends_a_report(reporter: PageClient) -> str:
    """Send something and copy the eight words from the page."""
    reporter.page("/")
    reporter.submit(button="Start")
    reporter.submit(what="Men carry boxes at night", button="check")
    reporter.submit(button="Send")
    [words] = [one for one in reporter.root.iter("ol") if one.get("class") == "qw-receipt-words"]
    return " ".join(text_of(word) for word in words)


def test_a_reporter_learns_that_a_person_has_read_it(public_form: PublicForm) -> None:
    words = sends_a_report(public_form.person)
    later = public_form.person
    later.page("/")
    later.follow("Check a receipt")
    later.submit(receipt=words.upper(), button="Check")
    later.sees("No news yet")
    [report] = public_form.reports()
    receipt = Receipt.parse(words)
    public_form.publish_notice(receipt, NoticeState.READ)
    later.page("/receipt")
    later.submit(receipt=f"  {words.replace(' ', ', ')} ", button="Check")
    later.sees("A person on the team has read your report")
    assert report.mailbox.lookup_id == public_form.lookup_id(receipt)


def test_a_reporter_copies_one_word_wrongly_and_is_helped(public_form: PublicForm) -> None:
    words = sends_a_report(public_form.person).split()
    person = public_form.person
    person.page("/receipt")
    person.submit(receipt=" ".join([*words[:7], words[7] + "q"]), button="Check")
    assert "The eighth word" in person.errors()[0]
    person.submit(receipt=" ".join(words), button="Check")
    person.sees("No news yet")


def test_a_reporter_who_is_afraid_burns_the_mailbox(public_form: PublicForm) -> None:
    words = sends_a_report(public_form.person)
    public_form.publish_notice(Receipt.parse(words), NoticeState.READ)
    person = public_form.person
    person.page("/receipt")
    person.submit(receipt=words, button="Check")
    person.submit(button="Burn this mailbox")
    person.sees("cannot be undone")
    person.submit(button="Yes, burn it")
    person.page("/receipt")
    person.submit(receipt=words, button="Check")
    person.sees("No news yet")
