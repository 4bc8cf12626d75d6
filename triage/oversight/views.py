"""The audit log, for auditors: search, timelines, signed exports, and a checkpoint to print."""

from urllib.parse import urlencode
from uuid import UUID

import segno
from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.audit.reading import Wanted
from triage.database import database
from triage.keys.system import SYSTEM_ID
from triage.officers.fresh import fresh
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.officers.witness import checkpoint, note_of, system_verifying_key
from triage.oversight.forms import LogFilterForm
from triage.oversight.log import (
    SYSTEM,
    export_log,
    keep_what_was_made,
    read_log,
    record_export,
    record_look,
    timeline,
)
from triage.paging import MOST_DIGITS_OF_A_LINE, number_in
from triage.settings import settings
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
    before = number_in(request.args.get("before"), otherwise=0, digits=MOST_DIGITS_OF_A_LINE)
    wanted, officer = form.to_wanted(), current_officer()
    with database().begin() as session:
        record_look(session, wanted, by=officer)
    with database().look() as session:
        found = read_log(session, wanted, before=before or None, by=officer)
    if found.found.made:
        with database().begin() as session:
            keep_what_was_made(session, found.found)
    form.officer.choices = [
        SelectChoice("", "Everybody"),
        SelectChoice(str(SYSTEM_ID), SYSTEM),
        *(SelectChoice(str(one.id), one.name) for one in found.officers),
    ]
    form.validate()  # what is not understood is said, so that nobody takes the whole log for what they asked for
    older, unread = found.found.older, found.found.unread
    return render_template(
        "oversight/audit_log.html",
        form=form,
        found=found,
        wanted=wanted,
        older=_address(before=str(older)) if older is not None else "",
        unread=_address(before=str(unread)) if unread is not None else "",
        newest=_address() if before else "",
        hidden=_asked(),
    )


@bp.post("/audit/export")
@may(Permission.READ_AUDIT)
@fresh
def export() -> ResponseReturnValue:
    form = LogFilterForm(request.form)
    wanted, officer = form.to_wanted(), current_officer()
    with database().begin() as session:
        note = note_of(checkpoint(session, settings()), settings())
    with database().look() as session:
        made = export_log(session, note, wanted, by=officer)
    with database().begin() as session:
        record_export(session, wanted, made, by=officer)
    response = Response(made.data, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.zip"'
    return response


@bp.get("/audit/people/<uuid:officer_id>")
@may(Permission.READ_AUDIT)
def of_person(officer_id: UUID) -> ResponseReturnValue:
    return _timeline(Wanted(signer_id=officer_id), "What somebody did")


@bp.get("/audit/about/<uuid:subject_id>")
@may(Permission.READ_AUDIT)
def of_case(subject_id: UUID) -> ResponseReturnValue:
    return _timeline(Wanted(subject=str(subject_id)), "What was done with something")


def _timeline(wanted: Wanted, title: str) -> ResponseReturnValue:
    with database().begin() as session:
        record_look(session, wanted, by=current_officer())
    with database().look() as session:
        found = timeline(session, wanted, by=current_officer())
    return render_template("oversight/timeline.html", found=found, title=title)


@bp.get("/audit/checkpoint")
@may(Permission.READ_AUDIT)
def print_checkpoint() -> ResponseReturnValue:
    with database().begin() as session:
        note = note_of(checkpoint(session, settings()), settings())
    return render_template(
        "oversight/checkpoint.html",
        note=note,
        key=system_verifying_key(settings()).encode(),
        picture=segno.make_qr(note.text, error="m").png_data_uri(scale=3, border=4),
    )


def _asked() -> dict[str, str]:
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _address(**changed: str) -> str:
    return f"{url_for('oversight.audit_log')}?{urlencode({**_asked(), **changed})}"
