"""Bulk export: proposed by one, approved by another, downloaded once."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import NotFoundError, TriageError
from triage.exporting.forms import ExportForm, ProposeExportForm
from triage.exporting.service import ExportError, export, propose_export, recipient_of
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.operations.reading import operation_of

bp = Blueprint("exporting", __name__)


@bp.route("/export", methods=["GET", "POST"])
@may(Permission.EXPORT_CASES)
@fresh
def begin() -> ResponseReturnValue:
    form = ProposeExportForm()
    if form.validate_on_submit() and form.since.data and form.until.data:
        try:
            with database().begin() as session:
                operation_id = propose_export(
                    session,
                    recipient_of(form.recipient.data or ""),
                    form.since.data,
                    form.until.data,
                    reason=form.reason.data or "",
                    by=current_officer(),
                )
        except TriageError as error:
            form.refuse(str(error))
        else:
            return redirect(url_for("operations.show", operation_id=operation_id, done="proposed"), 303)
    return render_template("exporting/begin.html", form=form)


@bp.route("/export/<uuid:operation_id>", methods=["GET", "POST"])
@may(Permission.EXPORT_CASES)
@fresh
def carry_out(operation_id: UUID) -> ResponseReturnValue:
    """The second step, once: the file that leaves."""
    form = ExportForm()
    with database().look() as session:
        operation_of(session, operation_id, by=current_officer())  # or it is as if there were none
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                made = export(session, operation_id, recipient_of(form.recipient.data or ""), by=current_officer())
        except ExportError as error:
            form.recipient.errors = [str(error)]
        except NotFoundError:
            raise
        except TriageError as error:
            form.refuse(str(error))
        else:
            headers = {"Content-Disposition": f'attachment; filename="export-{operation_id.hex[:8]}.age"'}
            return Response(made.file, mimetype="application/octet-stream", headers=headers)
    return render_template("exporting/carry_out.html", form=form, operation_id=operation_id)
