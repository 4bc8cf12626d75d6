"""Promise 14: when it is deleted its key is destroyed, and with it everything that was said about it.

What deletes is the destruction of the wrapped keys in the keys database; that SQL deletion leaves bytes behind is known
(traps.md) and is why. That backups die after seven days is shown in tests/integration/triage/test_backup.py, and all of
it together in test_14_deletion_is_proven.py; here, that whoever kept a copy of the *keys* for longer breaks it.
"""

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.engine import make_url

from envelope.errors import EnvelopeError
from envelope.vault import DataKey, decrypt_field
from tests.force import Clock, Force, open_databases
from tests.quarantine_work import opens as opens_file
from tests.whole_case import WholeCase, copy_of_every_disk, work_whole_case
from triage.audit.acts import Act
from triage.audit.service import record
from triage.base import CaseBase, SealedRow
from triage.database import Database
from triage.errors import NotFoundError, TriageError
from triage.intake.models import FileRow, ReportRow
from triage.intake.reports import case_report, report_row
from triage.keys.models import WrappedKeyRow
from triage.keys.records import destroy_data_key, open_row

EVERYBODY = ("tom", "tess", "sam", "nell", "owen", "iris", "ada")


def key_of(force: Force, report_id: UUID) -> UUID:
    with force.database.look() as session:
        return report_row(session, report_id).data_key_id


def delete(force: Force, report_id: UUID) -> None:
    """Deletion as it is at this depth: destroy the key, leave the line."""
    tom = force.officer("tom")
    with force.database.begin() as session:
        destroy_data_key(session, report_row(session, report_id).data_key_id, by=tom)
        record(session, Act.DELETED, report_id, by=tom, reason="its time is over")


def over(force: Force, folder: Path) -> Database:
    """Our own program over somebody's copy."""
    urls = {f"{name}_url": make_url(f"sqlite:///{folder / name}.sqlite") for name in ("drop", "case", "keys")}
    database, drop = open_databases(replace(force.settings, instance=folder, **urls), Clock(force.clock.now))
    drop.dispose()
    return database


def opens(force: Force, database: Database, report_id: UUID, *names: str) -> bool:
    """Whether any of these people can still read the report in these databases."""
    for name in names or EVERYBODY:
        officer = force.officer(name)
        with database.look() as session:
            try:
                return bool(case_report(session, report_id, by=officer).answers)
            except (TriageError, EnvelopeError):
                continue
    return False


@pytest.fixture
def case(force: Force) -> WholeCase:
    return work_whole_case(force)


def test_when_it_is_deleted_nothing_opens_it(force: Force, case: WholeCase) -> None:
    """Nobody, by any key there is, reads the report or anything said about it; other reports stay as they were."""
    key_id = key_of(force, case.report_id)
    assert opens(force, force.database, case.report_id)
    delete(force, case.report_id)
    assert not opens(force, force.database, case.report_id)
    assert opens(force, force.database, case.observed_id)
    tables = {mapper.class_ for mapper in CaseBase.registry.mappers if issubclass(mapper.class_, SealedRow)}
    gone: set[str] = set()
    for name in EVERYBODY:
        officer = force.officer(name)
        with force.database.look() as session:
            for table in tables:
                for row in session.scalars(select(table).where(table.data_key_id == key_id)):
                    with pytest.raises(NotFoundError):
                        open_row(session, row, by=officer)
                    gone.add(table.__tablename__)
    links = {"link_decisions", "origin_decisions", "register_findings"}
    assert gone == {"reports", "items", "gradings", *links, "drafts", "referred"}


def test_the_files_of_a_deleted_report_open_no_more_than_its_words(
    force: Force, case: WholeCase, tmp_path: Path
) -> None:
    """Their keys hang under the report's: nobody opens one, here or in yesterday's case database; no key is left."""
    assert opens_file(force, case.report_id) == {"tom", "tess", "sam"}
    with force.database.look() as session:
        key_ids = set(session.scalars(select(FileRow.data_key_id)))
        wrapped = [row.wrapped for row in session.keys.scalars(select(WrappedKeyRow)) if row.key_id in key_ids]
    assert wrapped
    before = copy_of_every_disk(force, tmp_path / "before")
    assert _kept(before, wrapped), "the search finds the key while it is there"
    delete(force, case.report_id)
    assert opens_file(force, case.report_id) == set()
    after = copy_of_every_disk(force, tmp_path / "after")
    assert not _kept(after, wrapped)
    shutil.copy(after / "keys.sqlite", before / "keys.sqlite")
    database = over(force, before)
    assert opens_file(force, case.report_id, database=database) == set()
    database.dispose()


