"""Alerts and the records that set one off, for auditors."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.oversight.alerting import find_alerts, record_alerts_look
from triage.oversight.forms import HoneyForm, LetGoForm, LimitsForm
from triage.oversight.honey import NothingToWatchError, choose_honey, honey_records, let_honey_go
from triage.oversight.ties import declared_ties
from triage.settings import settings

bp = Blueprint("alerts", __name__)


@bp.get("/audit/alerts")
@may(Permission.READ_AUDIT)
def show() -> ResponseReturnValue:
    days, limits = LimitsForm(request.args).to_limits(ZoneInfo(settings().time_zone))
    form = LimitsForm(
        days=str(days),
        an_hour=str(limits.an_hour),
        a_day=str(limits.a_day),
        refused=str(limits.refused),
        exported=str(limits.exported),
        from_hour=str(limits.from_hour),
        to_hour=str(limits.to_hour),
    )
    with database().begin() as session:
        record_alerts_look(session, days, by=current_officer())
    with database().look() as session:
        ties = declared_ties(session, by=current_officer())
        found = find_alerts(session, days, limits, ties, by=current_officer())
    return render_template("oversight/alerts.html", form=form, found=found, days=days, zone=settings().time_zone)


@bp.route("/audit/honey", methods=["GET", "POST"])
@may(Permission.READ_AUDIT)
def honey() -> ResponseReturnValue:
    form = HoneyForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                choose_honey(session, form.to_subject(), by=current_officer())
        except NothingToWatchError as error:
            form.subject.errors = [str(error)]
        else:
            return redirect(url_for("alerts.honey"), 303)
    with database().look() as session:
        watched = honey_records(session, by=current_officer())
    return render_template("oversight/honey.html", form=form, watched=watched, let_go=LetGoForm())


@bp.post("/audit/honey/<uuid:honey_id>/let-go")
@may(Permission.READ_AUDIT)
def let_go(honey_id: UUID) -> ResponseReturnValue:
    if LetGoForm().validate_on_submit():
        with database().begin() as session:
            let_honey_go(session, honey_id, by=current_officer())
    return redirect(url_for("alerts.honey"), 303)
