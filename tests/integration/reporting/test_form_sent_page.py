"""The page “Sent”, whose fixed text is drawn once: each sender sees their own receipt and what concerns them alone."""

from envelope.mailbox import Receipt
from reporting.sent import sent_page
from tests.pages import PageClient, text_of
from tests.public_form import PublicForm


def sends(form: PublicForm, words: str, *, danger: bool = False, adds: bool = False) -> PageClient:
    person = form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what=words, button="check")
    if danger:
        person.submit(button="change-danger")
        person.submit(danger="yes")
    person.submit(button="send")
    if adds:
        person.submit(button="look")
        person.submit(button="continue")
        person.submit(what=words + " more", button="check")
        person.submit(button="send")
    return person


def receipt_of(person: PageClient) -> str:
    [words] = [one for one in person.root.iter() if one.get("class") == "qw-receipt-words"]
    return text_of(words)


def test_each_sender_sees_their_own_receipt(public_form: PublicForm) -> None:
    pages = [sends(public_form, f"A van comes at night {number}") for number in range(3)]
    receipts = [receipt_of(page) for page in pages]
    tokens = [page.value("csrf_token") for page in pages]
    assert len(set(receipts)) == len(set(tokens)) == 3
    for page, other in zip(pages, [*receipts[1:], receipts[0]], strict=True):
        assert other not in text_of(page.root)
        assert "qw-gap" not in page.text()


def test_who_sends_after_somebody_in_danger_reads_nothing_of_it(public_form: PublicForm) -> None:
    first = sends(public_form, "They come tonight", danger=True)
    first.sees("If you have not called 999 yet, do it now.")
    second = sends(public_form, "A van comes at night")
    assert "do it now" not in text_of(second.root)
    assert "They come tonight" not in second.text()


def test_the_bell_is_told_of_as_it_is_now(public_form: PublicForm) -> None:
    sends(public_form, "They come tonight", danger=True).sees("This form has no alarm.")
    public_form.ring_bell()
    sends(public_form, "They come again", danger=True).sees("an alarm calls someone to read it")


def test_an_addition_has_its_own_page(public_form: PublicForm) -> None:
    assert sends(public_form, "A van comes at night").heading() == "Sent"
    assert sends(public_form, "A van comes at night", adds=True).heading() == "Added"


def test_what_is_kept_of_the_page_holds_no_receipt_and_no_word(public_form: PublicForm) -> None:
    page = sends(public_form, "A van comes at night")
    [kept] = vars(vars(public_form.app.extensions["quietword.reporting"])["sent_pages"])["_kept"].values()
    fixed = "".join(kept.pieces[::2])
    receipt, token = receipt_of(page).split(), page.value("csrf_token")
    assert len(receipt) == 8
    assert not [word for word in receipt if f"<li>{word}</li>" in fixed]
    assert token not in fixed
    assert "van" not in fixed


def test_what_fills_the_page_is_escaped(public_form: PublicForm) -> None:
    with public_form.app.test_request_context("/"):
        page = sent_page(Receipt.generate(), "<b>", adds=False, danger=False, separate_team=False, bell=None)
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
