"""Promise 9: your receipt is yours: never stored, not to be guessed, and one says nothing about another."""

import re
import secrets
from base64 import b64encode
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from envelope.errors import EnvelopeError, ReceiptError
from envelope.mailbox import Mailbox, MailboxAddress, Notice, NoticeState, drop_id, lookup_id_of, seal_notice
from envelope.receipt import Receipt
from reporting.program import EXTENSION
from reporting.state import open_draft
from store.dropbox import Burn, Dropbox
from store.noticeboard import Noticeboard
from tests.canaries import Canaries
from tests.force import Force
from tests.pages import PageClient
from tests.public_form import PublicForm
from tests.shipped import running, shipped_form
from tests.whole_case import copy_of_every_disk, work_whole_case
from triage.intake.collecting import Wanted, release_drops
from triage.intake.reports import case_report
from triage.intake.unsealing import unseal_waiting
from triage.outcome.models import PendingNoticeRow
from triage.outcome.publishing import publish_due_notices

DAY = date(2026, 11, 22)


def plant_receipt(canaries: Canaries, receipt: Receipt) -> list[bytes]:
    """Every way to write a receipt down, and what only its holder could make from it."""
    words = receipt.words()
    for shape, between in (("spaces", " "), ("commas", ","), ("nothing", ""), ("dashes", "-"), ("JSON", '", "')):
        canaries.plant_as(f"words with {shape}", between.join(words))
    canaries.plant_as("digits", receipt.digits())
    canaries.plant_as("digits alone", receipt.digits().replace(" ", ""))
    canaries.plant_as("hex", receipt.secret.hex())
    return [receipt.secret, b64encode(receipt.secret), Mailbox.from_receipt(receipt).burn_preimage]


def test_your_receipt_is_never_stored(force: Force, tmp_path: Path) -> None:
    """Given by the shipped server, used to look and to look again, its case worked to the end: in no byte anywhere."""
    canaries = Canaries()
    with running(shipped_form(force, tmp_path / "shipped")) as form:
        receipt = Receipt.parse(form.press(form.ready_to_send("Boxes at night"), "send").receipt)
        raw = plant_receipt(canaries, receipt)
        for typed in (receipt.digits(), " ".join(receipt.words()), " ".join(receipt.words()[:7])):
            form.press(form.get("/receipt").token, "look", {"receipt": typed}, path="/receipt")
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = force.officer("tom")
    with force.database.begin() as session:
        assert unseal_waiting(session, by=tom).opened
    force.dispose()
    assert canaries.found_in([tmp_path]) == []
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not any(secret in kept for secret in raw)


def test_nor_can_an_officer_make_it_from_what_the_report_holds(force: Force) -> None:
    """Inside the envelope is the mailbox's address; the secret behind it is not, nor the proof that burns it."""
    receipt = force.send("Boxes at night")
    release_drops(force.database, force.settings, force.collection, release=Wanted.EVERYTHING)
    tom = force.officer("tom")
    with force.database.begin() as session:
        [report_id] = unseal_waiting(session, by=tom).opened
        report = case_report(session, report_id, by=tom)
    assert report.mailbox == Mailbox.from_receipt(receipt).address
    held = [report.mailbox.lookup_id, report.mailbox.public_key, *_pieces(report.mailbox.public_key)]
    assert not any(receipt.secret in one for one in held)
    for one in held:
        assert lookup_id_of(one) != report.mailbox.lookup_id


def _pieces(key: bytes) -> list[bytes]:
    return [key[start : start + 32] for start in range(len(key) - 32)]


def test_somebody_elses_notices_cannot_be_burnt(force: Force) -> None:
    """A burn without the preimage is not carried out: the notice still waits and is published."""
    case = work_whole_case(force)
    mine = Mailbox.from_receipt(case.receipt)
    Dropbox(force.drop).burn(Burn(secrets.token_bytes(32), mine.lookup_id, force.today))
    force.clock.forward(days=2)
    done = publish_due_notices(force.database, force.settings, publishing=force.publishing, collection=force.collection)
    assert done.burns == 0
    assert done.notices >= 1
    with force.database.look() as session:
        assert session.scalar(select(func.count()).select_from(PendingNoticeRow)) == 0


