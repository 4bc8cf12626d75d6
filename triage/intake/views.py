"""The drops that could not be opened, for supervisors."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.intake.forms import TryAgainForm
from triage.intake.retiring import overdue_days
from triage.intake.unsealing import count_elsewhere, refused_drops, try_again
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission

bp = Blueprint("intake", __name__)


@bp.route("/intake/refused", methods=["GET", "POST"])
@may(Permission.SIGN_INTAKE_KEYS)
def refused() -> ResponseReturnValue:
    form = TryAgainForm()
    if form.validate_on_submit():
        with database().begin() as session:
            try_again(session, by=current_officer())
        return redirect(url_for("casefile.queue"), 303)
    with database().look() as session:
        drops, overdue, elsewhere = refused_drops(session), overdue_days(session), count_elsewhere(session)
    return render_template("intake/refused.html", form=form, drops=drops, overdue=overdue, elsewhere=elsewhere)
