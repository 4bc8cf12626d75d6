"""Which language a page is in, from the request that asked for it; nothing about it is kept after the answer."""

from datetime import date

from flask import Flask, g, request
from werkzeug.exceptions import HTTPException

from reporting.catalogues import catalogue, long_date, number, translated
from reporting.languages import ENGLISH, LANGUAGES, TAGS, language_named
from web.links import carry_language
from web.wording import use_wording

FIELD = "lang"  # what the language bar posts, and every form whose page is not in the browser's own language


def speak(tag: str) -> None:
    """Let the page that answers this request be in this language, if it is one of ours."""
    if tag in TAGS:
        g.language = tag


def spoken() -> str:
    """The tag of the answer's language: what the page that was posted says, or else what the browser asks for."""
    tag: str | None = g.get("language")
    if tag is None:
        tag = g.language = str(request.environ.get("quietword.language", ENGLISH.tag))
    return tag


def browsers_own() -> str:
    """The tag of what the browser asks for by itself, as near as we have it."""
    return str(request.environ.get("quietword.browser_language", ENGLISH.tag))


def use_languages(app: Flask) -> None:
    """Draw every page of this application in the language of its request."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension brings it
        _gettext, lambda one, many, n: catalogue(spoken()).ngettext(one, many, n), newstyle=True
    )
    app.jinja_env.filters["long_date"] = _long_date
    app.jinja_env.filters["thousands"] = _number
    # A plain link leads to a page in the browser's own language; any other must be carried there.
    carry_language(app, lambda: "" if spoken() == browsers_own() else spoken())
    use_wording(app, lambda sentence: translated(sentence, spoken()))
    app.before_request(lambda: _speak_as_posted(app))
    app.context_processor(_of_the_page)


def _speak_as_posted(app: Flask) -> None:
    # Files that come with a form are read by its own view alone, piece by piece.
    if request.method != "POST" or request.mimetype != "application/x-www-form-urlencoded":
        return
    speak(request.form.get(FIELD, ""))
    if set(request.form) == {FIELD}:
        _lead_as_a_link_does(app)


def _lead_as_a_link_does(app: Flask) -> None:
    """A post that says a language and nothing else asks for the page itself: an address would keep it in history."""
    adapter = app.create_url_adapter(request)
    if adapter is None:
        return
    try:
        request.url_rule, values = adapter.match(method="GET", return_rule=True)
        request.view_args, request.routing_exception = dict(values), None
    except HTTPException as error:
        request.routing_exception = error


def _of_the_page() -> dict[str, object]:
    language = language_named(spoken())
    return {
        "lang": language.tag,
        "text_direction": language.direction,
        "language": language,
        "languages": LANGUAGES,
        "browsers_own": language_named(browsers_own()),
    }


def _gettext(sentence: str) -> str:
    # Most pages are in English, and a page has thirty sentences.
    tag = spoken()
    return sentence if tag == ENGLISH.tag else catalogue(tag).gettext(sentence)


def _long_date(day: date) -> str:
    return long_date(day, spoken())


def _number(value: int) -> str:
    return number(value, spoken())
