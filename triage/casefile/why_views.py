"""Asks why a case is opened, before anything of it is shown."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.casefile.forms import WhyForm
from triage.database import database
from triage.errors import NotFoundError
from triage.intake.why import Why, WhyError, begins_with_it, has_said_why, is_unread, say_why
from triage.officers.guard import SAFE_METHODS, may, signed_in
from triage.officers.rules import Permission

bp = Blueprint("why", __name__)
ASKS = "why.ask"


@bp.before_app_request
def ask_before_a_case_is_shown() -> ResponseReturnValue | None:
    """After the guard, so that whoever may not see it is refused and not asked."""
    report_id = (request.view_args or {}).get("report_id")
    # The quarantine decides about a file and shows nothing of its report; it asks for its own reasons.
    if not isinstance(report_id, UUID) or not request.path.startswith("/reports/"):
        return None
    if request.endpoint == ASKS or "signed_in" not in g:
        return None
    token, officer = signed_in().token, signed_in().officer
    with database().look() as session:
        unread = is_unread(session, report_id, by=officer)
        if unread is None or has_said_why(session, token, report_id):
            return None
    if unread:
        with database().begin() as session:
            begins_with_it(session, token, report_id)
        return None
    after = request.full_path.removesuffix("?") if request.method in SAFE_METHODS else ""
    return redirect(url_for(ASKS, report_id=report_id, after=after or None), 303)


@bp.route("/reports/<uuid:report_id>/why", methods=["GET", "POST"])
@may(Permission.READ_REPORTS)
def ask(report_id: UUID) -> ResponseReturnValue:
    with database().look() as session:
        if is_unread(session, report_id, by=signed_in().officer) is None:
            raise NotFoundError("report")
    form = WhyForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                say_why(
                    session,
                    signed_in().token,
                    report_id,
                    Why.DANGER if form.danger.data else Why(form.reason.data),
                    "" if form.danger.data else form.words.data or "",
                    by=signed_in().officer,
                )
        except WhyError as error:
            form.words.errors = [str(error)]
        else:
            return redirect(_after(report_id), 303)
    return render_template("casefile/why.html", form=form)


def _after(report_id: UUID) -> str:
    """Where they were going, if that is a page of this very case."""
    whole = url_for("casefile.show", report_id=report_id)
    after = request.args.get("after", "")
    path = urlsplit(after).path
    return after if path == whole or (path.startswith(f"{whole}/") and after.startswith(whole)) else whole
