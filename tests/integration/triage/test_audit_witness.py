"""Checkpoints kept elsewhere: whoever rewrites the whole log, and signs it anew, is found by what a witness holds."""

import shutil
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update

from envelope.signing import SigningKey
from tests.force import Force
from tests.integration.triage.test_audit_verify import LEAVES, drop_triggers, fill
from triage.audit.acts import Act
from triage.audit.checking import content_of
from triage.audit.checkpoints import Checkpoint
from triage.audit.merkle import Frontier, leaf_hash
from triage.audit.models import AuditCheckpointRow, AuditHeadRow, AuditLeafRow, AuditTileRow
from triage.audit.notes import Note, NoteError, from_log, read_note, read_notes, sign_note
from triage.audit.service import SIGNED_LEAF, record
from triage.audit.tree import TILE_LINES, Tree
from triage.audit.verify import Progress, Verification
from triage.audit.witnessing import kept_by, witness
from triage.officers.resuming import ProgressError, keep_progress, take_up
from triage.officers.witness import (
    checkpoint,
    for_witness,
    note_of,
    system_signing_key,
    system_verifying_key,
    verify_audit_log,
)


def note_now(force: Force) -> Note:
    with force.database.begin() as session:
        return note_of(checkpoint(session, force.settings), force.settings)


def handed(force: Force, note: Note, old: int) -> str:
    with force.database.look() as session:
        return for_witness(session, note, old)


def keep(force: Force, path: Path) -> Note:
    note = note_now(force)
    return witness(path, system_verifying_key(force.settings), lambda old: handed(force, note, old))


def checked(force: Force, path: Path, **how: object) -> Verification:
    notes = kept_by(path, system_verifying_key(force.settings))
    with force.database.look() as session:
        copies = [note.checkpoint for note in notes]
        return verify_audit_log(session, force.settings, copies=copies, **how)  # type: ignore[arg-type]  # as it takes


def test_a_witness_takes_in_a_log_that_only_grows(force_on_both: Force, tmp_path: Path) -> None:
    path = tmp_path / "witness"
    for _ in range(3):
        fill(force_on_both)
        keep(force_on_both, path)
    notes = kept_by(path, system_verifying_key(force_on_both.settings))
    assert len(notes) == 3
    assert sorted(note.checkpoint.size for note in notes) == [note.checkpoint.size for note in notes]
    assert checked(force_on_both, path).holds


def forge(force: Force, at: int, kind: str) -> None:
    """What root on the triage host can do: change the log and make everything in the database fit, signatures too.

    It holds the system's key, and here even every officer's, which is more than root has.
    """
    names = ("sam", "ada", "iris", "tom", "tess", "nell", "owen")
    keys = {force.officer(name).id: force.officer(name).signing_key for name in names}
    system = system_signing_key(force.settings)
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        rows = [dict(row) for row in connection.execute(select(LEAVES).order_by(LEAVES.c.sequence)).mappings()]
        at = at % len(rows)
        if kind == "edit":
            rows[at]["salt"] = bytes(32)
        elif kind == "remove":
            del rows[at]
        elif kind == "insert":
            rows.insert(at, {**rows[at], "id": type(rows[at]["id"])(int=at + 1)})
        elif kind == "cut":
            rows = rows[:at]
        elif kind == "reorder":
            rows[at]["id"], rows[at - 1]["id"] = rows[at - 1]["id"], rows[at]["id"]
        else:
            rows = [*rows[:at], *({**row, "salt": bytes(32)} for row in rows[at:])]
        connection.execute(delete(AuditLeafRow))
        connection.execute(delete(AuditTileRow))
        hashes = []
        for sequence, row in enumerate(rows):
            row["sequence"] = sequence
            content = content_of(AuditLeafRow(**row))
            row["leaf_hash"] = leaf_hash(content.to_bytes())
            row["signature"] = keys.get(row["signer_id"], system).sign(SIGNED_LEAF + row["leaf_hash"])
            hashes.append(row["leaf_hash"])
        if rows:
            connection.execute(insert(AuditLeafRow), rows)
        frontier = reduce(Frontier.append, hashes, Frontier())
        connection.execute(update(AuditHeadRow).values(size=frontier.size, frontier=frontier.to_bytes()))
        connection.execute(delete(AuditCheckpointRow))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.integers(0, 10_000), kind=st.sampled_from(["edit", "remove", "insert", "cut", "reorder", "fork"]))
