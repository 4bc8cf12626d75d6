"""`quietword audit` on two hosts: the triage host signs, a witness keeps, and whoever rewrites the log is found."""

import json
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from config import TriageSettings
from tests.integration.triage.test_commands_of_triage import Codes, Run, cheap_argon, codes, plan_file, run
from triage.audit.acts import Act
from triage.audit.models import AuditHeadRow
from triage.audit.notes import NoteError
from triage.audit.service import record
from triage.audit.tree import MissingLinesError, Tree
from triage.commands.audit import WitnessError
from triage.database import Database
from triage.keys.system import system_actor
from triage.officers.resuming import keep_progress
from triage.officers.witness import verify_audit_log

__all__ = ["cheap_argon", "codes", "plan_file", "run"]
INSTANCE = "instance"


@pytest.fixture
def key(run: Run, codes: Codes) -> str:
    """What the witness pins."""
    return run("audit", "key").output.strip()


def settings_in(folder: Path) -> TriageSettings:
    return TriageSettings.from_environ({"QUIETWORD_INSTANCE": str(folder / INSTANCE)})


def another_line(folder: Path) -> None:
    settings = settings_in(folder)
    database = Database.open(settings)
    with database.begin() as session:
        record(session, Act.BELL_TESTED, None, by=system_actor(session, settings))
    database.dispose()


def meddle(folder: Path, *statements: str) -> None:
    database = Database.open(settings_in(folder))
    with database.case.begin() as connection:
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))
    database.dispose()


def test_a_second_host_pulls_and_keeps_only_a_log_that_grew(run: Run, key: str, tmp_path: Path) -> None:
    kept, handed = str(tmp_path / "kept-elsewhere"), ""
    for _ in range(2):
        since = run("audit", "size", kept, "--key", key).output.strip()
        handed = run("audit", "checkpoint", "--since", since).output
        assert run("audit", "witness", kept, "--key", key, input=handed).output.startswith("Kept: ")
        another_line(tmp_path)
    assert run("audit", "verify", "--witness", kept).exit_code == 0
    with pytest.raises(NoteError, match="ask for a proof"):
        run("audit", "witness", kept, "--key", key, input=handed)
    with pytest.raises(NoteError, match="not the key"):
        run("audit", "size", kept, "--key", "qwverify1nonsense")


