"""Sending: sealed for the force alone, once, and only with a key that the force signed."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import URL

from envelope.errors import NotForUsError, TamperedError
from envelope.identity import Identity
from envelope.recipient import SEALED_REPORT_LENGTHS
from envelope.signing import SigningKey
from envelope.unseal import unseal
from envelope.wire import Context, Purpose
from reporting.intake import IntakeDesk
from reporting.program import EXTENSION
from store.engine import open_engine
from store.noticeboard import Noticeboard
from tests.pages import PageClient
from tests.public_form import PublicForm
from web.forms import QuietForm

WORDS = "Men carry boxes at night"


def at_check(form: PublicForm, words: str = WORDS) -> PageClient:
    person = form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what=words, button="check")
    return person


def receipt_of(person: PageClient) -> list[str]:
    [words] = [one for one in person.root.iter() if one.get("class") == "qw-receipt-words"]
    return ["".join(item.itertext()).strip() for item in words]


def test_a_report_can_be_read_by_the_force_and_nobody_else(public_form_on_both: PublicForm) -> None:
    at_check(public_form_on_both).submit(button="Send")
    assert public_form_on_both.reports()[0].answers == {"what": WORDS}
    with pytest.raises(NotForUsError):
        public_form_on_both.reports(Identity.generate())


def test_a_report_is_bound_to_its_place(public_form: PublicForm) -> None:
    at_check(public_form).submit(button="Send")
    [(_, sealed, _, _)] = public_form.drops()
    with pytest.raises(TamperedError):
        unseal(sealed, public_form.identity, Context(Purpose.REPORT, (b"o" * 16,)))


def test_only_the_date_and_the_danger_mark_stand_beside_a_report(public_form: PublicForm) -> None:
    at_check(public_form).submit(button="Send")
    [(drop_id, sealed, danger, day)] = public_form.drops()
    assert (len(drop_id), danger, day) == (16, False, public_form.today)
    assert len(sealed) in SEALED_REPORT_LENGTHS
    assert WORDS.encode() not in sealed


def test_sending_twice_is_one_report_with_one_receipt(public_form_on_both: PublicForm) -> None:
    person = at_check(public_form_on_both)
    page = {"csrf_token": person.value("csrf_token"), "go": "send"}
    person.post("/", page)
    first = receipt_of(person)
    person.post("/", page)
    assert receipt_of(person) == first
    assert len(first) == 8
    assert len(public_form_on_both.drops()) == 1


def test_sending_again_after_midnight_is_still_one_report(public_form: PublicForm) -> None:
    person = at_check(public_form)
    page = {"csrf_token": person.value("csrf_token"), "go": "send"}
    person.post("/", page)
    public_form.today += timedelta(days=1)
    public_form.publish_key(box_id=b"c" * 16)
    person.post("/", page)
    assert person.heading() == "Sent"
    assert len(public_form.drops()) == 1


def test_an_edited_report_is_a_second_one_in_the_same_mailbox(public_form: PublicForm) -> None:
    person = at_check(public_form)
    person._environ = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    page = {"csrf_token": person.value("csrf_token")}
    person.post("/", page | {"go": "send"})
    first = receipt_of(person)
    person.post("/", page | {"go": "change-what"})
    person.submit(what="And a white van", button="Continue")
    person.submit(button="Send")
    assert receipt_of(person) == first
    one, two = public_form.reports()
    assert one.mailbox == two.mailbox


def test_two_people_never_share_a_receipt(public_form: PublicForm) -> None:
    first, second = at_check(public_form), at_check(public_form)
    first.submit(button="Send")
    second.submit(button="Send")
    assert receipt_of(first) != receipt_of(second)
    assert len(public_form.drops()) == 2


def test_danger_now_is_marked_in_clear_and_999_comes_first(public_form: PublicForm) -> None:
    person = at_check(public_form)
    person.submit(button="change-danger")
    text = person.text()
    assert text.index("call 999") < text.index("Continue", text.index("call 999"))
    person.sees("nobody can call you back")
    person.submit(danger="yes", button="Continue")
    person.sees("This form has no alarm")
    person.submit(button="Send")
    person.sees("If you have not called 999 yet, do it now")
    [(_, _, danger, _)] = public_form.drops()
    assert danger
    assert public_form.reports()[0].danger


def test_the_form_says_whether_an_alarm_rings_before_anything_is_sent(public_form: PublicForm) -> None:
    public_form.ring_bell(next_release="07:00, 13:00")
    person = at_check(public_form)
    person.sees("The team collects reports at about 07:00, 13:00.")
    person.submit(button="change-danger")
    person.sees("an alarm calls someone to read it")
    person.does_not_see("no alarm")


def test_without_a_key_for_today_nothing_is_taken(public_form: PublicForm) -> None:
    person = at_check(public_form)
    public_form.today += timedelta(days=1)
    public_form.person.page("/", status=503)
    person.submit(button="Send", status=503)
    assert person.heading() == "Your report was not sent"
    assert public_form.drops() == []
    public_form.publish_key(box_id=b"c" * 16)
    person.submit(button="Try again")
    assert person.heading() == "Sent"


def test_a_closed_form_names_the_other_ways_to_report(public_form: PublicForm) -> None:
    public_form.today += timedelta(days=1)
    person = public_form.person
    person.page("/", status=503)
    for way in ("999", "101", "charity", "police station"):
        person.sees(way)


def test_a_key_the_force_did_not_sign_is_never_used(public_form: PublicForm) -> None:
    thief = Identity.generate()
    public_form.publish_key(thief, signed_by=SigningKey.generate(), box_id=b"z" * 16)
    at_check(public_form).submit(button="Send")
    assert len(public_form.reports()) == 1


def test_a_key_with_its_days_changed_is_never_used(public_form: PublicForm) -> None:
    """The row says today, what was signed says yesterday: the signature counts."""
    [key] = public_form.app.extensions[EXTENSION].noticeboard.intake_keys(public_form.today)
    public_form.publishing.retire_intake_key(key.box_id)
    public_form.today += timedelta(days=1)
    public_form.publishing.publish_intake_keys(
        [replace(key, not_before=public_form.today, not_after=public_form.today)]
    )
    public_form.person.page("/", status=503)


def test_without_a_pinned_verifying_key_nothing_is_taken(public_form: PublicForm) -> None:
    held = public_form.app.extensions[EXTENSION]
    desk = type(held.desk)(held.noticeboard, None)
    public_form.app.extensions[EXTENSION] = replace(held, desk=desk)
    public_form.person.page("/", status=503)


def test_of_several_valid_keys_every_process_picks_the_newest(public_form: PublicForm) -> None:
    older, newer = Identity.generate(), Identity.generate()
    yesterday = public_form.today - timedelta(days=1)
    public_form.publish_key(older, first=yesterday, days=5, box_id=b"x" * 16)
    public_form.publish_key(newer, box_id=b"c" * 16)
    public_form.seconds += 10
    at_check(public_form).submit(button="Send")
    assert len(public_form.reports(newer)) == 1


def test_a_key_taken_down_is_out_of_use_within_seconds(public_form: PublicForm) -> None:
    public_form.person.page("/")
    public_form.publishing.retire_intake_key(b"b" * 16)
    public_form.seconds += 5
    public_form.person.page("/", status=503)


def test_health_says_whether_a_report_could_be_sealed(public_form: PublicForm) -> None:
    client = public_form.app.test_client()
    response = client.get("/health")
    assert (response.status_code, response.text, response.mimetype) == (200, "ok\n", "text/plain")
    public_form.today += timedelta(days=1)
    assert client.get("/health").status_code == 503


def test_a_flood_delays_and_never_refuses(public_form: PublicForm) -> None:
    held = public_form.app.extensions[EXTENSION]
    public_form.app.extensions[EXTENSION] = replace(held, delay=lambda _age: 30)
    person = at_check(public_form)
    person.submit(button="Send")
    person.sees("Please wait 30 seconds, then press Send")
    person.sees(WORDS)
    public_form.seconds += 29
    person.submit(button="Send")
    person.sees("Please wait 1 second, then press Send")
    assert public_form.drops() == []
    public_form.seconds += 1
    person.submit(button="Send")
    assert person.heading() == "Sent"
    assert len(public_form.drops()) == 1


def test_waiting_once_does_not_let_other_words_through(public_form: PublicForm) -> None:
    held = public_form.app.extensions[EXTENSION]
    public_form.app.extensions[EXTENSION] = replace(held, delay=lambda _age: 30)
    person = at_check(public_form)
    person.submit(button="Send")
    public_form.seconds += 30
    person.submit(button="change-what")
    person.submit(what="Other words", button="Continue")
    person.submit(button="Send")
    person.sees("Please wait 30 seconds")
    assert public_form.drops() == []


def test_a_machine_started_anew_keeps_nobody_waiting(public_form: PublicForm) -> None:
    held = public_form.app.extensions[EXTENSION]
    public_form.seconds = 100_000.0
    public_form.app.extensions[EXTENSION] = replace(held, delay=lambda _age: 30)
    person = at_check(public_form)
    person.submit(button="Send")
    public_form.seconds = 10.0
    person.submit(button="Send")
    assert person.heading() == "Sent"


def test_many_sends_from_one_neighbourhood_are_slowed(public_form: PublicForm) -> None:
    for number in range(30):
        at_check(public_form, f"report {number}").submit(button="Send")
    person = at_check(public_form, "one more")
    public_form.seconds += 60
    person.submit(button="Send")
    person.sees("Please wait 5 seconds")


def test_where_sends_wait_a_form_filled_in_at_once_waits_until_a_person_could_have(public_form: PublicForm) -> None:
    """The seconds are counted from the first page, inside the sealed page, and need no script."""
    for number in range(30):
        at_check(public_form, f"report {number}").submit(button="Send")
    person = at_check(public_form, "one more")
    public_form.seconds += 2
    person.submit(button="Send")
    person.sees("Please wait 18 seconds")
    public_form.seconds += 18
    person.submit(button="Send")
    assert person.heading() == "Sent"


def test_a_closed_store_closes_the_form_with_the_other_ways_to_report(public_form: PublicForm) -> None:
    held = public_form.app.extensions[EXTENSION]
    nowhere = Noticeboard(open_engine(URL.create("sqlite", database=str(public_form.settings.instance / "empty"))))
    desk = IntakeDesk(nowhere, public_form.settings.verifying_key)
    public_form.app.extensions[EXTENSION] = replace(held, desk=desk)
    person = public_form.person
    person.page("/", status=503)
    person.sees("could not be reached")
    person.sees("Call 101")


def test_any_form_of_ours_refuses_a_token_that_is_not_ours(public_form: PublicForm) -> None:
    person = public_form.person
    person.page("/")
    for token, holds in ((person.value("csrf_token"), True), ("AAAA", False), ("", False)):
        with public_form.app.test_request_context("/", method="POST", data={"csrf_token": token}):
            assert QuietForm().validate() is holds


def test_a_double_click_at_the_very_same_time_is_one_report(public_form_on_both: PublicForm) -> None:
    person = at_check(public_form_on_both)
    page = {"csrf_token": person.value("csrf_token"), "go": "send"}

    def press(_: int) -> tuple[int, str]:
        response = public_form_on_both.app.test_client().post("/", data=page)
        # Each page carries a sealed state of its own, for whoever forgot something.
        return response.status_code, re.sub(r'value="[^"]{100,}"', "", response.text)

    with ThreadPoolExecutor(8) as clicks:
        answers = set(clicks.map(press, range(16)))
    assert [status for status, _ in answers] == [200]
    assert len(public_form_on_both.drops()) == 1
