"""Whatever goes wrong, the words come back."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from reporting.program import EXTENSION
from store.dropbox import Appended, Drop, Dropbox
from store.errors import StoreError, StoreUnavailableError
from tests.pages import PageClient, check_page
from tests.public_form import PublicForm

SCRIPT = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}"
TURNED = "Tony \u202ekcart\u202c \u2066one\u2069 \u200fشاهدت سيارة بيضاء\u200e"


class BrokenDropbox(Dropbox):
    """A dropbox that fails in a chosen way until it is mended."""

    def __init__(self, whole: Dropbox, failure: Exception) -> None:
        self.whole = whole
        self.failure: Exception | None = failure

    def append(self, drop: Drop) -> Appended:
        if self.failure:
            raise self.failure
        return self.whole.append(drop)


def break_dropbox(form: PublicForm, failure: Exception) -> BrokenDropbox:
    held = form.app.extensions[EXTENSION]
    broken = BrokenDropbox(held.dropbox, failure)
    form.app.extensions[EXTENSION] = replace(held, dropbox=broken)
    return broken


def at_first_question(form: PublicForm) -> PageClient:
    person = form.person
    person.page("/")
    person.submit(button="Start")
    return person


def at_check(form: PublicForm, **answers: str) -> PageClient:
    person = at_first_question(form)
    person.submit(what="Men carry boxes at night", button="Continue")
    if answers:
        person.submit(**answers, button="check")
    else:
        person.submit(button="check")
    assert person.heading() == "Check your answers"
    return person


def test_an_empty_first_answer_says_what_to_enter(public_form: PublicForm) -> None:
    person = at_first_question(public_form)
    person.submit(what="  ", button="Continue")
    assert person.errors() == ["Enter what you have seen or heard"]
    assert "<title>Error: Quiet Word</title>" in person.response.text


def test_a_text_too_long_keeps_every_word_and_says_how_many_too_many(public_form: PublicForm) -> None:
    person = at_first_question(public_form)
    words = "a word\n" * 3_000
    person.submit(what=words, button="Continue")
    assert "1,000 too many" in person.errors()[0]
    assert person.value("what") == words
    person.submit(what=words[:20_000], button="check")
    assert person.heading() == "Check your answers"


def test_the_longest_text_of_the_widest_letters_can_be_sent(public_form: PublicForm) -> None:
    person = at_first_question(public_form)
    person.submit(what="\U0001f92b" * 20_000, button="check")
    person.submit(button="Send")
    assert public_form.reports()[0].answers["what"] == "\U0001f92b" * 20_000


def test_bytes_nobody_types_go_and_the_words_stay(public_form: PublicForm) -> None:
    person = at_first_question(public_form)
    person.submit(what="seen\x00 it\x1b here", button="check")
    person.submit(button="Send")
    assert public_form.reports()[0].answers["what"] == "seen it here"


def test_text_in_another_encoding_is_a_page_and_not_a_fault(public_form: PublicForm) -> None:
    person = at_first_question(public_form)
    state = urlencode({"csrf_token": person.value("csrf_token")})
    body = f"{state}&go=continue&what=caf%E9+%ED%A0%80+here".encode()
    response = public_form.app.test_client().post(
        "/", data=body, content_type="application/x-www-form-urlencoded; charset=iso-8859-1"
    )
    assert response.status_code == 200
    check_page(response.data, response.headers)
    assert "Who is doing it?" in response.text


@pytest.mark.parametrize("words", [SCRIPT, TURNED])
def test_hostile_words_are_shown_as_words_and_sent_as_they_are(public_form: PublicForm, words: str) -> None:
    person = at_first_question(public_form)
    person.submit(what=words, button="Continue")
    for field in ("who", "where", "when", "things"):
        person.submit({field: words}, button="Continue")
    person.submit(button="Continue")
    person.submit(button="Continue")
    person.submit(careful=words, button="Continue")
    person.submit(button="Continue")
    assert person.heading() == "Check your answers"
    person.does_not_see("<script>alert")
    person.does_not_see("<img src=x")
    person.does_not_see("\u202e")
    person.submit(button="Change “What you have seen or heard”")
    assert person.value("what") == words
    person.submit(button="Continue")
    person.submit(button="Send")
    assert set(public_form.reports()[0].answers.values()) == {words}


def test_a_stale_page_gives_back_this_pages_words_and_says_what_is_gone(public_form: PublicForm) -> None:
    person = at_first_question(public_form)
    person.submit(what="Men carry boxes", button="Continue")
    public_form.today += timedelta(days=2)
    public_form.publish_key(box_id=b"c" * 16)
    person.submit(who="Big Tony", button="Continue", status=400)
    person.sees("open for too long")
    person.sees("You will have to write that again")
    assert person.value("who") == "Big Tony"
    person.submit(button="Continue")
    person.submit(button="check")
    assert person.errors() == ["Enter what you have seen or heard"]
    person.submit(what="Men carry boxes", button="Continue")
    person.sees("Big Tony")
    person.submit(button="Send")
    assert public_form.reports()[0].answers == {"what": "Men carry boxes", "who": "Big Tony"}


@pytest.mark.parametrize("forge", [lambda _: "", lambda _: "AAAA", lambda s: s[:-4] + "AAAA", lambda s: s + "é\x00"])
def test_a_forged_page_sends_nothing(public_form: PublicForm, forge: Callable[[str], str]) -> None:
    person = at_check(public_form)
    person.submit(csrf_token=forge(person.value("csrf_token")), button="Send", status=400)
    person.sees("changed on its way")
    assert public_form.drops() == []


def test_a_page_of_another_host_cannot_be_used_here(public_form: PublicForm) -> None:
    person = public_form.person
    person.post("/", {"go": "send", "what": "planted words"}, status=400)
    assert public_form.drops() == []
    assert person.value("what") == "planted words"


def test_two_tabs_do_not_mix_their_answers(public_form: PublicForm) -> None:
    first, second = at_first_question(public_form), at_first_question(public_form)
    first.submit(what="one", button="Continue")
    second.submit(what="two", button="Continue")
    first.submit(who="first", button="check")
    second.submit(who="second", button="check")
    first.submit(button="Send")
    second.submit(button="Send")
    sent = sorted((report.answers["what"], report.answers["who"]) for report in public_form.reports())
    assert sent == [("one", "first"), ("two", "second")]


def test_a_button_that_is_not_there_is_harmless(public_form: PublicForm) -> None:
    person = at_check(public_form)
    for go in ("", "sendd", "change-../../etc", "\x00"):
        person.post("/", {"csrf_token": person.value("csrf_token"), "go": go})
        assert person.heading() == "Check your answers"
    person.post("/", {"csrf_token": person.value("csrf_token")})
    assert public_form.drops() == []


@pytest.mark.parametrize("failure", [StoreUnavailableError("away"), StoreError("refused")])
def test_when_it_was_not_sent_the_page_says_so_and_trying_again_sends_it(
    public_form: PublicForm, failure: StoreError
) -> None:
    broken = break_dropbox(public_form, failure)
    person = at_check(public_form)
    person.submit(button="Send", status=503)
    assert person.heading() == "Your report was not sent"
    person.sees("Call 101")
    person.submit(button="Try again", status=503)
    person.submit(button="Go back to my answers")
    person.sees("Men carry boxes at night")
    broken.failure = None
    person.submit(button="Send")
    assert person.heading() == "Sent"
    assert len(public_form.drops()) == 1


def test_a_fault_gives_back_all_words_of_all_pages(public_form: PublicForm, caplog: pytest.LogCaptureFixture) -> None:
    break_dropbox(public_form, RuntimeError("Big Tony"))
    person = at_check(public_form, who="Big Tony")
    person.submit(button="Send", status=500)
    person.sees("may not have been sent")
    assert "Men carry boxes at night" in person.response.text
    assert "Big Tony" in person.response.text
    assert "RuntimeError" in caplog.text
    assert "Tony" not in caplog.text


def test_far_too_much_text_is_read_to_its_end_and_given_back(public_form: PublicForm) -> None:
    person = at_first_question(public_form)
    person.submit(what="Men carry boxes", button="Continue")
    person.submit(who="Big Tony " * 200_000, button="Continue", status=413)
    person.sees("too much")
    assert "Men carry boxes" in person.response.text
    assert "Big Tony Big Tony" in person.response.text


def test_a_file_nobody_asked_for_is_ignored(public_form: PublicForm) -> None:
    person = at_first_question(public_form)
    person.post("/", {"csrf_token": person.value("csrf_token"), "go": "continue", "what": (io.BytesIO(b"x"), "my.txt")})
    assert person.errors() == ["Enter what you have seen or heard"]
