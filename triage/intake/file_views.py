"""One file of a report: asked for with a reason, shown blurred, one at a time, and served so that it cannot run."""

from collections.abc import Iterator
from contextlib import ExitStack
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import CaseSession, database
from triage.errors import NoKeyError
from triage.intake.errors import FileChangedError, FileNotHereError, ReasonMissingError
from triage.intake.file_forms import OpenFileForm, SuspectForm
from triage.intake.files import file_of, read_file, record_file_opened
from triage.intake.quarantine import put_in_quarantine
from triage.intake.tickets import make_ticket, ticket_holds
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may, signed_in
from triage.officers.rules import Permission
from triage.officers.safeguarding import leads
from web.headers import NOTHING_RUNS

bp = Blueprint("files", __name__)


@bp.route("/reports/<uuid:report_id>/files/<uuid:file_id>", methods=["GET", "POST"])
@may(Permission.READ_REPORTS)
@fresh
def ask(report_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Say what opening it means, and take the reason; only then is a ticket given."""
    form, officer = OpenFileForm(), current_officer()
    if form.validate_on_submit():
        try:
            with database().look() as session:
                read_file(session, report_id, file_id, by=officer)
            with database().begin() as session:
                record_file_opened(session, report_id, file_id, reason=form.reason.data or "", by=officer)
                ticket = make_ticket(file_id, signed_in().digest, now=session.now, by=officer)
        except ReasonMissingError as error:
            form.reason.errors = [str(error)]
        except (FileChangedError, FileNotHereError) as error:
            form.refuse(str(error))
        else:
            to = "files.content" if form.download.data else "files.shown"
            return redirect(url_for(to, report_id=report_id, file_id=file_id, ticket=ticket), 303)
    with database().look() as session:
        found = file_of(session, report_id, file_id, by=officer)
        who = leads(session, by=officer) if found.state.is_shut else None
    return render_template("files/ask.html", form=form, suspect_form=SuspectForm(formdata=None), file=found, leads=who)


@bp.get("/reports/<uuid:report_id>/files/<uuid:file_id>/shown")
@may(Permission.READ_REPORTS)
def shown(report_id: UUID, file_id: UUID) -> ResponseReturnValue:
    with database().look() as session:
        if not _has_ticket(session, file_id):
            return redirect(url_for("files.ask", report_id=report_id, file_id=file_id), 303)
        found = file_of(session, report_id, file_id, by=current_officer())
    if found.reference is None:
        raise NoKeyError
    source = url_for("files.content", report_id=report_id, file_id=file_id, ticket=request.args["ticket"])
    return render_template("files/shown.html", file=found, source=source, suspect_form=SuspectForm(formdata=None))


@bp.get("/reports/<uuid:report_id>/files/<uuid:file_id>/content")
@may(Permission.READ_REPORTS)
def content(report_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The bytes: nothing before all of them are checked, under headers that let nothing in them run."""
    with ExitStack() as stack:
        # One moment for both readings of it, and until the last byte is given.
        session = stack.enter_context(database().look())
        if not _has_ticket(session, file_id):
            return redirect(url_for("files.ask", report_id=report_id, file_id=file_id), 303)
        found = file_of(session, report_id, file_id, by=current_officer())
        chunks: Iterator[bytes] = read_file(session, report_id, file_id, by=current_officer())
        if found.reference is None:
            raise NoKeyError
        response = Response(chunks, mimetype=found.reference.media_type.value)
        response.headers["Content-Length"] = str(found.reference.length)
        how = "inline" if found.is_picture else "attachment"
        response.headers["Content-Disposition"] = f'{how}; filename="{found.download_name}"'
        response.headers["Content-Security-Policy"] = NOTHING_RUNS
        response.call_on_close(stack.pop_all().close)
        return response


@bp.post("/reports/<uuid:report_id>/files/<uuid:file_id>/suspect")
@may(Permission.READ_REPORTS)
def suspect(report_id: UUID, file_id: UUID) -> ResponseReturnValue:
    if SuspectForm().validate_on_submit():
        put_in_quarantine(database(), report_id, file_id, by=current_officer())
    return redirect(url_for("casefile.show", report_id=report_id), 303)


def _has_ticket(session: CaseSession, file_id: UUID) -> bool:
    ticket = request.args.get("ticket", "")
    return ticket_holds(ticket, file_id, signed_in().digest, now=session.now, by=current_officer())
