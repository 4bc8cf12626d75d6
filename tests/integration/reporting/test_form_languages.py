"""The form in its languages: chosen without a script, kept without a cookie, and nothing of it left in an address."""

from xml.etree.ElementTree import Element

import pytest

from envelope.mailbox import NoticeState, Receipt
from reporting.catalogues import translated
from reporting.languages import LANGUAGES, Language
from tests.pages import PageClient, text_of
from tests.public_form import PublicForm

EACH = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
URDU_WORDS = "وہ ہر رات پارک میں منشیات بیچتا ہے"
GET_PAGES = ("/privacy", "/receipt", "/helping", "/paper", "/access", "/kept", "/")


class AskingFor(PageClient):
    """Somebody whose browser asks for a language by itself."""

    def __init__(self, form: PublicForm, languages: str) -> None:
        super().__init__(form.app)
        self._environ = {**self._environ, "HTTP_ACCEPT_LANGUAGE": languages}


def begins_in(form: PublicForm, tag: str) -> PageClient:
    """Somebody with an English browser who chooses a language on the first page."""
    person = form.person
    person.page("/")
    if tag != "en":
        person.submit(button=tag)
    return person


def is_in(person: PageClient, language: Language) -> None:
    assert (person.root.get("lang"), person.root.get("dir")) == (language.tag, language.direction)
    sheet = next(one for one in person.root.iter("link") if one.get("rel") == "stylesheet").get("href", "")
    assert ("-rtl-" in sheet) == language.right_to_left
    warned = [one for one in person.root.iter("section") if one.get("class") == "qw-unreviewed"]
    assert bool(warned) == (not language.reviewed)
    for section in warned:
        assert "has not been checked by a person" in text_of(section.findall(".//p[@lang='en']")[0])


def words(tag: str, sentence: str) -> str:
    return translated(sentence, tag)


@EACH
def test_every_page_of_the_way_is_in_the_language_that_was_chosen(public_form: PublicForm, language: Language) -> None:
    public_form.ring_bell(rings=True)
    person = begins_in(public_form, language.tag)
    is_in(person, language)
    person.submit(button="continue")
    is_in(person, language)
    person.submit(button="continue")
    assert person.errors() == [words(language.tag, "Enter what you have seen or heard")]
    person.submit(what=URDU_WORDS, button="continue")
    for _ in range(20):
        is_in(person, language)
        if person.heading() == words(language.tag, "Check your answers"):
            break
        person.submit(button="continue")
    person.sees(words(language.tag, "When you press Send"))
    person.sees(URDU_WORDS)
    person.submit(button="send")
    is_in(person, language)
    assert person.heading() == words(language.tag, "Sent")
    assert person.path == "/"
    assert public_form.reports()[0].language == language.tag


@EACH
def test_a_receipt_is_read_in_the_language_that_was_chosen(public_form: PublicForm, language: Language) -> None:
    receipt = Receipt.generate()
    public_form.publish_notice(receipt, NoticeState.READ)
    person = begins_in(public_form, language.tag)
    _follows(person, "/receipt")
    is_in(person, language)
    person.submit(receipt="one two", button="look")
    is_in(person, language)
    person.submit(receipt=receipt.digits(), button="look")
    is_in(person, language)
    person.sees(words(language.tag, "A person on the team has read your report."))
    person.submit(button="burn")
    is_in(person, language)
    person.submit(button="burn")
    is_in(person, language)
    assert person.heading() == words(language.tag, "The mailbox is burnt")


@EACH
def test_every_other_page_can_be_read_in_the_language(public_form: PublicForm, language: Language) -> None:
    for path in GET_PAGES:
        person = AskingFor(public_form, f"{language.tag}-GB,en;q=0.5")
        person.page(path)
        is_in(person, language)
    person.page("/nothing-here", status=404)
    is_in(person, language)


@EACH
def test_the_first_page_is_light_in_every_language(public_form: PublicForm, language: Language) -> None:
    person = begins_in(public_form, language.tag)
    loaded = {one.get("href") or one.get("src") for one in person.root.iter() if one.tag in {"link", "script", "img"}}
    size = len(person.response.data) + sum(len(public_form.app.test_client().get(path).data) for path in loaded)

    assert len(loaded) + 1 <= 4
    assert size <= 60_000


def _follows(person: PageClient, path: str) -> None:
    """Follow the link to a page, which is a button where a language must be carried there."""
    for one in person.root.iter():
        if one.get("formaction") == path:
            person.submit(button=text_of(one))
            return
    person.page(path)


def _ways_on(person: PageClient) -> list[Element]:
    return [one for one in person.root.iter() if one.get("formaction") or one.tag == "a"]


