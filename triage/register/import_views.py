"""Upload lists, take them in batch by batch, and fetch what was wrong with which row."""

import time
from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.database import database
from triage.officers.guard import current_officer, may
from triage.officers.rules import Permission
from triage.register.errors import ImportFileError
from triage.register.forms import ImportForm, PressForm
from triage.register.importing import (
    MOST_UPLOADED,
    ImportState,
    continue_import,
    import_progress,
    start_import,
    stop_import,
)
from triage.register.tables import COLUMNS, File, error_report

SECONDS_A_REQUEST = 4.0  # batches are taken in for so long, then the page says how far it is and asks to go on


def add_to(bp: Blueprint) -> None:
    """Put the pages of an import among those of the register."""
    bp.add_url_rule("/register/import", "import_lists", upload, methods=["GET", "POST"])
    bp.add_url_rule("/register/imports/<uuid:import_id>", "import_progress", progress, methods=["GET"])
    bp.add_url_rule("/register/imports/<uuid:import_id>/continue", "import_continue", go_on, methods=["POST"])
    bp.add_url_rule("/register/imports/<uuid:import_id>/stop", "import_stop", stop, methods=["POST"])
    bp.add_url_rule("/register/imports/<uuid:import_id>/errors.csv", "import_errors", errors, methods=["GET"])


@may(Permission.EDIT_REGISTER)
def upload() -> ResponseReturnValue:
    form = ImportForm()
    if form.validate_on_submit():
        sent = {File.GROUPS: form.groups.data, File.PEOPLE: form.people.data, File.TIES: form.ties.data}
        try:
            with database().begin() as session:
                files = {file: one.read() for file, one in sent.items() if one is not None}
                import_id = start_import(session, files, by=current_officer())
        except ImportFileError as error:
            form.refuse(str(error))
        else:
            _take(import_id)
            return redirect(url_for("register.import_progress", import_id=import_id), 303)
    return render_template("register/import.html", form=form, columns=COLUMNS, most=MOST_UPLOADED // 1000)


@may(Permission.EDIT_REGISTER)
def progress(import_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        stand = import_progress(session, import_id, by=current_officer())
    return render_template("register/import_progress.html", stand=stand, running=stand.state is ImportState.RUNNING)


@may(Permission.EDIT_REGISTER)
def go_on(import_id: UUID) -> ResponseReturnValue:
    if PressForm().validate_on_submit():
        _take(import_id)
    return redirect(url_for("register.import_progress", import_id=import_id), 303)


@may(Permission.EDIT_REGISTER)
def stop(import_id: UUID) -> ResponseReturnValue:
    if PressForm().validate_on_submit():
        with database().begin() as session:
            stop_import(session, import_id, by=current_officer())
    return redirect(url_for("register.import_progress", import_id=import_id), 303)


@may(Permission.EDIT_REGISTER)
def errors(import_id: UUID) -> ResponseReturnValue:
    with database().begin() as session:
        stand = import_progress(session, import_id, by=current_officer())
    response = make_response(error_report(stand.errors))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="rows-to-correct.csv"'
    return response


def _take(import_id: UUID) -> None:
    """Take in batches, each committed apart, until it is done or the time of one request is used up."""
    until = time.monotonic() + SECONDS_A_REQUEST
    while time.monotonic() < until:
        with database().begin() as session:
            if continue_import(session, import_id, by=current_officer()).state is not ImportState.RUNNING:
                return
