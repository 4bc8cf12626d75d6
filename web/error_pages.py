"""Answers every error with a plain page that says what to do, and gives the sender's words back."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import NamedTuple

from flask import Flask, Request, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from web.drain import read_and_drain
from web.incidents import log_incident
from web.sentences import N_

WordsBack = Callable[[Request], Mapping[str, str]]


class ErrorPage(NamedTuple):
    """What one status says: a heading, then sentences."""

    heading: str
    sentences: tuple[str, ...]


SEND_AGAIN = N_("Sending again is safe: the same report is only ever counted once.")
PAGES: dict[int, ErrorPage] = {
    400: ErrorPage(
        N_("We could not read what was sent"),
        (N_("Nothing was kept from this page."), N_("Go back and try again.")),
    ),
    403: ErrorPage(N_("You cannot do this"), (N_("You do not have access to this page."),)),
    404: ErrorPage(N_("Page not found"), (N_("Check the address, or start again from the first page."),)),
    405: ErrorPage(N_("This page cannot be opened this way"), (N_("Start again from the first page."),)),
    413: ErrorPage(
        N_("That is too much to send at once"),
        (N_("It was not sent. Make it shorter, or send it in parts."),),
    ),
    429: ErrorPage(N_("Too many attempts"), (N_("Wait a few minutes, then try again."),)),
    500: ErrorPage(N_("Sorry, something went wrong"), (N_("We cannot say that it was kept. Try again."),)),
    503: ErrorPage(
        N_("This service cannot be used at the moment"),
        (N_("Nothing was sent or kept. Try again later."),),
    ),
}
ONLY_LOOKED = (N_("This page could not be shown. Try again."),)
PUBLIC_SENTENCES = {
    500: (N_("Your report may not have been sent. Go back and send it again."), SEND_AGAIN),
    503: (N_("Your report has not been sent. Try again later."), SEND_AGAIN),
}
OUR_LIMIT = N_("What you wrote could not be kept on this page. It is still in your browser: use its Back button.")


def answer_errors(app: Flask, words_back: WordsBack | None) -> None:
    """Register the page for every HTTP error and for every exception nobody caught."""

    def on_http_error(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if error.response is not None or status < HTTPStatus.BAD_REQUEST:
            return error
        incident = None
        if isinstance(error, InternalServerError):
            incident = log_incident(error.original_exception or error)
        if isinstance(error, RequestEntityTooLarge):
            read_and_drain(request, keep=current_app.config["MAX_CONTENT_LENGTH"])
        return _page(status, incident, _words(words_back))

    app.register_error_handler(HTTPException, on_http_error)


def _words(words_back: WordsBack | None) -> Mapping[str, str]:
    if words_back is None or request.method != "POST":
        return {}
    try:
        return {label: text for label, text in words_back(request).items() if text.strip()}
    except Exception as error:  # noqa: BLE001 - an error page must not fail; its own failure is logged
        log_incident(error)
        return {}


def _page(status: int, incident: str | None, words: Mapping[str, str]) -> ResponseReturnValue:
    page = PAGES.get(status) or PAGES[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500]
    sentences = page.sentences
    if current_app.config["QUIETWORD_PROGRAM"] == "public":
        sentences = PUBLIC_SENTENCES.get(status, sentences)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR and request.method != "POST":
        sentences = ONLY_LOOKED
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and not words:
        sentences = (*sentences, OUR_LIMIT)
    html = render_template("web/error.html", heading=page.heading, sentences=sentences, incident=incident, words=words)
    return make_response(html, status)