def test_the_language_is_in_no_address_and_no_cookie(public_form: PublicForm) -> None:
    person = begins_in(public_form, "ur")
    for path in ("/privacy", "/receipt", "/"):
        _follows(person, path)
        assert person.root.get("lang") == "ur"
        assert person.path == path
        assert "Set-Cookie" not in person.response.headers
        for one in _ways_on(person):
            assert "?" not in (one.get("formaction") or one.get("href", ""))


def test_links_are_plain_where_the_browser_asks_for_the_language_by_itself(public_form: PublicForm) -> None:
    person = AskingFor(public_form, "pl-PL,pl;q=0.9")
    person.page("/")

    assert person.root.get("lang") == "pl"
    assert not [one for one in person.root.iter() if one.get("formaction")]


def test_a_page_in_english_stays_english_for_a_browser_that_asks_for_another(public_form: PublicForm) -> None:
    person = AskingFor(public_form, "pl")
    person.page("/")
    person.submit(button="en")
    _follows(person, "/privacy")

    assert person.root.get("lang") == "en"
    assert person.heading() == "What we promise"


def test_an_address_may_name_a_language_for_a_leaflet(public_form: PublicForm) -> None:
    person = public_form.person
    person.page("/?lang=so")
    person.submit(button="continue")

    assert person.root.get("lang") == "so"


def test_changing_the_language_in_the_middle_keeps_what_was_typed(public_form: PublicForm) -> None:
    person = begins_in(public_form, "ur")
    person.submit(button="continue")
    person.submit(what=URDU_WORDS, button="lang-en")

    assert person.root.get("lang") == "en"
    assert person.value("what").strip() == URDU_WORDS
    person.submit(button="check")
    person.sees(URDU_WORDS)


def test_the_sealed_page_says_its_language_by_itself(public_form: PublicForm) -> None:
    person = AskingFor(public_form, "pl")
    person.page("/")
    person.submit(button="ur")
    person.submit(button="continue", lang=None)
    assert person.root.get("lang") == "ur"
    person.submit(what=URDU_WORDS, button="check", lang="pl")
    assert person.root.get("lang") == "ur"


def test_enter_never_changes_the_language(public_form: PublicForm) -> None:
    person = begins_in(public_form, "ur")
    person.submit(button="continue")
    form = next(one for one in person.root.iter("form") if one.findall(".//textarea"))
    buttons = [one.get("value", "") for one in form.iter("button")]

    assert not buttons[0].startswith("lang-")
    assert buttons[-1] == "lang-en"


def test_a_page_that_is_too_old_is_answered_in_its_language(public_form: PublicForm) -> None:
    person = begins_in(public_form, "ur")
    person.submit(button="continue")
    person.submit(csrf_token="x", what=URDU_WORDS, button="continue", status=400)

    assert person.root.get("lang") == "ur"
    assert person.value("what").strip() == URDU_WORDS


def test_an_error_is_told_in_the_language_of_the_page(public_form: PublicForm) -> None:
    person = begins_in(public_form, "pl")
    person.submit(button="continue")
    person.submit(what="słowo " * 200_000, button="continue", status=413)

    assert person.root.get("lang") == "pl"
    assert person.heading() == words("pl", "That is too much to send at once")
    assert person.root.findall(".//textarea[@dir='auto']")


def test_choices_are_translated_and_words_are_not(public_form: PublicForm) -> None:
    person = begins_in(public_form, "pl")
    person.submit(button="continue")
    person.submit(what="Back", button="continue")
    person.submit(who="Yes", button="check")

    person.sees("Back")
    person.sees("Yes")
    person.does_not_see(f">{words('pl', 'Yes')}<")


def test_a_language_that_is_none_of_ours_changes_nothing(public_form: PublicForm) -> None:
    person = public_form.person
    for asked in ("xx", "", "../en", "ur' OR 1"):
        person._seen(person._send("POST", "/privacy", [("lang", asked)]), "/privacy", 200)
        assert person.root.get("lang") == "en"


def test_a_post_that_only_says_a_language_leads_nowhere_that_a_link_does_not(public_form: PublicForm) -> None:
    person = public_form.person
    person._seen(person._send("POST", "/nothing-here", [("lang", "ur")]), "/nothing-here", 404)
    assert person.root.get("lang") == "ur"


def test_english_words_from_a_page_in_urdu_name_no_language(public_form: PublicForm) -> None:
    person = begins_in(public_form, "ur")
    person.submit(button="continue")
    person.submit(what="There is a man who sells drugs near the park.", button="check")
    person.submit(button="send")

    assert public_form.reports()[0].language == "en"


def test_a_receipt_reads_from_left_to_right_in_every_language(public_form: PublicForm) -> None:
    person = begins_in(public_form, "ckb")
    person.submit(button="continue")
    person.submit(what=URDU_WORDS, button="check")
    person.submit(button="send")

    for name in ("qw-receipt-words", "qw-receipt-digits"):
        assert [one.get("dir") for one in person.root.iter() if one.get("class") == name] == ["ltr"]
