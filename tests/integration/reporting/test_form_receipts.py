"""Checking a receipt: its holder learns how far the report has come, and nobody learns anything else."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, islice

import pytest

from envelope.mailbox import Mailbox, Notice, NoticeState, Receipt
from reporting.program import EXTENSION
from reporting.receipt import ALWAYS_OPENED, NO_NEWS, MailboxDesk
from store.errors import StoreUnavailableError
from store.noticeboard import Noticeboard, PublishedNotice
from tests.pages import PageClient
from tests.public_form import PublicForm


def look(form: PublicForm, receipt: Receipt, *, digits: bool = False) -> PageClient:
    person = form.person
    person.page("/receipt")
    person.submit(receipt=receipt.digits() if digits else " ".join(receipt.words()), button="Check")
    return person


class ClosedNoticeboard(Noticeboard):
    """A noticeboard whose database is away."""

    def __init__(self) -> None:
        """Nothing to open."""

    def notices(self, _lookup_id: bytes) -> tuple[PublishedNotice, ...]:
        raise StoreUnavailableError("away")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (NoticeState.RECEIVED, "has unlocked it"),
        (NoticeState.READ, "A person on the team has read your report"),
        (NoticeState.CLOSED, "has finished with your report"),
    ],
)
def test_the_holder_sees_how_far_the_report_has_come(
    public_form_on_both: PublicForm, state: NoticeState, words: str
) -> None:
    receipt = Receipt.generate()
    public_form_on_both.publish_notice(receipt, state)
    for digits in (False, True):
        person = look(public_form_on_both, receipt, digits=digits)
        person.sees(words)
        person.sees("22 November 2026")


def test_the_furthest_state_is_shown_whatever_the_order(public_form: PublicForm) -> None:
    receipt = Receipt.generate()
    for state in (NoticeState.READ, NoticeState.CLOSED, NoticeState.RECEIVED):
        public_form.publish_notice(receipt, state)
    look(public_form, receipt).sees("Closed")


def test_every_receipt_gets_a_page_of_the_same_status_headers_and_length(public_form: PublicForm) -> None:
    """Never used, sent and waiting, each state, taken down: only the words of the holder's own notice differ."""
    pages = [look(public_form, Receipt.generate())]
    for state in NoticeState:
        receipt = Receipt.generate()
        public_form.publish_notice(receipt, state)
        pages.append(look(public_form, receipt))
    with_words = Receipt.generate()
    public_form.publish_notice(with_words, NoticeState.READ, message="Which of these did you see yourself? <b> ä")
    pages.append(look(public_form, with_words))
    pages.append(look(public_form, with_words, digits=True))
    assert len({len(page.response.data) for page in pages}) == 1
    assert len({tuple(page.response.headers.items()) for page in pages}) == 1
    assert {page.heading() for page in pages} == {"News about your report"}


def test_a_receipt_nobody_used_and_one_without_news_give_the_same_words(public_form: PublicForm) -> None:
    used = Receipt.generate()
    assert look(public_form, used).text() == look(public_form, Receipt.generate()).text()
    look(public_form, used).sees("No news yet")


def test_an_expired_notice_is_gone_on_the_day_after_its_last(public_form: PublicForm) -> None:
    receipt = Receipt.generate()
    public_form.publish_notice(receipt, NoticeState.READ, days=1)
    public_form.today += timedelta(days=1)
    look(public_form, receipt).sees("Read by a person")
    public_form.today += timedelta(days=1)
    expired = look(public_form, receipt)
    expired.sees("No news yet")
    assert len(expired.response.data) == len(look(public_form, Receipt.generate()).response.data)


@pytest.mark.parametrize("notices", [0, 1, 3, 20])
def test_the_same_number_of_notices_is_opened_for_every_receipt(public_form: PublicForm, notices: int) -> None:
    opened: list[bytes] = []

    def counting(mailbox: Mailbox, sealed: bytes) -> Notice:
        opened.append(sealed)
        return mailbox.open_notice(sealed)

    held = public_form.app.extensions[EXTENSION]
    desk = MailboxDesk(held.noticeboard, held.dropbox, date(2026, 11, 22), open_notice=counting)
    receipt = Receipt.generate()
    for state in islice(cycle(NoticeState), notices):
        public_form.publish_notice(receipt, state)
    assert (desk.look(receipt, public_form.today) == NO_NEWS) == (notices == 0)
    assert len(opened) == ALWAYS_OPENED


