"""Adding to a report: the reporter's own choice, with the same receipt, and alike for every receipt there could be."""

import pytest

from envelope.mailbox import Mailbox, NoticeState, Receipt, added_message
from reporting.questions import QUESTIONS, QUESTIONS_ADDING
from tests.pages import PageClient, text_of
from tests.public_form import PublicForm


def sent(form: PublicForm, what: str = "Men carry boxes at night") -> PageClient:
    """Somebody on the page that says "Sent"."""
    person = form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what=what, button="check")
    person.submit(button="Send")
    return person


def words_on(person: PageClient) -> str:
    [words] = [one for one in person.root.iter("ol") if one.get("class") == "qw-receipt-words"]
    return " ".join(text_of(word) for word in words)


def looking(form: PublicForm, words: str) -> PageClient:
    person = form.person
    person.page("/receipt")
    person.submit(receipt=words, button="Check")
    return person


def add(person: PageClient, what: str) -> None:
    """From the first page of adding to the page that says "Added"."""
    person.submit(button="Start")
    person.submit(what=what, button="check")
    person.sees("You are adding to a report")
    person.submit(button="Send")


def test_what_was_forgotten_is_added_from_the_sent_page_with_the_same_receipt(public_form_on_both: PublicForm) -> None:
    person = sent(public_form_on_both)
    words = words_on(person)
    person.submit(button="Add something you forgot")
    assert person.heading() == "Add to your report"
    add(person, "The van is a grey one")
    assert person.heading() == "Added"
    person.sees("It is the same receipt as before")
    assert words_on(person) == words
    first, second = sorted(public_form_on_both.reports(), key=lambda report: report.adds)
    assert (first.adds, second.adds) == (False, True)
    assert first.mailbox == second.mailbox == Mailbox.from_receipt(Receipt.parse(words)).address


def test_with_a_receipt_something_is_added_later(public_form: PublicForm) -> None:
    words = words_on(sent(public_form))
    public_form.today = public_form.today.replace(day=25)
    public_form.publish_key(box_id=b"c" * 16)
    person = looking(public_form, words)
    person.submit(button="Add to your report")
    person.sees("both are from the same person")
    add(person, "The van is a grey one")
    assert person.heading() == "Added"
    assert len(public_form.drops()) == 2


def test_adding_asks_fewer_questions_and_only_the_first_is_compulsory(public_form: PublicForm) -> None:
    person = sent(public_form)
    person.submit(button="Add something you forgot")
    person.submit(button="Start")
    person.submit(what="", button="Continue")
    assert person.errors() == ["Enter what you have seen or heard"]
    person.submit(what="The van is a grey one", button="Continue")
    headings = []
    while person.heading() != "Check your answers":
        headings.append(person.heading())
        person.submit(button="Continue")
    left_out = {question.heading for question in QUESTIONS} - {question.heading for question in QUESTIONS_ADDING}
    assert "How do you know?" in left_out
    assert not left_out & set(headings)
    person.submit(button="Back")
    person.sees("Is anyone in danger right now")
    person.submit(button="Continue")
    person.submit(button="change-where")
    person.submit(where="By the arch", button="Continue")
    person.submit(button="Send")
    assert person.heading() == "Added"


def test_back_from_the_first_question_leads_to_what_adding_means(public_form: PublicForm) -> None:
    person = sent(public_form)
    person.submit(button="Add something you forgot")
    person.submit(button="Start")
    person.submit(button="Back")
    assert person.heading() == "Add to your report"


def test_adding_the_same_words_twice_is_one_addition(public_form_on_both: PublicForm) -> None:
    person = sent(public_form_on_both)
    words = words_on(person)
    for _ in range(2):
        person = looking(public_form_on_both, words)
        person.submit(button="Add to your report")
        add(person, "The van is a grey one")
        assert person.heading() == "Added"
    assert len(public_form_on_both.drops()) == 2


def test_adding_the_very_words_of_the_report_is_an_addition_all_the_same(public_form: PublicForm) -> None:
    """The drop is named by the receipt and by what is sent, so nothing is lost as "already sent"."""
    person = sent(public_form, "Men carry boxes at night")
    person.submit(button="Add something you forgot")
    add(person, "Men carry boxes at night")
    assert sorted(report.adds for report in public_form.reports()) == [False, True]


def test_an_addition_can_say_that_someone_is_in_danger_now(public_form: PublicForm) -> None:
    person = sent(public_form)
    person.submit(button="Add something you forgot")
    person.submit(button="Start")
    person.submit(what="They have him in the flat", button="check")
    person.submit(button="change-danger")
    person.submit(danger="yes", button="Continue")
    person.submit(button="Send")
    person.sees("If you have not called 999 yet, do it now")
    assert sorted(danger for _, _, danger, _ in public_form.drops()) == [False, True]


def test_known_unknown_expired_and_burnt_receipts_lead_to_the_same_pages(public_form: PublicForm) -> None:
    """Byte for byte but for what is sealed, and the sealed state has one length."""
    known, unknown, expired, burnt = (Receipt.generate() for _ in range(4))
    public_form.publish_notice(known, NoticeState.READ)
    public_form.publish_notice(expired, NoticeState.READ, days=-1)
    person = looking(public_form, " ".join(burnt.words()))
    person.submit(button="Burn this mailbox")
    person.submit(button="Yes, burn it")
    pages = set()
    for receipt in (known, unknown, expired, burnt):
        person = looking(public_form, " ".join(receipt.words()))
        person.submit(button="Add to your report")
        state = person.value("csrf_token")
        add_page = person.response.text.replace(state, "")
        person.submit(button="Start")
        pages.add((add_page, len(state), person.response.text.replace(person.value("csrf_token"), "")))
    assert len(pages) == 1


def test_a_stored_addition_is_of_the_size_of_a_report(public_form: PublicForm) -> None:
    person = sent(public_form)
    person.submit(button="Add something you forgot")
    add(person, "The van is a grey one")
    assert len({len(sealed) for _, sealed, _, _ in public_form.drops()}) == 1


@pytest.mark.parametrize(
    ("own", "added", "sees", "not_sees"),
    [
        (NoticeState.CLOSED, NoticeState.RECEIVED, ("Closed", "The team has what you added."), ()),
        (NoticeState.READ, NoticeState.READ, ("Read by a person", "has read what you added"), ()),
        (None, NoticeState.CLOSED, ("What you added", "has finished with what you added"), ("No news yet",)),
        (NoticeState.READ, None, ("Read by a person",), ("has read what you added",)),
    ],
)
def test_news_of_a_report_and_of_what_was_added_are_told_apart(
    public_form: PublicForm,
    own: NoticeState | None,
    added: NoticeState | None,
    sees: tuple[str, ...],
    not_sees: tuple[str, ...],
) -> None:
    receipt = Receipt.generate()
    if own:
        public_form.publish_notice(receipt, own, message=own.value)
    if added:
        public_form.publish_notice(receipt, added, message=added_message(added))
    person = looking(public_form, " ".join(receipt.words()))
    news = text_of(next(one for one in person.root.iter("div") if one.get("class") == "govuk-inset-text"))
    assert all(words in news for words in sees)
    assert not any(words in news for words in not_sees)
    unknown = looking(public_form, " ".join(Receipt.generate().words()))
    assert len(person.response.data) == len(unknown.response.data)
