"""Every route states its guard: a permission the role must hold, or `public`; every post carries its token."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config import TriageSettings
from triage.database import database
from triage.officers.cookies import cookie_name
from triage.officers.errors import (
    ForeignPostError,
    NotAllowedError,
    SessionEndedError,
    SignedOutError,
    StalePageError,
)
from triage.officers.fresh import is_asked_again, prove_again
from triage.officers.kept_posts import TOKEN_FIELD
from triage.officers.news import told_of
from triage.officers.officer import Officer
from triage.officers.rules import Permission
from triage.officers.session import (
    SignedIn,
    end_session,
    keep_session,
    resume_session,
    sweep_sessions,
    token_fits,
)
from web.forms import posted_by_another_site

P = ParamSpec("P")
R = TypeVar("R", bound=ResponseReturnValue)

GUARD = "__quietword_guard__"
PUBLIC = "public"
UNGUARDED = frozenset({"static", "static_file"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Whoever added a person has seen their first secrets, so until they chose their own they do nothing else here.
ENROL = "officers.enrol_oneself"
BEFORE_ENROLLING = frozenset({ENROL, "officers.sign_out"})


def may(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only roles that hold `permission` reach a view."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, GUARD, permission)
        return view

    return mark


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let anybody reach a view: signing in, and nothing much else."""
    setattr(view, GUARD, PUBLIC)
    return view


def guard_of(app: Flask, endpoint: str) -> Permission | str | None:
    """What guards an endpoint: a permission, PUBLIC, or None, which nobody may reach."""
    guard = getattr(app.view_functions[endpoint], GUARD, None)
    return guard if isinstance(guard, (Permission, str)) else None


def guard_every_request(app: Flask, settings: TriageSettings) -> None:
    """Check the guard before each view, and the token of every post, so that no route can forget either.

    A view without a guard answers nobody: it fails closed. Somebody who has not enrolled is sent to do so.
    """

    def check() -> ResponseReturnValue | None:
        if request.endpoint is None or request.endpoint in UNGUARDED:
            return None
        guard = guard_of(app, request.endpoint)
        changes = request.method not in SAFE_METHODS
        if changes:
            _refuse_other_sites()
        if guard == PUBLIC:
            return None
        g.signed_in = _resume(settings, request.cookies.get(cookie_name(settings), ""))
        if not g.signed_in.is_enrolled and request.endpoint not in BEFORE_ENROLLING:
            return redirect(url_for(ENROL), 303)
        if not isinstance(guard, Permission) or not g.signed_in.officer.may(guard):
            raise NotAllowedError
        if changes and not token_fits(g.signed_in, request.form.get(TOKEN_FIELD, "")):
            raise StalePageError
        if is_asked_again(current_app.view_functions[request.endpoint]):
            return prove_again(settings, g.signed_in)
        return None

    app.before_request(check)


def _refuse_other_sites() -> None:
    """Sec-Fetch-Site where a browser sends it; an Origin that is not ours where it sends that alone."""
    if posted_by_another_site():
        raise ForeignPostError
    if request.environ.get("quietword.from") == "cross":
        raise ForeignPostError


def _resume(settings: TriageSettings, cookie: str) -> SignedIn:
    if not cookie:
        raise SignedOutError
    try:
        with database().look() as session:
            found = resume_session(session, settings, cookie)
            g.news = told_of(session, found) if found.is_enrolled else None
            due = found.is_due(session.now)
    except SessionEndedError as ended:
        with database().begin() as session:
            end_session(session, ended.digest)
        raise
    if due:
        with database().begin() as session:
            keep_session(session, found.digest)
            sweep_sessions(session, settings)
    return found


def signed_in() -> SignedIn:
    """The session of the request."""
    found = g.get("signed_in")
    if not isinstance(found, SignedIn):
        raise SignedOutError
    return found


def current_officer() -> Officer:
    """The officer whose request this is: the `by` of every use case."""
    return signed_in().officer
