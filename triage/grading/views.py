"""Split a report into items, and grade one item a page."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.database import CaseSession, database
from triage.errors import NotFoundError, OutOfDateError
from triage.grading.codes import codes_on
from triage.grading.forms import GradeForm, ItemForm, ItemsForm
from triage.grading.identifying import why_identifying
from triage.grading.rules import SINGLE_ANONYMOUS, UngradableError, default_grade
from triage.grading.service import (
    Corroboration,
    Item,
    ItemError,
    NoCorroboration,
    change_item,
    grade_item,
    items_of,
    split_report,
    whole_text,
)
from triage.intake.reports import case_report, record_look
from triage.officers.guard import current_officer, may
from triage.officers.names import names_of
from triage.officers.rules import Permission

bp = Blueprint("grading", __name__)

# The case file puts the one that knows of links here; without it nothing is ever graded B.
CORROBORATION = "quietword.corroboration"


def corroboration() -> Corroboration:
    """Whatever finds corroborating items in the running program."""
    found: Corroboration = current_app.extensions.get(CORROBORATION, NoCorroboration())
    return found


@bp.route("/reports/<uuid:report_id>/items", methods=["GET", "POST"])
@may(Permission.GRADE)
def items(report_id: UUID) -> ResponseReturnValue:
    form = ItemsForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                split_report(session, report_id, form.to_texts(), by=current_officer())
        except ItemError as error:
            form.texts.errors = [str(error)]
        else:
            return redirect(url_for("casefile.show", report_id=report_id, _anchor="items"), 303)
    with database().begin() as session:
        report = case_report(session, report_id, by=current_officer())
        there = items_of(session, report_id, by=current_officer())
        record_look(session, report_id, why="splitting it into items", by=current_officer())
    if not form.is_submitted() and not there:
        form.texts.data = whole_text(report)
    return render_template("grading/items.html", form=form, report=report, items=there)


@bp.route("/reports/<uuid:report_id>/items/<int:number>", methods=["GET", "POST"])
@may(Permission.GRADE)
def item(report_id: UUID, number: int) -> ResponseReturnValue:
    form = ItemForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                change_item(session, report_id, number, form.text.data or "", by=current_officer())
        except ItemError as error:
            form.text.errors = [str(error)]
        else:
            return redirect(url_for("grading.items", report_id=report_id), 303)
    with database().begin() as session:
        report = case_report(session, report_id, by=current_officer())
        record_look(session, report_id, why="changing an item", by=current_officer())
        found = _item(items_of(session, report_id, by=current_officer()), number)
    if not form.is_submitted():
        form.text.data = found.text
    return render_template("grading/item.html", form=form, report=report, item=found)


@bp.route("/reports/<uuid:report_id>/items/<int:number>/grade", methods=["GET", "POST"])
@may(Permission.GRADE)
def grade(report_id: UUID, number: int) -> ResponseReturnValue:
    form = GradeForm()
    officer = current_officer()
    with database().begin() as session:  # what other reports say is consulted, and leaves a line
        report = case_report(session, report_id, by=officer)
        there = items_of(session, report_id, by=officer)
        codes = codes_on(session, session.today)
        candidates = corroboration().candidates(session, report_id, by=officer)
        graded_by = {one.current.graded_by for one in there if one.current}
        names = names_of(session, graded_by, by=officer)
    # Item 1 of a report nobody has split is the whole of it, and is written when it is graded.
    found = None if not there and number == 1 else _item(there, number)
    identifying = why_identifying(report.answers) if report.is_anonymous else ()
    form.offer(codes, candidates, report_id=report_id, is_anonymous=report.is_anonymous)
    if not form.is_submitted():
        form.fill_from(found, default_grade(could_identify_sender=bool(identifying)))
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                _grade(session, form, report_id, number)
        except UngradableError as error:
            form.refuse_grade(error)
        except ItemError as error:
            form.why.errors = [str(error)]
        except OutOfDateError as error:
            # Their words stay on the page, now over the version that came between, which is shown above them.
            form.refuse(str(error))
            form.over_version.data = str(found.version if found else 0)
        else:
            return redirect(url_for("casefile.show", report_id=report_id, _anchor=f"item-{number}"), 303)
    # Also where what was posted could not be taken: that page shows the report's words too.
    with database().begin() as session:
        record_look(session, report_id, why="grading it", by=officer)
    return render_template(
        "grading/grade.html",
        names=names,
        form=form,
        report=report,
        item=found,
        number=number,
        text=found.text if found else whole_text(report),
        identifying=identifying,
        single_anonymous=SINGLE_ANONYMOUS,
    )


def _grade(session: CaseSession, form: GradeForm, report_id: UUID, number: int) -> None:
    grade_item(
        session,
        report_id,
        number,
        form.to_grade(),
        nature=form.to_nature(),
        people=form.to_people(),
        why=form.why.data or "",
        over_version=form.to_over_version(),
        corroboration=corroboration(),
        by=current_officer(),
    )


def _item(there: tuple[Item, ...], number: int) -> Item:
    found = next((one for one in there if one.number == number), None)
    if found is None:
        raise NotFoundError("item")
    return found
