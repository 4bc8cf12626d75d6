"""Forms draw GOV.UK components, say what to do, and keep every word."""

import io

import pytest

from tests.integration.web.sample_program import TOKEN, sample_program
from tests.pages import PageClient

GOOD = {"heard": "a white van", "knows": "saw"}


def test_an_empty_form_says_what_to_do_and_where() -> None:
    person = PageClient(sample_program())
    person.page("/")

    person.submit(button="Send")

    assert person.errors() == ["Enter what has happened", "Choose how you know"]
    links = [link.get("href") for link in person.root.findall(".//a") if link.get("href", "").startswith("#")]
    assert {"#heard", "#knows"} <= set(links)


def test_a_post_that_says_nothing_is_still_a_post() -> None:
    person = PageClient(sample_program())

    person.post("/", {})

    assert len(person.errors()) == 4


def test_what_was_filled_in_comes_through_as_it_was() -> None:
    app = sample_program()
    person = PageClient(app)
    person.page("/")

    person.submit(
        GOOD
        | {"street": "  Mill Lane ", "note": "\none\r\ntwo", "about": ["drugs", "guns"], "team": "s", "agree": "y"},
        **{"seen-day": "27", "seen-month": "3", "seen-year": "2026", "passphrase": "pass phrase"},
    )

    assert person.errors() == []
    taken = app.config["SAMPLE_TAKEN"]
    assert taken["heard"] == "a white van"
    assert taken["note"] == "\none\ntwo"
    assert taken["about"] == ["drugs", "guns"]
    assert taken["team"] == "s"
    assert taken["agree"] is True
    assert taken["seen"].isoformat() == "2026-03-27"
    assert taken["passphrase"] == "pass phrase"
    assert taken["picture"] is None


def test_a_refused_form_keeps_every_answer_but_a_passphrase() -> None:
    person = PageClient(sample_program())
    person.page("/")

    person.submit(
        {"heard": "\n\n  x" * 9, "knows": "told", "about": ["guns"], "team": "s", "agree": "y", "note": "\nline"},
        **{"seen-day": "31", "seen-month": "2", "seen-year": "2026", "passphrase": "secret-pass"},
    )

    assert person.errors() == [
        "Make this shorter: it may have 20 characters and has 25 too many",
        "Enter a real date, such as 27 3 2026",
    ]
    assert person.value("heard") == "\n\n  x" * 9
    assert person.value("note") == "\nline"
    assert [person.value(name) for name in ("knows", "about", "team", "agree", "seen-day", "seen-year")] == [
        "told",
        "guns",
        "s",
        "y",
        "31",
        "2026",
    ]
    person.does_not_see("secret-pass")


def test_a_new_line_counts_as_one_character() -> None:
    person = PageClient(sample_program())
    person.page("/")

    person.submit(GOOD | {"heard": "1234567890\r\n123456789"})

    assert person.errors() == []


@pytest.mark.parametrize("nasty", ["a\x00b", "a\x0bb", "a\x1bb", "a\ufffeb"])
def test_characters_that_cannot_be_kept_are_refused_once_in_plain_words(nasty: str) -> None:
    person = PageClient(sample_program())
    person.page("/")

    person.submit(GOOD | {"heard": nasty})
    assert person.errors() == ["Check what you wrote: some characters could not be read and are shown as \ufffd"]
    assert person.value("heard") == "a\ufffdb"

    person.submit(GOOD | {"heard": person.value("heard")})
    assert person.errors() == []


@pytest.mark.parametrize("token", ["", "forged", TOKEN + "x"])
def test_a_form_without_its_token_is_refused_and_keeps_its_words(token: str) -> None:
    person = PageClient(sample_program())
    person.page("/")

    person.submit(GOOD | {"csrf_token": token})

    assert person.errors() == [
        "This page was open for too long or was opened twice. Check your answers and send it again."
    ]
    assert person.value("heard") == GOOD["heard"]
    assert person.value("csrf_token") == TOKEN


@pytest.mark.parametrize("choice", ["", "neither", "saw\x00"])
def test_an_answer_that_was_not_offered_is_refused(choice: str) -> None:
    person = PageClient(sample_program())
    person.page("/")

    person.submit(GOOD | {"knows": choice})

    assert len(person.errors()) == 1


def test_a_file_stays_in_memory_and_is_seen() -> None:
    app = sample_program()
    person = PageClient(app)
    person.page("/")

    person.submit(GOOD | {"picture": (io.BytesIO(b"picture"), "van.jpg")})

    assert app.config["SAMPLE_TAKEN"]["picture"] == b"picture"


def test_a_page_checks_what_it_sees() -> None:
    """The checks themselves: each rule is broken once."""
    from tests.pages import PageError, check_page
    from web.headers import HEADERS

    good = (
        '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><main><h1>h</h1>'
        '<label for="a">a</label><input id="a" name="a"></main></body></html>'
    )
    headers = {**HEADERS, "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    check_page(good.encode(), headers)
    for old, new in (
        ("<main>", "<main><main>"),
        ("<h1>h</h1>", ""),
        ("<h1>h</h1>", "<h1>h</h1><h1>i</h1>"),
        ("<title>t</title>", ""),
        (' lang="en"', ""),
        ('<label for="a">a</label>', ""),
        ('for="a"', 'for="b"'),
        ('<input id="a"', '<input style="x" id="a"'),
        ('<input id="a"', '<input onclick="x" id="a"'),
        ('<input id="a"', '<p id="a"></p><input id="a"'),
        ("</main>", "<script>x</script></main>"),
        ("</main>", '<img src="https://elsewhere.example/x.png" alt=""></main>'),
        ("</main>", '<a href="https://elsewhere.example/">x</a></main>'),
        ("</main>", '<a href="javascript:x">x</a></main>'),
        ("</main>", "</div></main>"),
    ):
        with pytest.raises(PageError):
            check_page(good.replace(old, new, 1).encode(), headers)
    for name in headers:
        with pytest.raises(PageError):
            check_page(good.encode(), {key: value for key, value in headers.items() if key != name})


@pytest.mark.parametrize("year", ["0", "-1", "99999999999", "9" * 5000])
def test_a_year_that_no_calendar_has_is_a_sentence_and_no_incident(year: str) -> None:
    person = PageClient(sample_program())
    person.page("/")
    person.submit(GOOD, **{"seen-day": "1", "seen-month": "1", "seen-year": year})
    assert person.errors() == ["Enter a real date, such as 27 3 2026"]
