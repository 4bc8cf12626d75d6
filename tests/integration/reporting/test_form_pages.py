"""Every page of the public form: dull from outside, light, and nothing kept."""

import re

import pytest

from config import Release
from envelope.mailbox import Receipt
from reporting.questions import QUESTIONS
from tests.databases import NewDatabase
from tests.pages import PageClient, text_of
from tests.public_form import PublicForm, close_form, open_form

MOST_BYTES = 60_000
MOST_REQUESTS = 4
# The automated readability index of a nine-year-old (Senter and Smith, 1967): 4 or less.
NINE_YEARS = 4.0


def every_page(form: PublicForm) -> list[PageClient]:
    """One browser left standing on each page of the form."""
    pages: list[PageClient] = []

    def standing() -> PageClient:
        person = form.person
        pages.append(person)
        return person

    for path in ("/", "/privacy", "/receipt", "/helping", "/paper", "/access", "/kept"):
        standing().page(path)
    for number in range(1, len(QUESTIONS) + 3):
        person = standing()
        person.page("/")
        person.submit(button="Start")
        for _ in range(number - 1):
            person.submit({"what": "words"} if number and "seen" in person.heading() else {}, button="Continue")
    sent = standing()
    sent.page("/")
    sent.submit(button="Start")
    sent.submit(what="words", button="check")
    sent.submit(button="Send")
    looked = standing()
    looked.page("/receipt")
    looked.submit(receipt=Receipt.generate().digits(), button="Check")
    burn = standing()
    burn.page("/receipt")
    burn.submit(receipt=Receipt.generate().digits(), button="Check")
    burn.submit(button="Burn this mailbox")
    return pages


def test_every_page_has_one_dull_title_and_says_nothing_in_its_address(public_form: PublicForm) -> None:
    for person in every_page(public_form):
        assert text_of(person.root.findall(".//title")[0]) == "Quiet Word"
        assert person.path in {"/", "/receipt", "/privacy", "/helping", "/paper", "/access", "/kept"}
        for link in person.root.findall(".//a[@href]"):
            assert "?" not in link.get("href", "")


def test_no_page_asks_the_same_thing_twice(public_form: PublicForm) -> None:
    for person in every_page(public_form):
        if not person.root.findall(".//legend//h1"):
            assert person.heading() not in [text_of(legend) for legend in person.root.findall(".//legend")]


def test_no_page_sets_a_cookie(public_form: PublicForm) -> None:
    for person in every_page(public_form):
        assert "Set-Cookie" not in person.response.headers


def test_every_field_and_form_asks_the_browser_to_forget(public_form: PublicForm) -> None:
    for person in every_page(public_form):
        for form in person.root.findall(".//form"):
            assert form.get("autocomplete") == "off"
            assert form.get("method") == "post"
        for field in person.root.findall(".//textarea"):
            assert field.get("autocomplete") == "off"
            assert field.get("spellcheck") == "false"


def test_enter_never_goes_back_sends_or_burns(public_form: PublicForm) -> None:
    """The first submit button of a form is the one that Enter presses."""
    for person in every_page(public_form):
        for form in person.root.findall(".//form"):
            if form.get("class") == "qw-languages":  # nothing in it can be typed in, so Enter never presses for it
                assert not list(form.iter("input")) + list(form.iter("textarea"))
                continue
            first = next(one for one in form.iter("button"))
            safe = first.get("value") in {"continue", "look"} or len(list(form.iter("button"))) == 1
            assert safe, person.heading()


def test_the_first_page_is_small_and_takes_few_requests(public_form: PublicForm) -> None:
    person = public_form.person
    page = person.page("/")
    loaded = {link.get("href", "") for link in page.findall(".//head/link")}
    loaded |= {script.get("src", "") for script in page.iter("script")}
    size = len(person.response.data)
    for path in loaded:
        size += len(public_form.app.test_client().get(path).data)
    assert len(loaded) + 1 <= MOST_REQUESTS
    assert size <= MOST_BYTES


def test_a_nine_year_old_can_read_every_page(public_form: PublicForm) -> None:
    for person in every_page(public_form):
        assert readability(person) <= NINE_YEARS, person.heading()


def test_nothing_shouts(public_form: PublicForm) -> None:
    for person in every_page(public_form):
        assert "!" not in person.text().replace("! Important: If someone", "Important: If someone")


def test_the_privacy_page_makes_all_fourteen_promises_and_says_what_stands_in_clear(public_form: PublicForm) -> None:
    person = public_form.person
    page = person.page("/privacy")
    [promises] = page.findall(".//main//ol")
    assert len(promises.findall("li")) == 14
    for clear in ("a number made by chance", "the date", "in danger now", "how urgent"):
        person.sees(clear)
    person.sees("A court can ask")


def test_a_trial_on_sqlite_says_that_code_alone_holds(public_form_on_both: PublicForm) -> None:
    person = public_form_on_both.person
    person.page("/privacy")
    if public_form_on_both.settings.drop_url.get_backend_name() == "sqlite":
        person.sees("only our program stops the website")
    else:
        person.sees("does not let it read them back")


def test_the_form_says_when_a_report_will_be_read(public_form: PublicForm) -> None:
    person = public_form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what="words", button="check")
    person.sees("a few times a day")


@pytest.mark.parametrize("demonstration", [True, False])
def test_a_trial_says_that_reports_go_at_once(
    new_sqlite_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory, demonstration: bool
) -> None:
    folder = tmp_path_factory.mktemp("trial")
    form = open_form(new_sqlite_database("drop"), folder, release=Release.AT_ONCE, demonstration=demonstration)
    person = form.person
    person.page("/")
    assert ("Everything here is invented" in person.response.text) == demonstration
    person.submit(button="Start")
    person.submit(what="words", button="check")
    person.sees("Reports go to the team at once here")
    close_form(form)


def test_only_the_few_addresses_of_the_form_answer(public_form: PublicForm) -> None:
    addresses = {rule.rule for rule in public_form.app.url_map.iter_rules()}
    assert addresses == {
        "/",
        "/receipt",
        "/privacy",
        "/helping",
        "/paper",
        "/access",
        "/kept",
        "/health",
        "/static/<name>",
    }


def readability(person: PageClient) -> float:
    """The automated readability index of the words in a page's main part."""
    blocks = {"p", "li", "h1", "h2", "dt", "dd", "legend", "label", "button", "div"}
    sentences: list[str] = []
    for element in person.root.findall(".//main")[0].iter():
        if element.tag in blocks and not any(inner.tag in blocks for inner in list(element.iter())[1:]):
            sentences += [one for one in re.split(r"(?<=[.?:])\s+", text_of(element)) if one]
    words = [word for sentence in sentences for word in re.findall(r"[\w’]+", sentence)]
    letters = sum(map(len, words))
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43