def test_destroying_the_reports_key_alone_already_shuts_its_files(force: Force, case: WholeCase) -> None:
    """Whatever became of the files' own rows in *keys*: what they are wrapped with is gone."""
    key_id = key_of(force, case.report_id)
    with force.database.begin() as session:
        session.keys.execute(sql_delete(WrappedKeyRow).where(WrappedKeyRow.key_id == key_id))
    assert opens_file(force, case.report_id) == set()


def test_a_copy_of_both_databases_made_afterwards_opens_it_no_more(
    force: Force, case: WholeCase, tmp_path: Path
) -> None:
    """The row is still in the copy, and the key is in no byte of it: not in a free page, not in a journal."""
    key_id = key_of(force, case.report_id)
    with force.database.look() as session:
        wrapped = [
            row.wrapped for row in session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.key_id == key_id))
        ]
        sealed = report_row(session, case.report_id).sealed
    assert wrapped
    before = copy_of_every_disk(force, tmp_path / "before")
    assert _kept(before, wrapped), "the search finds the key while it is there"
    delete(force, case.report_id)
    after = copy_of_every_disk(force, tmp_path / "after")
    assert not _kept(after, wrapped)
    database = over(force, after)
    with database.look() as session:
        row = session.get(ReportRow, case.report_id)
        assert row is not None
        assert row.sealed == sealed
    assert not opens(force, database, case.report_id)
    database.dispose()


def _kept(folder: Path, wrapped: list[bytes]) -> bool:
    """Whether a wrapped key, or half of one, is in any byte of any file."""
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return any(half in kept for one in wrapped for half in (one[: len(one) // 2], one[len(one) // 2 :]))


def test_a_case_backup_of_before_opens_it_no_more_either(force: Force, case: WholeCase, tmp_path: Path) -> None:
    """Case backups hold no keys: yesterday's case database beside today's keys is shut. A key backup opens it still,
    which is why key backups may live seven days and no longer."""
    before = copy_of_every_disk(force, tmp_path / "before")
    delete(force, case.report_id)
    after = copy_of_every_disk(force, tmp_path / "after")
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    for name, where in (
        ("case.sqlite", before),
        ("keys.sqlite", after),
        ("drop.sqlite", after),
        ("system-key", before),
    ):
        for path in where.glob(f"{name}*"):
            shutil.copy(path, mixed / path.name)
    database = over(force, mixed)
    assert not opens(force, database, case.report_id)
    database.dispose()
    shutil.copy(before / "keys.sqlite", mixed / "keys.sqlite")
    restored = over(force, mixed)
    assert opens(force, restored, case.report_id), "the control: it is the key, and nothing else, that was missing"
    restored.dispose()


def test_the_case_database_never_holds_a_wrapped_key(force: Force, case: WholeCase) -> None:
    """So that its backups and its write-ahead log may be kept for years."""
    with force.database.look() as session:
        wrapped = [row.wrapped for row in session.keys.scalars(select(WrappedKeyRow))]
    assert len(wrapped) > 10
    force.dispose()
    for path in force.settings.instance.iterdir():
        if not path.name.startswith("keys.sqlite"):
            content = path.read_bytes()
            assert not any(one in content for one in wrapped), path.name


def test_a_key_made_anew_under_the_same_id_does_not_bring_it_back(force: Force, case: WholeCase) -> None:
    """Deletion cannot be undone by putting some other key where the old one was."""
    key_id = key_of(force, case.report_id)
    delete(force, case.report_id)
    with force.database.look() as session:
        row = report_row(session, case.report_id)
        with pytest.raises(EnvelopeError):
            decrypt_field(DataKey.generate(), row.sealed, table="reports", column="sealed", row=row.id)
        assert session.keys.scalars(select(WrappedKeyRow).where(WrappedKeyRow.key_id == key_id)).all() == []