def test_the_settings_name_a_file_and_a_command_for_checkpoints(
    run: Run, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command is the witness's own: here a second process that keeps what it is handed."""
    file, pushed = tmp_path / "witness", tmp_path / "pushed"
    monkeypatch.setenv("QUIETWORD_WITNESS_FILE", str(file))
    command = f"{sys.executable} -m quietword audit witness {pushed} --key {key}"
    monkeypatch.setenv("QUIETWORD_WITNESS_COMMAND", command)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    for _ in range(2):
        run("audit", "checkpoint")
        another_line(tmp_path)
    assert file.read_text("utf-8") == pushed.read_text("utf-8")
    monkeypatch.setenv("QUIETWORD_WITNESS_COMMAND", "/bin/false")
    with pytest.raises(WitnessError, match="failed"):
        run("audit", "checkpoint")


def test_the_end_cut_off_with_its_checkpoints_is_found_by_the_witness(run: Run, key: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    another_line(tmp_path)
    run("audit", "witness", str(kept), "--key", key, input=run("audit", "checkpoint", "--since", "0").output)
    meddle(
        tmp_path,
        "DELETE FROM audit_leaves",
        "DELETE FROM audit_checkpoints",
        "UPDATE audit_head SET size = 0, frontier = x''",
    )
    assert run("audit", "verify", "--witness", str(kept)).exit_code == 1
    with pytest.raises(NoteError, match="cut short"):
        run("audit", "checkpoint", "--since", "6")


def test_a_later_verification_begins_where_the_last_one_ended(run: Run, key: str, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    with pytest.raises(NoteError, match="no checkpoint that was verified"):
        run("audit", "verify", "--witness", kept, "--since-witness")
    run("audit", "verify", "--witness", kept)
    another_line(tmp_path)
    assert "were not read again" in run("audit", "verify", "--witness", kept, "--since-witness").output
    meddle(tmp_path, "UPDATE audit_leaves SET leaf_hash = x'00' WHERE sequence = 1")
    with pytest.raises(NoteError, match="verify the whole log"):
        run("audit", "verify", "--witness", kept, "--since-witness")


def test_lines_that_were_verified_are_hashed_again_and_every_change_of_them_is_found(
    run: Run, key: str, tmp_path: Path
) -> None:
    kept = str(tmp_path / "kept")
    with pytest.raises(NoteError, match="no checkpoint that was verified"):
        run("audit", "verify", "--witness", kept, "--rehash")
    another_line(tmp_path)
    run("audit", "verify", "--witness", kept)
    another_line(tmp_path)
    told = run("audit", "verify", "--witness", kept, "--rehash")
    assert told.exit_code == 0
    assert "they were hashed again" in told.output
    change, line = "UPDATE audit_leaves SET", "WHERE sequence = (SELECT max(sequence) - 1 FROM audit_leaves)"
    meddle(tmp_path, f"{change} signature = zeroblob(64) {line}")
    assert run("audit", "verify", "--witness", kept, "--rehash").exit_code == 0  # the line itself is as it was
    assert run("audit", "verify", "--witness", kept).exit_code == 1
    meddle(tmp_path, f"{change} salt = zeroblob(32) {line}")
    assert run("audit", "verify", "--witness", kept, "--rehash").exit_code == 1


def test_a_log_cut_short_before_what_was_verified_is_said_in_a_sentence(run: Run, key: str, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    another_line(tmp_path)
    run("audit", "verify", "--witness", kept)
    meddle(tmp_path, "DELETE FROM audit_leaves WHERE sequence > 3")
    with pytest.raises(MissingLinesError, match="cut short"):
        run("audit", "verify", "--witness", kept, "--since-witness")


def test_the_file_that_the_settings_name_is_held_against_the_log_unasked(
    run: Run, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody with the database alone takes lines and checkpoints away: nothing in the database tells of it."""
    monkeypatch.setenv("QUIETWORD_WITNESS_FILE", str(tmp_path / "witness"))
    another_line(tmp_path)
    run("audit", "checkpoint")
    settings = settings_in(tmp_path)
    database = Database.open(settings)
    with database.look() as session:
        left = session.scalars(select(AuditHeadRow.size)).one() - 1
        before = Tree(session).frontier(left)
    database.dispose()
    meddle(
        tmp_path,
        f"DELETE FROM audit_leaves WHERE sequence >= {left}",  # noqa: S608  our own
        f"DELETE FROM audit_checkpoints WHERE size > {left}",  # noqa: S608  our own
        f"UPDATE audit_head SET size = {left}, frontier = x'{before.to_bytes().hex()}'",  # noqa: S608  our own
    )
    assert run("audit", "verify").exit_code == 1
    monkeypatch.delenv("QUIETWORD_WITNESS_FILE")
    assert run("audit", "verify").exit_code == 0


def test_a_verification_goes_on_from_its_file_and_removes_it(run: Run, key: str, tmp_path: Path) -> None:
    path, settings = tmp_path / "progress", settings_in(tmp_path)
    database = Database.open(settings)
    with database.look() as session:
        verify_audit_log(session, settings, tell=lambda progress, _total: keep_progress(path, progress, settings))
    database.dispose()
    another_line(tmp_path)
    assert "were not read again" in run("audit", "verify", "--resume", str(path)).output
    assert not path.exists()


def test_a_line_is_proven_to_be_in_the_log(run: Run, key: str) -> None:
    told = json.loads(run("audit", "prove", "2").output)
    assert [one["line"] for one in told["lines"]] == [2]
    assert told["checkpoint"].startswith("quietword/audit/")


def test_a_checkpoint_is_printed_with_a_picture(run: Run, key: str) -> None:
    assert "█" in run("audit", "checkpoint", "--print").output


def test_an_auditor_has_searches_made_quick(run: Run, codes: Codes) -> None:
    assert run("audit", "summarise", *codes.of("audrey")).output == "Summarised: 0 lines.\n"
