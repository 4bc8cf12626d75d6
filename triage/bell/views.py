"""The state of the bell, and the button that answers it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.bell.forms import AnswerForm
from triage.bell.rules import SENTENCES, Call
from triage.bell.service import answer, bell_news
from triage.database import database
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission

bp = Blueprint("bell", __name__)


@bp.route("/bell", methods=["GET", "POST"])
@may(Permission.READ_REPORTS)
def show() -> ResponseReturnValue:
    form = AnswerForm()
    if form.validate_on_submit():
        with database().begin() as session:
            answer(session, shown=form.to_shown(), by=current_officer())
        return redirect(url_for("casefile.queue"), 303)
    with database().look() as session:
        bell = bell_news(session)
    answer_form = AnswerForm.showing(bell)
    return render_template("bell/show.html", bell=bell, answer_form=answer_form, says=SENTENCES[Call.DANGER])
