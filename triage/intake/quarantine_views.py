"""Files in quarantine, for the safeguarding leads; and who they are, for everybody at the desk."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.errors import TriageError
from triage.intake.errors import QuarantineStepError, ReasonMissingError
from triage.intake.file_forms import AskReleaseForm, DecideReleaseForm, NameLeadForm
from triage.intake.quarantine import (
    ask_release,
    destroy_former_keys,
    hand_over,
    refuse_release,
    release,
)
from triage.intake.shut_files import record_quarantine_read, shut_file, shut_files
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.refused import sentence_of
from triage.officers.rules import Permission
from triage.officers.safeguarding import holds_quarantine, leads, name_lead
from web.fields import SelectChoice

bp = Blueprint("quarantine", __name__)

DONE = {
    "named": "The key is given. It counts from their next page on.",
    "asked": "The release is asked for. The file stays in quarantine until it is agreed.",
    "refused": "The file stays in quarantine.",
    "released": "The file is released: the desk can open it again.",
}


@bp.route("/quarantine", methods=["GET", "POST"])
@may(Permission.READ_REPORTS)
@fresh
def browse() -> ResponseReturnValue:
    form, officer = NameLeadForm(), current_officer()
    with database().look() as session:
        who = leads(session, by=officer)
        holds = holds_quarantine(session, by=officer)
    form.officer.choices = [
        SelectChoice("", "Choose an officer"),
        *(SelectChoice(str(officer_id), name) for officer_id, name in who.could),
    ]
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                if name_lead(session, form.officer_id, by=officer):
                    hand_over(session, by=officer)
            with database().begin() as session:
                destroy_former_keys(session)
        except TriageError as error:
            form.refuse(sentence_of(error))
        else:
            return redirect(url_for("quarantine.browse", done="named"), 303)
    with database().look() as session:
        files = shut_files(session, by=officer)
    if files:
        with database().begin() as session:
            record_quarantine_read(session, files, by=officer)
    return render_template("files/quarantine.html", form=form, leads=who, holds=holds, files=files, done=_done())


@bp.route("/quarantine/<uuid:report_id>/<uuid:file_id>", methods=["GET", "POST"])
@may(Permission.READ_REPORTS)
@fresh
def decide(report_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The two steps out: one lead asks and says why, another agrees or refuses."""
    asking, deciding, officer = AskReleaseForm(), DecideReleaseForm(), current_officer()
    form = deciding if deciding.agree.data or deciding.leave.data else asking
    if form.validate_on_submit():
        try:
            with database().begin() as session:
                if form is asking:
                    done = "asked"
                    ask_release(session, report_id, file_id, reason=asking.reason.data or "", by=officer)
                elif deciding.leave.data:
                    done = "refused"
                    refuse_release(session, report_id, file_id, reason=deciding.why_not.data or "", by=officer)
                else:
                    done = "released"
                    release(session, report_id, file_id, by=officer)
            with database().begin() as session:
                destroy_former_keys(session)
        except ReasonMissingError as error:
            (asking.reason if form is asking else deciding.why_not).errors = [str(error)]
        except QuarantineStepError as error:
            form.refuse(str(error))
        else:
            return redirect(url_for("quarantine.browse", done=done), 303)
    with database().look() as session:
        found, who = shut_file(session, report_id, file_id, by=officer), leads(session, by=officer)
    with database().begin() as session:
        record_quarantine_read(session, (found,), of=report_id, by=officer)
    return render_template("files/decide.html", asking=asking, deciding=deciding, file=found, leads=who)


def _done() -> str:
    return DONE.get(request.args.get("done", ""), "")
