"""Where a report comes from, as far as its words tell: its origin, two reports side by side, and an entry's origins."""

from uuid import UUID

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.grading.rules import NO_MUTUAL_CORROBORATION
from triage.grading.service import Corroboration, NoCorroboration
from triage.grading.views import CORROBORATION
from triage.intake.reports import case_report, record_look
from triage.linking.corroboration import confirmed_links
from triage.linking.origins import list_views, shelf
from triage.linking.origins.accounts import account_of, questions_for
from triage.linking.origins.beside import OriginsBeside, origins_beside
from triage.linking.origins.comparing import compare_more, kin_of, text_of
from triage.linking.origins.deciding import about, decide_origin, origin_decisions
from triage.linking.origins.findings import drop_findings, forget_findings, reports_that_may_mention
from triage.linking.origins.forms import OriginForm
from triage.linking.origins.hearsay import signs_in
from triage.linking.origins.looking_back import people_of
from triage.linking.origins.passages import passages_shared
from triage.officers.guard import current_officer, may
from triage.officers.names import names_of
from triage.officers.rules import Permission
from triage.officers.session import SignedIn
from triage.register.browsing import show_entry

SEE_OTHER = 303
CHANGES = frozenset({"register.edit", "register.archive"})

bp = Blueprint("origins", __name__)
list_views.add_to(bp)


@bp.after_app_request
def forget_who_signs_out(response: Response) -> Response:
    """Let go of the words in memory when their last holder signs out."""
    signed_in = g.get("signed_in")
    is_done = request.endpoint == "officers.sign_out" and response.status_code == SEE_OTHER
    if is_done and isinstance(signed_in, SignedIn):
        shelf.HELD.let_go(signed_in.officer.id)
    return response


@bp.after_app_request
def drop_what_the_register_said(response: Response) -> Response:
    """An entry that is changed or archived leaves nothing of what it was beside the earlier reports.

    What a group is called or owns speaks for its people too: the reports that may mention one of them are as if nobody
    had looked through them, and the next look reads them anew. The reports are gone through once it is kept, so that
    nobody waits to write for that.
    """
    signed_in, entry_id = g.get("signed_in"), (request.view_args or {}).get("entry_id")
    is_done = request.endpoint in CHANGES and request.method == "POST" and response.status_code == SEE_OTHER
    if is_done and isinstance(signed_in, SignedIn) and isinstance(entry_id, UUID):
        with database().look() as session:
            people = people_of(session, entry_id, by=signed_in.officer)
            own = reports_that_may_mention(session, {entry_id}, by=signed_in.officer)
            of_people = reports_that_may_mention(session, people, by=signed_in.officer) if people else ()
        if own or of_people:
            with database().begin() as session:
                forget_findings(session, of_people)
                drop_findings(session, set(own).difference(of_people), entry_id, by=signed_in.officer)
    return response


@bp.app_context_processor
def put_beside_reports() -> dict[str, object]:
    """Give the page of a report what it includes of its origin."""

    def beside(report_id: UUID) -> OriginsBeside:
        with database().look() as session:
            return origins_beside(session, report_id, by=current_officer())

    return {"origins_beside": beside, **list_views.for_templates()}


@bp.get("/reports/<uuid:report_id>/origins")
@may(Permission.LINK)
def of_report(report_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    with database().begin() as session:
        report = case_report(session, report_id, by=officer)
        compared = compare_more(session, by=officer, first=[report_id])
        kin = kin_of(session, report_id, by=officer)
        links = confirmed_links(session, report_id, by=officer)
        corroboration: Corroboration = current_app.extensions.get(CORROBORATION, NoCorroboration())
        questions = questions_for(session, report_id, corroboration, is_anonymous=report.is_anonymous, by=officer)
        names = names_of(session, {one.decision.decided_by for one in kin if one.decision}, by=officer)
        record_look(session, report_id, why="looking at its origin", by=officer)
    return render_template(
        "origins/report.html",
        report=report,
        kin=kin,
        compared=compared,
        links=links,
        questions=questions,
        signs=signs_in(text_of(report), report.answers),
        no_mutual=NO_MUTUAL_CORROBORATION,
        names=names,
    )


@bp.route("/reports/<uuid:report_id>/origins/<uuid:other_id>", methods=["GET", "POST"])
@may(Permission.LINK)
def compare(report_id: UUID, other_id: UUID) -> ResponseReturnValue:
    officer, form = current_officer(), OriginForm()
    form.offer()
    if form.validate_on_submit() and form.verdict is not None:
        with database().begin() as session:
            decide_origin(session, report_id, other_id, form.verdict, ground=form.why, by=officer)
        return redirect(url_for("origins.compare", report_id=report_id, other_id=other_id, _anchor="decided"), 303)
    with database().begin() as session:
        one, other = (case_report(session, each, by=officer) for each in (report_id, other_id))
        compare_more(session, by=officer, first=[report_id, other_id], most=0)
        kin = next((each for each in kin_of(session, report_id, by=officer) if each.report.id == other_id), None)
        decisions = about(origin_decisions(session, by=officer), report_id, other_id)
        names = names_of(session, {each.decided_by for each in decisions}, by=officer)
        for each in (report_id, other_id):
            record_look(session, each, why="comparing its origin with another’s", by=officer)
    texts = (text_of(one), text_of(other))
    return render_template(
        "origins/compare.html",
        form=form,
        sides=tuple(zip((one, other), texts, passages_shared(*texts), strict=True)),
        report=one,
        kin=kin,
        decisions=decisions,
        names=names,
    )


@bp.get("/register/<uuid:entry_id>/origins")
@may(Permission.LINK)
def of_entry(entry_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    with database().begin() as session:
        shown = show_entry(session, entry_id, by=officer)
        account = account_of(session, entry_id, by=officer)
    return render_template("origins/entry.html", shown=shown, account=account, no_mutual=NO_MUTUAL_CORROBORATION)
