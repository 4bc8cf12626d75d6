"""Confirm or reject whom a report is about, beside the report with what was found in it."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import NotFoundError
from triage.intake.reports import case_report, read_by_a_person
from triage.linking.forms import DecideForm, SearchForm
from triage.linking.mentions import Mention
from triage.linking.service import (
    Decision,
    confirm,
    confirm_nobody,
    decisions_of,
    mentions_of,
    reject,
    reports_linked_to,
    suggestions_for,
)
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.officers.service import officer_names
from triage.register.browsing import find_entries, show_entry
from web.markup import Span

bp = Blueprint("linking", __name__)


@bp.route("/reports/<uuid:report_id>/links", methods=["GET", "POST"])
@may(Permission.LINK)
def decide(report_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    form = DecideForm()
    if form.validate_on_submit():
        _decide(report_id, form)
        return redirect(url_for("linking.decide", report_id=report_id, _anchor="decided"), 303)
    search = SearchForm(request.args)
    with database().begin() as session:
        # What takes long comes first: each line of the audit log holds up everybody else's until the commit.
        report = case_report(session, report_id, by=officer)
        mentions = mentions_of(session, report_id, by=officer)
        decisions = decisions_of(session, report_id, by=officer)
        names = officer_names(session, by=officer)
        suggestions = suggestions_for(session, report_id, by=officer)
        found = find_entries(session, search.words.data or "", by=officer)
        read_by_a_person(session, report_id, by=officer)
    return render_template(
        "linking/decide.html",
        form=form,
        search=search,
        report=report,
        suggestions=suggestions,
        spans=spans_of(mentions),
        decisions=[one for one in decisions if one.stands],
        earlier=[one for one in decisions if not one.stands],
        decided=_decided(decisions),
        found=found,
        searched=bool((search.words.data or "").strip()),
        names=names,
    )


def _decide(report_id: UUID, form: DecideForm) -> None:
    officer = current_officer()
    with database().begin() as session:
        if form.nobody.data:
            confirm_nobody(session, report_id, by=officer)
            return
        if form.entry is None:
            raise NotFoundError("entry of the register")
        if form.confirm.data:
            confirm(session, report_id, form.entry, by=officer, found=form.how_found)
        elif form.reject.data:
            reject(session, report_id, form.entry, by=officer)


@bp.route("/register/<uuid:entry_id>/reports")
@may(Permission.LINK)
def reports(entry_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    with database().begin() as session:
        shown = show_entry(session, entry_id, by=officer)
        linked = reports_linked_to(session, entry_id, by=officer)
        names = officer_names(session, by=officer)
    return render_template("linking/reports.html", shown=shown, linked=linked, names=names)


TITLES = {
    "person": "A name",
    "vehicle": "A vehicle",
    "place": "A place",
    "phone": "A telephone number",
    "account": "An online name",
    "business": "A business",
    "date": "An age or a date",
    "apart": "Not a subject of the report",
}


def spans_of(mentions: Mapping[str, tuple[Mention, ...]]) -> dict[str, tuple[Span, ...]]:
    """Mentions as `marked` draws them, by question."""
    return {
        key: tuple(Span(one.start, one.end, one.kind, f"{TITLES[one.kind]}: {one.value}") for one in found)
        for key, found in mentions.items()
    }


def _decided(decisions: tuple[Decision, ...]) -> dict[UUID, Decision]:
    """The decision that stands about each entry."""
    return {one.entry_id: one for one in decisions if one.stands and one.entry_id is not None}
