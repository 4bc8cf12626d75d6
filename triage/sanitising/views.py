"""Write a text that may leave, and have a second officer agree."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import NoKeyError, NotFoundError, OutOfDateError, TriageError
from triage.grading.rules import UngradableError
from triage.intake.answers import Answer
from triage.intake.shut_files import require_not_quarantined
from triage.officers.guard import current_officer, may
from triage.officers.names import names_of
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.sanitising.draft import Draft
from triage.sanitising.forms import DraftForm, ReviewForm, TakeBackForm
from triage.sanitising.material import material_for
from triage.sanitising.preview import Preview, preview_of
from triage.sanitising.rules import SanitisingError, UnreadWarningsError, digest_of
from triage.sanitising.service import (
    approve_draft,
    draft_of,
    drafts_waiting,
    findings_against,
    return_draft,
    save_draft,
    submit_draft,
    take_back,
)
from web.forms import QuietForm

bp = Blueprint("sanitising", __name__)


@bp.route("/reports/<uuid:report_id>/sanitise", methods=["GET", "POST"])
@may(Permission.DRAFT)
def draft(report_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    with database().begin() as session:
        material = material_for(session, report_id, by=officer)
        if request.method == "GET":  # words that were typed before come back on the page with the reason
            require_not_quarantined(session, report_id)
    own = material.own(officer.id)
    form = DraftForm()
    form.offer(material.codes, material.grades)
    if not form.is_submitted():
        if own is not None and own.is_waiting:
            return redirect(url_for("sanitising.review", draft_id=own.id), 303)
        form.fill(own, harmless_names=material.harmless_names)
    elif form.validate_on_submit() and not form.check.data:
        answer = _keep(form, report_id, own)
        if answer is not None:
            return answer
    return render_template(
        "sanitising/draft.html",
        form=form,
        material=material,
        own=own,
        others=[one for one in material.drafts if own is None or one.id != own.id],
        preview=_preview(form, material.answers),
        checked=bool(form.check.data),
        saved=request.args.get("saved") == "yes",
        saved_since=form.written_over,
    )


def _keep(form: DraftForm, report_id: UUID, own: Draft | None) -> ResponseReturnValue | None:
    """Save, and put forward where that was pressed; on any error the form keeps every word and says what to do."""
    officer = current_officer()
    try:
        with database().begin() as session:
            draft_id = save_draft(session, report_id, form.to_content(), by=officer, seen=form.seen.data or "")
            if form.put_forward.data:
                read = form.warned.data if form.warnings_read.data else None
                submit_draft(session, draft_id, by=officer, warnings_read=read)
    except UngradableError as error:
        form.refuse_grade(error.problems)
    except OutOfDateError as error:
        form.refuse(str(error))
        form.out_of_date(own)
    except (NoKeyError, NotFoundError):
        raise
    except TriageError as error:
        _refuse(form, error)
    else:
        if form.put_forward.data:
            return redirect(url_for("sanitising.review", draft_id=draft_id, put="forward"), 303)
        return redirect(url_for("sanitising.draft", report_id=report_id, saved="yes"), 303)
    return None


@bp.get("/sanitised")
@may(Permission.APPROVE)
def waiting() -> ResponseReturnValue:
    officer = current_officer()
    with database().begin() as session:
        drafts = drafts_waiting(session, by=officer)
        names = names_of(session, {one.drafted_by for one in drafts}, by=officer)
        today = session.today
    return render_template("sanitising/waiting.html", drafts=drafts, names=names, today=today)


@bp.route("/sanitised/<uuid:draft_id>", methods=["GET", "POST"])
@may(Permission.APPROVE)
def review(draft_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                seen = form.seen.data or ""
                if form.send_back.data:
                    return_draft(session, draft_id, note=form.note.data or "", by=officer, seen=seen)
                else:
                    why = form.override_reason.data or ""
                    approve_draft(session, draft_id, override_reason=why, by=officer, seen=seen)
        except (NoKeyError, NotFoundError):
            raise
        except TriageError as error:
            _refuse(form, error)
        else:
            return redirect(url_for("sanitising.review", draft_id=draft_id, done="yes"), 303)
    with database().begin() as session:
        text = draft_of(session, draft_id, by=officer)
        material = material_for(session, text.report_id, by=officer)
    form.seen.data = text.seen
    findings = findings_against(text.content, material.answers)
    return render_template(
        "sanitising/review.html",
        form=form,
        take_back_form=TakeBackForm(),
        draft=text,
        material=material,
        preview=preview_of(text.content.everything_that_leaves(), findings),
        is_own=text.drafted_by == officer.id,
        put_forward=request.args.get("put") == "forward",
        done=request.args.get("done") == "yes",
    )


@bp.post("/sanitised/<uuid:draft_id>/take-back")
@may(Permission.DRAFT)
def take_text_back(draft_id: UUID) -> ResponseReturnValue:
    officer = current_officer()
    with database().begin() as session:
        take_back(session, draft_id, by=officer)
        report_id = draft_of(session, draft_id, by=officer).report_id
    return redirect(url_for("sanitising.draft", report_id=report_id), 303)


def _preview(form: DraftForm, answers: tuple[Answer, ...]) -> Preview | None:
    """What would leave as the form stands, with its warnings; nothing before there is a text."""
    try:
        content = form.to_content()
    except SanitisingError as error:
        if form.check.data:
            _refuse(form, error)
        return None
    findings = findings_against(content, answers)
    form.show_warnings(digest_of(findings))
    if form.put_forward.data and findings and not form.warnings_read.data and not form.warnings_read.errors:
        _refuse(form, UnreadWarningsError())
    return preview_of(content.everything_that_leaves(), findings)


def _refuse(form: QuietForm, error: TriageError) -> None:
    """Put a sentence at the field it is about, or at the head of the form."""
    part = error.part if isinstance(error, SanitisingError) else ""
    if part and part in form:
        form[part].errors = [*form[part].errors, str(error)]
    else:
        form.refuse(sentence_of(error))
