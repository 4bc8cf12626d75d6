"""Operations that take two people: what waits, one of them, and the second person's decision."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import TriageError
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.operations.forms import ApproveForm, RefuseForm
from triage.operations.reading import operation_of, operations
from triage.operations.rules import OPEN, Operation
from triage.operations.service import approve, refuse

bp = Blueprint("operations", __name__)

# Where each kind is carried out: a page that takes `operation_id`, of whichever step does the work.
CARRIED_OUT_AT = {
    Operation.BULK_EXPORT: "exporting.carry_out",
    Operation.EARLY_ERASURE: "disposal.erase",
    Operation.RETENTION_CHANGE: "disposal.change",
    Operation.BOX_RELEASE: "compartments.release",
    Operation.CONFLICT_LIFT: "conflicts.lift",
}
DONE = {
    "proposed": "It is proposed. Somebody else has 24 hours to approve it.",
    "approved": "It is approved. It can be carried out until its day is over.",
    "refused": "It is refused.",
}


@bp.get("/operations")
@may(Permission.READ_OPERATIONS)
def browse() -> ResponseReturnValue:
    with database().look() as session:
        found = operations(session, by=current_officer())
    return render_template(
        "operations/browse.html",
        waiting=[one for one in found if one.state in OPEN],
        decided=[one for one in found if one.state not in OPEN],
    )


@bp.get("/operations/<uuid:operation_id>")
@may(Permission.READ_OPERATIONS)
def show(operation_id: UUID) -> ResponseReturnValue:
    return _page(operation_id)


@bp.post("/operations/<uuid:operation_id>/approve")
@may(Permission.APPROVE_OPERATION)
@fresh
def approve_operation(operation_id: UUID) -> ResponseReturnValue:
    form = ApproveForm()
    if not form.validate_on_submit():
        return _page(operation_id, approving=form)
    try:
        with database().begin() as session:
            approve(session, operation_id, by=current_officer())
    except TriageError as error:
        form.refuse(sentence_of(error))
        return _page(operation_id, approving=form), 422
    return redirect(url_for("operations.show", operation_id=operation_id, done="approved"), 303)


@bp.post("/operations/<uuid:operation_id>/refuse")
@may(Permission.PROPOSE_OPERATION)
def refuse_operation(operation_id: UUID) -> ResponseReturnValue:
    form = RefuseForm()
    if not form.validate_on_submit():
        return _page(operation_id, refusing=form)
    try:
        with database().begin() as session:
            refuse(session, operation_id, reason=form.reason.data or "", by=current_officer())
    except TriageError as error:
        form.refuse(sentence_of(error))
        return _page(operation_id, refusing=form), 422
    return redirect(url_for("operations.show", operation_id=operation_id, done="refused"), 303)


def _page(operation_id: UUID, *, approving: ApproveForm | None = None, refusing: RefuseForm | None = None) -> str:
    with database().look() as session:
        found = operation_of(session, operation_id, by=current_officer())
    endpoint = CARRIED_OUT_AT.get(found.proposal.operation, "")
    carried_out_at = ""
    if found.may_carry_out and endpoint in current_app.view_functions:
        carried_out_at = url_for(endpoint, operation_id=operation_id)
    return render_template(
        "operations/show.html",
        found=found,
        approving=approving or ApproveForm(formdata=None),
        refusing=refusing or RefuseForm(formdata=None),
        carried_out_at=carried_out_at,
        is_own=found.proposal.proposed_by == current_officer().id,
        done=DONE.get(request.args.get("done", ""), ""),
    )
