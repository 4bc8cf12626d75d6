"""Promise 14, proven as anybody can: `quietword prove deletion`; each look is shown red by a fault of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, event, update
from sqlalchemy.engine import URL

from config import TriageSettings
from quietword.deletion.command import made_place
from quietword.deletion.looks import Look, every_look
from quietword.deletion.stand import Stand, founded
from quietword.proof.command import prove
from tests.force import settings_for
from triage.disposal.models import DisposalRow
from triage.disposal.written_down import DestroyedIds
from triage.intake.models import ReportRow
from triage.officers.officer import Officer

NAMES = ("at once", "every byte", "brought back", "seven days later")


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    folder = tmp_path / "instance"
    urls = [URL.create("sqlite", database=str(folder / f"{name}.sqlite")) for name in ("drop", "case", "keys")]
    made = founded(settings_for(folder, *urls))
    yield made
    made.database.dispose()


def looks_of(stand: Stand, tmp_path: Path) -> dict[str, Look]:
    return {look.name: look for look in every_look(stand, tmp_path, say=lambda _: None)}


def red(stand: Stand, tmp_path: Path) -> set[str]:
    return {name for name, look in looks_of(stand, tmp_path).items() if not look.held}


def test_every_look_holds(stand: Stand, tmp_path: Path) -> None:
    found = looks_of(stand, tmp_path)
    assert tuple(found) == NAMES
    assert [look.findings for look in found.values()] == [()] * len(NAMES)


def test_rows_deleted_without_their_keys_are_seen_at_once(stand: Stand, tmp_path: Path) -> None:
    def sql_only(_by: Officer) -> None:
        with stand.database.begin() as session:
            session.execute(delete(ReportRow).where(ReportRow.id.in_(stand.deleted)))
            session.execute(update(DisposalRow).values(state="destroyed"))

    stand.destroy = sql_only  # type: ignore[method-assign]  # the fault
    assert {"at once", "every byte", "brought back"} <= red(stand, tmp_path)


def test_a_key_that_stays_in_the_free_pages_of_a_file_is_seen(stand: Stand, tmp_path: Path) -> None:
    @event.listens_for(stand.database.keys, "connect")
    def careless(connection: object, _record: object) -> None:
        connection.execute("PRAGMA secure_delete=OFF")  # type: ignore[attr-defined]  # the driver's own

    stand.database.keys.dispose()
    assert red(stand, tmp_path) == {"every byte"}


def test_a_word_in_a_log_is_seen(stand: Stand, tmp_path: Path) -> None:
    work = stand.work

    def careless() -> None:
        work()
        (stand.settings.instance / "triage.log").write_text(next(iter(stand.words.values())))

    stand.work = careless  # type: ignore[method-assign]  # the fault
    assert red(stand, tmp_path) == {"every byte"}


def test_a_list_of_destroyed_keys_that_is_lost_is_seen(stand: Stand, tmp_path: Path) -> None:
    delete_them = stand.delete

    def careless() -> None:
        delete_them()
        DestroyedIds(stand.settings.backups_path).path.unlink()

    stand.delete = careless  # type: ignore[method-assign]  # the fault
    assert red(stand, tmp_path) == {"brought back"}


def test_a_day_key_that_outlives_its_week_is_seen(stand: Stand, tmp_path: Path) -> None:
    stand.expire = lambda: None  # type: ignore[method-assign]  # the fault
    assert red(stand, tmp_path) == {"seven days later"}


def test_a_look_at_nothing_does_not_hold(stand: Stand, tmp_path: Path) -> None:
    """Had nothing opened before either, a green look would prove nothing."""
    look_at = stand.delete

    def careless() -> None:
        look_at()
        stand.before = ()

    stand.delete = careless  # type: ignore[method-assign]  # the fault
    assert {"at once", "brought back"} <= red(stand, tmp_path)


def test_the_command_says_what_it_looked_at() -> None:
    result = CliRunner().invoke(prove, ["deletion"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    for name in NAMES:
        assert f"HELD  {name}" in result.output


@pytest.mark.postgres
def test_it_holds_on_a_cluster_of_its_own_as_shipped() -> None:
    """PostgreSQL keeps deleted rows in its tables and its log: every byte of its folder is looked through."""
    result = CliRunner().invoke(prove, ["deletion", "--real-parts"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "HELD  every byte" in result.output


@pytest.mark.postgres
def test_on_postgresql_a_deleted_key_stays_in_its_files_until_the_table_is_written_anew() -> None:
    """What SQL deletes there stays in the heap and in the log: this is what the scrubbing is for."""
    with made_place(real_parts=True) as place:
        stand = founded(TriageSettings.from_environ(place.environ))
        stand.scrub = lambda: None  # type: ignore[method-assign]  # the fault
        try:
            looks = every_look(stand, place.folder, besides=place.besides, say=lambda _: None)
        finally:
            stand.database.dispose()
    assert {look.name for look in looks if not look.held} == {"every byte"}


def test_options_of_the_other_proof_are_not_taken(tmp_path: Path) -> None:
    result = CliRunner().invoke(prove, ["--here", "deletion"])
    assert result.exit_code != 0
