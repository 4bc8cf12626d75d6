"""Backups: brought back whole on either database, dead after seven days, and never bringing back what was deleted."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from config import TriageSettings
from envelope.identity import Identity
from envelope.shares import join_shares, read_share
from tests.audit_lines import lines_of_the_system
from tests.databases import NewDatabase
from tests.desk_work import report_at_desk
from tests.force import Force, open_databases
from tests.sent_files import attach, picture, report_with
from tests.whole_case import work_whole_case
from triage.backup.errors import (
    BrokenBackupError,
    DayKeyGoneError,
    DayKeysAwayError,
    ListMissingError,
    NoRecoveryBoxError,
    NotEmptyError,
)
from triage.backup.making import Made, backups_in, expire_backups, make_backup
from triage.backup.restoring import restore
from triage.commands.backup import bring_back, rehearse
from triage.database import Database
from triage.disposal.models import BackupRow
from triage.disposal.rules import Ground
from triage.disposal.service import Told, decide_report, destroy_agreed
from triage.disposal.written_down import DestroyedIds
from triage.errors import NotFoundError, TriageError
from triage.intake.files import files_of, read_file
from triage.intake.models import ReportRow
from triage.intake.reports import case_report
from triage.keys.recovery import Split, split_anew
from triage.keys.service import BoxName, box_named, retire_box
from triage.officers.witness import verify_audit_log
from triage.tables import CASE, KEYS

EARLY = Told(Ground.EARLY, operation_id=UUID(int=5))


def recovery(force: Force) -> Identity:
    return Identity(join_shares([read_share(one) for one in force.shares[:3]]))


def elsewhere(force: Force, new: NewDatabase, folder: Path) -> TriageSettings:
    """Another machine, with the folders of the backups and of their day keys."""
    return replace(
        force.settings,
        instance=folder,
        case_url=new("again_case"),
        keys_url=new("again_keys"),
        backup_folder=force.settings.backups_path,
        backup_keys_folder=force.settings.backup_keys_path,
    )


@contextmanager
def opened_over(force: Force, settings: TriageSettings) -> Iterator[Database]:
    database, drop = open_databases(settings, force.clock)
    try:
        yield database
    finally:
        database.dispose()
        drop.dispose()


def bring(force: Force, settings: TriageSettings, made: Made, *, without_list: bool = False) -> int:
    found = restore(settings, recovery(force), cases=made.cases, keys=made.keys, without_list=without_list)
    return found.destroyed_again


def dispose(force: Force, report_id: UUID) -> None:
    by = force.officer("sam")
    with force.database.begin() as session:
        decide_report(session, report_id, EARLY, by=by)
    with force.database.begin() as session:
        destroy_agreed(session, DestroyedIds(force.settings.backups_path), by=by)


def rows_of(database: Database) -> dict[str, set[str]]:
    with database.look() as session:
        found = {
            table.name: {repr(tuple(row)) for row in session.execute(select(table))} for table in CASE.tables.values()
        }
        return found | {
            table.name: {repr(tuple(row)) for row in session.keys.execute(select(table))}
            for table in KEYS.tables.values()
        }


def test_every_row_comes_back_and_every_report_opens(
    force_on_both: Force, new_database: NewDatabase, tmp_path: Path
) -> None:
    force = force_on_both
    with_file = report_with(force, attach(force, picture(noisy=True, width=900, height=700)))
    case = work_whole_case(force)
    made = make_backup(force.database, force.settings)
    before = rows_of(force.database)
    settings = elsewhere(force, new_database, tmp_path / "again")
    assert bring(force, settings, made) == 0
    tom = force.officer("tom")
    with opened_over(force, settings) as database:
        after = rows_of(database)
        changed = {"sessions", "audit_leaves", "audit_head", "audit_keys", "backups", "officers"}
        assert {name for name in before if before[name] != after[name]} <= changed
        assert before["audit_leaves"] < after["audit_leaves"]
        assert before["backups"] < after["backups"]
        with database.look() as session:
            assert verify_audit_log(session, settings).holds
            assert case_report(session, case.report_id, by=tom).answers["what"]
            [file] = files_of(session, with_file, by=tom)
            assert b"".join(read_file(session, with_file, file.id, by=tom))[:2] == b"\xff\xd8"
    assert (settings.instance / "system-key").read_bytes() == force.settings.system_key_path.read_bytes()
    assert (settings.instance / "system-key").stat().st_mode & 0o077 == 0


def test_what_was_deleted_since_does_not_come_back(
    force_on_both: Force, new_database: NewDatabase, tmp_path: Path
) -> None:
    force = force_on_both
    kept = report_at_desk(force, "This one stays")
    case = work_whole_case(force)
    made = make_backup(force.database, force.settings)
    dispose(force, case.report_id)
    settings = elsewhere(force, new_database, tmp_path / "again")
    assert bring(force, settings, made) > 3
    officers = [force.officer(name) for name in ("tom", "tess", "sam")]
    with opened_over(force, settings) as database, database.look() as session:
        assert session.get(ReportRow, case.report_id) is None
        for officer in officers:
            with pytest.raises(NotFoundError):
                case_report(session, case.report_id, by=officer)
        assert case_report(session, kept, by=officers[0]).first_words == "This one stays"


def test_seven_days_later_no_copy_of_the_backup_opens_even_with_the_shares(
    force: Force, new_sqlite_database: NewDatabase, tmp_path: Path
) -> None:
    report_at_desk(force)
    made = make_backup(force.database, force.settings)
    stolen = shutil.copytree(force.settings.backups_path, tmp_path / "stolen")
    force.clock.forward(days=6)
    assert expire_backups(force.database, force.settings).days == ()
    force.clock.forward(days=1)
    [day] = expire_backups(force.database, force.settings).days
    assert (force.today - day).days == 7
    assert not made.keys.exists()
    assert made.cases.exists()
    settings = replace(elsewhere(force, new_sqlite_database, tmp_path / "again"), backup_folder=stolen)
    with pytest.raises(DayKeyGoneError, match="then for nobody"):
        restore(settings, recovery(force), cases=made.cases, keys=stolen / made.keys.name)


def test_a_case_backup_holds_no_key(force: Force, new_sqlite_database: NewDatabase, tmp_path: Path) -> None:
    """Brought back with empty keys it opens nothing, whoever looks."""
    case = work_whole_case(force)
    made = make_backup(force.database, force.settings)
    settings = elsewhere(force, new_sqlite_database, tmp_path / "again")
    restore(settings, recovery(force), cases=made.cases, keys=None)
    officers = [force.officer(name) for name in ("tom", "sam", "iris", "nell")]
    with opened_over(force, settings) as database, database.look() as session:
        assert session.scalars(select(ReportRow.id)).all()
        for officer in officers:
            with pytest.raises(TriageError):
                case_report(session, case.report_id, by=officer)


def test_another_key_opens_no_backup(force: Force, new_sqlite_database: NewDatabase, tmp_path: Path) -> None:
    made = make_backup(force.database, force.settings)
    settings = elsewhere(force, new_sqlite_database, tmp_path / "again")
    with pytest.raises(BrokenBackupError):
        restore(settings, Identity.generate(), cases=made.cases, keys=None)
    with pytest.raises(DayKeyGoneError):
        restore(settings, Identity.generate(), cases=made.cases, keys=made.keys)


@pytest.mark.parametrize("broken", ["cut", "changed", "swapped"])
def test_a_broken_backup_is_refused_whole(
    force: Force, new_sqlite_database: NewDatabase, tmp_path: Path, broken: str
) -> None:
    report_at_desk(force)
    made = make_backup(force.database, force.settings)
    content = made.cases.read_bytes()
    if broken == "cut":
        made.cases.write_bytes(content[:-20])
    elif broken == "changed":
        place = len(content) // 2
        made.cases.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    else:
        made.cases.write_bytes(made.keys.read_bytes())
    settings = elsewhere(force, new_sqlite_database, tmp_path / "again")
    with pytest.raises(BrokenBackupError, match="cannot be brought back"):
        restore(settings, recovery(force), cases=made.cases, keys=None)
    with opened_over(force, settings) as database, database.look() as session:
        for table in CASE.tables.values():
            if table.name != "codes":
                assert session.execute(select(table)).first() is None, table.name


def test_a_database_that_stands_is_never_written_over(force: Force) -> None:
    made = make_backup(force.database, force.settings)
    for files in ({"cases": made.cases, "keys": None}, {"cases": None, "keys": made.keys}):
        with pytest.raises(NotEmptyError):
            restore(force.settings, recovery(force), **files)


def test_without_the_list_of_destroyed_keys_it_must_be_said_and_is_kept(
    force: Force, new_sqlite_database: NewDatabase, tmp_path: Path
) -> None:
    made, iris = make_backup(force.database, force.settings), force.officer("iris")  # who reads both logs by one key
    DestroyedIds(force.settings.backups_path).path.unlink()
    settings = elsewhere(force, new_sqlite_database, tmp_path / "again")
    with pytest.raises(ListMissingError):
        bring(force, settings, made)
    bring(force, settings, made, without_list=True)
    with opened_over(force, settings) as database:
        there = replace(force, settings=settings, database=database, _officers={"iris": iris})
        lines = [line for line in lines_of_the_system(there) if line["act"] == "restored from a backup"]
    assert "without the list" in str(lines[-1]["reason"])


def test_making_and_expiring_leave_lines_and_private_files(force: Force) -> None:
    made = make_backup(force.database, force.settings)
    for path in (made.cases, made.keys, *force.settings.backup_keys_path.iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path
    force.clock.forward(days=40)
    expire_backups(force.database, force.settings)
    assert backups_in(force.settings.backups_path) == ()
    acts = [line["act"] for line in lines_of_the_system(force)]
    assert "backup made" in acts
    assert "key of a backup destroyed" in acts


def test_a_key_of_a_backup_on_a_disk_that_is_not_mounted_is_never_said_to_be_destroyed(
    force: Force, tmp_path: Path
) -> None:
    """The certificates say when no backup opens what is gone: that day must not pass over a key that lives on."""
    make_backup(force.database, force.settings)
    mounted, aside = force.settings.backup_keys_path, tmp_path / "aside"
    mounted.rename(aside)
    mounted.mkdir()
    force.clock.forward(days=8)
    for act in (expire_backups, make_backup):
        with pytest.raises(DayKeysAwayError, match="not mounted"):
            act(force.database, force.settings)
    with force.database.look() as session:
        assert session.scalars(select(BackupRow.expired_on).where(BackupRow.kind == "keys")).all() == [None]
    mounted.rmdir()
    aside.rename(mounted)
    assert len(expire_backups(force.database, force.settings).days) == 1
    make_backup(force.database, force.settings)


def test_without_a_recovery_key_there_is_no_backup(force: Force) -> None:
    with force.database.begin() as session:
        retire_box(session, box_named(session, BoxName.RECOVERY).id)
    with pytest.raises(NoRecoveryBoxError):
        make_backup(force.database, force.settings)


def test_after_a_new_split_backups_of_the_same_day_open_for_the_new_shares(
    force: Force, new_sqlite_database: NewDatabase, tmp_path: Path
) -> None:
    """The key of the day was sealed to the old shares: a new one is made, or today's backup would open for nobody."""
    make_backup(force.database, force.settings)
    sam = force.officer("sam")
    with force.database.begin() as session:
        shares = split_anew(session, Split(3, 2), by=sam)
    made = make_backup(force.database, force.settings)
    settings = elsewhere(force, new_sqlite_database, tmp_path / "again")
    identity = Identity(join_shares([read_share(one) for one in shares[:2]]))
    restore(settings, identity, cases=made.cases, keys=made.keys)


def test_the_commands_bring_back_and_rehearse(force: Force, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As a person does it, with shares typed at the prompt."""
    report_at_desk(force)
    made = make_backup(force.database, force.settings)
    typed = "\n".join(force.shares[:3]) + "\n"
    monkeypatch.setenv("QUIETWORD_INSTANCE", str(force.settings.instance))
    rehearsed = CliRunner().invoke(rehearse, input=typed, catch_exceptions=False)
    assert rehearsed.exit_code == 0, rehearsed.output
    assert "Of 1 report, 1 open" in rehearsed.output
    monkeypatch.setenv("QUIETWORD_INSTANCE", str(tmp_path / "again"))
    monkeypatch.setenv("QUIETWORD_BACKUP_FOLDER", str(force.settings.backups_path))
    monkeypatch.setenv("QUIETWORD_BACKUP_KEYS_FOLDER", str(force.settings.backup_keys_path))
    arguments = ["--cases", str(made.cases), "--keys", str(made.keys)]
    brought = CliRunner().invoke(bring_back, arguments, input=typed, catch_exceptions=False)
    assert brought.exit_code == 0, brought.output
    assert "1 report" in brought.output