def test_a_notice_put_in_another_mailbox_is_not_shown(public_form: PublicForm) -> None:
    mine, other = Receipt.generate(), Receipt.generate()
    public_form.publish_notice(other, NoticeState.CLOSED)
    held = public_form.app.extensions[EXTENSION]
    [notice] = held.noticeboard.notices(Mailbox.from_receipt(other).lookup_id)
    moved = replace(notice, notice_id=b"m" * 16, lookup_id=Mailbox.from_receipt(mine).lookup_id)
    public_form.publishing.publish_notices([moved])
    look(public_form, mine).sees("No news yet")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter your receipt"),
        ("abacus", "You entered one"),
        ("1234", "You entered 4"),
        ("zzyzx " * 8, "is not one of our words"),
        ("<script>alert(1)</script>", "is not one of our words"),
        ("x" * 5_000, "too long to be a receipt"),
        ("\x00\u202e", "Enter"),
    ],
)
def test_a_mistyped_receipt_is_told_what_is_wrong_and_stays_as_typed(
    public_form: PublicForm, typed: str, sentence: str
) -> None:
    person = public_form.person
    person.page("/receipt")
    person.submit(receipt=typed, button="Check")
    assert sentence in person.errors()[0]
    assert person.value("receipt").strip("\n") == typed.replace("\x00", "\ufffd")


def test_a_receipt_never_stands_in_an_address(public_form: PublicForm) -> None:
    person = look(public_form, Receipt.generate())
    assert person.path == "/receipt"
    assert all(form.get("method") == "post" for form in person.root.findall(".//form"))


def test_a_burnt_mailbox_shows_nothing_again(public_form_on_both: PublicForm) -> None:
    receipt = Receipt.generate()
    public_form_on_both.publish_notice(receipt, NoticeState.READ)
    person = look(public_form_on_both, receipt)
    person.submit(button="Burn this mailbox")
    person.submit(button="No, keep it")
    person.sees("Read by a person")
    person.submit(button="Burn this mailbox")
    person.submit(button="Yes, burn it")
    person.sees("The mailbox is burnt")
    look(public_form_on_both, receipt).sees("No news yet")


def test_burning_a_mailbox_nobody_used_looks_the_same(public_form: PublicForm) -> None:
    used = Receipt.generate()
    public_form.publish_notice(used, NoticeState.READ)
    pages = []
    for receipt in (used, Receipt.generate(), used):
        person = look(public_form, receipt)
        person.submit(button="Burn this mailbox")
        person.submit(button="Yes, burn it")
        pages.append(person.response.data)
    assert len(set(pages)) == 1


def test_a_stale_page_asks_for_the_receipt_again_and_changes_nothing(public_form: PublicForm) -> None:
    receipt = Receipt.generate()
    public_form.publish_notice(receipt, NoticeState.READ)
    person = look(public_form, receipt)
    person.submit(csrf_token="AAAA", button="Burn this mailbox", status=400)
    person.sees("Nothing was changed")
    look(public_form, receipt).sees("Read by a person")


def test_a_report_page_cannot_burn_a_mailbox(public_form: PublicForm) -> None:
    person = public_form.person
    person.page("/")
    person.post("/receipt", {"csrf_token": person.value("csrf_token"), "go": "burn"})
    assert person.heading() == "Check a receipt"


def test_when_the_store_is_away_the_receipt_stays_as_typed(public_form: PublicForm) -> None:
    held = public_form.app.extensions[EXTENSION]
    desk = MailboxDesk(ClosedNoticeboard(), held.dropbox, public_form.today)
    public_form.app.extensions[EXTENSION] = replace(held, mailboxes=desk)
    words = " ".join(Receipt.generate().words())
    person = public_form.person
    person.page("/receipt")
    person.submit(receipt=words, button="Check", status=503)
    person.sees("Your receipt is fine")
    assert person.value("receipt").strip() == words
