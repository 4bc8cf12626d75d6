"""What matters most is done only by who proved in the last five minutes who they are; what they typed is not lost.

    @bp.post("/people/<uuid:officer_id>/suspend")
    @may(Permission.MANAGE_PEOPLE)
    @fresh
    def suspend_officer(officer_id: UUID) -> ResponseReturnValue: ...

The guard asks before the view. Whoever signed in or proved themselves longer ago gets a page that asks for passphrase
and code at the address they posted to; their post lies in that page, sealed to them. When it comes back with the proof,
the view is given the first post as if nothing had come between; where their session has ended meanwhile, the next one
goes on with it (triage/officers/going_on.py). A file cannot be kept so, and is chosen anew. A view that is only read is
guarded when it is read, any other when something is sent to it.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Response, after_this_request, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

from config import TriageSettings
from triage.database import database
from triage.officers.cookies import cookie_name, set_cookie
from triage.officers.door import door
from triage.officers.errors import BusyError, ProveAgainError, SignInError, SlowDownError
from triage.officers.forms import ProveForm
from triage.officers.kept_posts import KEPT_FIELD, TOKEN_FIELD, Fields, open_post, seal_post
from triage.officers.passkeys.errors import PasskeyRefusedError
from triage.officers.session import SignedIn, resume_session

P = ParamSpec("P")
R = TypeVar("R", bound=ResponseReturnValue)

FRESH = "__quietword_fresh__"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def fresh(view: Callable[P, R]) -> Callable[P, R]:
    """Let only who proved in the last five minutes who they are do what a view does."""
    setattr(view, FRESH, True)
    return view


def is_fresh_guarded(view: Callable[..., object]) -> bool:
    """Whether a view is one of those: for the guard, and for the test that goes through every route."""
    return getattr(view, FRESH, False) is True


def is_asked_again(view: Callable[..., object]) -> bool:
    """Whether this request is one that a view guards so."""
    takes = request.url_rule.methods if request.url_rule is not None else None
    only_read = not (takes or set()) - READING
    return is_fresh_guarded(view) and (request.method not in READING or only_read)


def prove_again(settings: TriageSettings, here: SignedIn) -> ResponseReturnValue | None:
    """None once the view may go on, with the first post put back; before that the page that asks.

    Raises:
        StalePageError: what came back was not sealed for this person and address, or too long ago.
    """
    is_answer = KEPT_FIELD in request.form
    kept = request.form.get(KEPT_FIELD, "") if is_answer else _seal(here)
    if here.is_fresh(database().clock()):
        if is_answer:
            _put_back(_open(settings, here, kept))
        return None
    if not is_answer:
        return _page(ProveForm(formdata=None), kept), 403
    fields, form = _open(settings, here, kept), ProveForm()
    if not form.validate():
        return _page(form, kept), 403
    try:
        cookie = _prove(here, form)
    except PasskeyRefusedError as error:
        form.refuse(str(error))
        return _page(form, kept), 403
    except (SignInError, SlowDownError, BusyError) as error:
        form.refuse(str(ProveAgainError() if isinstance(error, SignInError) else error))
        form.proof_code.data = ""  # it works once, so it is typed anew in any case
        return _page(form, kept), 403
    _go_on_as(settings, cookie)
    _put_back(fields)
    return None


def _prove(here: SignedIn, form: ProveForm) -> str:
    if form.proof_passkey.data:
        return door().prove_by_passkey(here, form.proof_passkey.data)
    return door().prove(here, form.proof_passphrase.data or "", form.proof_code.data or "")


def _page(form: ProveForm, kept: str) -> str:
    form.kept.data, form.proof_passkey.data = kept, ""
    address = request.full_path.rstrip("?")
    if request.method in READING:
        address = url_for("officers.go_on", after=address)
    return render_template("officers/prove.html", form=form, address=address)


def _go_on_as(settings: TriageSettings, cookie: str) -> None:
    """The rest of this request is in the renewed session, whose cookie goes out with the answer."""
    with database().look() as session:
        g.signed_in = resume_session(session, settings, cookie)

    @after_this_request
    def hand_over(response: Response) -> Response:
        set_cookie(response, settings, cookie_name(settings), cookie)
        return response


def _put_back(fields: Fields) -> None:
    """What the view reads as its form from here on, with the token that came just now and was checked."""
    request.form = ImmutableMultiDict([(TOKEN_FIELD, request.form.get(TOKEN_FIELD, "")), *fields])


def _seal(here: SignedIn) -> str:
    # A page that is read goes on by a post of its own, which carries nothing but the token.
    fields = [(name, one) for name, values in request.form.lists() for one in values]
    return seal_post(here, fields, _path(), database().clock())


def _open(settings: TriageSettings, here: SignedIn, kept: str) -> Fields:
    return open_post(settings, here, kept, _path(), database().clock())


def _path() -> str:
    """Where a post is put back: where it was sent to."""
    return request.path if request.method not in READING else url_for("officers.go_on")
