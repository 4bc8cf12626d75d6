"""Conflicts: declare one's own, record somebody else's, see them, and lift one by two people."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.compartments.choosing import go_on_for_a_page
from triage.compartments.conflicts import (
    ConflictState,
    conflict_of,
    conflicts,
    declare_conflict,
    desk_officers,
    lift_conflict,
    people_of,
)
from triage.compartments.errors import NobodyLeftError, NothingOutsideError
from triage.compartments.forms import DeclareForm, LiftForm, RecordForm
from triage.compartments.later import not_held, outside_the_walls, record_conflicts_look, wall_off_too
from triage.database import database
from triage.errors import OutOfDateError, TriageError
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.operations.carrying_out import carry_out_page
from triage.operations.reading import operations
from triage.operations.rules import OPEN, Operation
from triage.operations.service import propose
from web.fields import SelectChoice

bp = Blueprint("conflicts", __name__)
SAID = {
    "recorded": "It is recorded. They are cut off from it, wherever you hold its key.",
    "walled": "They are cut off from that, too.",
    "nothing": "Nothing that you hold fits it and lies outside its wall any more.",
    "lifted": "The conflict is lifted, and they are given the key again.",
}


@bp.get("/conflicts")
@may(Permission.READ_CONFLICTS)
def browse() -> ResponseReturnValue:
    return _page()


@bp.post("/conflicts/<uuid:conflict_id>/wall")
@may(Permission.RECORD_CONFLICT)
@fresh
def wall_off(conflict_id: UUID) -> ResponseReturnValue:
    try:
        move_ids = wall_off_too(database(), conflict_id, by=current_officer())
        go_on_for_a_page(database(), move_ids, by=current_officer())
    except NothingOutsideError:
        return redirect(url_for("conflicts.browse", said="nothing"), 303)
    except (NobodyLeftError, OutOfDateError) as error:
        return _page(str(error)), 422
    return redirect(url_for("conflicts.browse", said="walled"), 303)


def _page(refused: str = "") -> str:
    officer = current_officer()
    with database().begin() as session:
        record_conflicts_look(session, None, by=officer)
    with database().look() as session:
        found = conflicts(session, by=officer)
        names = people_of(session, found, by=officer)
        decides = officer.may(Permission.RECORD_CONFLICT)
        outside = outside_the_walls(session, found, by=officer) if decides else {}
        unseen = not_held(session, by=officer) if decides else ()
    return render_template(
        "conflicts/browse.html",
        found=found,
        names=names,
        outside=outside,
        unseen=unseen,
        standing=ConflictState.STANDING,
        said=SAID.get(request.args.get("said", ""), ""),
        refused=refused,
    )


@bp.route("/conflicts/declare", methods=["GET", "POST"])
@may(Permission.DECLARE_CONFLICT)
def declare() -> ResponseReturnValue:
    form, officer = DeclareForm(), current_officer()
    if form.validate_on_submit():
        try:
            done = declare_conflict(
                database(), officer.id, form.about.data or "", reason=form.reason.data or "", by=officer
            )
            go_on_for_a_page(database(), done.move_ids, by=officer)
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("conflicts.declared"), 303)
    return render_template("conflicts/declare.html", form=form)


@bp.get("/conflicts/declared")
@may(Permission.DECLARE_CONFLICT)
def declared() -> ResponseReturnValue:
    return render_template("conflicts/declared.html")


@bp.route("/conflicts/record", methods=["GET", "POST"])
@may(Permission.RECORD_CONFLICT)
@fresh
def record() -> ResponseReturnValue:
    form = RecordForm()
    with database().look() as session:
        people = desk_officers(session, by=current_officer())
    form.officer.choices = [
        SelectChoice("", "Choose a person"),
        *(SelectChoice(str(one), name) for one, name in people),
    ]
    if form.validate_on_submit():
        try:
            done = declare_conflict(
                database(),
                UUID(form.officer.data),
                form.about.data or "",
                reason=form.reason.data or "",
                by=current_officer(),
            )
            go_on_for_a_page(database(), done.move_ids, by=current_officer())
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("conflicts.browse", said="recorded"), 303)
    return render_template("conflicts/record.html", form=form)


@bp.route("/conflicts/<uuid:conflict_id>/lift", methods=["GET", "POST"])
@may(Permission.RECORD_CONFLICT)
@fresh
def propose_lift(conflict_id: UUID) -> ResponseReturnValue:
    form = LiftForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                conflict_of(session, conflict_id, by=current_officer())
                operation_id = propose(
                    session,
                    Operation.CONFLICT_LIFT,
                    subject=conflict_id,
                    reason=form.reason.data or "",
                    by=current_officer(),
                )
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("operations.show", operation_id=operation_id, done="proposed"), 303)
    with database().begin() as session:
        record_conflicts_look(session, conflict_id, by=current_officer())
        found = conflict_of(session, conflict_id, by=current_officer())
        names = people_of(session, [found], by=current_officer())
        waits = [
            one.proposal.id
            for one in operations(session, by=current_officer())
            if one.proposal.subject == conflict_id and one.state in OPEN
        ]
    return render_template("conflicts/lift.html", form=form, found=found, names=names, waits=waits)


@bp.route("/conflicts/lift/<uuid:operation_id>", methods=["GET", "POST"])
@may(Permission.RECORD_CONFLICT)
@fresh
def lift(operation_id: UUID) -> ResponseReturnValue:
    return carry_out_page(
        operation_id,
        Operation.CONFLICT_LIFT,
        lambda session: lift_conflict(session, operation_id, by=current_officer()),
        lambda _conflict_id: redirect(url_for("conflicts.browse", said="lifted"), 303),
    )
