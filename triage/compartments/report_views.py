"""One report is moved behind a wall from its own page, and whoever holds the wall's key is told that it should be."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.compartments.forms import MoveReportForm
from triage.compartments.handing_over import HandOver, compartments_meant, move_to, places_for
from triage.database import database
from triage.errors import TriageError
from triage.intake.reports import case_report, record_look
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from web.fields import SelectChoice

bp = Blueprint("handing_over", __name__)


@bp.app_context_processor
def for_pages_of_a_report() -> dict[str, Any]:  # Any: what a template is given
    """`belongs_in(report_id, entry_ids)`: the compartments to say it of, none where the reader holds none."""

    def belongs_in(report_id: UUID, entry_ids: Iterable[UUID]) -> tuple[HandOver, ...]:
        with database().look() as session:
            return compartments_meant(session, report_id, entry_ids, by=current_officer())

    return {"belongs_in": belongs_in}


@bp.route("/reports/<uuid:report_id>/move", methods=["GET", "POST"])
@may(Permission.MANAGE_COMPARTMENTS)
@fresh
def move(report_id: UUID) -> ResponseReturnValue:
    form, officer = MoveReportForm(), current_officer()
    with database().look() as session:
        report = case_report(session, report_id, by=officer)
        walls = places_for(session, report_id, by=officer)
    form.compartment.choices = [
        SelectChoice("", "Choose a compartment"),
        *(SelectChoice(str(one.compartment.id), f"{one.compartment.name}: {one.about}") for one in walls),
    ]
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                chosen, reason = UUID(form.compartment.data), form.reason.data or ""
                still_opens = move_to(session, report_id, chosen, reason=reason, by=officer)
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            if still_opens:
                return redirect(url_for("casefile.show", report_id=report_id), 303)
            return redirect(url_for("compartments.show", compartment_id=chosen, said="report"), 303)
    with database().begin() as session:
        record_look(session, report_id, why="moving it", by=officer)
    return render_template("compartments/move_report.html", form=form, report=report, walls=walls)