def test_every_edit_removal_insertion_truncation_and_fork_is_found(
    force: Force, tmp_path_factory: pytest.TempPathFactory, at: int, kind: str
) -> None:
    """At any line, by somebody who can sign anything, with every trace in the database made to fit."""
    folder = tmp_path_factory.mktemp("forged")
    path = folder / "witness"
    with force.database.begin() as session:
        tom = force.officer("tom")
        record(session, Act.OPENED, tom.id, by=tom)
    try:
        kept = keep(force, path)
        size = kept.checkpoint.size
        before = _snapshot(force)
        forge(force, at % size, kind)
        assert not checked(force, path).holds
        with pytest.raises(NoteError):
            keep(force, path)
        _restore(force, before)
        assert checked(force, path).holds
    finally:
        shutil.rmtree(folder)


Snapshot = dict[str, list[dict[str, object]]]
TABLES = (AuditLeafRow, AuditHeadRow, AuditCheckpointRow, AuditTileRow)


def _snapshot(force: Force) -> Snapshot:
    with force.database.case.connect() as connection:
        return {
            one.__tablename__: [dict(row) for row in connection.execute(select(one.__table__)).mappings()]
            for one in TABLES
        }


def _restore(force: Force, kept: Snapshot) -> None:
    with force.database.case.begin() as connection:
        for one in TABLES:
            connection.execute(delete(one))
            if kept[one.__tablename__]:
                connection.execute(insert(one), kept[one.__tablename__])


def test_a_log_forked_between_two_witnesses_is_seen_when_they_are_laid_side_by_side(
    force: Force, tmp_path: Path
) -> None:
    fill(force)
    one, other = (
        note_now(force),
        sign_note(Checkpoint(note_now(force).checkpoint.size, bytes(32)), system_signing_key(force.settings)),
    )
    with pytest.raises(NoteError, match="written anew"):
        read_notes(f"{one.text}\n{other.text}", system_verifying_key(force.settings))


def test_another_hosts_checkpoint_and_a_changed_one_are_refused(force: Force) -> None:
    note, key = note_now(force), system_verifying_key(force.settings)
    assert read_note(note.text, key) == note
    stranger = sign_note(note.checkpoint, SigningKey.generate())
    changed = note.text.replace(f"\n{note.checkpoint.size}\n", f"\n{note.checkpoint.size + 1}\n")
    for words in (stranger.text, changed, note.text[:-4], note.text.replace("\n\n", "\n"), "", "\n\n"):
        with pytest.raises(NoteError):
            read_note(words, key)


def test_a_witness_is_not_given_the_same_proof_twice_or_one_from_elsewhere(force: Force) -> None:
    fill(force)
    first, key = note_now(force), system_verifying_key(force.settings)
    fill(force)
    second = note_now(force)
    old = first.checkpoint.size
    assert from_log(handed(force, second, old), key, [first]) == second
    with pytest.raises(NoteError, match="ask for a proof from there on"):
        from_log(handed(force, second, old - 1), key, [first])
    with pytest.raises(NoteError, match="does not begin"):
        from_log("\n".join(handed(force, second, old).splitlines()[:1]) + f"\n\n{second.text}", key, [first])


def test_a_later_pass_reads_only_what_came_since(force_on_both: Force, tmp_path: Path) -> None:
    force, path = force_on_both, tmp_path / "witness"
    fill(force)
    keep(force, path)
    with force.database.look() as session:
        size = kept_by(path, system_verifying_key(force.settings))[-1].checkpoint.size
        begin = Progress(Tree(session).frontier(size))
    fill(force)
    found = checked(force, path, begin=begin)
    assert (found.problems, found.begun_at) == ((), size)
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        connection.execute(update(AuditLeafRow).where(AuditLeafRow.sequence == size + 1).values(salt=bytes(32)))
    assert not checked(force, path, begin=begin).holds


