"""Passkeys: sign in with one, and add, name and remove one's own."""

from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import NotFoundError
from triage.officers.account import sign_in_name_of
from triage.officers.cookies import cookie_name
from triage.officers.devices import device_cookie_name
from triage.officers.door import door
from triage.officers.errors import SignInError, SlowDownError
from triage.officers.forms import SignInForm
from triage.officers.fresh import fresh
from triage.officers.guard import may, public, signed_in
from triage.officers.passkeys.errors import CannotUnlockError, NamelessPasskeyError, TooManyPasskeysError
from triage.officers.passkeys.forms import AddPasskeyForm, PasskeySignInForm, RemovePasskeyForm, RenamePasskeyForm
from triage.officers.passkeys.keeping import Passkey, add_passkey, passkeys_of, remove_passkey, rename_passkey
from triage.officers.passkeys.options import options_to_add, options_to_prove, options_to_sign_in
from triage.officers.rules import Permission
from triage.officers.views import come_in, status_of
from triage.settings import settings

bp = Blueprint("passkeys", __name__)

DONE = {
    "added": "The passkey is added. Sign in with it once, to see that it works.",
    "second": "The passkey is added. It cannot unlock your keys by itself: use it beside your passphrase.",
    "renamed": "The name is saved.",
    "removed": "The passkey is removed, and opens nothing here any more.",
}


@bp.get("/sign-in/passkey")
@public
def sign_in_options() -> ResponseReturnValue:
    return jsonify(options_to_sign_in(settings(), database().clock()))


@bp.post("/sign-in/passkey")
@public
def sign_in() -> ResponseReturnValue:
    form = PasskeySignInForm()
    try:
        entered = door().sign_in_by_passkey(
            form.answer.data or "",
            device_cookie=request.cookies.get(device_cookie_name(settings()), ""),
            session_cookie=request.cookies.get(cookie_name(settings()), ""),
        )
    except (SignInError, CannotUnlockError, SlowDownError) as error:
        again = SignInForm(formdata=None)
        again.after.data = form.after.data or ""
        again.kept.data, again.kept_for.data = form.kept.data or "", form.kept_for.data or ""
        again.refuse(str(error))
        return render_template("officers/sign_in.html", form=again, ended=False), status_of(error)
    return come_in(entered, form)


@bp.get("/account/passkeys")
@may(Permission.USE_ACCOUNT)
def browse() -> ResponseReturnValue:
    return render_template(
        "officers/passkeys.html",
        passkeys=_own(),
        are_here=settings().origin is not None,
        done=DONE.get(request.args.get("done", ""), ""),
    )


@bp.get("/account/passkeys/options")
@may(Permission.USE_ACCOUNT)
def add_options() -> ResponseReturnValue:
    here = signed_in()
    with database().look() as session:
        name, owned = sign_in_name_of(session, by=here.officer), passkeys_of(session, here)
        return jsonify(options_to_add(settings(), here, owned, session.now, sign_in_name=name))


@bp.get("/account/passkeys/prove")
@may(Permission.USE_ACCOUNT)
def prove_options() -> ResponseReturnValue:
    return jsonify(options_to_prove(settings(), signed_in(), _own(), database().clock()))


@bp.get("/account/passkeys/add")
@may(Permission.USE_ACCOUNT)
@fresh
def begin_adding() -> ResponseReturnValue:
    return render_template("officers/add_passkey.html", form=AddPasskeyForm())


@bp.post("/account/passkeys/add")
@may(Permission.USE_ACCOUNT)
@fresh
def add() -> ResponseReturnValue:
    form, here = AddPasskeyForm(), signed_in()
    if form.validate():
        try:
            with database().begin() as session:
                added = add_passkey(session, settings(), here, form.name.data or "", form.answer.data or "")
        except (SignInError, TooManyPasskeysError, NamelessPasskeyError) as error:
            form.refuse(str(error))
        else:
            unlocks = _one(added).unlocks
            return redirect(url_for("passkeys.browse", done="added" if unlocks else "second"), 303)
    form.answer.data = ""  # an answer is taken once
    return render_template("officers/add_passkey.html", form=form)


@bp.route("/account/passkeys/<uuid:passkey_id>", methods=["GET", "POST"])
@may(Permission.USE_ACCOUNT)
def rename(passkey_id: UUID) -> ResponseReturnValue:
    passkey = _one(passkey_id)
    form = RenamePasskeyForm(name=passkey.name)
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                rename_passkey(session, signed_in(), passkey_id, form.name.data or "")
        except NamelessPasskeyError as error:
            form.refuse(str(error))
        else:
            return redirect(url_for("passkeys.browse", done="renamed"), 303)
    return render_template("officers/rename_passkey.html", form=form, passkey=passkey)


@bp.route("/account/passkeys/<uuid:passkey_id>/remove", methods=["GET", "POST"])
@may(Permission.USE_ACCOUNT)
@fresh
def remove(passkey_id: UUID) -> ResponseReturnValue:
    passkey, form = _one(passkey_id), RemovePasskeyForm()
    if form.validate_on_submit():
        with database().begin() as session:
            remove_passkey(session, signed_in(), passkey_id)
        return redirect(url_for("passkeys.browse", done="removed"), 303)
    return render_template("officers/remove_passkey.html", form=form, passkey=passkey, last=len(_own()) == 1)


def _own() -> tuple[Passkey, ...]:
    with database().look() as session:
        return passkeys_of(session, signed_in())


def _one(passkey_id: UUID) -> Passkey:
    found = next((one for one in _own() if one.id == passkey_id), None)
    if found is None:
        raise NotFoundError("passkey")
    return found
