"""Puts the officers' program together: databases, guard, forms' token, and each step's pages."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from secrets import token_hex

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from config import TriageSettings
from triage.database import EXTENSION as DATABASE
from triage.database import Database
from triage.errors import (
    DatabaseAwayError,
    NoKeyError,
    NotFoundError,
    NothingToOpenError,
    OutOfDateError,
    TriageError,
)
from triage.linking.index import use_index
from triage.linking.index_hooks import keep_index_with_sessions
from triage.linking.learning.held_back import hold_back
from triage.officers.cookies import cookie_name
from triage.officers.devices import device_cookie_name
from triage.officers.door import put_up_door
from triage.officers.errors import ForeignPostError, NotAllowedError, SignedOutError, StalePageError
from triage.officers.going_on import page_to_go_on_in_this_session, sign_in_page_that_keeps
from triage.officers.guard import guard_every_request
from triage.officers.kept_posts import KEPT_FIELD
from triage.officers.kept_words import words_kept
from triage.officers.refused import leave_a_line_of_a_foreign_post, leave_a_line_of_the_refusal
from triage.officers.token import SessionToken
from triage.page import put_on_every_page
from triage.settings import EXTENSION as SETTINGS
from web.app import create_base_app
from web.forms import use_form_tokens
from web.incidents import log_incident

# Each step brings a blueprint `bp`; the order is the way a report goes.
PAGES = (
    "triage.officers.views",
    "triage.officers.passkeys.views",
    "triage.officers.authenticator_views",
    "triage.officers.people_views",
    "triage.officers.recovery_views",
    "triage.officers.keys_views",
    "triage.copies.views",
    "triage.operations.views",
    "triage.intake.views",
    "triage.bell.views",
    "triage.intake.file_views",
    "triage.intake.quarantine_views",
    "triage.grading.views",
    "triage.register.views",
    "triage.linking.views",
    "triage.linking.learning.views",
    "triage.linking.origins.views",
    "triage.sanitising.views",
    "triage.referral.views",
    "triage.outcome.views",
    "triage.compartments.views",
    "triage.compartments.conflict_views",
    "triage.compartments.report_views",
    "triage.disposal.views",
    "triage.exporting.views",
    "triage.oversight.views",
    "triage.oversight.sample_views",
    "triage.oversight.alert_views",
    "triage.casefile.views",
    "triage.casefile.why_views",
    "triage.search.views",
)


def create_app(settings: TriageSettings, *, database: Database | None = None) -> Flask:
    """The officers' program over the databases of `settings`, or over those given."""
    app = create_base_app(
        __name__,
        title="Quiet Word triage",
        program="triage",
        template_folder=Path(__file__).parent / "templates",
        secret_key=token_hex(32),  # signs nothing: sessions are rows, and forms carry the session's own token
        secure=settings.secure_cookies,
        demo=settings.demonstration,
        cookies=frozenset({cookie_name(settings), device_cookie_name(settings)}),
        keep_query=True,
        trusted_hops=settings.trusted_hops,
        redis_url=settings.redis_url,
        words_back=words_kept,
    )
    app.extensions[DATABASE] = database = database or Database.open(settings)
    app.extensions["quietword.engines"] = (database.case, database.keys)
    app.extensions[SETTINGS] = settings
    use_index(database, settings)
    hold_back(database, settings)
    use_form_tokens(app, SessionToken())
    put_up_door(app, database, settings)
    guard_every_request(app, settings)
    put_on_every_page(app, settings)
    keep_index_with_sessions(app)
    for module in PAGES:
        app.register_blueprint(import_module(module).bp)
    _answer_domain_errors(app)
    return app


def _answer_domain_errors(app: Flask) -> None:
    """Each error of ours is a page with its own sentence; a person who is signed out is asked to sign in."""

    def signed_out(error: SignedOutError) -> ResponseReturnValue:
        words = words_kept(request)
        if words:
            return told("You have been signed out", error, 403, words=words, sign_in=True)
        address = request.full_path.rstrip("?")
        if kept := request.form.get(KEPT_FIELD, ""):
            return sign_in_page_that_keeps(kept, address), 403
        after = address if request.method == "GET" and request.path != "/" else None
        ended = "yes" if cookie_name(app.extensions[SETTINGS]) in request.cookies and not after else None
        return redirect(url_for("officers.sign_in", ended=ended, after=after), 303)

    def stale(error: TriageError) -> ResponseReturnValue:
        if (page := page_to_go_on_in_this_session()) is not None:
            return page, 400
        return told("This was not done", error, 400, words=words_kept(request))

    def from_elsewhere(error: ForeignPostError) -> ResponseReturnValue:
        leave_a_line_of_a_foreign_post(app.extensions[SETTINGS])
        return stale(error)

    def told(
        title: str, error: TriageError, status: int, *, words: Mapping[str, str] | None = None, sign_in: bool = False
    ) -> ResponseReturnValue:
        html = render_template("told.html", title=title, sentence=str(error), words=words or {}, sign_in=sign_in)
        return html, status

    def sentence(status: int, title: str) -> Callable[[TriageError], ResponseReturnValue]:
        return lambda error: told(title, error, status, words=words_kept(request))

    def refused(answer: Callable[[TriageError], ResponseReturnValue]) -> Callable[[TriageError], ResponseReturnValue]:
        def answer_and_record(error: TriageError) -> ResponseReturnValue:
            leave_a_line_of_the_refusal()
            return answer(error)

        return answer_and_record

    def nothing_to_open(status: int, title: str) -> Callable[[TriageError], ResponseReturnValue]:
        """Asked for by an id, what is not there and what is not theirs are answered alike."""
        plain = sentence(status, title)

        def answer(error: TriageError) -> ResponseReturnValue:
            if not request.view_args:
                return plain(error)
            return told("You cannot open this", NothingToOpenError(), 404, words=words_kept(request))

        return answer

    def database_away(error: Exception) -> ResponseReturnValue:
        log_incident(error)
        return told("The database does not answer", DatabaseAwayError(), 503, words=words_kept(request))

    for away in (OperationalError, InterfaceError, NoConnectionLeftError):
        app.register_error_handler(away, database_away)
    app.register_error_handler(SignedOutError, signed_out)
    app.register_error_handler(StalePageError, refused(stale))
    app.register_error_handler(ForeignPostError, from_elsewhere)
    app.register_error_handler(NotAllowedError, refused(sentence(403, "You cannot do this")))
    app.register_error_handler(NoKeyError, refused(nothing_to_open(403, "You cannot open this")))
    app.register_error_handler(NotFoundError, refused(nothing_to_open(404, "Not found")))
    app.register_error_handler(OutOfDateError, sentence(409, "This has changed"))
    app.register_error_handler(TriageError, sentence(422, "This cannot be done"))