def test_a_pass_cut_short_goes_on_with_what_it_had_found(force: Force, tmp_path: Path) -> None:
    fill(force)
    with force.database.case.begin() as connection:
        drop_triggers(connection)
        connection.execute(
            update(AuditLeafRow).where(AuditLeafRow.sequence == 3).values(recorded_on=force.today.replace(year=2020))
        )
    told: list[Progress] = []
    with force.database.look() as session:
        whole = verify_audit_log(session, force.settings, tell=lambda progress, _total: told.append(progress))
    path = tmp_path / "progress"
    keep_progress(path, told[-1], force.settings)
    assert take_up(path, force.settings) == told[-1]
    with force.database.look() as session:
        again = verify_audit_log(session, force.settings, begin=take_up(path, force.settings))
    assert whole.problems[0] in again.problems
    path.write_text(path.read_text("utf-8").replace('"lines": ', '"lines": 1'), "utf-8")
    with pytest.raises(ProgressError):
        take_up(path, force.settings)


def test_a_copy_that_is_brought_when_a_pass_is_taken_up_is_held_against_what_was_read_before(
    force: Force, tmp_path: Path
) -> None:
    """The first part was read without it, of a log that somebody had written anew."""
    fill(force)
    path = tmp_path / "witness"
    kept = keep(force, path).checkpoint
    fill(force)
    forge(force, 3, "edit")
    told: list[Progress] = []
    with force.database.look() as session:
        verify_audit_log(session, force.settings, tell=lambda progress, _total: told.append(progress))
        again = verify_audit_log(session, force.settings, begin=told[-1], copies=[kept])
    assert any("not those a checkpoint was signed over" in problem for problem in again.problems)


def test_signatures_are_left_out_only_where_a_checkpoint_says_they_were_checked(force: Force) -> None:
    fill(force)
    with force.database.look() as session, pytest.raises(ValueError, match="nothing says"):
        verify_audit_log(session, force.settings, signed_from=5)


HIDING = (
    "UPDATE audit_tiles SET root = zeroblob(32) WHERE number = 0",
    "UPDATE audit_tiles SET last_on = '2020-01-01' WHERE number = 0",
    "UPDATE audit_tiles SET first_on = '2030-01-01' WHERE number = 0",
    "UPDATE audit_tiles SET first_on = '9' WHERE number = 0",
    "INSERT INTO audit_tiles VALUES (7000, zeroblob(32), '2020-01-01', '2020-01-01')",
)


def test_days_and_roots_that_would_hide_lines_from_searches_are_found(force: Force) -> None:
    tom = force.officer("tom")
    with force.database.begin() as session:
        for _ in range(TILE_LINES):
            record(session, Act.OPENED, tom.id, by=tom)
        checkpoint(session, force.settings)
    with force.database.look() as session:
        assert verify_audit_log(session, force.settings).problems == ()
    with force.database.case.begin() as connection:
        drop_triggers(connection)
    before = _snapshot(force)
    for statement in HIDING:
        with force.database.case.begin() as connection:
            connection.execute(text(statement))
        with force.database.look() as session:
            problems = verify_audit_log(session, force.settings).problems
        assert len(problems) == 1, statement
        assert "searches" in problems[0]
        _restore(force, before)


def test_several_processes_find_what_one_does(force_on_both: Force) -> None:
    fill(force_on_both)
    with force_on_both.database.look() as session:
        assert verify_audit_log(session, force_on_both.settings, processes=2).holds
    with force_on_both.database.case.begin() as connection:
        drop_triggers(connection)
        connection.execute(update(AuditLeafRow).where(AuditLeafRow.sequence == 20).values(signature=bytes(64)))
    with force_on_both.database.look() as session:
        one = verify_audit_log(session, force_on_both.settings)
        two = verify_audit_log(session, force_on_both.settings, processes=2)
    assert one.problems == two.problems == ("Line 20 is not signed by whom it names.",)


def test_tiles_give_the_roots_that_the_lines_do(force: Force) -> None:
    """More than two tiles of lines: the same roots with tiles kept and without."""
    tom = force.officer("tom")
    with force.database.begin() as session:
        for _ in range(2 * TILE_LINES + 70):
            record(session, Act.OPENED, tom.id, by=tom)
        size = checkpoint(session, force.settings).size
    with force.database.look() as session:
        assert len(session.scalars(select(AuditTileRow)).all()) == size // TILE_LINES == 2
        hashes = session.scalars(select(AuditLeafRow.leaf_hash).order_by(AuditLeafRow.sequence)).all()
        for some in (1, 1000, TILE_LINES, TILE_LINES + 1, 2 * TILE_LINES, size):
            expected = reduce(Frontier.append, (bytes(one) for one in hashes[:some]), Frontier())
            assert Tree(session).frontier(some) == expected
