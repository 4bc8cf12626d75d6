"""Disposal: what is due, one report's review, the periods, and the certificates."""

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import CaseSession, database
from triage.disposal.certificate import as_file
from triage.disposal.certificates import disposed, disposed_one
from triage.disposal.deciding import (
    all_periods,
    catch_up,
    change_period,
    dispose_reviewed,
    erase_early,
    keep_longer,
    lift_hold,
    propose_erasure,
    propose_period,
    set_hold,
)
from triage.disposal.destroying import destroy_now
from triage.disposal.entry_views import entries, entry
from triage.disposal.errors import DisposalError
from triage.disposal.forms import DISPOSE, ERASE, HOLD, LIFT, PeriodForm, ReviewForm
from triage.disposal.review import Asked, Shown, kept_page, kept_report
from triage.errors import NotFoundError, TriageError
from triage.intake.retention import Group
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.operations.carrying_out import carry_out_page
from triage.operations.rules import Operation
from triage.paging import number_in

bp = Blueprint("disposal", __name__)
bp.add_url_rule("/disposal/entries", view_func=entries)
bp.add_url_rule("/register/<uuid:entry_id>/keeping", view_func=entry, methods=["GET", "POST"])

DONE = {
    "kept": "It is kept, and its period begins again.",
    "disposed": "It is destroyed: no key opens it any more.",
    "held": "The legal hold is set.",
    "lifted": "The legal hold is lifted.",
    "changed": "The period is changed.",
}


@bp.get("/disposal")
@may(Permission.DISPOSE)
def browse() -> ResponseReturnValue:
    given = {name: request.args.get(name, "") for name in ("shown", "group", "sort", "page")}
    asked = Asked.of(**given)
    with database().begin() as session:
        page = kept_page(session, asked, by=current_officer())

    def address(**changed: object) -> str:
        kept = {**given, "page": "", **{name: str(value) for name, value in changed.items()}}
        query = urlencode({name: value for name, value in kept.items() if value})
        return url_for("disposal.browse") + (f"?{query}" if query else "")

    return render_template(
        "disposal/browse.html",
        page=page,
        asked=asked,
        address=address,
        page_address=lambda number: address(page=number),
        shown=tuple(Shown),
        groups=[one for one in Group if one is not Group.REGISTER],
        done=DONE.get(request.args.get("done", ""), ""),
    )


@bp.route("/reports/<uuid:report_id>/keeping", methods=["GET", "POST"])
@may(Permission.DISPOSE)
@fresh
def review(report_id: UUID) -> ResponseReturnValue:
    """One report: what its period is, and what becomes of it."""
    form, officer = ReviewForm(), current_officer()
    with database().begin() as session:
        kept_report(session, report_id, by=officer)
        catch_up(session, report_id, by=officer)
        found = kept_report(session, report_id, by=officer)
    form.offer(may_go=found.may_go, is_held=found.is_held)
    if request.method == "GET":
        form.group.data = found.group.value
    if form.validate_on_submit():
        reason = form.reason.data or ""
        try:
            with database().begin() as session:
                if form.decision.data == ERASE:
                    operation_id = propose_erasure(session, report_id, reason=reason, by=officer)
                    after = url_for("operations.show", operation_id=operation_id, done="proposed")
                else:
                    done = _decide(session, report_id, form)
                    after = url_for("disposal.browse", done=done)
            destroy_now(by=officer)
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(after, 303)
    return render_template("disposal/review.html", form=form, found=found)


@bp.route("/disposal/erasures/<uuid:operation_id>", methods=["GET", "POST"])
@may(Permission.DISPOSE)
@fresh
def erase(operation_id: UUID) -> ResponseReturnValue:
    """Carry out an early erasure that another person approved."""

    def destroyed(_report_id: UUID) -> ResponseReturnValue:
        destroy_now(by=current_officer())
        return redirect(url_for("disposal.browse", done="disposed"), 303)

    return carry_out_page(
        operation_id,
        Operation.EARLY_ERASURE,
        lambda session: erase_early(session, operation_id, by=current_officer()),
        destroyed,
    )


@bp.route("/disposal/periods", methods=["GET", "POST"])
@may(Permission.DISPOSE)
@fresh
def periods() -> ResponseReturnValue:
    """How long records are kept; a change takes two people."""
    form = PeriodForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                operation_id = propose_period(
                    session,
                    Group(form.group.data),
                    number_in(form.days.data, otherwise=0),
                    reason=form.reason.data or "",
                    by=current_officer(),
                )
        except DisposalError as error:
            form.days.errors = [str(error)]
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("operations.show", operation_id=operation_id, done="proposed"), 303)
    with database().look() as session:
        found = all_periods(session)
    return render_template("disposal/periods.html", form=form, periods=found)


@bp.route("/disposal/periods/<uuid:operation_id>", methods=["GET", "POST"])
@may(Permission.DISPOSE)
@fresh
def change(operation_id: UUID) -> ResponseReturnValue:
    """Carry out a change of a period that another person approved."""
    return carry_out_page(
        operation_id,
        Operation.RETENTION_CHANGE,
        lambda session: change_period(session, operation_id, by=current_officer()),
        lambda _reports: redirect(url_for("disposal.browse", done="changed"), 303),
    )


@bp.get("/disposal/certificates")
@may(Permission.READ_DISPOSALS)
def certificates() -> ResponseReturnValue:
    with database().look() as session:
        found, total, page, pages = disposed(
            session, page=number_in(request.args.get("page"), otherwise=1), by=current_officer()
        )
    return render_template(
        "disposal/certificates.html",
        found=found,
        total=total,
        page=page,
        pages=pages,
        page_address=lambda number: url_for("disposal.certificates", page=number),
    )


@bp.get("/disposal/certificates/<uuid:disposal_id>")
@may(Permission.READ_DISPOSALS)
def certificate(disposal_id: UUID) -> ResponseReturnValue:
    with database().look() as session:
        found = disposed_one(session, disposal_id, by=current_officer())
    return render_template("disposal/certificate.html", found=found)


@bp.get("/disposal/certificates/<uuid:disposal_id>/file")
@may(Permission.READ_DISPOSALS)
def certificate_file(disposal_id: UUID) -> ResponseReturnValue:
    """The certificate as text, with its signature."""
    with database().look() as session:
        found = disposed_one(session, disposal_id, by=current_officer())
    if found.certificate is None:
        raise NotFoundError("certificate yet")
    text = as_file(found.certificate, found.signature, found.verifying_key)
    name = f"disposal-{disposal_id}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="text/plain", headers=headers)


def _decide(session: CaseSession, report_id: UUID, form: ReviewForm) -> str:
    """Do what was chosen; gives the name of the sentence that says so."""
    reason, officer = form.reason.data or "", current_officer()
    if form.decision.data == DISPOSE:
        dispose_reviewed(session, report_id, reason=reason, by=officer)
        return "disposed"
    if form.decision.data == HOLD:
        set_hold(session, report_id, reason=reason, by=officer)
        return "held"
    if form.decision.data == LIFT:
        lift_hold(session, report_id, reason=reason, by=officer)
        return "lifted"
    keep_longer(session, report_id, Group(form.group.data), reason=reason, by=officer)
    return "kept"
