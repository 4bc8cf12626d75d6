"""The dip-sample, for auditors."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.audit.reading import Wanted
from triage.database import database
from triage.errors import NotFoundError
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.oversight.forms import ReviewForm, SampleForm
from triage.oversight.log import record_look
from triage.oversight.sampling import PER_PAGE, Outcome, SampleError, draw, drawn_samples, review, sample
from triage.paging import number_in

bp = Blueprint("samples", __name__)


@bp.route("/audit/samples", methods=["GET", "POST"])
@may(Permission.READ_AUDIT)
def browse() -> ResponseReturnValue:
    form = SampleForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                seed = draw(session, form.to_wanted(), by=current_officer())
        except SampleError as error:
            form.since.errors = [str(error)]
        else:
            return redirect(url_for("samples.show", seed=seed), 303)
    with database().look() as session:
        drawn = drawn_samples(session, by=current_officer())
    return render_template("oversight/samples.html", form=form, drawn=drawn)


@bp.get("/audit/samples/<uuid:seed>")
@may(Permission.READ_AUDIT)
def show(seed: UUID) -> ResponseReturnValue:
    return _page(seed, _number())


def _page(seed: UUID, page: int, *, wrong: ReviewForm | None = None) -> str:
    with database().begin() as session:
        record_look(session, Wanted(subject=str(seed)), by=current_officer())
    with database().look() as session:
        found = sample(session, seed, page=page, by=current_officer())
    forms = {
        one.line.id: ReviewForm(formdata=None, line=str(one.line.id), outcome=one.outcome or None)
        for one in found.shown
    }
    if wrong is not None:
        forms = {line: wrong if str(line) == wrong.line.data else form for line, form in forms.items()}
    for one in found.shown:  # every line has a form of its own on one page
        forms[one.line.id].outcome.id = f"outcome-{one.line.sequence}"
    pages = -(-found.total // PER_PAGE)
    return render_template("oversight/sample.html", found=found, forms=forms, wrong=wrong, page=page, pages=pages)


@bp.post("/audit/samples/<uuid:seed>")
@may(Permission.READ_AUDIT)
def record_review(seed: UUID) -> ResponseReturnValue:
    form = ReviewForm()
    page = _number()
    if not form.validate_on_submit():
        return _page(seed, page, wrong=form)
    line = _line(form.line.data or "")
    with database().look() as session:
        shown = sample(session, seed, page=page, by=current_officer()).shown
    if line not in {one.line.id for one in shown}:
        raise NotFoundError("line")
    with database().begin() as session:
        review(session, seed, line, Outcome(form.outcome.data), by=current_officer())
    return redirect(url_for("samples.show", seed=seed, page=page, _anchor=f"line-{line}"), 303)


def _line(text: str) -> UUID:
    """Which line is meant; what is no id is the id of nothing."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError("line") from None


def _number() -> int:
    """Which page of a sample is asked for."""
    return max(1, number_in(request.args.get("page"), otherwise=1))
