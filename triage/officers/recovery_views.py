"""Give somebody who lost every way in a fresh beginning."""

from uuid import UUID

import segno
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import TriageError
from triage.officers.door import door
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.passphrases import suggest_passphrase
from triage.officers.people import person
from triage.officers.recovery import begin_anew
from triage.officers.recovery_forms import BeginAnewForm
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.officers.second_factor import in_fours
from triage.settings import settings

bp = Blueprint("recovery", __name__)


@bp.route("/people/<uuid:officer_id>/begin-anew", methods=["GET", "POST"])
@may(Permission.MANAGE_PEOPLE)
@fresh
def begin(officer_id: UUID) -> ResponseReturnValue:
    form = BeginAnewForm()
    with database().look() as session:
        found = person(session, officer_id, by=current_officer())
    if form.validate_on_submit():
        passphrase = suggest_passphrase(found.sign_in_name)
        try:
            with door().in_line(), database().begin() as session:
                made = begin_anew(
                    session,
                    settings(),
                    officer_id,
                    passphrase=passphrase,
                    sign_in_name=found.sign_in_name,
                    by=current_officer(),
                )
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            # Shown in the answer itself and kept nowhere: a redirect would have to carry it.
            return render_template(
                "people/added.html",
                name=found.name,
                sign_in_name=found.sign_in_name,
                made=made,
                passphrase=passphrase,
                picture=segno.make_qr(made.totp_uri(found.sign_in_name)).png_data_uri(scale=5, border=4),
                secret=in_fours(made.totp_secret),
                anew=True,
            )
    return render_template("people/begin_anew.html", form=form, person=found)