@settings(deadline=None)
@given(st.binary(min_size=12, max_size=12), st.integers(0, 95))
def test_one_persons_receipt_says_nothing_about_anothers(secret: bytes, bit: int) -> None:
    """Receipts that differ in one bit have no id in common, and do not open each other's notices."""
    other = (int.from_bytes(secret, "big") ^ (1 << bit)).to_bytes(12, "big")
    first, second = Receipt(secret), Receipt(other)
    mine, theirs = Mailbox.from_receipt(first), Mailbox.from_receipt(second)
    digest = bytes(32)
    pairs = (
        (mine.lookup_id, theirs.lookup_id),
        (mine.burn_preimage, theirs.burn_preimage),
        (drop_id(first, digest), drop_id(second, digest)),
    )
    for one, another in pairs:
        differing = (int.from_bytes(one, "big") ^ int.from_bytes(another, "big")).bit_count()
        assert differing > len(one) * 2  # unrelated bytes differ in about half of their bits
    sealed = seal_notice(Notice(NoticeState.READ, "yours", DAY), mine.address)
    assert mine.open_notice(sealed).message == "yours"
    with pytest.raises(EnvelopeError):
        theirs.open_notice(sealed)
    moved = MailboxAddress(mine.lookup_id, theirs.address.public_key)
    with pytest.raises(EnvelopeError):
        mine.open_notice(seal_notice(Notice(NoticeState.READ, "swapped", DAY), moved))


def test_nobody_can_guess_it() -> None:
    """Ninety-six bits from the machine's own source of chance: none of a thousand shares its beginning or end."""
    receipts = [Receipt.generate() for _ in range(1_000)]
    for part in (slice(0, 6), slice(6, 12)):
        assert len({receipt.secret[part] for receipt in receipts}) == len(receipts)
    asked: list[int] = []

    def chance(length: int) -> bytes:
        asked.append(length)
        return b"\x07" * length

    Receipt.generate(chance)
    assert asked == [12]


@pytest.mark.parametrize(
    ("browser_says", "same"),
    [
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}, True),
        ({"HTTP_ORIGIN": "https://elsewhere.example"}, False),
        ({"HTTP_ORIGIN": "http://localhost"}, True),
        ({"HTTP_ORIGIN": "null"}, True),
        ({}, True),
    ],
)
def test_a_page_that_the_browser_says_another_site_posted_is_not_gone_on_with(
    public_form: PublicForm, browser_says: dict[str, str], *, same: bool
) -> None:
    theirs, yours = public_form.person, public_form.person
    theirs.page("/")
    yours._environ = browser_says
    yours.post("/", {"csrf_token": theirs.value("csrf_token"), "go": "continue"}, status=200 if same else 400)
    assert (receipt_in(public_form, yours) == receipt_in(public_form, theirs)) is same


@pytest.mark.parametrize("presses", [(), ("Start",), ("Start", "check"), ("Start", "check", "change-what")])
def test_another_site_cannot_hand_you_a_receipt_that_it_knows(
    public_form: PublicForm, presses: tuple[str, ...]
) -> None:
    """It fills a form in as far as it likes and has your browser post that page, and your browser says nothing of it:
    what you then write has a receipt that was made when you wrote it."""
    theirs, yours = public_form.person, public_form.person
    theirs.page("/")
    for button in presses:
        theirs.submit(button=button, **({"what": "Boxes"} if button == "check" else {}))
    known = receipt_in(public_form, theirs)
    yours.page("/")
    yours.post("/", {"csrf_token": theirs.value("csrf_token"), "go": "lang-en"}, status=200)
    while yours.heading() != "What have you seen or heard?":
        yours.submit(button="change-what" if yours.heading() == "Check your answers" else "Start")
    yours.submit(what="Men carry boxes at night", button="Continue")
    if yours.heading() != "Check your answers":
        yours.submit(button="check")
    assert receipt_in(public_form, yours) != known
    mailbox = Mailbox.from_receipt(receipt_in(public_form, yours)).address
    yours.submit(button="Send")
    assert [report.mailbox for report in public_form.reports()] == [mailbox]


