"""An error says what to do, gives words back, and tells a log nothing about anybody."""

from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlencode

import pytest

from tests.integration.web.sample_program import SECRET_WORDS, sample_program
from tests.pages import PageClient
from web.error_pages import PAGES
from web.incidents import QuietHandler

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("program", ["public", "triage"])
@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_error_is_a_whole_page(program: str, status: int) -> None:
    person = PageClient(sample_program(program))

    person.page(f"/aborts/{status}", status=status)

    assert person.heading() == PAGES[status].heading


@pytest.mark.parametrize("status", [409, 418, 502])
def test_an_error_nobody_thought_of_is_a_page_too(status: int) -> None:
    PageClient(sample_program()).page(f"/aborts/{status}", status=status)


def test_a_method_that_is_not_for_this_page_says_so() -> None:
    PageClient(sample_program()).post("/components", {}, status=405)


@pytest.mark.parametrize("path", ["/fails", "/aborts/400", "/aborts/503"])
def test_words_come_back_when_a_post_fails(path: str) -> None:
    person = PageClient(sample_program())
    words = "\n<b>line one</b>\nline two \u202e"

    person.post(path, {"heard": words}, status=500 if path == "/fails" else int(path[-3:]))

    assert "".join(person.root.findall(".//textarea")[0].itertext()) == words


def test_whoever_only_looked_is_not_told_that_something_may_be_lost() -> None:
    person = PageClient(sample_program())
    person.page("/aborts/500", status=500)
    person.sees("This page could not be shown. Try again.")
    for of_a_post in ("kept", "sent"):
        person.does_not_see(of_a_post)
    person.post("/fails", {"heard": "words"}, status=500)
    person.does_not_see("This page could not be shown")


def test_the_page_of_a_crash_names_the_incident_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    app = sample_program()
    handler = QuietHandler()
    handler_stream = capsys.readouterr
    import logging

    logging.getLogger().addHandler(handler)
    try:
        person = PageClient(app)
        person.post("/fails", {"heard": "other words"}, status=500)
    finally:
        logging.getLogger().removeHandler(handler)
    logged = handler_stream().err

    person.does_not_see(SECRET_WORDS)
    incident = person.text().partition("incident ")[2].split(".")[0]
    assert f"incident {incident}" in logged
    assert "builtins.ValueError" in logged
    for leak in (SECRET_WORDS, "other words", "/fails", "203.0.113.7"):
        assert leak not in logged


def test_an_over_long_form_is_read_to_its_end_and_its_words_come_back() -> None:
    person = PageClient(sample_program(max_body=4096))
    words = "what I saw " * 300

    person.post("/", {"heard": words, "note": "z" * 200_000}, status=413)

    assert "".join(person.root.findall(".//textarea")[0].itertext()) == words


def test_words_cut_by_the_limit_come_back_as_far_as_they_were_read() -> None:
    person = PageClient(sample_program(max_body=1000))

    person.post("/", {"heard": "żółć" * 1000}, status=413)

    came_back = "".join(person.root.findall(".//textarea")[0].itertext())
    assert came_back
    assert set(came_back) <= set("żółć\ufffd")


def test_a_body_of_undeclared_length_is_not_cut_without_a_word() -> None:
    body = BytesIO(urlencode({"heard": "what I saw " * 50, "note": "z" * 9000}).encode())
    response = (
        sample_program(max_body=4096)
        .test_client()
        .post("/", input_stream=body, content_type=FORM, environ_overrides={"wsgi.input_terminated": True})
    )

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "what I saw what I saw" in response.text
    assert body.read() == b""


def test_an_over_long_upload_says_where_the_words_are() -> None:
    response = (
        sample_program(max_body=1000)
        .test_client()
        .post("/", data=b"--x\r\n" + b"y" * 5000, content_type="multipart/form-data; boundary=x")
    )

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "still in your browser" in response.text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"heard=\xff\xfe\x00raw latin", FORM),
        (b"heard=%FF%ED%A0%80%00", FORM),
        (b"%%%&&&===", FORM),
        (b"", FORM),
        (b"{not json", "application/json"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"a=b", "text/plain; charset=nonsense"),
    ],
)
def test_nonsense_gets_a_clear_page(body: bytes, content_type: str) -> None:
    response = sample_program().test_client().post("/", data=body, content_type=content_type)

    assert response.status_code in {200, 400}
    assert "incident" not in response.text


def test_too_many_parts_are_refused() -> None:
    parts = {f"field{number}": "x" for number in range(300)}
    response = (
        sample_program(max_parts=100)
        .test_client()
        .post("/", data=parts, content_type="multipart/form-data; boundary=x")
    )

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_an_error_page_survives_a_failing_words_back() -> None:
    app = sample_program(max_body=100)
    body = urlencode({"heard": "x" * 200})

    assert app.test_client().post("/", data=body, content_type=FORM).status_code == 413
