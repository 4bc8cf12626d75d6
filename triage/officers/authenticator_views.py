"""Put another authenticator in the place of one's own: a picture to scan, and a code that shows it was scanned."""

import segno
from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.officers.account import sign_in_name_of
from triage.officers.authenticator import Offer, offer_authenticator, open_offer, replace_authenticator
from triage.officers.errors import StaleOfferError, WrongCodeError
from triage.officers.forms import AuthenticatorForm
from triage.officers.fresh import fresh
from triage.officers.guard import may, signed_in
from triage.officers.rules import Permission
from triage.officers.second_factor import in_fours, totp_uri

bp = Blueprint("authenticator", __name__)


@bp.get("/account/authenticator")
@may(Permission.USE_ACCOUNT)
@fresh
def begin() -> ResponseReturnValue:
    return _page(AuthenticatorForm(formdata=None), _new_offer())


@bp.post("/account/authenticator")
@may(Permission.USE_ACCOUNT)
@fresh
def replace() -> ResponseReturnValue:
    form, here = AuthenticatorForm(), signed_in()
    sealed = form.secret.data or ""
    try:
        with database().look() as session:
            offer = open_offer(session, here, sealed)
        if form.validate():
            with database().begin() as session:
                replace_authenticator(session, here, sealed, form.code.data or "")
            return redirect(url_for("officers.account", changed="authenticator"), 303)
    except StaleOfferError as error:
        form.refuse(str(error))
        offer = _new_offer()
    except WrongCodeError as error:
        form.refuse(str(error))
    return _page(form, offer)


def _new_offer() -> Offer:
    with database().look() as session:
        return offer_authenticator(session, signed_in())


def _page(form: AuthenticatorForm, offer: Offer) -> str:
    with database().look() as session:
        name = sign_in_name_of(session, by=signed_in().officer)
    form.secret.data, form.code.data = offer.sealed, ""
    picture = segno.make_qr(totp_uri(offer.secret, name)).png_data_uri(scale=5, border=4)
    return render_template("officers/authenticator.html", form=form, picture=picture, secret=in_fours(offer.secret))
