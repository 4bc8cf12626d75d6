"""Sign in, sign out, the first page of each role, and one's own account."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from uuid import UUID

import segno
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from triage.audit.acts import Act
from triage.audit.service import record
from triage.database import database
from triage.officers.account import (
    change_passphrase,
    end_one_session,
    end_other_sessions,
    enrol,
    lock_seed,
    make_lock,
    sign_in_name_of,
)
from triage.officers.addresses import is_ours
from triage.officers.cookies import cookie_name, set_cookie
from triage.officers.devices import KEPT_FOR_SECONDS, device_cookie_name
from triage.officers.door import Entered, door
from triage.officers.errors import BusyError, PassphraseError, SignInError, SlowDownError, WrongCodeError
from triage.officers.forms import ChangePassphraseForm, EnrolForm, SignInForm
from triage.officers.fresh import fresh
from triage.officers.going_on import page_to_go_on
from triage.officers.guard import current_officer, may, public, signed_in
from triage.officers.news import KEPT, TRIES_KEPT, news_of, say_seen
from triage.officers.own_address import own_address
from triage.officers.passkeys.forms import PasskeySignInForm
from triage.officers.rules import Permission
from triage.officers.second_factor import in_fours, is_totp_secret, new_totp_secret, totp_uri
from triage.officers.session import digest_in, end_session, resume_session, sessions_of
from triage.page import first_place
from triage.settings import settings

bp = Blueprint("officers", __name__)


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    """Whether triage can reach its databases; where it cannot, the error page of the program answers 503."""
    with database().look() as session:
        session.execute(select(1))
        session.keys.execute(select(1))
    return Response("well\n", content_type="text/plain; charset=utf-8")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        tried = form.to_tried(
            device_cookie=request.cookies.get(device_cookie_name(settings()), ""),
            session_cookie=request.cookies.get(cookie_name(settings()), ""),
        )
        try:
            entered = door().sign_in(tried)
        except (SignInError, SlowDownError, BusyError) as error:
            form.refuse(str(error))
            form.code.data = ""  # it works once, so it is typed anew in any case
            return render_template("officers/sign_in.html", form=form, ended=False), status_of(error)
        return come_in(entered, form)
    if request.method == "GET":
        form.after.data = request.args.get("after", "")
    return render_template("officers/sign_in.html", form=form, ended=request.args.get("ended") == "yes")


@bp.post("/go-on")
@may(Permission.USE_ACCOUNT)
@fresh
def go_on() -> ResponseReturnValue:
    """Where somebody is sent who wanted to read a page that is shown only to who has just proven who they are."""
    return redirect(where_to(request.args.get("after", "")), 303)


@bp.post("/sign-out")
@may(Permission.USE_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    here = signed_in()
    with database().begin() as session:
        if end_session(session, here.digest):
            record(session, Act.SIGNED_OUT, here.officer.id, by=here.officer)
    response = make_response(redirect(url_for("officers.sign_in", ended="yes"), 303))
    set_cookie(response, settings(), cookie_name(settings()), "", max_age=0)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'  # not "cookies": the browser stays known at the door
    return response


@bp.get("/")
@may(Permission.USE_ACCOUNT)
def home() -> ResponseReturnValue:
    place = first_place(current_officer())
    return redirect(place if place is not None else url_for("officers.account"), 303)


@bp.route("/account/enrol", methods=["GET", "POST"])
@may(Permission.USE_ACCOUNT)
def enrol_oneself() -> ResponseReturnValue:
    if signed_in().is_enrolled:
        return redirect(url_for("officers.account"), 303)
    with database().look() as session:
        name = sign_in_name_of(session, by=current_officer())
    form = EnrolForm()
    if form.validate_on_submit():
        try:
            session_cookie = _enrol(form, name)
        except (PassphraseError, WrongCodeError, BusyError) as error:
            form.refuse(str(error))
        else:
            response = make_response(redirect(url_for("officers.account", changed="enrolled"), 303))
            set_cookie(response, settings(), cookie_name(settings()), session_cookie)
            return response
    # The secret travels in the page it is shown on; until the code proves it, nothing is changed.
    if not is_totp_secret(form.secret.data or ""):
        form.secret.data = new_totp_secret()
    secret = form.secret.data or ""
    picture = segno.make_qr(totp_uri(secret, name)).png_data_uri(scale=5, border=4)
    return render_template("officers/enrol.html", form=form, picture=picture, secret=in_fours(secret))


@bp.route("/account", methods=["GET", "POST"])
@may(Permission.USE_ACCOUNT)
def account() -> ResponseReturnValue:
    here, form = signed_in(), ChangePassphraseForm()
    if form.validate_on_submit():
        try:
            _change_passphrase(form)
        except (SignInError, SlowDownError, BusyError, PassphraseError) as error:
            form.refuse(str(error))
        else:
            return redirect(url_for("officers.account", changed="passphrase"), 303)
    with database().begin() as session:
        sessions, news = sessions_of(session, settings(), here), news_of(session, here)
        lives_at = own_address(session, by=here.officer)
    return render_template(
        "officers/account.html",
        form=form,
        sessions=sessions,
        own_news=news,
        lives_at=lives_at,
        news_days=KEPT.days,
        news_tries=TRIES_KEPT,
        ends_at=here.ends_at,
        idle_minutes=settings().idle_minutes,
        changed=request.args.get("changed", ""),
    )


@bp.post("/account/sign-out-elsewhere")
@may(Permission.USE_ACCOUNT)
def sign_out_elsewhere() -> ResponseReturnValue:
    with database().begin() as session:
        end_other_sessions(session, signed_in())
    return redirect(url_for("officers.account", changed="sessions"), 303)


@bp.post("/account/sessions/<string:digest>/end")
@may(Permission.USE_ACCOUNT)
def end_session_elsewhere(digest: str) -> ResponseReturnValue:
    with database().begin() as session:
        end_one_session(session, signed_in(), digest_in(digest))
    return redirect(url_for("officers.account", changed="session"), 303)


@bp.post("/account/news/seen")
@may(Permission.USE_ACCOUNT)
def see_news() -> ResponseReturnValue:
    """Somebody knows of what the page told them happened to their own sign-in."""
    with database().begin() as session:
        say_seen(session, _ids(request.form.getlist("seen")), signed_in())
    return redirect(where_to(request.form.get("after", "")), 303)


def _ids(texts: Iterable[str]) -> Iterator[UUID]:
    for text in texts:
        with suppress(ValueError):
            yield UUID(text)


def _change_passphrase(form: ChangePassphraseForm) -> None:
    here = signed_in()
    with database().look() as session:
        name = sign_in_name_of(session, by=here.officer)
    current, new = form.current.data or "", form.new.data or ""

    def lock(seed: bytes) -> bytes:
        return lock_seed(settings(), seed, new, old=current, sign_in_name=name)

    locked = door().lock_anew(here, current, form.code.data or "", lock)
    with database().begin() as session:
        change_passphrase(session, locked, here)


def _enrol(form: EnrolForm, name: str) -> str:
    here, now = signed_in(), database().clock()
    new, secret, code = form.new.data or "", form.secret.data or "", form.code.data or ""
    with door().in_line():
        lock = make_lock(settings(), new, secret, code, now=now, name=name)
    with database().begin() as session:
        return enrol(session, lock, here)


def status_of(error: Exception) -> int:
    """What the answer to a refusal at the door is numbered."""
    match error:
        case SlowDownError():
            return 429
        case BusyError():
            return 503
        case _:
            return 200


def where_to(after: str) -> str:
    """The page somebody wanted before they were asked to sign in, if it is one of ours that is read with GET."""
    return after.removesuffix("?") if is_ours(after, "GET") else url_for("officers.home")


def come_in(entered: Entered, form: SignInForm | PasskeySignInForm) -> Response:
    """Where somebody goes who has signed in: on with what they were about to do, or to the page that they wanted."""
    with database().look() as session:
        here = resume_session(session, settings(), entered.session_cookie)
    page = page_to_go_on(here, form.kept.data or "", form.kept_for.data or "")
    return with_cookies(redirect(where_to(form.after.data or ""), 303) if page is None else page, entered)


def with_cookies(response: ResponseReturnValue, entered: Entered) -> Response:
    made = make_response(response)
    set_cookie(made, settings(), cookie_name(settings()), entered.session_cookie)
    set_cookie(made, settings(), device_cookie_name(settings()), entered.device_cookie, max_age=KEPT_FOR_SECONDS)
    return made
