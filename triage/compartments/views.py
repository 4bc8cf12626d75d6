"""Compartments: make one, choose who holds it, move things into it, and see how far a move is."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.compartments.choosing import described, every_compartment, go_on_for_a_page, make_for, move_in, release_to
from triage.compartments.conflicts import desk_officers
from triage.compartments.forms import CompartmentForm, MoveForm, ReleaseForm
from triage.compartments.moving import moves
from triage.database import database
from triage.errors import TriageError
from triage.keys.compartments import compartment_of
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.operations.carrying_out import carry_out_page
from triage.operations.rules import Operation
from triage.operations.service import propose
from web.fields import SelectChoice

bp = Blueprint("compartments", __name__)
SAID = {
    "made": "The compartment is made, and its holders have the key.",
    "moved": "It is moved. Whoever does not hold this compartment opens it no more.",
    "report": "The report is moved. You do not hold this compartment, so you open the report no more.",
    "released": "The key is given. It counts from their next page on.",
}


@bp.route("/compartments", methods=["GET", "POST"])
@may(Permission.MANAGE_COMPARTMENTS)
@fresh
def browse() -> ResponseReturnValue:
    form = CompartmentForm()
    with database().look() as session:
        people = desk_officers(session, by=current_officer())
        found = every_compartment(session, by=current_officer())
    form.holders.choices = [SelectChoice(str(one), name) for one, name in people]
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                chosen = {UUID(one) for one in form.holders.data or ()}
                made = make_for(session, form.name.data or "", chosen, by=current_officer())
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("compartments.show", compartment_id=made, said="made"), 303)
    return render_template("compartments/browse.html", form=form, found=found)


@bp.get("/compartments/<uuid:compartment_id>")
@may(Permission.MANAGE_COMPARTMENTS)
def show(compartment_id: UUID) -> ResponseReturnValue:
    return _page(compartment_id)


@bp.post("/compartments/<uuid:compartment_id>/move")
@may(Permission.MANAGE_COMPARTMENTS)
@fresh
def move(compartment_id: UUID) -> ResponseReturnValue:
    form = MoveForm()
    if not form.validate_on_submit():
        return _page(compartment_id, moving=form)
    try:
        with database().begin() as session:
            move_ids = move_in(session, compartment_id, form.what.data or "", by=current_officer())
        go_on_for_a_page(database(), move_ids, by=current_officer())
    except TriageError as error:
        form.refuse(sentence_of(error))
        return _page(compartment_id, moving=form), 422
    return redirect(url_for("compartments.show", compartment_id=compartment_id, said="moved"), 303)


@bp.post("/compartments/<uuid:compartment_id>/go-on")
@may(Permission.MANAGE_COMPARTMENTS)
def go_on(compartment_id: UUID) -> ResponseReturnValue:
    with database().look() as session:
        compartment_of(session, compartment_id, by=current_officer())
        running = [one.id for one in moves(session, compartment_id) if one.is_running]
    go_on_for_a_page(database(), running, by=current_officer())
    return redirect(url_for("compartments.show", compartment_id=compartment_id), 303)


@bp.post("/compartments/<uuid:compartment_id>/propose")
@may(Permission.MANAGE_COMPARTMENTS)
@fresh
def propose_release(compartment_id: UUID) -> ResponseReturnValue:
    form = _release_form(compartment_id)
    if not form.validate_on_submit():
        return _page(compartment_id, releasing=form)
    try:
        with database().begin() as session:
            compartment_of(session, compartment_id, by=current_officer())
            operation_id = propose(
                session,
                Operation.BOX_RELEASE,
                subject=compartment_id,
                parameters={"officer": str(UUID(form.officer.data))},
                reason=form.reason.data or "",
                by=current_officer(),
            )
    except TriageError as error:
        form.refuse(sentence_of(error))
        return _page(compartment_id, releasing=form), 422
    return redirect(url_for("operations.show", operation_id=operation_id, done="proposed"), 303)


@bp.route("/compartments/release/<uuid:operation_id>", methods=["GET", "POST"])
@may(Permission.MANAGE_COMPARTMENTS)
@fresh
def release(operation_id: UUID) -> ResponseReturnValue:
    return carry_out_page(
        operation_id,
        Operation.BOX_RELEASE,
        lambda session: release_to(session, operation_id, by=current_officer()),
        lambda compartment_id: redirect(
            url_for("compartments.show", compartment_id=compartment_id, said="released"), 303
        ),
    )


def _release_form(compartment_id: UUID) -> ReleaseForm:
    form = ReleaseForm()
    with database().look() as session:
        compartment = compartment_of(session, compartment_id, by=current_officer())
        could = described(session, compartment, by=current_officer()).could
    form.officer.choices = [
        SelectChoice("", "Choose a person"),
        *(SelectChoice(str(one), name) for one, name in could),
    ]
    return form


def _page(compartment_id: UUID, *, moving: MoveForm | None = None, releasing: ReleaseForm | None = None) -> str:
    with database().look() as session:
        found = described(session, compartment_of(session, compartment_id, by=current_officer()), by=current_officer())
    return render_template(
        "compartments/show.html",
        found=found,
        moving=moving or MoveForm(formdata=None),
        releasing=releasing or _release_form(compartment_id),
        said=SAID.get(request.args.get("said", ""), ""),
    )
