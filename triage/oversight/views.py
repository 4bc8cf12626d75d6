"""The audit log, for auditors."""

from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.keys.system import SYSTEM_ID
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.oversight.forms import LogFilterForm
from triage.oversight.log import SYSTEM, export_log, read_log, record_export, record_look
from triage.paging import number_in
from web.fields import SelectChoice

bp = Blueprint("oversight", __name__)
FILTERS = (
    "officer",
    "act",
    "subject",
    "since-day",
    "since-month",
    "since-year",
    "until-day",
    "until-month",
    "until-year",
)


@bp.get("/audit")
@may(Permission.READ_AUDIT)
def audit_log() -> ResponseReturnValue:
    form = LogFilterForm(request.args)
    page = max(1, number_in(request.args.get("page"), otherwise=1))
    wanted, officer = form.to_wanted(), current_officer()
    with database().begin() as session:
        record_look(session, wanted, by=officer)
    with database().look() as session:
        found = read_log(session, wanted, page=page, by=officer)
    form.officer.choices = [
        SelectChoice("", "Everybody"),
        SelectChoice(str(SYSTEM_ID), SYSTEM),
        *(SelectChoice(str(one.id), one.name) for one in found.officers),
    ]
    return render_template(
        "oversight/audit_log.html",
        form=form,
        found=found,
        older=_address(page=str(page + 1)) if found.more else "",
        newer=_address(page=str(page - 1)) if page > 1 else "",
        hidden=_asked(),
    )


@bp.post("/audit/export")
@may(Permission.READ_AUDIT)
@fresh
def export() -> ResponseReturnValue:
    form = LogFilterForm(request.form)
    wanted, officer = form.to_wanted(), current_officer()
    with database().look() as session:
        made = export_log(session, wanted, by=officer)
    with database().begin() as session:
        record_export(session, wanted, made, by=officer)
    response = Response(made.text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response


def _asked() -> dict[str, str]:
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _address(**changed: str) -> str:
    return f"{url_for('oversight.audit_log')}?{urlencode({**_asked(), **changed})}"