def test_what_you_add_keeps_your_receipt_and_a_page_sent_twice_is_one_report(public_form: PublicForm) -> None:
    person = public_form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what="Men carry boxes at night", button="check")
    page, receipt = person.value("csrf_token"), receipt_in(public_form, person)
    for _ in range(2):
        person.post("/", {"csrf_token": page, "go": "send"}, status=200)
    assert len(public_form.drops()) == 1
    person.submit(button="Add something you forgot")
    person.submit(button="Start")
    person.submit(what="The van is grey", button="Continue")
    person.submit(who="Tony", button="check")
    assert receipt_in(public_form, person) == receipt


def receipt_in(form: PublicForm, person: PageClient) -> Receipt:
    """The receipt that the page this person looks at carries, sealed."""
    keys = form.app.extensions[EXTENSION].page_state_keys
    return open_draft(person.value("csrf_token"), keys, form.today).receipt


def test_a_wrong_guess_and_a_right_one_look_alike(public_form: PublicForm) -> None:
    """An unknown, a known and an expired receipt get pages of one length; only its own holder's notice speaks."""
    known, expired = Receipt.generate(), Receipt.generate()
    public_form.publish_notice(known, NoticeState.RECEIVED)
    public_form.publish_notice(expired, NoticeState.RECEIVED, days=-1)
    lengths = set()
    for receipt in (Receipt.generate(), known, expired):
        person = public_form.person
        person.page("/receipt")
        person.submit(receipt=receipt.digits(), button="look")
        lengths.add(len(person.response.data))
    assert len(lengths) == 1


def test_a_typing_mistake_is_caught_before_anything_is_looked_up(public_form: PublicForm) -> None:
    """Two neighbours changed over are no receipt at all, so that nobody lands in another's mailbox by mistake."""
    receipt = Receipt.generate()
    digits = receipt.digits().replace(" ", "")
    for place in range(len(digits) - 1):
        if digits[place] == digits[place + 1]:
            continue
        wrong = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        with pytest.raises(ReceiptError):
            Receipt.parse(wrong)
    person = public_form.person
    person.page("/receipt")
    person.submit(receipt=re.sub(r"\d$", lambda last: str((int(last.group()) + 1) % 10), digits), button="look")
    assert person.errors()


def test_a_stolen_copy_of_the_board_tells_nobody_whose_notice_it_is(force: Force, tmp_path: Path) -> None:
    """The receipt's holder finds the notice; the copy alone holds neither the receipt nor anything of the report."""
    case = work_whole_case(force)
    force.clock.forward(days=2)
    publish_due_notices(force.database, force.settings, publishing=force.publishing, collection=force.collection)
    mailbox = Mailbox.from_receipt(case.receipt)
    notices = Noticeboard(force.drop).notices(mailbox.lookup_id)
    assert {mailbox.open_notice(one.sealed).state for one in notices} >= {NoticeState.RECEIVED}
    stranger = Mailbox.from_receipt(Receipt.generate())
    assert Noticeboard(force.drop).notices(stranger.lookup_id) == ()
    canaries = Canaries()
    raw = plant_receipt(canaries, case.receipt)
    canaries.plant_as("the report's id", str(case.report_id))
    copied = copy_of_every_disk(force, tmp_path / "copied")
    drop = tmp_path / "drop"
    drop.mkdir()
    for path in copied.glob("drop.sqlite*"):
        path.rename(drop / path.name)
    assert canaries.found_in([drop]) == []
    kept = b"".join(path.read_bytes() for path in drop.iterdir())
    assert not any(secret in kept for secret in raw)
