"""Makes the demo force once, in the order in which a real one comes to life; a second time, only what ran out."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from uuid import UUID

from config import TriageSettings
from quietword.demo import founding
from quietword.demo.casework import Casework
from quietword.demo.counter import make_counter_box
from quietword.demo.desk import Desk, database_at
from quietword.demo.notebook import DemoError, Notebook, read_notebook
from quietword.demo.sending import LONGEST_AGO, reports_by_day, send_reports
from quietword.demo.two_people import leave_to_two_people
from quietword.demo.walls import put_up_walls
from quietword.demo.watched import draw_a_sample, watch_a_record
from triage.commands.instance import bring_databases_up
from triage.database import Database
from triage.keys.intake_keys import DAYS_AHEAD
from triage.officers.passphrases import suggest_passphrase
from triage.register.importing import import_register

UNFINISHED = "demo-unfinished"
# The report that stands at the top of the queue when the demo begins.
DANGER = "danger-now"


def make_ready(settings: TriageSettings, *, say: Callable[[str], None]) -> Notebook:
    """Bring the folder's force to where both programs can run on it; `say` is told what is being done."""
    os.umask(0o077)
    _clear_what_was_interrupted(settings)
    bring_databases_up(settings)
    database = Database.open(settings)
    try:
        notebook = read_notebook(settings.instance)
        if notebook is None:
            (settings.instance / UNFINISHED).touch()
            say("Making the invented force of Millbrook. This takes half a minute, once.")
            notebook = _make(database, settings)
        elif founding.keys_run_out(database):
            say("Signing the intake keys of the next 35 days as the demo's supervisor.")
            supervisor = founding.at_work(database, settings, notebook.first_with("supervisor"))
            founding.sign_days_ahead(database, settings, supervisor)
        return notebook
    finally:
        database.dispose()


def _make(database: Database, settings: TriageSettings) -> Notebook:
    """Live through two weeks: each day's reports are sent, collected, opened and worked on with that day's date."""
    today = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
    first = database_at(database, today - timedelta(days=LONGEST_AGO))
    notebook, key = founding.found_millbrook(first, settings)
    notebook = replace(notebook, counter_passphrase=suggest_passphrase(""))
    make_counter_box(settings, notebook.counter_passphrase, today.date())
    desk = Desk(first, settings, notebook)
    supervisor = desk.officer(notebook.first_with("supervisor").sign_in)
    teams = founding.make_teams(first, notebook, supervisor)
    founding.sign_days_ahead(first, settings, supervisor, days=LONGEST_AGO + DAYS_AHEAD)
    with as_file(files("quietword").joinpath("millbrook")) as folder:
        imported = import_register(first, folder, by=supervisor)
    if imported.refused:
        raise DemoError("The register of Millbrook could not be imported: the demo's own files are damaged.")
    desk.everybody_comes_in()
    work, known = Casework(desk, teams), dict[str, UUID]()
    for day, reports in reports_by_day(today.date()).items():
        then = database_at(database, datetime.combine(day, time(9), UTC))
        if day == today.date():
            # The one in danger now is opened at once; the rest of today waits in the one-way store for an officer.
            urgent = [told for told in reports if told["key"] == DANGER]
            send_reports(settings, key, urgent, day)
            desk.open_all(then)
            send_reports(settings, key, [told for told in reports if told["key"] != DANGER], day)
        else:
            send_reports(settings, key, reports, day)
            opened = desk.open_all(then)
            known |= opened
            work.take_up(then, opened)
        desk.publish_notices(then)
    watch_a_record(database_at(database, today), desk)
    put_up_walls(desk)
    # By the clock on the wall, because what two people decide lasts a day from now.
    leave_to_two_people(database, desk, known)
    draw_a_sample(database, desk.officer("martin").with_new_ring())
    # Last, so that a folder whose making was interrupted is not taken for a finished demo.
    notebook.write(settings.instance)
    (settings.instance / UNFINISHED).unlink()
    return notebook


def _clear_what_was_interrupted(settings: TriageSettings) -> None:
    """Half a demo force cannot be signed in to, so it goes, and is made again.

    Raises:
        DemoError: it lies where only its owner should delete.
    """
    if not (settings.instance / UNFINISHED).exists():
        return
    for url in (settings.drop_url, settings.case_url, settings.keys_url):
        path = Path(url.database or "")
        if url.get_backend_name() != "sqlite" or path.parent != settings.instance:
            raise DemoError(
                f"The making of an earlier demo was interrupted. Empty its databases and delete {settings.instance}."
            )
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
            (settings.instance / name).unlink(missing_ok=True)
