"""Confirm or reject whom a report is about, beside the report with what was found in it."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import CaseSession, database
from triage.errors import NotFoundError, OutOfDateError
from triage.intake.reports import case_report, read_by_a_person
from triage.linking.decisions import as_suggested
from triage.linking.errors import SomebodyConfirmedError
from triage.linking.forms import DecideForm, SearchForm
from triage.linking.marks import KINDS
from triage.linking.page import LinkPage
from triage.linking.service import (
    Verdict,
    confirm,
    confirm_nobody,
    decisions_of,
    marks_beside,
    reject,
    reject_shown,
    reports_linked_to,
    suggestions_for,
    take_back,
)
from triage.linking.wording import IN_FULL, IN_SHORT, how_close, in_pieces
from triage.officers.guard import current_officer, may
from triage.officers.names import names_of
from triage.officers.rules import Permission
from triage.officers.service import officer_names
from triage.register.browsing import show_entry
from triage.register.finding import find_page, lines_of

bp = Blueprint("linking", __name__)
bp.add_app_template_filter(in_pieces)
bp.add_app_template_filter(how_close)
bp.add_app_template_filter(IN_SHORT.__getitem__, "in_short")


@bp.route("/reports/<uuid:report_id>/links", methods=["GET", "POST"])
@may(Permission.LINK)
def decide(report_id: UUID) -> ResponseReturnValue:
    form, search = DecideForm(), SearchForm()
    searching = search.is_pressed and search.validate_on_submit()
    if not search.is_pressed and form.validate_on_submit():
        try:
            anchor = _decide(report_id, form)
        except (SomebodyConfirmedError, OutOfDateError) as error:
            form.nobody.errors = [str(error)]
        else:
            return redirect(url_for("linking.decide", report_id=report_id, _anchor=anchor), 303)
    found = None
    with database().begin() as session:
        # What takes long comes first: each line of the audit log holds up everybody else's until the commit.
        page = _page(session, report_id)
        if searching:
            found = find_page(session, search.words.data or "", by=current_officer(), page=search.wanted_page)
        lines = lines_of(session, page.entry_ids(found), by=current_officer())
        read_by_a_person(session, report_id, by=current_officer())
    return render_template(
        "linking/decide.html",
        form=form,
        search=search,
        page=page,
        report=page.report,
        found=found,
        lines=lines,
        kinds=KINDS,
        in_full=IN_FULL,
        keys_on=request.args.get("keys") != "off",
    )


def _page(session: CaseSession, report_id: UUID) -> LinkPage:
    """What the page shows of a report: its words, what was decided, and what is suggested and still open."""
    officer = current_officer()
    report = case_report(session, report_id, by=officer)
    kept = decisions_of(session, report_id, by=officer)
    decisions = tuple(one for one in kept if one.verdict is not Verdict.ASKED)  # to ask decides nothing
    names = names_of(session, {one.decided_by for one in decisions}, by=officer)
    decided = {one.entry_id for one in decisions if one.stands}
    suggested = suggestions_for(session, report_id, by=officer)
    still_open = [one for one in suggested if one.entry_id not in decided]
    confirmed = [one for one in decisions if one.stands and one.verdict is Verdict.CONFIRMED]
    shown = [*(as_suggested(one) for one in confirmed), *still_open]
    marks = marks_beside(session, report_id, shown, by=officer)
    return LinkPage(report, decisions, names, marks, suggested=len(suggested))


def _decide(report_id: UUID, form: DecideForm) -> str:
    """Do what the pressed button says; gives the part of the page to go on with."""
    officer = current_officer()
    with database().begin() as session:
        if form.nobody.data:
            confirm_nobody(session, report_id, by=officer, shown=form.entries_shown)
        elif form.none.data:
            reject_shown(session, report_id, form.entries_shown, by=officer)
            return "else"
        elif form.take_back.data:
            take_back(session, report_id, form.entry, by=officer)
            return "suggested"
        elif form.entry is None:
            raise NotFoundError("entry of the register")
        elif form.confirm.data:
            confirm(session, report_id, form.entry, by=officer, found=form.how_found)
        elif form.reject.data:
            reject(session, report_id, form.entry, by=officer)
    return "decided"


@bp.route("/register/<uuid:entry_id>/reports")
@may(Permission.LINK)
def reports(entry_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    with database().begin() as session:
        shown = show_entry(session, entry_id, by=officer)
        linked = reports_linked_to(session, entry_id, by=officer)
        names = officer_names(session, by=officer)
    return render_template("linking/reports.html", shown=shown, linked=linked, names=names)
