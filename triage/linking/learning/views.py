"""How often suggestions are right, for supervisors; and the button that shows what is held back."""

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import OutOfDateError
from triage.linking.learning.calibration import FEWEST, HIDE
from triage.linking.learning.forms import AskForm, LearnForm, PeriodForm, PutBackForm
from triage.linking.learning.held_back import ask_to_see, held_back
from triage.linking.learning.keeping import gather, learn, put_back
from triage.linking.learning.page import learning_page, record_figures_read
from triage.linking.learning.shares import FEWEST_SHOWN
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission

bp = Blueprint("learning", __name__)


@bp.app_context_processor
def put_beside_reports() -> dict[str, object]:
    """Tell the pages of a report whether its suggestions are held back, asked once a page."""

    def is_held_back(report_id: UUID) -> bool:
        known: dict[UUID, bool] = g.setdefault("held_back", {})
        if report_id not in known:
            with database().look() as session:
                known[report_id] = held_back(session, report_id, by=current_officer())
        return known[report_id]

    return {"is_held_back": is_held_back}


@bp.get("/learning")
@may(Permission.CALIBRATE)
def show() -> ResponseReturnValue:
    form, officer = PeriodForm(request.args), current_officer()
    form.validate()
    with database().look() as session:
        page = learning_page(session, form.since.data, form.until.data, by=officer)
    with database().begin() as session:
        record_figures_read(session, page, by=officer)
    return render_template(
        "learning/show.html",
        form=form,
        page=page,
        fewest=FEWEST,
        fewest_shown=FEWEST_SHOWN,
        hide=HIDE,
        learnt=request.args.get("learnt") == "yes",
    )


@bp.post("/learning/learn")
@may(Permission.CALIBRATE)
def learn_now() -> ResponseReturnValue:
    if LearnForm().validate_on_submit():
        # What takes long comes first, and holds nobody up; only then is anything written.
        with database().look() as session:
            gathered = gather(session, by=current_officer())
        with database().begin() as session:
            learn(session, gathered, by=current_officer())
    return redirect(url_for("learning.show", learnt="yes"), 303)


@bp.post("/learning/put-back")
@may(Permission.CALIBRATE)
def put_earlier_back() -> ResponseReturnValue:
    form = PutBackForm()
    if not form.validate_on_submit():
        raise OutOfDateError
    with database().begin() as session:
        put_back(session, form.wanted, instead_of=form.was_in_force, by=current_officer())
    return redirect(url_for("learning.show", _anchor="versions"), 303)


@bp.post("/reports/<uuid:report_id>/links/ask")
@may(Permission.LINK)
def ask(report_id: UUID) -> ResponseReturnValue:
    if AskForm().validate_on_submit():
        with database().begin() as session:
            ask_to_see(session, report_id, by=current_officer())
    return redirect(url_for("linking.decide", report_id=report_id, _anchor="suggested"), 303)
