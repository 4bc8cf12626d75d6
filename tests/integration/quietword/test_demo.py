"""The demo is made through the real services, once, and mends itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from config import TriageSettings
from quietword.demo import founding, making
from quietword.demo.command import demo
from quietword.demo.desk import database_at
from quietword.demo.founding import at_work, keys_run_out
from quietword.demo.notebook import DemoError, Notebook, read_notebook
from quietword.demo.receiver import PUBLIC, SECRET
from store.engine import open_engine
from store.noticeboard import Noticeboard
from tests.databases import NewDatabase
from triage.database import Database
from triage.disposal.models import DisposalRow
from triage.exporting.service import export, recipient_of
from triage.intake.models import HeldDropRow, ReportRow
from triage.officers.models import OfficerRow
from triage.officers.signing_in import sign_in
from triage.operations.models import OperationRow
from triage.operations.rules import Operation
from triage.operations.service import approve, open_proposals
from triage.referral.models import ReferralRow


def settings_of(instance: Path, new_database: NewDatabase) -> TriageSettings:
    """Settings of an empty folder; passphrases are cheap, for there are six of them to lock and unlock."""
    read = TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(instance), "QUIETWORD_RELEASE": "at once"})
    urls = {f"{name}_url": new_database(name) for name in ("drop", "case", "keys")}
    return replace(read, argon2_memory_kib=1024, argon2_iterations=1, **urls)


@pytest.fixture
def settings(tmp_path: Path, new_database: NewDatabase) -> TriageSettings:
    """On SQLite and on PostgreSQL."""
    return settings_of(tmp_path / "instance", new_database)


@pytest.fixture
def sqlite_settings(tmp_path: Path, new_sqlite_database: NewDatabase) -> TriageSettings:
    """On SQLite alone."""
    return settings_of(tmp_path / "instance", new_sqlite_database)


@contextmanager
def opened(settings: TriageSettings) -> Iterator[Database]:
    database = Database.open(settings)
    try:
        yield database
    finally:
        database.dispose()


def made(settings: TriageSettings) -> Notebook:
    return making.make_ready(settings, say=lambda _sentence: None)


def test_a_demo_shows_something_on_every_page_and_a_second_run_changes_nothing(settings: TriageSettings) -> None:
    notebook = made(settings)
    with opened(settings) as database, database.begin() as session:
        counted = session.execute(select(ReportRow.state, func.count()).group_by(ReportRow.state)).all()
        referred = session.scalar(select(func.count()).select_from(ReferralRow))
        danger = session.scalars(select(ReportRow.band).where(ReportRow.danger)).all()
        waiting_here = session.scalar(select(func.count()).select_from(HeldDropRow))
        two_people = set(session.scalars(select(OperationRow.state)))
        destroyed = session.scalars(select(DisposalRow.state)).all()
    states = {str(state): int(count) for state, count in counted}
    assert set(states) == {"new", "open", "graded", "referred", "closed"}
    assert sum(states.values()) == 37
    assert (referred, list(danger), waiting_here) == (3, [0], 0)
    assert (two_people, list(destroyed)) == ({"proposed", "approved", "carried out"}, ["destroyed"])
    assert made(settings) == notebook


def test_everybody_signs_in_with_what_the_demo_tells(sqlite_settings: TriageSettings) -> None:
    notebook = made(sqlite_settings)
    path = sqlite_settings.instance / "demo.json"
    assert path.stat().st_mode & 0o077 == 0
    assert "DEMONSTRATION ONLY" in json.loads(path.read_text("utf-8"))["warning"]
    assert read_notebook(sqlite_settings.instance) == notebook
    assert all(person.passphrase not in repr(notebook) for person in notebook.sign_ins)
    with opened(sqlite_settings) as database:
        for person in notebook.sign_ins:
            with database.begin() as session:
                code = pyotp.TOTP(person.totp_secret).at(session.now)
                officer, _ = sign_in(
                    session, sqlite_settings, sign_in_name=person.sign_in, passphrase=person.passphrase, code=code
                )
            assert officer.name == person.name
        with database.begin() as session:
            assert set(session.scalars(select(OfficerRow.state))) == {"active"}


def test_the_form_has_keys_for_35_days_and_they_are_signed_again_when_they_run_out(
    sqlite_settings: TriageSettings,
) -> None:
    notebook = made(sqlite_settings)
    engine = open_engine(sqlite_settings.drop_url)
    board, today = Noticeboard(engine), datetime.now(UTC).date()
    assert board.intake_keys(today)
    assert board.intake_keys(today + timedelta(days=34))
    assert len(board.intake_keys(today + timedelta(days=40))) == 1  # of the counter-corruption box
    with opened(sqlite_settings) as database:
        later = database_at(database, datetime.now(UTC) + timedelta(days=30))
        assert not keys_run_out(database)
        assert keys_run_out(later)
        supervisor = at_work(later, sqlite_settings, notebook.first_with("supervisor"))
        founding.sign_days_ahead(later, sqlite_settings, supervisor)
    assert board.intake_keys(today + timedelta(days=60))
    engine.dispose()


def test_a_demo_interrupted_while_it_was_made_is_made_again(
    settings: TriageSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite = settings.case_url.get_backend_name() == "sqlite"
    if sqlite:
        urls = {
            f"{name}_url": settings.case_url.set(database=str(settings.instance / f"{name}.sqlite"))
            for name in ("drop", "case", "keys")
        }
        settings = replace(settings, **urls)

    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(making, "import_register", power_cut)
        with pytest.raises(KeyboardInterrupt):
            making.make_ready(settings, say=lambda _sentence: None)
    assert read_notebook(settings.instance) is None
    if sqlite:
        assert made(settings).sign_ins
    else:
        with pytest.raises(DemoError, match="Empty its databases"):
            made(settings)


def test_what_the_demo_exports_is_opened_with_what_lies_in_its_folder(
    sqlite_settings: TriageSettings, tmp_path: Path
) -> None:
    """As the guide says it: approved by ruth, carried out by sarah with the receiver's key, opened as the receiver."""
    notebook, instance = made(sqlite_settings), sqlite_settings.instance
    pasted = (instance / PUBLIC).read_text("utf-8")
    assert (instance / SECRET).stat().st_mode & 0o077 == 0
    with opened(sqlite_settings) as database:
        sarah, ruth = (
            at_work(database, sqlite_settings, notebook.sign_in_of(name)).with_new_ring() for name in ("sarah", "ruth")
        )
        with database.begin() as session:
            [waits] = [one for one in open_proposals(session, by=ruth) if one.operation is Operation.BULK_EXPORT]
            approve(session, waits.id, by=ruth)
        with database.begin() as session:
            exported = export(session, waits.id, recipient_of(pasted), by=sarah)
    file = tmp_path / "export.age"
    file.write_bytes(exported.file)
    run = partial(CliRunner().invoke, demo, env={"QUIETWORD_INSTANCE": str(instance)})
    *texts, foot = run(["open-export", str(file)]).stdout.splitlines()
    assert len(texts) == exported.texts > 0
    assert all(json.loads(one)["text"] for one in texts)
    assert json.loads(foot)["signed_by"] == str(sarah.id)
    file.write_bytes(exported.file[:-1])
    with pytest.raises(DemoError, match="not a whole file"):
        run(["open-export", str(file)], catch_exceptions=False)
    with pytest.raises(DemoError, match="cannot be read"):
        run(["open-export", str(tmp_path / "nothing")], catch_exceptions=False)


def test_a_damaged_notebook_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert read_notebook(tmp_path) is None
    (tmp_path / "demo.json").write_text("{}")
    with pytest.raises(DemoError, match="cannot be read"):
        read_notebook(tmp_path)
