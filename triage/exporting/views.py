"""Bulk export: proposed by one, approved by another, downloaded once."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import TriageError
from triage.exporting.forms import ExportForm, ProposeExportForm
from triage.exporting.service import Exported, ExportError, export, propose_export, recipient_of
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.operations.carrying_out import carry_out_page
from triage.operations.rules import Operation

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
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("operations.show", operation_id=operation_id, done="proposed"), 303)
    return render_template("exporting/begin.html", form=form)


@bp.route("/export/<uuid:operation_id>", methods=["GET", "POST"])
@may(Permission.EXPORT_CASES)
@fresh
def carry_out(operation_id: UUID) -> ResponseReturnValue:
    """The second step, once: the file that leaves."""
    form = ExportForm()

    def blame(error: TriageError) -> None:
        if isinstance(error, ExportError):
            form.recipient.errors = [str(error)]
        else:
            form.refuse(sentence_of(error))

    def download(made: Exported) -> ResponseReturnValue:
        headers = {"Content-Disposition": f'attachment; filename="export-{operation_id.hex[:8]}.age"'}
        return Response(made.file, mimetype="application/octet-stream", headers=headers)

    return carry_out_page(
        operation_id,
        Operation.BULK_EXPORT,
        lambda session: export(session, operation_id, recipient_of(form.recipient.data or ""), by=current_officer()),
        download,
        form=form,
        blame=blame,
        template="exporting/carry_out.html",
    )
